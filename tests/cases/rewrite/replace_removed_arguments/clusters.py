# Cluster distances: n_init and algorithm are words of every release.
def get_mapper_2(column_names):
    from sklearn.cluster import MiniBatchKMeans

    return gen_features(columns=column_names, classes=[{'class': MiniBatchKMeans, 'n_clusters': 5, 'n_init': 3}])
