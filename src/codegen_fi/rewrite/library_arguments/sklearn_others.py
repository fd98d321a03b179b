"""Arguments of scikit-learn's transformers, and of estimators around others."""

from __future__ import annotations

from typing import Final

from codegen_fi.rewrite.library_arguments.rows import is_anything, is_list, is_one_of
from codegen_fi.rewrite.library_arguments.sources import sklearn_row as _row

_RENAMED = "The name of this argument changed; its meaning didn't."
_OLDER = "Releases before know this argument by its former name."
_AROUND = (
    "AdaBoostClassifier AdaBoostRegressor BaggingClassifier BaggingRegressor CalibratedClassifierCV"
)
_AGGLOMERATIVE = "AgglomerativeClustering FeatureAgglomeration"
_NO_LIST = "A list is refused; a tuple of the same numbers means the same."

ROWS: Final = (
    _row(_AROUND, "base_estimator", is_anything, "estimator={}", "1.2", _RENAMED),
    _row(_AROUND, "estimator", is_anything, "base_estimator={}", "1.2", _OLDER, is_new=True),
    _row(_AGGLOMERATIVE, "affinity", is_anything, "metric={}", "1.2", _RENAMED),
    _row(_AGGLOMERATIVE, "metric", is_anything, "affinity={}", "1.2", _OLDER, is_new=True),
    _row("OneHotEncoder", "sparse", is_anything, "sparse_output={}", "1.2", _RENAMED),
    _row("OneHotEncoder", "sparse_output", is_anything, "sparse={}", "1.2", _OLDER, is_new=True),
    _row("RobustScaler", "quantile_range", is_list, "quantile_range=tuple", "1.2", _NO_LIST),
    _row("MinMaxScaler", "feature_range", is_list, "feature_range=tuple", "1.2", _NO_LIST),
    _row(
        "CountVectorizer HashingVectorizer TfidfVectorizer",
        "ngram_range",
        is_list,
        "ngram_range=tuple",
        "1.2",
        _NO_LIST,
    ),
    _row(
        "KMeans",
        "algorithm",
        is_one_of("auto", "full"),
        "algorithm='lloyd'",
        "1.3",
        "The word is gone; every algorithm finds the same clusters.",
    ),
)
