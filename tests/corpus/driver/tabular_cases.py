"""The classification and regression cases, one line each."""

from driver.estimators import (
    BNB_C,
    CATB_C,
    DT_C,
    DT_R,
    ENET_R,
    ET_C,
    ET_R,
    GB_C,
    GB_R,
    KNN_C,
    KNN_R,
    LGBM_C,
    LGBM_C2,
    LGBM_R,
    LGBM_R2,
    LINSVM_C,
    LLARS_R,
    LR_C,
    LR_OVR_C,
    MNB_C,
    RF_C,
    RF_R,
    SGD_HINGE_C,
    SGD_LOG_C,
    SGD_MHUBER_C,
    SGD_R,
    SVC_C,
    SVC_LIN_C,
    XGB_C,
    XGB_C2,
    XGB_LINEAR_C,
    XGB_R,
    XGB_R2,
)
from driver.frames import (
    data_cancer,
    data_cat_binary,
    data_diabetes,
    data_int_columns,
    data_iris,
    data_label_quote,
    data_mixed_binary_int,
    data_mixed_binary_weights,
    data_mixed_bool,
    data_mixed_multi,
    data_mixed_reg,
    data_mixed_reg_int,
    data_mixed_reg_weights,
    data_no_text_binary,
    data_one_column,
    data_text_binary,
    data_wine,
)
from driver.register import cls_case, reg_case
from driver.steps import MAXABS, MINMAX, PCA, ROBUST, SCALE01, SPARSENORM, STD, TSVD

# classification, one estimator each, over the frame with every kind of column
cls_case("cls_lgbm_maxabs", [MAXABS, LGBM_C])
cls_case("cls_lgbm_std_tuned", [STD, LGBM_C2])
cls_case("cls_lgbm_nopre", [LGBM_C])
cls_case("cls_lgbm_multi", [MAXABS, LGBM_C], data_mixed_multi)
cls_case("cls_lgbm_intlabel", [MAXABS, LGBM_C], data_mixed_binary_int)
cls_case("cls_lgbm_boollabel", [MAXABS, LGBM_C], data_mixed_bool)
cls_case("cls_lgbm_tsvd", [TSVD, LGBM_C])
cls_case("cls_lgbm_sparsenorm", [SPARSENORM, LGBM_C])
cls_case("cls_lgbm_pca_dense", [PCA, LGBM_C], data_cancer)
cls_case("cls_xgb_maxabs", [MAXABS, XGB_C])
cls_case("cls_xgb_std_tuned", [STD, XGB_C2])
cls_case("cls_xgb_multi", [MAXABS, XGB_C], data_mixed_multi)
cls_case("cls_xgb_gblinear", [MAXABS, XGB_LINEAR_C])
cls_case("cls_rf_maxabs", [MAXABS, RF_C])
cls_case("cls_rf_multi", [STD, RF_C], data_mixed_multi)
cls_case("cls_et_minmax", [MINMAX, ET_C], data_cancer)
cls_case("cls_et_maxabs", [MAXABS, ET_C])
cls_case("cls_gb_robust", [ROBUST, GB_C], data_wine)
cls_case("cls_gb_mixed", [MAXABS, GB_C])
cls_case("cls_dt_std", [STD, DT_C], data_iris)
cls_case("cls_logreg_std", [STD, LR_C])
cls_case("cls_logreg_multi", [MAXABS, LR_C], data_mixed_multi)
cls_case("cls_logreg_ovr_robust", [ROBUST, LR_OVR_C], data_iris)
cls_case("cls_logreg_pca", [PCA, LR_C], data_wine)
cls_case("cls_logreg_tsvd", [TSVD, LR_OVR_C])
cls_case("cls_svc_rbf", [STD, SVC_C], data_cancer)
cls_case("cls_svc_linear", [STD, SVC_LIN_C], data_iris)
cls_case("cls_linsvm", [MAXABS, LINSVM_C])
cls_case("cls_linsvm_multi", [STD, LINSVM_C], data_iris)
cls_case("cls_sgd_log", [STD, SGD_LOG_C])
cls_case("cls_sgd_hinge", [MAXABS, SGD_HINGE_C])
cls_case("cls_sgd_mhuber", [SPARSENORM, SGD_MHUBER_C], data_wine)
cls_case("cls_knn", [STD, KNN_C], data_no_text_binary)
cls_case("cls_mnb", [SCALE01, MNB_C], data_text_binary)
cls_case("cls_mnb_minmax", [MINMAX, MNB_C], data_wine)
cls_case("cls_bnb", [MAXABS, BNB_C], data_mixed_multi)
cls_case("cls_catboost", [CATB_C], data_no_text_binary, needs="catboost")

# classification: column kinds and label oddities
cls_case("cls_textonly", [MAXABS, LR_C], data_text_binary)
cls_case("cls_catonly", [MAXABS, LGBM_C], data_cat_binary)
cls_case("cls_iris_lgbm", [MAXABS, LGBM_C], data_iris)
cls_case("cls_label_quote", [MAXABS, LGBM_C], data_label_quote)
cls_case("cls_featurization_off", [MAXABS, LGBM_C], data_cancer, featurization="off")
cls_case("cls_featurization_off_nopre", [RF_C], data_cancer, featurization="off")
cls_case("cls_sweep_te", [MAXABS, LGBM_C], data_no_text_binary, sweep=["cat", "woe"])
cls_case("cls_sweep_kmeans", [MAXABS, LGBM_C], data_no_text_binary, sweep=["kmeans"])
cls_case("cls_sweep_text", [MAXABS, LGBM_C], sweep=["bow"])
cls_case("cls_word_embeddings", [MAXABS, LGBM_C], word_embeddings="comment")
cls_case("cls_custom_featurization", [MAXABS, LGBM_C], data_no_text_binary, featurization="custom")

# classification: where the data come from, how they are split
cls_case("cls_mltable", [MAXABS, LGBM_C], inputs="uri")
cls_case("cls_valid_id", [MAXABS, LGBM_C], valid=True)
cls_case("cls_valid_mltable", [MAXABS, XGB_C], valid=True, inputs="uri")
cls_case("cls_cv5", [MAXABS, LGBM_C], settings={"n_cross_validations": 5})
cls_case(
    "cls_cv3_size",
    [MAXABS, RF_C],
    data_iris,
    settings={"n_cross_validations": 3, "validation_size": 0.2},
)
cls_case("cls_split20", [MAXABS, LGBM_C], settings={"validation_size": 0.2})
cls_case("cls_testsplit", [MAXABS, LGBM_C], settings={"validation_size": 0.2, "test_size": 0.1})
cls_case("cls_weights", [MAXABS, LGBM_C], data_mixed_binary_weights, weight="sample weight")
cls_case(
    "cls_weights_cv",
    [STD, LR_C],
    data_mixed_binary_weights,
    weight="sample weight",
    settings={"n_cross_validations": 3},
)

# classification ensembles
cls_case("cls_voting", None, ensemble=("voting", [[MAXABS, LGBM_C], [MAXABS, XGB_C], [STD, LR_C]]))
cls_case(
    "cls_voting_multi",
    None,
    data_mixed_multi,
    ensemble=("voting", [[MAXABS, LGBM_C], [STD, RF_C], [SCALE01, BNB_C], [MAXABS, ET_C]]),
)
cls_case(
    "cls_voting_intlabel",
    None,
    data_mixed_binary_int,
    ensemble=("voting", [[MAXABS, LGBM_C], [MAXABS, RF_C]]),
)
cls_case(
    "cls_voting_nopre",
    None,
    data_cancer,
    ensemble=("voting", [[LGBM_C], [MAXABS, XGB_C], [STD, SVC_C]]),
)
cls_case(
    "cls_voting_offfeat",
    None,
    data_cancer,
    featurization="off",
    ensemble=("voting", [[MAXABS, LGBM_C], [STD, KNN_C]]),
)
cls_case(
    "cls_voting_cv",
    None,
    data_iris,
    settings={"n_cross_validations": 3},
    ensemble=("voting", [[MAXABS, LGBM_C], [STD, LR_C], [PCA, LINSVM_C]]),
)
cls_case("cls_stack", None, ensemble=("stack", [[MAXABS, LGBM_C], [MAXABS, XGB_C], [STD, LR_C]]))
cls_case(
    "cls_stack_multi", None, data_mixed_multi, ensemble=("stack", [[MAXABS, LGBM_C], [STD, RF_C]])
)
cls_case(
    "cls_stack_cv",
    None,
    data_cancer,
    settings={"n_cross_validations": 3},
    ensemble=("stack", [[MAXABS, LGBM_C], [STD, SGD_LOG_C], [ROBUST, KNN_C]]),
)
cls_case(
    "cls_stack_lgbmmeta",
    None,
    data_cancer,
    meta="LightGBM",
    ensemble=("stack", [[MAXABS, LGBM_C], [STD, LR_C]]),
)

# regression
reg_case("reg_lgbm_maxabs", [MAXABS, LGBM_R])
reg_case("reg_lgbm_tuned", [STD, LGBM_R2])
reg_case("reg_lgbm_diabetes", [MAXABS, LGBM_R], data_diabetes)
reg_case("reg_lgbm_onecolumn", [MAXABS, LGBM_R], data_one_column)
reg_case("reg_lgbm_intcolumns", [MAXABS, LGBM_R], data_int_columns)
reg_case("reg_xgb_maxabs", [MAXABS, XGB_R])
reg_case("reg_xgb_tuned", [STD, XGB_R2])
reg_case("reg_rf", [MAXABS, RF_R])
reg_case("reg_et_std", [STD, ET_R])
reg_case("reg_gb_minmax", [MINMAX, GB_R], data_diabetes)
reg_case("reg_dt_robust", [ROBUST, DT_R], data_diabetes)
reg_case("reg_elasticnet", [STD, ENET_R])
reg_case("reg_elasticnet_pca", [PCA, ENET_R], data_diabetes)
reg_case("reg_lassolars", [MAXABS, LLARS_R], data_diabetes)
reg_case("reg_sgd", [STD, SGD_R], data_diabetes)
reg_case("reg_knn", [STD, KNN_R], data_diabetes)
reg_case("reg_tsvd_rf", [TSVD, RF_R])
reg_case("reg_inttarget", [MAXABS, LGBM_R], data_mixed_reg_int, y_integer=True)
reg_case("reg_weights", [MAXABS, LGBM_R], data_mixed_reg_weights, weight="w")
reg_case("reg_cv5", [MAXABS, XGB_R], settings={"n_cross_validations": 5})
reg_case("reg_valid_mltable", [MAXABS, LGBM_R], valid=True, inputs="uri")
reg_case("reg_yminmax", [MAXABS, LGBM_R], settings={"y_min": 0.0, "y_max": 600.0})
reg_case("reg_testsplit", [MAXABS, LGBM_R], settings={"test_size": 0.2})
reg_case(
    "reg_voting", None, ensemble=("voting", [[MAXABS, LGBM_R], [MAXABS, XGB_R], [STD, ENET_R]])
)
reg_case(
    "reg_voting_linear",
    None,
    data_diabetes,
    settings={"n_cross_validations": 3},
    ensemble=("voting", [[STD, ENET_R], [MAXABS, LLARS_R], [STD, SGD_R]]),
)
reg_case("reg_stack", None, ensemble=("stack", [[MAXABS, LGBM_R], [MAXABS, XGB_R], [STD, ENET_R]]))
reg_case(
    "reg_stack_cv",
    None,
    data_diabetes,
    settings={"n_cross_validations": 3},
    ensemble=("stack", [[MAXABS, LGBM_R], [STD, KNN_R]]),
)
reg_case("reg_featurization_off", [STD, ENET_R], data_diabetes, featurization="off")
reg_case("reg_sweep_te", [MAXABS, LGBM_R], data_mixed_reg, sweep=["cat"], drop=["comment"])
