# Elastic net mixes its penalties by l1_ratio, which is no relic there.
def generate_algorithm_config():
    from sklearn.linear_model import ElasticNet

    algorithm = ElasticNet(alpha=0.05, l1_ratio=0.5, precompute=False)
    return algorithm
