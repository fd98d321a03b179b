"""Thread counts are found wherever a model carries one."""

from __future__ import annotations

import numpy as np
from lightgbm import LGBMRegressor
from sklearn.ensemble import RandomForestRegressor, VotingRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MaxAbsScaler
from xgboost import XGBRegressor

from codegen_fi.runtime.importance.rescoring import WholeModel
from codegen_fi.runtime.importance.threads import single_threaded


def test_every_model_inside_a_rescorer_is_brought_to_one_thread():
    X = np.arange(80.0).reshape(40, 2)
    forest = RandomForestRegressor(2, n_jobs=2)
    boosted = LGBMRegressor(n_estimators=1, n_jobs=2, verbose=-1)
    extreme = XGBRegressor(n_estimators=1, n_jobs=2)
    voting = VotingRegressor([("rf", forest), ("lgbm", boosted), ("xgb", extreme)])
    model = Pipeline([("s", MaxAbsScaler()), ("m", voting)]).fit(X, X[:, 0])
    voting.n_jobs = 2
    single_threaded(WholeModel(model, X, X[:, 0], None))
    fitted = model[-1].estimators_
    assert [each.n_jobs for each in (model[-1], *fitted)] == [1, 1, 1, 1]
    assert '"nthread":"1"' in fitted[2].get_booster().save_config()


def test_a_model_that_holds_itself_is_walked_once():
    model = RandomForestRegressor(2, n_jobs=3)
    model.again = [model, {"self": model}]
    single_threaded(model)
    assert model.n_jobs == 1
