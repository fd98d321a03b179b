# SDKs before 1.56 keep the same classes elsewhere; every one goes to the one place of ours.
def calculate_metrics(y, X, estimators):
    from azureml.automl.runtime import data_cleaning
    from azureml.automl.runtime.shared.score.scoring import score_regression as score
    from azureml.training.tabular.preprocessing.binning import make_dataset_bins
    from azureml.training.tabular.models.forecasting_pipeline_wrapper import PreFittedSoftVotingRegressor
    from azureml.automl.runtime.featurizer.transformer.categorical.cat_imputer import CatImputer
    X, y, _ = data_cleaning._remove_nan_rows_in_X_y(X, y)
    return score, make_dataset_bins(len(y), y), PreFittedSoftVotingRegressor(estimators), CatImputer()
# --- becomes
def calculate_metrics(y, X, estimators):
    from codegen_fi_runtime.automl.preprocessing import data_cleaning
    from codegen_fi_runtime.automl.score.scoring import score_regression as score
    from codegen_fi_runtime.automl.preprocessing._dataset_binning import make_dataset_bins
    from codegen_fi_runtime.automl.models.voting_ensemble import PreFittedSoftVotingRegressor
    from codegen_fi_runtime.automl.featurization.categorical.cat_imputer import CatImputer
    X, y, _ = data_cleaning._remove_nan_rows_in_X_y(X, y)
    return score, make_dataset_bins(len(y), y), PreFittedSoftVotingRegressor(estimators), CatImputer()
