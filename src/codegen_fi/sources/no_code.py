"""Why a run has no generated code, and what its owner can do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from codegen_fi.sources.facts import BEST_CHILD, CODE_STATE, is_parent, settings_of
from codegen_fi.sources.records import RunRecord

ANOTHER_CHILD: Final = "Fetch another child of the run."
_FALSE: Final = ("false", "0", "no")
_ENDED_WELL: Final = frozenset({"completed", "finished"})
_ENDED_BADLY: Final = frozenset({"failed", "canceled", "cancelled", "killed", "notresponding"})
_MARKS: Final = frozenset({BEST_CHILD, CODE_STATE, "run_algorithm", "automl_child", "AutoML"})


@dataclass(frozen=True, slots=True)
class _Case:
    """A run, the AutoML run above it, and what they say in short."""

    run: RunRecord
    above: RunRecord
    settings: Mapping[str, Any]

    @property
    def task(self) -> str:
        return str(self.above.task or self.settings.get("task_type") or "").lower()

    @property
    def state(self) -> str:
        return (self.run.tags.get(CODE_STATE) or self.above.tags.get(CODE_STATE) or "").lower()

    @property
    def status(self) -> str:
        return (self.run.status or "").lower()

    @property
    def automl(self) -> bool:
        return any(_is_automl(item) for item in (self.run, self.above))

    @property
    def local(self) -> bool:
        target = self.above.properties.get("target") or self.settings.get("compute_target")
        return target == "local"


def why_no_code(run: RunRecord, parent: RunRecord | None) -> str:
    """Return why a run has no generated code, and what to do about it."""
    above = parent or run
    case = _Case(run, above, settings_of(above) or settings_of(run))
    words = next(words for applies, words in _REASONS if applies(case))
    return words.format(task=case.task, status=run.status or "not finished")


def _is_automl(run: RunRecord) -> bool:
    marks = (*run.tags, *run.properties, run.properties.get("runTemplate"))
    return is_parent(run) or run.run_id.startswith("AutoML_") or bool(_MARKS & set(marks))


def _switched_off(case: _Case) -> bool:
    return str(case.settings.get("enable_code_generation", True)).lower() in _FALSE


_LINE: Final = "AutoMLConfig(..., enable_code_generation=True)"
# The first that applies counts.
_REASONS: Final[tuple[tuple[Callable[[_Case], bool], str], ...]] = (
    (
        lambda case: case.task.startswith(("image", "text")),
        "AutoML generates no code for the task {task}. There is no way to switch it on.",
    ),
    (
        lambda case: case.state == "canceled",
        f"AutoML can't generate code for this kind of model and canceled it. {ANOTHER_CHILD}",
    ),
    (
        lambda case: case.state == "failed",
        "Generating the code failed in the run itself (see azureml_automl.log among its logs). "
        f"{ANOTHER_CHILD}",
    ),
    (
        _switched_off,
        f"Code generation was switched off. Train again with this line: {_LINE}",
    ),
    (
        lambda case: case.local,
        "The run trained on the local machine, where AutoML generates no code. Train again on a "
        "compute target: AutoMLConfig(..., compute_target=..., enable_code_generation=True)",
    ),
    (
        lambda case: case.status in _ENDED_BADLY,
        "The run ended as {status}, without a model. Fetch a run that completed.",
    ),
    (
        lambda case: case.status not in _ENDED_WELL,
        "The run is {status}; the code is written when it completes.",
    ),
    (
        lambda case: not case.automl,
        "Nothing tells that AutoML made it, and there is no script.py in outputs/generated_code, "
        "in generated_code, or at the top of its files. Name a run that holds one, or give the "
        "script as a file.",
    ),
    (
        lambda _: True,
        "The run doesn't say why: an old SDK, or code generation was not switched on. Train again "
        f"with this line: {_LINE}",
    ),
)
