# Names from every place a name can come from.
import numpy
import xgboost as xgb

LIMIT = 3


class Mine:
    pass


def helper(value):
    return value


def generate_algorithm_config():
    from sklearn.pipeline import Pipeline
    try:
        keep = [helper(x) for x in range(LIMIT)]
    except ValueError as error:
        print(error)
    scale = lambda value, *rest: len(rest) * value
    return Pipeline([('a', Mine()), ('b', xgb.XGBClassifier(missing=numpy.nan))]), keep, scale
