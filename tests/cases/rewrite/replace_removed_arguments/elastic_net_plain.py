# An elastic net without scaling of its own.
def generate_algorithm_config():
    from sklearn.linear_model import ElasticNet

    return ElasticNet(alpha=0.1, l1_ratio=0.5, precompute=False, selection='random')
