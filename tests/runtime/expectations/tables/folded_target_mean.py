"""Target means by cross-validation, switched off: then training rows are encoded as new ones are.

With folds, training rows are encoded without their own (another test); the classes are those of the
label in order of appearance, without the last.
"""

import numpy as np
from expecting import Row, objects


def steps(runtime):
    encoder = runtime("featurization.generic.countbased_target_encoder", "CountBasedTargetEncoder")
    return [
        runtime(
            "featurization.generic.crossvalidation_target_encoder", "CrossValidationTargetEncoder"
        )(
            target_encoder_cls=encoder,
            task="classification",
            num_folds=0,
            # So far below the rows that a value's own mean has all the weight.
            blending_param=-1000,
            smoothing_param=1,
        )
    ]


TABLE = {
    "two classes": Row(objects(*"aaabb"), [[2 / 3]] * 3 + [[0.5]] * 2, y=np.array([1, 1, 0, 0, 1])),
    "the class seen last has no column": Row(
        objects(*"aabb"), [[0.5, 0.5]] * 2 + [[0.0, 0.5]] * 2, y=np.array(["z", "m", "a", "m"])
    ),
    "unseen": Row(
        objects(*"aabb"),
        [[1.0], [1.0], [0.5], [0.5]],
        y=np.array([True, True, False, True]),
        new=objects("c", None),
        then=[[0.75], [0.75]],
    ),
}
