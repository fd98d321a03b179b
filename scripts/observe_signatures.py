"""Print what the installed scikit-learn, LightGBM and XGBoost take as arguments, as JSON.

Runs in the environments that ``signatures.py`` builds, the oldest of them Python 3.8 with
scikit-learn 0.22, so it uses nothing newer.
"""

import importlib
import inspect
import json
import pkgutil
import re
import sys
import warnings

import numpy as np

# XGBoost's documented second names; its configuration only tells the first ones.
SECOND_NAMES = {
    "alpha": "reg_alpha",
    "eta": "learning_rate",
    "gamma": "min_split_loss",
    "lambda": "reg_lambda",
    "nthread": "n_jobs",
    "seed": "random_state",
}
NOT_IN_CONFIGURATION = ("eval_metric", "num_class", "objective", "verbosity")


def of_init(cls):
    """Return argument -> default of a class, and whether it hands further ones on."""
    found = {}
    for owner in cls.__mro__:
        init = vars(owner).get("__init__")
        if not inspect.isfunction(init):
            continue
        hands_on = False
        for name, parameter in inspect.signature(init).parameters.items():
            if parameter.kind is parameter.VAR_KEYWORD:
                hands_on = True
            elif name != "self" and parameter.kind is not parameter.VAR_POSITIONAL:
                required = parameter.default is parameter.empty
                shown = re.sub(r" at 0x[0-9a-f]+", "", repr(parameter.default))
                found.setdefault(name, None if required else shown)
        if not hands_on:
            return found
    return found


def classes_of(modules, base):
    """Return the signatures of the classes that modules show."""
    found = {}
    for module in modules:
        for name in sorted(dir(module)):
            cls = getattr(module, name)
            if (
                inspect.isclass(cls)
                and issubclass(cls, base)
                and not name.startswith("_")
                and not inspect.isabstract(cls)
                and cls.__module__.partition(".")[0] == base.__module__.partition(".")[0]
            ):
                found[cls.__name__] = of_init(cls)
    return found


def sklearn():
    """Return what scikit-learn takes."""
    import sklearn
    from sklearn.base import BaseEstimator

    if sklearn.__version__.startswith("0."):
        importlib.import_module("sklearn.experimental.enable_hist_gradient_boosting")
    modules = [
        importlib.import_module("sklearn." + info.name)
        for info in pkgutil.iter_modules(sklearn.__path__)
        if not info.name.startswith(("_", "conftest", "tests"))
    ]
    return {"release": sklearn.__version__, "classes": classes_of(modules, BaseEstimator)}


def lightgbm():
    """Return what LightGBM takes, and every name of its parameters."""
    import lightgbm

    rows, target = np.arange(60.0).reshape(30, 2), np.arange(30.0)
    data = lightgbm.Dataset(rows, target)
    booster = lightgbm.train({"verbosity": -1}, data, 1)
    lines = booster.model_to_string().splitlines()
    settings = lines[lines.index("parameters:") + 1 : lines.index("end of parameters")]
    names = {line[1:].partition(":")[0]: [] for line in settings if line.startswith("[")}
    told = getattr(lightgbm.basic._ConfigAliases, "_get_all_param_aliases", None)
    for name, others in (told() if told else {}).items():
        names[name] = sorted(others)
    classes = classes_of([lightgbm.sklearn], lightgbm.LGBMModel)
    return {"release": lightgbm.__version__, "classes": classes, "names": names}


def xgboost():
    """Return what XGBoost takes, and the names in its configuration."""
    import xgboost

    rows, target = np.arange(60.0).reshape(30, 2), np.arange(30.0)
    names = set(NOT_IN_CONFIGURATION)
    for settings in (
        {"booster": "gbtree", "tree_method": "hist"},
        {"booster": "gbtree", "tree_method": "approx"},
        {"booster": "gbtree", "tree_method": "exact"},
        {"booster": "gblinear"},
        {"booster": "dart"},
    ):
        booster = xgboost.train({"verbosity": 0, **settings}, xgboost.DMatrix(rows, target), 1)
        names |= set(keys(json.loads(booster.save_config())["learner"]))
        names |= set(keys(json.loads(booster.save_config())))
    second = {k: v for k, v in SECOND_NAMES.items() if k in names or v in names}
    names |= {*second, *second.values()}
    classes = classes_of([xgboost.sklearn], xgboost.XGBModel)
    return {
        "release": xgboost.__version__,
        "classes": classes,
        "names": {name: [] for name in sorted(names)},
    }


def keys(configuration):
    """Yield the names of the values in a configuration."""
    for name, value in configuration.items():
        if isinstance(value, dict):
            yield from keys(value)
        elif isinstance(value, str):
            yield name


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    json.dump({f.__name__: f() for f in (sklearn, lightgbm, xgboost)}, sys.stdout)
