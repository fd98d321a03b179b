"""The use cases of the tool: each takes plain arguments, returns a record and prints nothing."""

from codegen_fi.workflow.records import (
    RewriteOptions,
    Shown,
    Steps,
    Trained,
    TrainOptions,
    Written,
)
from codegen_fi.workflow.scripts import diff, rewrite_to_folder, show
from codegen_fi.workflow.training import demo, run, train

__all__ = [
    "RewriteOptions",
    "Shown",
    "Steps",
    "TrainOptions",
    "Trained",
    "Written",
    "demo",
    "diff",
    "rewrite_to_folder",
    "run",
    "show",
    "train",
]
