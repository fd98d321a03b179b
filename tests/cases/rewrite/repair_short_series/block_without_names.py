# A block that a user wrote anew uses neither name.
def main():
    dropper = next((s for k, s in tst.pipeline.steps if k == 'grain_dropper'), None)
    if dropper is not None and dropper.has_short_grains_in_train:
        X, y = dropper.transform(X, y)
