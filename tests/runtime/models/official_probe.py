"""Runs under the official interpreter: fits the official models and prints what they predict."""

import json
import sys
import warnings

warnings.simplefilter("ignore")

import numpy as np  # noqa: E402
from azureml.training.tabular.models.calibrated_model import CalibratedModel  # noqa: E402
from azureml.training.tabular.models.pipeline_with_ytransformations import (  # noqa: E402
    PipelineWithYTransformations,
)
from azureml.training.tabular.models.sparse_scale_zero_one import SparseScaleZeroOne  # noqa: E402
from azureml.training.tabular.models.stack_ensemble import (  # noqa: E402
    Scorer,
    StackEnsembleClassifier,
    StackEnsembleRegressor,
)
from azureml.training.tabular.models.target_type_transformer import (  # noqa: E402
    TargetTypeTransformer,
)
from azureml.training.tabular.models.voting_ensemble import (  # noqa: E402
    PreFittedSoftVotingClassifier,
    PreFittedSoftVotingRegressor,
)
from scipy.sparse import csr_matrix  # noqa: E402
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge  # noqa: E402
from sklearn.pipeline import Pipeline  # noqa: E402
from sklearn.preprocessing import LabelEncoder, StandardScaler  # noqa: E402
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor  # noqa: E402


def logistic():
    return LogisticRegression(C=0.1, tol=1e-10, max_iter=5000)


def classifiers():
    scaled = Pipeline([("scale", StandardScaler()), ("model", logistic())])
    return [("tree", DecisionTreeClassifier(max_depth=3, random_state=0)), ("line", scaled)]


def regressors():
    return [("tree", DecisionTreeRegressor(max_depth=3, random_state=0)), ("line", Ridge())]


def answers(model, X):
    answer = {"predict": np.asarray(model.predict(X)).tolist()}
    if hasattr(model, "predict_proba"):
        answer["proba"] = np.asarray(model.predict_proba(X)).tolist()
        answer["classes"] = model.classes_.tolist()
    return answer


def voting_classifier(q, X, y):
    model = PreFittedSoftVotingClassifier(
        estimators=classifiers(),
        weights=q["weights"],
        flatten_transform=False,
        classification_labels=np.unique(y),
    )
    return answers(model.fit(X, y), X)


def voting_regressor(q, X, y):
    model = PreFittedSoftVotingRegressor(estimators=regressors(), weights=q["weights"])
    return answers(model.fit(X, y), X)


def calibrated(q, X, y):
    model = CalibratedModel(base_estimator=logistic(), random_state=q["seed"])
    return answers(model.fit(X, y), X)


def encoded(_, X, y):
    inner = Pipeline([("scale", StandardScaler()), ("model", logistic())])
    model = PipelineWithYTransformations(inner, "LabelEncoder", LabelEncoder())
    return answers(model.fit(X, y), X)


def rounded(_, X, y):
    transformer = TargetTypeTransformer(target_type="Integer")
    inner = Pipeline([("model", LinearRegression())])
    model = PipelineWithYTransformations(inner, "TargetTypeTransformer", transformer)
    return {"predict": model.fit(X, y).predict(X).tolist()}


def scored(q, X, y):
    model = logistic().fit(X, y)
    return {name: float(Scorer(metric=name)(model, X, y)) for name in q["metrics"]}


def scaled(_, X, y):
    table = csr_matrix(np.where(np.abs(X) < 1, 0, X))
    scaler = SparseScaleZeroOne().fit(table)
    return {
        "same": scaler.transform(table).toarray().tolist(),
        "other": scaler.transform(table * 2).toarray().tolist(),
    }


def stacked_classifier(q, X, y):
    model = StackEnsembleClassifier(classifiers()[1:], logistic(), training_cv_folds=q["folds"])
    return answers(model.fit(X, y), X)


def stacked_regressor(q, X, y):
    model = StackEnsembleRegressor(regressors()[1:], Ridge(), training_cv_folds=q["folds"])
    return answers(model.fit(X, y), X)


def stacked_pair(q, X, y):
    model = StackEnsembleRegressor(regressors()[::-1], Ridge(), training_cv_folds=q["folds"])
    return {"weights": model.fit(X, y)._meta_learner.coef_.tolist()}


ANSWER = {
    f.__name__: f
    for f in (
        voting_classifier,
        voting_regressor,
        calibrated,
        encoded,
        rounded,
        scored,
        scaled,
        stacked_classifier,
        stacked_regressor,
        stacked_pair,
    )
}


def main():
    out = []
    for q in json.load(sys.stdin):
        X, y = np.array(q["X"]), np.array(q["y"], dtype=q["dtype"])
        out.append(ANSWER[q["model"]](q, X, y))
    print("@@ANSWERS@@" + json.dumps(out))


main()
