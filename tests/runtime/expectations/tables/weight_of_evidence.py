"""log(((p + 1) / (P + 2)) / ((q + 1) / (Q + 2))) with p of P rows in the class, q of Q outside."""

import math

import numpy as np
from expecting import Row, nan, objects


def steps(runtime):
    return [
        runtime("featurization.generic.woe_target_encoder", "WoEBasedTargetEncoder")(
            regularization_param=1, task="classification", classes=np.array(["yes"])
        )
    ]


def evidence(inside, outside):
    return [math.log(((inside + 1) / (3 + 2)) / ((outside + 1) / (2 + 2)))]


Y = np.array(["yes", "yes", "no", "no", "yes"])
# A value of one row, an unseen one and a missing one: the share of the class.
SHARE = [0.6]

TABLE = {
    "two values": Row(objects(*"aaabb"), [evidence(2, 1)] * 3 + [evidence(1, 1)] * 2, y=Y),
    "a value of one class only": Row(
        objects(*"aabba"), [evidence(3, 0)] * 2 + [evidence(0, 2)] * 2 + [evidence(3, 0)], y=Y
    ),
    "a value of one row": Row(objects(*"aaaab"), [evidence(2, 2)] * 4 + [SHARE], y=Y),
    "unseen and missing": Row(
        objects(*"aaabb"),
        [evidence(2, 1)] * 3 + [evidence(1, 1)] * 2,
        y=Y,
        new=objects("zz", None, nan),
        then=[SHARE] * 3,
    ),
}
