"""The classes of the models, ready to check, and which checks each fails and why."""

from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import LabelEncoder, StandardScaler
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from codegen_fi.runtime.automl.models.boosting_wrappers import (
    LightGBMClassifier,
    LightGBMRegressor,
    XGBoostClassifier,
    XGBoostRegressor,
)
from codegen_fi.runtime.automl.models.calibrated_model import CalibratedModel
from codegen_fi.runtime.automl.models.classifier_wrappers import (
    LinearSVMWrapper,
    NBWrapper,
    NuSVCWrapper,
    SGDClassifierWrapper,
    SVCWrapper,
)
from codegen_fi.runtime.automl.models.column_transformers import (
    DropColumnsTransformer,
    IdentityTransformer,
)
from codegen_fi.runtime.automl.models.ensemble_wrapper import EnsembleWrapper
from codegen_fi.runtime.automl.models.multinomial_logistic_regression import (
    MultinomialLogisticRegression,
)
from codegen_fi.runtime.automl.models.pipeline_with_ytransformations import (
    PipelineWithYTransformations,
)
from codegen_fi.runtime.automl.models.preproc_wrapper import PreprocWrapper
from codegen_fi.runtime.automl.models.preprocessing_wrappers import (
    SparseNormalizer,
    StandardScalerWrapper,
    TruncatedSVDWrapper,
)
from codegen_fi.runtime.automl.models.sparse_scale_zero_one import SparseScaleZeroOne
from codegen_fi.runtime.automl.models.stack_ensemble import (
    StackEnsembleClassifier,
    StackEnsembleRegressor,
)
from codegen_fi.runtime.automl.models.target_transformers import (
    BoxCoxTransformerScipy,
    LogTransformer,
    PowerTransformer,
    QuantileTransformerWrapper,
)
from codegen_fi.runtime.automl.models.target_type_transformer import TargetTypeTransformer
from codegen_fi.runtime.automl.models.voting_ensemble import (
    PreFittedSoftVotingClassifier,
    PreFittedSoftVotingRegressor,
)

TREE = DecisionTreeClassifier(random_state=0)
CLASSIFIERS = [("line", LogisticRegression()), ("tree", TREE)]
REGRESSORS = [("line", Ridge()), ("tree", DecisionTreeRegressor(random_state=0))]

# Reasons.
MODEL = "AutoML's name for the fitted estimator, which its callers and the importances read: model"
ANY_VALUES = "it changes no value, so that it need not look at them"
ANY_SHAPE = "it also takes targets"
ANY_ARGUMENT = "its constructor refuses a wrong argument at once, as the official one does"
PASSED_ON = "what the estimator inside takes is for that estimator to check"
SAMPLED = "rows are sampled, or split into folds, by their position, not by their weight"
NO_WEIGHTS = "calibration takes no weights, as officially"
NAMES = "the text of a message"
SKLEARN = "scikit-learn's own class fails it, too"

# Of scikit-learn 1.5, for every class.
BEFORE_1_6 = {
    "check_sample_weights_invariance": SAMPLED,
    "check_parameters_default_constructible": "it gives required arguments to its own classes only",
    "check_classifiers_regression_target": NAMES,
}

TRANSFORMERS = {
    IdentityTransformer(): {
        "check_n_features_in_after_fitting": ANY_SHAPE,
        "check_complex_data": ANY_VALUES,
        "check_dtype_object": ANY_VALUES,
        "check_estimators_empty_data_messages": ANY_VALUES,
        "check_transformer_data_not_an_array": ANY_SHAPE,
        "check_fit1d": ANY_SHAPE,
        "check_fit2d_predict1d": ANY_SHAPE,
    },
    DropColumnsTransformer([0]): {
        "check_complex_data": ANY_VALUES,
        "check_dtype_object": ANY_VALUES,
        "check_estimators_empty_data_messages": ANY_VALUES,
        "check_fit2d_predict1d": NAMES,
    },
    PreprocWrapper(StandardScaler, with_mean=False): {
        "check_dont_overwrite_parameters": MODEL,
        "check_do_not_raise_errors_in_init_or_set_params": ANY_ARGUMENT,
        "check_estimators_nan_inf": PASSED_ON,
    },
    SparseNormalizer(): {},
    StandardScalerWrapper(): {},
    TruncatedSVDWrapper(n_components=0.5, min_components=1, random_state=0): {
        "check_dont_overwrite_parameters": MODEL,
    },
    SparseScaleZeroOne(): {
        "check_dont_overwrite_parameters": MODEL,
        "check_complex_data": PASSED_ON,
        "check_estimators_nan_inf": PASSED_ON,
        "check_fit2d_predict1d": "a row of numbers is a sparse matrix of one row",
    },
}
BOOSTED = {
    "check_dont_overwrite_parameters": MODEL,
    "check_do_not_raise_errors_in_init_or_set_params": ANY_ARGUMENT,
    "check_parameters_default_constructible": ANY_ARGUMENT,
    **dict.fromkeys(
        (
            "check_n_features_in_after_fitting",
            "check_complex_data",
            "check_estimators_empty_data_messages",
            "check_estimators_nan_inf",
            "check_all_zero_sample_weights_error",
            "check_sample_weights_not_an_array",
            "check_classifier_data_not_an_array",
            "check_regressor_data_not_an_array",
            "check_sample_weight_equivalence_on_dense_data",
            "check_sample_weight_equivalence_on_sparse_data",
            "check_supervised_y_2d",
            "check_requires_y_none",
            "check_fit2d_predict1d",
            "check_regressors_train",
            "check_sample_weights_invariance",
            "check_classifiers_one_label",
            "check_classifiers_one_label_sample_weights",
            "check_classifiers_regression_target",
            "check_fit1d",
            "check_fit_check_is_fitted",
        ),
        PASSED_ON,
    ),
}
WRAPPED = {
    "check_dont_overwrite_parameters": MODEL,
    "check_do_not_raise_errors_in_init_or_set_params": ANY_ARGUMENT,
    "check_sample_weight_equivalence_on_dense_data": SAMPLED,
    "check_sample_weight_equivalence_on_sparse_data": SAMPLED,
}
CALIBRATED = {
    "check_dont_overwrite_parameters": MODEL,
    "check_supervised_y_2d": "targets are of one dimension",
    "check_requires_y_none": NAMES,
    "check_classifiers_one_label_sample_weights": NO_WEIGHTS,
    **dict.fromkeys(
        (
            "check_sample_weights_pandas_series",
            "check_sample_weights_not_an_array",
            "check_sample_weights_list",
            "check_all_zero_sample_weights_error",
            "check_sample_weights_shape",
            "check_sample_weights_not_overwritten",
            "check_sample_weight_equivalence_on_dense_data",
            "check_sample_weight_equivalence_on_sparse_data",
        ),
        NO_WEIGHTS,
    ),
}
STACKED = {
    "check_sample_weight_equivalence_on_dense_data": SAMPLED,
    "check_sample_weight_equivalence_on_sparse_data": SAMPLED,
    "check_dtype_object": NAMES,
    "check_supervised_y_2d": NAMES,
    "check_requires_y_none": NAMES,
}
MODELS = {
    LightGBMClassifier(min_data_in_leaf=0.1, n_estimators=9): BOOSTED,
    LightGBMRegressor(min_data_in_leaf=0.1, n_estimators=9): BOOSTED,
    XGBoostRegressor(n_estimators=9): BOOSTED,
    NBWrapper("Bernoulli"): {
        **WRAPPED,
        "check_classifiers_train": "as officially, nothing is below zero behind its scaler",
    },
    SVCWrapper(): {**WRAPPED, "check_estimators_pickle": SKLEARN},
    SGDClassifierWrapper(loss="log", random_state=0): WRAPPED,
    SGDClassifierWrapper(random_state=0): CALIBRATED,
    LinearSVMWrapper(random_state=0): CALIBRATED,
    CalibratedModel(LinearSVC(random_state=0), random_state=0): CALIBRATED,
    MultinomialLogisticRegression(): {},
    MultinomialLogisticRegression(solver="saga", random_state=0, max_iter=500): {
        "check_sample_weight_equivalence_on_dense_data": SAMPLED,
        "check_sample_weight_equivalence_on_sparse_data": SAMPLED,
    },
    PreFittedSoftVotingClassifier(CLASSIFIERS): {
        "check_do_not_raise_errors_in_init_or_set_params": "flatten_transform is taken for a bool",
        **dict.fromkeys(
            (
                "check_transformer_data_not_an_array",
                "check_transformer_general",
                "check_methods_sample_order_invariance",
                "check_methods_subset_invariance",
            ),
            "without flatten_transform, transform gives (members, n, classes), as officially",
        ),
    },
    PreFittedSoftVotingRegressor(REGRESSORS): {
        "check_sample_weights_not_an_array": PASSED_ON,
    },
    StackEnsembleClassifier(CLASSIFIERS, LogisticRegression(), 3): STACKED,
    StackEnsembleRegressor(REGRESSORS, Ridge(), 3): STACKED,
    EnsembleWrapper(models=[model for _, model in CLASSIFIERS]): {
        "check_do_not_raise_errors_in_init_or_set_params": SKLEARN,
        "check_supervised_y_2d": PASSED_ON,
    },
    EnsembleWrapper(models=[model for _, model in REGRESSORS], task="regression"): {
        "check_do_not_raise_errors_in_init_or_set_params": SKLEARN,
        "check_supervised_y_2d": PASSED_ON,
        "check_n_features_in_after_fitting": PASSED_ON,
    },
}
CHECKED = [*TRANSFORMERS.items(), *MODELS.items()]
# scikit-learn's checks have labels of other kinds than XGBoost's 0 to k - 1, and know no targets
# that are transformed.
OTHERS = [
    XGBoostClassifier(n_estimators=9),
    NuSVCWrapper(nu=0.3),
    PipelineWithYTransformations(Pipeline([("model", Ridge())]), "log", LogTransformer()),
    PipelineWithYTransformations(
        Pipeline([("model", LogisticRegression())]), "LabelEncoder", LabelEncoder()
    ),
]
TARGETS = [
    LogTransformer(safe=False),
    PowerTransformer(power=0.5),
    BoxCoxTransformerScipy(),
    QuantileTransformerWrapper(n_quantiles=3),
    TargetTypeTransformer("Integer"),
    IdentityTransformer(),
]
