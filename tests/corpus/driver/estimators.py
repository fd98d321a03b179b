"""The estimators that iterations try, with the service's kind of hyperparameters or few."""

from driver.steps import W, est

LGBM_C = est("LightGBMClassifier", W, min_data_in_leaf=20)
LGBM_C2 = est(
    "LightGBMClassifier",
    W,
    boosting_type="gbdt",
    colsample_bytree=0.7,
    learning_rate=0.09,
    max_bin=110,
    max_depth=6,
    min_child_weight=5,
    min_data_in_leaf=0.01,
    min_split_gain=0.1,
    n_estimators=50,
    num_leaves=30,
    reg_alpha=0.1,
    reg_lambda=0.2,
    subsample=0.8,
)
XGB_C = est("XGBoostClassifier", W, tree_method="auto")
XGB_C2 = est(
    "XGBoostClassifier",
    W,
    booster="gbtree",
    colsample_bytree=0.7,
    eta=0.1,
    gamma=0,
    max_depth=6,
    max_leaves=15,
    n_estimators=50,
    objective="reg:logistic",
    reg_alpha=0.2,
    reg_lambda=1.1,
    subsample=0.8,
    tree_method="auto",
)
XGB_LINEAR_C = est("XGBoostClassifier", W, booster="gblinear", n_estimators=50)
RF_C = est(
    "RandomForestClassifier",
    "sklearn.ensemble",
    bootstrap=True,
    class_weight="balanced",
    criterion="gini",
    max_features="sqrt",
    min_samples_leaf=0.01,
    min_samples_split=0.01,
    n_estimators=25,
    oob_score=False,
)
ET_C = est(
    "ExtraTreesClassifier",
    "sklearn.ensemble",
    bootstrap=False,
    criterion="entropy",
    max_features=0.6,
    min_samples_leaf=0.01,
    min_samples_split=0.05,
    n_estimators=25,
)
GB_C = est(
    "GradientBoostingClassifier",
    "sklearn.ensemble",
    learning_rate=0.1,
    max_depth=4,
    max_features=0.5,
    n_estimators=40,
)
DT_C = est("DecisionTreeClassifier", "sklearn.tree", criterion="gini", max_depth=6, splitter="best")
LR_C = est(
    "LogisticRegression",
    "sklearn.linear_model",
    C=1.5,
    class_weight=None,
    penalty="l2",
    solver="saga",
    multi_class="multinomial",
)
LR_OVR_C = est(
    "LogisticRegression",
    "sklearn.linear_model",
    C=0.7,
    penalty="l2",
    solver="lbfgs",
    multi_class="ovr",
)
SVC_C = est("SVCWrapper", W, C=3.0, kernel="rbf", probability=True)
SVC_LIN_C = est("SVCWrapper", W, C=1.0, kernel="linear", probability=True)
LINSVM_C = est("LinearSVMWrapper", W, C=0.5, class_weight=None, loss="squared_hinge", penalty="l2")
SGD_LOG_C = est(
    "SGDClassifierWrapper",
    W,
    alpha=0.001,
    loss="log",
    penalty="l2",
    learning_rate="optimal",
    max_iter=1000,
    tol=0.001,
)
SGD_HINGE_C = est(
    "SGDClassifierWrapper",
    W,
    alpha=0.001,
    loss="hinge",
    penalty="l2",
    learning_rate="optimal",
    max_iter=1000,
    tol=0.001,
)
SGD_MHUBER_C = est(
    "SGDClassifierWrapper",
    W,
    alpha=0.01,
    loss="modified_huber",
    penalty="none",
    learning_rate="invscaling",
    eta0=0.01,
    max_iter=1000,
    tol=0.001,
)
KNN_C = est(
    "KNeighborsClassifier",
    "sklearn.neighbors",
    algorithm="auto",
    leaf_size=30,
    metric="euclidean",
    n_neighbors=7,
    weights="distance",
)
MNB_C = est("NBWrapper", W, model="Multinomial", alpha=0.5, fit_prior=True)
BNB_C = est("NBWrapper", W, model="Bernoulli", alpha=0.5, binarize=0.2)
CATB_C = est("CatBoostClassifier", W, depth=4, iterations=30)

LGBM_R = est("LightGBMRegressor", W, min_data_in_leaf=20)
LGBM_R2 = est(
    "LightGBMRegressor",
    W,
    boosting_type="goss",
    colsample_bytree=0.8,
    learning_rate=0.08,
    max_bin=60,
    max_depth=5,
    min_data_in_leaf=0.01,
    n_estimators=60,
    num_leaves=31,
    reg_alpha=0.2,
    reg_lambda=0.1,
)
XGB_R = est("XGBoostRegressor", W, tree_method="auto")
XGB_R2 = est(
    "XGBoostRegressor",
    W,
    booster="gbtree",
    eta=0.1,
    max_depth=5,
    n_estimators=50,
    objective="reg:squarederror",
    reg_alpha=0.1,
    subsample=0.9,
    tree_method="hist",
    grow_policy="lossguide",
    max_leaves=15,
)
RF_R = est(
    "RandomForestRegressor",
    "sklearn.ensemble",
    bootstrap=True,
    criterion="mse",
    max_features=0.5,
    min_samples_leaf=0.01,
    min_samples_split=0.01,
    n_estimators=25,
    oob_score=False,
)
ET_R = est(
    "ExtraTreesRegressor",
    "sklearn.ensemble",
    bootstrap=False,
    criterion="mse",
    max_features=0.8,
    min_samples_leaf=0.01,
    min_samples_split=0.01,
    n_estimators=25,
    oob_score=False,
)
GB_R = est(
    "GradientBoostingRegressor",
    "sklearn.ensemble",
    alpha=0.9,
    learning_rate=0.1,
    loss="ls",
    max_depth=4,
    n_estimators=40,
)
DT_R = est("DecisionTreeRegressor", "sklearn.tree", criterion="mse", max_depth=6, splitter="best")
ENET_R = est("ElasticNet", "sklearn.linear_model", alpha=0.05, l1_ratio=0.5, normalize=False)
LLARS_R = est("LassoLars", "sklearn.linear_model", alpha=0.01, normalize=True)
SGD_R = est(
    "SGDRegressor",
    "sklearn.linear_model",
    alpha=0.001,
    loss="squared_loss",
    penalty="l2",
    learning_rate="invscaling",
    eta0=0.01,
    max_iter=1000,
    tol=0.001,
)
KNN_R = est(
    "KNeighborsRegressor", "sklearn.neighbors", algorithm="auto", n_neighbors=7, weights="distance"
)
