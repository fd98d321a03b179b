"""The use cases of the tool: each takes plain arguments, returns a record and prints nothing."""

from codegen_fi.workflow.connecting import Connection
from codegen_fi.workflow.demo_store import demo_store
from codegen_fi.workflow.fetching import fetch, runs
from codegen_fi.workflow.records import (
    Children,
    Fetched,
    RewriteOptions,
    Shown,
    Steps,
    Trained,
    TrainOptions,
    Written,
)
from codegen_fi.workflow.reviewing import diff, is_edited, review_of
from codegen_fi.workflow.scripts import rewrite_to_folder, show
from codegen_fi.workflow.training import demo, run, train

__all__ = [
    "Children",
    "Connection",
    "Fetched",
    "RewriteOptions",
    "Shown",
    "Steps",
    "TrainOptions",
    "Trained",
    "Written",
    "demo",
    "demo_store",
    "diff",
    "fetch",
    "is_edited",
    "review_of",
    "rewrite_to_folder",
    "run",
    "runs",
    "show",
    "train",
]
