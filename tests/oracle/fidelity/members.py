"""The parts of a fitted model that its scores don't show: estimator, members of an ensemble."""

# Classes that only stand around an estimator, and the attributes it is in, newest name first.
AROUND = {
    "CalibratedModel": ("model",),
    "CalibratedClassifierCV": ("estimator", "base_estimator"),
    "FrozenEstimator": ("estimator",),
    "OneVsRestClassifier": ("estimator",),
}


def described(model):
    """Name the estimators that learn and the classes that stand before them."""
    final = last_step(model)
    inside = members_of(final)
    return {
        "class": kind(final),
        "members": [kind(last_step(member)) for member in inside],
        "before": sorted({name for part in [model, *inside] for name in before(part)}),
    }


def kind(final):
    """Class name of an estimator, without what stands around it."""
    while type(final).__name__ in AROUND:
        names = AROUND[type(final).__name__]
        final = next(getattr(final, name) for name in names if hasattr(final, name))
    return type(final).__name__


def before(model):
    """Class names of the steps before the last one."""
    return [type(step).__name__ for _, step in getattr(model, "steps", [])[:-1]]


def last_step(model):
    """The estimator at the end of a pipeline, of however many pipelines in each other."""
    while hasattr(model, "steps"):
        model = model.steps[-1][1]
    return model


def members_of(final):
    """The fitted members of a voting or stacking ensemble; none of anything else."""
    if hasattr(final, "_base_learners"):
        return [member for _, member in final._base_learners]
    # The official voting regressor leaves its own members unfitted.
    voting = getattr(final, "_wrappedEnsemble", final)
    if hasattr(voting, "estimators") and hasattr(voting, "weights"):
        return list(voting.estimators_)
    return []


def outputs(model, X):
    """Yield, by name, what each member predicts for featurized rows, and what it makes of them."""
    for number, member in enumerate(members_of(last_step(model))):
        steps = getattr(member, "steps", [])
        if len(steps) > 1:
            yield "member.%d/preprocessed" % number, steps[0][1].transform(X)
        predict = getattr(member, "predict_proba", member.predict)
        yield "member.%d/predicted" % number, predict(X)
