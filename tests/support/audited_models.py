"""Models made of the classes of either runtime, fitted alike under every scikit-learn."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.naive_bayes import BernoulliNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import LabelEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def logistic():
    return LogisticRegression(C=0.1, tol=1e-10, max_iter=5000)


def scaled(model):
    return Pipeline([("scale", StandardScaler()), ("model", model)])


def table():
    random = np.random.RandomState(0)
    X = np.round(random.normal(size=(120, 4)), 6)
    y = np.round(X[:, 0] * 2 + np.sin(3 * X[:, 1]) + 0.5 * random.normal(size=120), 6)
    return X, y


def names_of(y):
    return np.array(["a b", "é", "z"])[np.digitize(y, np.quantile(y, [0.33, 0.66]))]


def voting_classifier(use, X, y):
    members = [
        ("tree", DecisionTreeClassifier(max_depth=3, random_state=0)),
        ("line", scaled(logistic())),
        ("near", KNeighborsClassifier()),
    ]
    model = use("PreFittedSoftVotingClassifier")(
        estimators=members,
        weights=[0.3, 0.4, 0.3],
        flatten_transform=False,
        classification_labels=np.unique(names_of(y)),
    )
    return model, names_of(y)


def voting_regressor(use, X, y):
    members = [
        ("tree", DecisionTreeRegressor(max_depth=3, random_state=0)),
        ("line", scaled(Ridge())),
        ("near", KNeighborsRegressor()),
    ]
    return use("PreFittedSoftVotingRegressor")(estimators=members, weights=[0.5, 0.25, 0.25]), y


def calibrated(use, X, y):
    return use("CalibratedModel")(base_estimator=logistic(), random_state=3), names_of(y)


def encoded(use, X, y):
    inner = scaled(logistic())
    return use("PipelineWithYTransformations")(inner, "LabelEncoder", LabelEncoder()), names_of(y)


def rounded(use, X, y):
    inner = Pipeline([("model", Ridge())])
    transformer = use("TargetTypeTransformer")(target_type="Integer")
    return use("PipelineWithYTransformations")(inner, "TargetTypeTransformer", transformer), y


def stacked_classifier(use, X, y):
    learners = [("line", scaled(logistic()))]
    return use("StackEnsembleClassifier")(learners, logistic(), training_cv_folds=3), names_of(y)


def stacked_regressor(use, X, y):
    learners = [("tree", DecisionTreeRegressor(max_depth=3, random_state=0))]
    return use("StackEnsembleRegressor")(learners, Ridge(), training_cv_folds=3), y


class Sparse(TransformerMixin, BaseEstimator):
    """Stands for the featurizers: gives a sparse matrix, and tells its columns."""

    def fit(self, X, y=None):
        self.width_ = X.shape[1]
        return self

    def transform(self, X):
        return csr_matrix(np.where(np.abs(X) < 1, 0, np.abs(X)))

    def feature_lineage(self):
        return [f"x{i}" for i in range(self.width_)]

    def get_feature_names_out(self):
        return np.array([f"size of x{i}" for i in range(self.width_)], dtype=object)


def nested_bernoulli(use, X, y):
    inner = Pipeline([("MinMax scaler", use("SparseScaleZeroOne")()), ("NB", BernoulliNB())])
    return Pipeline([("sparse", Sparse()), ("model", inner)]), names_of(y)


def nested_line(use, X, y):
    inner = Pipeline([("scale", use("SparseScaleZeroOne")()), ("line", logistic())])
    return Pipeline([("sparse", Sparse()), ("model", inner)]), names_of(y)


def multinomial(use, X, y):
    scaler = use("SparseScaleZeroOne")()
    return Pipeline([("sparse", Sparse()), ("scale", scaler), ("NB", MultinomialNB())]), names_of(y)


def components(use, X, y):
    reducer = use("TruncatedSVDWrapper")(n_components=0.5, random_state=0)
    return Pipeline([("svd", reducer), ("line", Ridge())]), y


def scaler_wrapper(use, X, y):
    scaler = use("StandardScalerWrapper")(with_mean=False)
    return Pipeline([("scale", scaler), ("line", Ridge())]), y


def linear_kernel(use, X, y):
    return use("SVCWrapper")(kernel="linear", random_state=0), names_of(y)


def round_kernel(use, X, y):
    return use("SVCWrapper")(kernel="rbf", random_state=0), names_of(y)


def linear_machine(use, X, y):
    return use("LinearSVMWrapper")(random_state=0, tol=1e-9, max_iter=100000), names_of(y) == "z"


def average(use, X, y):
    models = [scaled(Ridge()), DecisionTreeRegressor(max_depth=3, random_state=0)]
    fitted = [model.fit(X, y) for model in models]
    model = use("EnsembleWrapper")(models=fitted, weights=[1, 3], task="regression")
    model.is_fitted = True
    return model, y


def naive_bayes(use, X, y):
    return use("NBWrapper")(model="Bernoulli"), names_of(y)


def boosted(use, X, y):
    arguments = {"num_leaves": 4, "min_data_in_leaf": 10, "random_state": 0, "n_jobs": 1}
    return use("LightGBMRegressor")(n_estimators=5, **arguments), y


def frame():
    random = np.random.RandomState(1)
    return pd.DataFrame(
        {
            "hours per week": random.normal(size=120),
            "größe": np.where(random.rand(120) < 0.2, np.nan, random.normal(size=120)),
            "country's": random.choice(["de", "fr", "it"], 120),
            "a, b": random.choice(["good red", "bad red", "good blue"], 120),
            "never read": random.normal(size=120),
        }
    )


def raw_rows_of_a_featurizer(use, explain):
    """Fit mappers before a model and tell the importances of the raw columns."""
    X = frame()
    y = X["hours per week"] * 2 + (X["country's"] == "fr") + X["größe"].isna()
    words = {"class": CountVectorizer, "binary": True, "tokenizer": use("wrap_in_list")}
    letters = {"class": TfidfVectorizer, "analyzer": "char", "ngram_range": (3, 3)}
    text = {"class": use("StringCastTransformer")}
    chains = [
        ([["hours per week"], ["größe"]], [{"class": SimpleImputer}]),
        ([["größe"]], [{"class": use("ImputationMarker")}]),
        (["country's"], [text, words]),
        (["a, b"], [text, letters]),
    ]
    mappers = [
        (
            str(i),
            use("DataFrameMapper")(
                features=use("gen_features")(columns=columns, classes=classes),
                input_df=True,
                sparse=True,
            ),
        )
        for i, (columns, classes) in enumerate(chains)
    ]
    line = Ridge(solver="sparse_cg", tol=1e-12, max_iter=10000)
    model = Pipeline([("features", FeatureUnion(mappers)), ("line", line)]).fit(X, y)
    found = explain(model, X, y, repeats=3)
    return [
        [row.method, row.space, row.model, row.class_name, row.feature, row.importance]
        for row in found.rows
        if row.space == "raw"
    ]


MODELS = {
    f.__name__: f
    for f in (
        voting_classifier,
        voting_regressor,
        calibrated,
        encoded,
        rounded,
        stacked_classifier,
        stacked_regressor,
        nested_bernoulli,
        nested_line,
        multinomial,
        components,
        scaler_wrapper,
        linear_kernel,
        round_kernel,
        linear_machine,
        average,
        naive_bayes,
        boosted,
    )
}


def drops_of_probabilities(use, explain):
    """Importances of a pipeline whose probabilities are a table officially, by their log loss."""
    X, signal = table()
    model, y = encoded(use, X, signal)
    options = {"methods": ["permutation"], "scoring": "neg_log_loss", "repeats": 3}
    found = explain(model.fit(X, y), X, y, **options)
    return {row.feature: row.importance for row in found.rows if row.space == "raw"}


class Said:
    """Predicts what was made up, for classification and regression alike."""

    def __init__(self, random, labels):
        self.classes_ = np.array(labels)
        self._probabilities = random.rand(60, len(labels))
        self._predicted = random.rand(60) * 9

    def predict_proba(self, X):
        return self._probabilities

    def predict(self, X):
        return self._predicted


def scores_of(scoring):
    """Score made-up predictions by every name of AutoML's, with weights and without."""
    random = np.random.RandomState(6)
    labels = {"two": ["no", "yes"], "three": ["a b", "c", "é"]}
    models = {kind: Said(random, names) for kind, names in labels.items()}
    truths = {kind: random.choice(names, 60) for kind, names in labels.items()}
    models["numbers"], truths["numbers"] = Said(random, [0]), random.rand(60) * 9
    kinds = {name: list(labels) for name in scoring.azure_classification.METRICS}
    return {
        " ".join([name, kind, str(weights is not None)]): scoring.AzureScorer(name)(
            models[kind], None, truths[kind], sample_weight=weights
        )
        for name in scoring.AZURE_NAMES
        for kind in kinds.get(name, ["numbers"])
        for weights in (None, random.rand(60))
    }


def rows_of(name, use, explain):
    """Fit a model and tell its native importances and contributions as plain rows."""
    X, signal = table()
    model, y = MODELS[name](use, X, signal)
    if not getattr(model, "is_fitted", False):
        model.fit(X, y)
    found = explain(model, X, y, methods=["native", "shap"])
    return [
        [
            *(row.method, row.space, row.model, row.class_name, row.feature),
            None if row.importance != row.importance else row.importance,
        ]
        for row in found.rows
    ]
