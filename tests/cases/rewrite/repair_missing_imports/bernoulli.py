# Steps of a pipeline that is a model: the generator leaves out their imports.
def generate_algorithm_config():
    from sklearn.pipeline import Pipeline

    algorithm = Pipeline(
        memory=None,
        steps=[
            ('MinMax scaler', SparseScaleZeroOne()),
            ('BernoulliNB', BernoulliNB(alpha=1.0)),
        ],
    )
    return algorithm
# --- becomes
def generate_algorithm_config():
    from sklearn.pipeline import Pipeline
    from sklearn.naive_bayes import BernoulliNB
    from codegen_fi_runtime.automl.models.sparse_scale_zero_one import SparseScaleZeroOne

    algorithm = Pipeline(
        memory=None,
        steps=[
            ('MinMax scaler', SparseScaleZeroOne()),
            ('BernoulliNB', BernoulliNB(alpha=1.0)),
        ],
    )
    return algorithm
