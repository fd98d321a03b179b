# The dropper and the featurizer keep the names that the script gives them.
# --- with {'runtime': 'azureml'}
def main():
    featurizer = generate_data_transformation_config()
    dropper = next((s for k, s in featurizer.pipeline.steps if k == 'grain_dropper'), None)
    # short ones go
    if dropper is not None and dropper.has_short_grains_in_train and grains is not None:
        parts = [part for key, part in X.groupby(grains) if key in short_series_processor.grains_to_keep]
        X = pd.concat(parts)
    cv_splits = folds(X, y)
# --- becomes
def main():
    featurizer = generate_data_transformation_config()
    dropper = next((s for k, s in featurizer.pipeline.steps if k == 'grain_dropper'), None)
    # short ones go
    grains = featurizer.grain_column_names
    short_series_processor = dropper
    if dropper is not None and dropper.has_short_grains_in_train and grains is not None:
        parts = [part for key, part in X.groupby(grains) if key in short_series_processor.grains_to_keep]
        X = pd.concat(parts)
    cv_splits = folds(X, y)
