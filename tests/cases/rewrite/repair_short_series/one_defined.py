# What the user defined already stays.
# --- with {'runtime': 'azureml'}
grains = ['store']


def main():
    dropper = next((s for k, s in tst.pipeline.steps if k == 'grain_dropper'), None)
    if dropper is not None and dropper.has_short_grains_in_train:
        X = keep(X, grains, short_series_processor.grains_to_keep)
# --- becomes
grains = ['store']


def main():
    dropper = next((s for k, s in tst.pipeline.steps if k == 'grain_dropper'), None)
    short_series_processor = dropper
    if dropper is not None and dropper.has_short_grains_in_train:
        X = keep(X, grains, short_series_processor.grains_to_keep)
