"""Where an informative column doesn't come before the noise, and why.

The frame of the mixed cases has 600 rows, of which 450 train and 150 are scored on.  The score
behind its label has a standard deviation of about 1.8; `sex` moves it by a quarter to either side,
`country's` by half, and `comment` shows one bit of its mood among 1,900 n-grams.  The models spend
next to nothing on them, and what is left is within the reach of two noise columns.

That this is the models' doing was measured on the official runtime itself, with its own fitted
models, the same rows and the same shuffles: for cls_lgbm_maxabs, cls_lgbm_sparsenorm,
cls_lgbm_multi and cls_testsplit it puts the same columns behind noise with the same importances to
five decimals, and for cls_gb_mixed and cls_xgb_multi the same and other weak columns.
"""

WEAK = {
    "sex": "a quarter of a point of a score that varies by 1.8: the models hardly use it",
    "country's": "half a point between two groups of countries, one of eight one-hot columns each",
    "comment": "one bit of mood behind 1,900 n-grams, most of them noise",
    "workclass": "a forest of 25 trees sees five one-hot columns among 2,093",
    "is_member": "108 rows to score on after a test split, or a weak stack of three classes",
}

OUTRANKED = {
    "cls_custom_featurization": ["sex"],
    "cls_cv5": ["sex", "comment"],
    "cls_et_maxabs": ["sex"],
    "cls_gb_mixed": ["sex", "country's"],
    "cls_lgbm_boollabel": ["sex"],
    "cls_lgbm_intlabel": ["sex"],
    "cls_lgbm_maxabs": ["sex"],
    "cls_lgbm_multi": ["comment"],
    "cls_lgbm_nopre": ["sex"],
    "cls_lgbm_sparsenorm": ["sex", "country's"],
    "cls_lgbm_std_tuned": ["sex", "country's"],
    "cls_mltable": ["sex"],
    "cls_rf_maxabs": ["sex", "workclass"],
    "cls_sgd_hinge": ["sex"],
    "cls_split20": ["sex"],
    "cls_stack_multi": ["sex", "is_member", "comment"],
    "cls_sweep_te": ["sex"],
    "cls_sweep_text": ["sex"],
    "cls_testsplit": ["is_member", "comment"],
    "cls_valid_id": ["sex"],
    "cls_voting": ["sex"],
    # Scored with the weights of its rows.
    "cls_weights": ["sex", "comment"],
    "cls_xgb_maxabs": ["sex", "comment"],
    "cls_xgb_multi": ["comment"],
    "cls_xgb_std_tuned": ["sex"],
    "reg_cv5": ["sex"],
    # random_state=None in the script: another draw, another of the weak columns.
    "cls_lgbm_tsvd": ["sex", "country's", "comment"],
    "cls_logreg_tsvd": ["sex", "country's", "comment"],
    "cls_sweep_kmeans": ["sex", "country's"],
    "reg_tsvd_rf": ["sex", "country's", "comment"],
}

# Models that say too little to rank columns by.
UNRANKED = {
    "reg_weights": "the script scores its test rows with the weights of all rows",
    "cls_bnb": "Bernoulli naive Bayes of values cut at 0.2, three classes: accuracy 0.42",
    "cls_knn": "distances over 148 columns of which most are hash buckets: accuracy 0.53",
    "cls_logreg_std": "2,093 columns, 450 rows, barely regularised: accuracy 0.60",
    "cls_rf_multi": "a forest of 25 trees that sees 46 of 2,097 columns a split: accuracy 0.45",
    "cls_sgd_log": "diverges to one class, on the official runtime as well: AUC 0.5",
    "cls_stack": "the meta-learner stops early and says one class, as officially: accuracy 0.51",
    "cls_weights_cv": "as cls_logreg_std, in folds: accuracy 0.54",
    "cls_xgb_gblinear": "a linear booster over 2,093 columns: accuracy 0.61",
}
