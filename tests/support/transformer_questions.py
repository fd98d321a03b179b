"""What the official transformers and ours are asked: a class, what it's fitted on, calls."""

import numpy as np

RANDOM = np.random.default_rng(7)
NAN = float("nan")


def array(values, dtype="float64", kind="array"):
    return {"values": np.asarray(values).tolist(), "dtype": dtype, "kind": kind}


TARGETS = {
    "positive": array([1.0, 2.0, 4.0, 10.0]),
    "any sign": array([-3.0, 0.0, 2.0, 5.0]),
    "from zero": array([0.0, 1.0, 3.0]),
    "whole": array([1, 2, 4], "int64"),
    "whole, any sign": array([-4, 0, 7], "int64"),
    "missing": array([1.0, NAN, 4.0]),
    "fractions": array([0.1, 0.5, 0.9]),
    "just above": array([2e-5, 1.0, 2.0]),
    "at the bound": array([1e-5, 1.0, 2.0]),
    "just below": array([5e-6, 1.0, 2.0]),
    "far below": array([-1e6, -5.0, -0.5]),
    "one column": array([[1.0], [2.0], [4.0]]),
    "objects": array([1.0, 2.0, 4.0], "object"),
    "bool": array([True, False, True], "bool"),
    "many": array(np.round(RANDOM.normal(size=50) * 20, 4)),
}
CONSTANT = {
    "constant": array([2.0, 2.0, 2.0]),
    "constant below zero": array([-2.0, -2.0]),
    "one row": array([5.0]),
}
LATER = [
    array(values)
    for values in (
        [-2.0, -0.5, 0.1, 3.0],
        [-20.0, 0.0, 1e-6, 1e-5],
        [-3.00005, 1.0],
        [-3.0002, 1.0],
        [0.5, 20.0],
        [0.0, 0.1],
        [-1.0],
        [NAN, -20.0, 1.0],
        [[0.5], [2.0]],
    )
]
POWERS = (1, 2, 3, 0.5, 1.5, 0.25, 1 / 3, 0.2, -1, -2, -0.5)


def target(name, fit, arguments=None, **more):
    calls = [("transform", fit), *(("transform", later) for later in LATER)]
    calls += [("inverse_transform", later) for later in LATER]
    arguments = arguments or {}
    return {
        "how": "called", "name": name, "arguments": arguments,
        "fit": [fit], "calls": calls, "more": more,
    }  # fmt: skip


def targets():
    varied, every = TARGETS.values(), [*TARGETS.values(), *CONSTANT.values()]
    some = [TARGETS["positive"], TARGETS["any sign"], TARGETS["many"]]
    safe = [{"safe": True}, {"safe": False}]
    return [
        *(target("LogTransformer", fit, each) for fit in every for each in safe),
        *(target("BoxCoxTransformerScipy", fit, each) for fit in varied for each in safe),
        target("BoxCoxTransformerScipy", TARGETS["positive"], {"lambda_val": 0.5}),
        *(
            target("PowerTransformer", fit, {"power": 0.5, **each})
            for fit in every
            for each in safe
        ),
        *(target("PowerTransformer", fit, {"power": 2, **each}) for fit in every for each in safe),
        *(target("PowerTransformer", fit, {"power": power}) for fit in some for power in POWERS),
        *(
            target(name, TARGETS["positive"], {}, y_min=y_min)
            for name in ("LogTransformer", "PowerTransformer", "BoxCoxTransformerScipy")
            for y_min in (-5.0, 0.0, 1e-6, 0.5, 3.0)
        ),
        *(
            target("QuantileTransformerWrapper", fit, {"output_distribution": shape, **most})
            for fit in every
            for shape in ("uniform", "normal")
            for most in ({}, {"n_quantiles": 3})
        ),
        *(target("TargetTypeTransformer", fit, {"target_type": "Integer"}) for fit in some),
    ]


def sparse_table(density, seed=0):
    random = np.random.default_rng(seed)
    return np.where(random.random((40, 5)) < density, np.round(random.normal(size=(40, 5)), 4), 0)


def table(name, arguments, fit, *others, methods=("transform",), y=None):
    calls = [(method, each) for method in methods for each in (fit, *others)]
    given = [fit] if y is None else [fit, y]
    return {
        "how": "called", "name": name, "arguments": arguments,
        "fit": given, "calls": calls, "more": {},
    }  # fmt: skip


def tables():
    thin, full = sparse_table(0.15), sparse_table(0.9, 1)
    both = [array(thin), array(full)]
    wide = [array(each, kind=kind) for each in (thin, full) for kind in ("csr", "csc")]
    frame = array(full, kind="frame")
    one_row, one_column = array(full[:1]), array(full[:, :1])
    y = array(np.arange(40))
    keeps = ([0, 3], [3, 0], [-1], [1, 1], [], 2)
    forth_and_back = ("transform", "inverse_transform")
    missing = array(np.where(full > 1, NAN, full))
    return [
        *(
            table("DropColumnsTransformer", {"columns_to_keep": keep}, fit, *wide, one_row, y=y)
            for keep in keeps
            for fit in (*both, frame)
        ),
        table("DropColumnsTransformer", {"columns_to_keep": [9]}, both[0], y=y),
        *(table("IdentityTransformer", {}, fit) for fit in (*both, *wide, frame, missing)),
        *(
            table("SparseNormalizer", {"norm": norm}, fit)
            for norm in ("l1", "l2", "max")
            for fit in (*both, *wide, frame, one_row, one_column)
        ),
        *(
            table("StandardScalerWrapper", {"with_mean": mean}, fit, methods=forth_and_back)
            for mean in (True, False)
            for fit in (*both, frame, missing, one_row, one_column)
        ),
        *(
            table("StandardScalerWrapper", {"with_mean": False, "with_std": True}, fit)
            for fit in wide
        ),
        *(table("SparseScaleZeroOne", {}, fit, wide[0], wide[2]) for fit in wide),
        *(
            table("PreprocWrapper", {"cls": cls}, fit, methods=forth_and_back)
            for cls in ("StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler")
            for fit in (*both, frame)
        ),
        *(table("PreprocWrapper", {"cls": "MaxAbsScaler"}, fit) for fit in wide),
        table("PreprocWrapper", {"cls": "MinMaxScaler", "feature_range": [0, 2]}, both[0]),
        *(
            table("TruncatedSVDWrapper", {"n_components": 0.6, "random_state": 1}, fit)
            for fit in (*both, *wide)
        ),
    ]


def regressed(name, arguments, y, **more):
    X = np.column_stack([np.arange(12.0), np.cos(np.arange(12.0))])
    return {
        "how": "piped", "name": name, "arguments": arguments,
        "fit": [array(X), y], "more": more,
    }  # fmt: skip


def pipelines():
    number = np.array([3.0, 4, 4, 6, 9, 8, 11, 15, 14, 18, 22, 21])
    targets = [array(number), array(number - 10.5), array(number - 3, "int64")]
    labels = [
        (np.where(number > 8, "yes", "no"), "object"),
        (number > 8, "bool"),
        (np.digitize(number, [5, 15]) * 2 + 5, "int64"),
    ]
    named = [
        ("LogTransformer", {"safe": False}),
        ("PowerTransformer", {"power": 2}),
        ("PowerTransformer", {"power": 0.5}),
        ("BoxCoxTransformerScipy", {}),
        ("QuantileTransformerWrapper", {"n_quantiles": 5}),
        ("TargetTypeTransformer", {"target_type": "Integer"}),
        ("TargetTypeTransformer", {"target_type": "Float"}),
    ]
    return [
        *(regressed(name, arguments, y) for name, arguments in named for y in targets),
        regressed("LogTransformer", {}, targets[0], y_min=-5.0),
        *(regressed("LabelEncoder", {}, array(y, dtype)) for y, dtype in labels),
    ]


def ensembles():
    X = np.round(RANDOM.normal(size=(60, 3)), 4)
    codes = np.digitize(X[:, 0] + 0.3 * X[:, 1], [-0.5, 0.5])
    number = array(np.round(2 * X[:, 0] + X[:, 1], 4))
    asked = {"classification": array(codes, "int64"), "regression": number}
    return [
        {
            "how": "ensembled", "name": "EnsembleWrapper", "task": task, "weights": weights,
            "stacked": stacked, "fit": [array(X), y],
        }
        for task, y in asked.items()
        for weights in (None, [0.7, 0.3], [2, 5])
        for stacked in (False, True)
    ]  # fmt: skip


QUESTIONS = [*targets(), *tables(), *pipelines(), *ensembles()]
