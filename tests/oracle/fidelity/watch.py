"""Watch a training script from outside: what its own functions are given and what they return.

No line of the script changes: its functions are wrapped, and so are the methods of the objects
they build, so that every matrix is the one the model was really trained or scored on.
"""

import inspect
import random

import numpy as np

from fidelity import members
from fidelity.record import Record, jsonable

SEED = 0
BUILDERS = {
    "generate_data_transformation_config": "features",
    "generate_preprocessor_config": "preprocessed",
}
TRANSFORMING = ("fit_transform", "transform")
PREDICTING = ("predict_proba", "predict")


class Watch:
    """Wraps the functions of a script and records what passes through.

    Names in the record begin with the call they belong to: ``fit.0`` is the first call of
    ``train_model``, ``score.0`` the first of ``calculate_metrics``.

    Parameters
    ----------
    said
        Function from the number of a scoring to the model whose predictions are scored as well.
    """

    def __init__(self, said=None):
        self.record = Record()
        self.record.facts.update(scores=[], replayed=[])
        self._said = said
        self._watched = {}
        self._replaced = []
        self._busy = set()
        self._counts = {"fit": 0, "score": 0}
        self._phase = None
        self._seen = {}

    def wrap(self, names):
        """Put the wrapped functions where the script will find them: among its names."""
        for builder, what in BUILDERS.items():
            if builder in names:
                names[builder] = self._building(names[builder], what)
        names["train_model"] = self._training(names["train_model"])
        names["calculate_metrics"] = self._scoring(names["calculate_metrics"])

    def _building(self, build, what):
        def building(*args, **kwargs):
            built = build(*args, **kwargs)
            self._look_at(built, what, TRANSFORMING)
            return built

        return building

    def _training(self, train):
        def training(X, y, *args, **kwargs):
            self._begin("fit", X, y)
            random.seed(SEED)
            np.random.seed(SEED)
            model = train(X, y, *args, **kwargs)
            self._end(X)
            return model

        return training

    def _scoring(self, score):
        signature = inspect.signature(score)

        def scoring(*args, **kwargs):
            given = signature.bind(*args, **kwargs).arguments
            model, X = given["model"], given["X_test"]
            self._begin("score", X, given["y_test"])
            self._look_at(model, "", PREDICTING)
            metrics = score(*args, **kwargs)
            self.record.facts["scores"].append(jsonable(metrics))
            self._look_further(model, X)
            self._end(X)
            self._replay(score, given)
            return metrics

        return scoring

    def _replay(self, score, given):
        other = self._said and self._said(len(self.record.facts["replayed"]))
        if other is not None:
            metrics = score(**dict(given, model=other))
            self.record.facts["replayed"].append(jsonable(metrics))

    def _begin(self, phase, X, y):
        self._phase = "%s.%d" % (phase, self._counts[phase])
        self._counts[phase] += 1
        self._seen = {}
        if hasattr(X, "iloc"):
            self._put("rows", X.index)
        self._put("label", y)

    def _end(self, X):
        if "features" not in self._seen:
            self._put("raw", X)
        self._phase = None

    def _look_further(self, model, X):
        """Ask what the score didn't need: labels, and what the members of an ensemble say."""
        self.record.facts["estimator"] = members.described(model)
        if hasattr(model, "classes_"):
            self._put("classes", model.classes_)
        if "predict" not in self._seen:
            model.predict(X)
        for what, matrix in members.outputs(model, self._seen.get("features", X)):
            self._put(what, matrix)

    def _look_at(self, target, what, methods):
        self._watched[id(target)] = (what, target)
        for method in methods:
            found = inspect.getattr_static(type(target), method, None)
            if found is not None and not isinstance(found, _Watched):
                self._replaced.append((type(target), method, vars(type(target)).get(method)))
                setattr(type(target), method, _Watched(self, method, found))

    def release(self):
        """Give the classes their own methods back, for the next script in this process."""
        for owner, method, own in self._replaced:
            if own is None:
                delattr(owner, method)
            else:
                setattr(owner, method, own)
        self._replaced.clear()

    def call(self, target, method, bound, args, kwargs):
        """Call a bound method, and keep what it returns when the script itself asked for it."""
        # A method may call another one of its object; only the outermost is the script's.
        is_ours = id(target) in self._watched and id(target) not in self._busy
        if not is_ours or self._phase is None:
            return bound(*args, **kwargs)
        self._busy.add(id(target))
        try:
            result = bound(*args, **kwargs)
        finally:
            self._busy.discard(id(target))
        self._put(self._watched[id(target)][0] or method, result)
        return result

    def _put(self, what, value):
        if what not in self._seen:
            self._seen[what] = value
            self.record.put("%s/%s" % (self._phase, what), value)


class _Watched:
    """Stands for a method in its class, for conditional ones as well: absent stays absent."""

    def __init__(self, watch, method, found):
        self.watch, self.method, self.found = watch, method, found

    def __get__(self, target, owner=None):
        bound = self.found.__get__(target, owner)
        if target is None:
            return bound

        def watched(*args, **kwargs):
            return self.watch.call(target, self.method, bound, args, kwargs)

        return watched
