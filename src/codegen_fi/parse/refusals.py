"""Scripts that can't be read, by name: what it is instead, in which line, what to do.

Each table is tried in order; a recogniser returns the line it found its mark on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.script import TrainingScript
from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import Source

_GIVE: Final = "Give the script.py of the run's outputs/generated_code."
_ANOTHER: Final = "Choose another child of the run."
_ANOTHER_OR_LESS: Final = (
    f"Choose another child of the run, or take this mapper out of {dialects.FEATURIZER}()."
)
_MOST_COLUMNS: Final = 5
_DOWNLOADED: Final = {
    "WordEmbeddingTransformer": "word embeddings, which need word vectors downloaded from Azure",
    "PretrainedTextDNNTransformer": "BERT features, which need a network downloaded from Azure",
    "BiLSTMAttentionTransformer": "features of a BiLSTM network, which only the SDK trains",
}
_OF_EVERY_SCRIPT: Final = (dialects.PREPARE_DATA, dialects.BUILD_PIPELINE, dialects.TRAIN)
_DEEP_FORECASTERS: Final = "azureml.contrib.automl.dnn"
_DEEP_MODULES: Final = ("azureml.automl.dnn", _DEEP_FORECASTERS)
_DEEP_TASK: Final = re.compile(r"""['"](?:image-[a-z-]+|text-classification[a-z-]*|text-ner)['"]""")
_DRIVER: Final = re.compile(r"enable_code_generation")
_SUBMITS: Final = frozenset({"AutoMLConfig", "MLClient", "automl"})
_CONDA: Final = re.compile(r"(?:#.*\n|\s)*(?:name|channels|dependencies):(?:\s|$)")
_CONDA_LIST: Final = re.compile(r"^dependencies:[ \t]*\r?\n\s*-", re.MULTILINE)
_DIFF: Final = re.compile(r"(?:diff --git |--- \S.*\n\+\+\+ \S)")


@dataclass(frozen=True, slots=True)
class _Row:
    """A thing that isn't a training script: how it is known, and the sentence about it."""

    line_of: Callable[[Source], int | None]
    message: str


def refuse_other_text(text: str, name: str) -> None:
    """Refuse a text of another kind that may lie under the name of a script.

    Raises
    ------
    ScriptNotUnderstoodError
        It is empty, a notebook, JSON, a conda file or a diff.
    """
    if not text.strip():
        raise refusal(name, None, "the file is empty. Download the script again.")
    for is_one, what in _TEXTS:
        if is_one(text.lstrip()):
            raise refusal(name, None, what)


def refuse_other_source(source: Source) -> None:
    """Refuse Python that isn't the code of a training this tool knows.

    Raises
    ------
    ScriptNotUnderstoodError
        It trains what can't be trained here, trains nothing, or isn't generated.
    """
    is_generated = any(name in source.functions for name in _OF_EVERY_SCRIPT)
    for row in _GENERATED if is_generated else _OTHERS:
        line = row.line_of(source)
        if line is not None:
            raise refusal(source.name, line or None, row.message)


def refuse_downloads(model: TrainingScript, name: str) -> None:
    """Refuse features that only come with something downloaded from Azure.

    Raises
    ------
    ScriptNotUnderstoodError
        Names the step, its columns and the line.
    """
    for mapper in model.pipeline.mappers:
        for component in mapper.transformers:
            what = _DOWNLOADED.get(component.name)
            if what is not None:
                columns = mapper.names()
                more = len(columns) - _MOST_COLUMNS
                listed = ", ".join(map(repr, columns[:_MOST_COLUMNS]))
                raise refusal(
                    name,
                    component.line,
                    f"{mapper.function}() turns {'columns' if columns[1:] else 'column'} {listed}"
                    f"{f' and {more} more' if more > 0 else ''} into {what}. {_ANOTHER_OR_LESS}",
                )


def edited_since(error: ScriptNotUnderstoodError, version: str) -> ScriptNotUnderstoodError:
    """Return what to raise for a script that this tool wrote and that no longer reads."""
    return ScriptNotUnderstoodError(
        f"{error} (This file was rewritten by codegen-fi {version} and edited since; the original "
        "script.py lies beside it.)"
    )


def _is_json(text: str) -> bool:
    if text[:1] not in "{[":
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_notebook(text: str) -> bool:
    return text.startswith("{") and '"nbformat"' in text and _is_json(text)


def _is_conda(text: str) -> bool:
    return bool(_CONDA.match(text) and _CONDA_LIST.search(text))


_TEXTS: Final[tuple[tuple[Callable[[str], object], str], ...]] = (
    (
        _is_notebook,
        "this is a notebook, not a script. Give the script.py that lies beside it in the run's "
        "outputs/generated_code.",
    ),
    (_is_json, f"this is JSON, not a script, as an error of a service is. {_GIVE}"),
    (_is_conda, f"this is a conda file, not a script: it lists packages. {_GIVE}"),
    (_DIFF.match, "this is a diff, not a script. Give the script.py it was made from."),
)


def _imports(source: Source) -> Iterator[tuple[int, str, str]]:
    """Yield line, module and name of every import; the line of one in a function is the def's."""
    for statement in source.statements:
        site = source.functions.get(getattr(statement.syntax, "name", ""))
        if site is not None and site.statement is statement:
            for module, name in site.imports.values():
                yield statement.line, module, name
    for module, name in source.imports.values():
        yield source.packages.get(module.partition(".")[0], 1), module, name


def _importing(*modules: str) -> Callable[[Source], int | None]:
    def line_of(source: Source) -> int | None:
        lines = (line for line, module, _ in _imports(source) if module.startswith(modules))
        return next(lines, None)

    return line_of


def _saying(pattern: re.Pattern[str]) -> Callable[[Source], int | None]:
    def line_of(source: Source) -> int | None:
        found = pattern.search(source.text)
        return source.text.count("\n", 0, found.start()) + 1 if found else None

    return line_of


def _submission(source: Source) -> int | None:
    return next((line for line, _, name in _imports(source) if name in _SUBMITS), None)


def _scoring(source: Source) -> int | None:
    init, run = source.functions.get("init"), source.functions.get("run")
    return run.statement.line if init and run else None


def _featurizer_only(source: Source) -> int | None:
    site = source.functions.get(dialects.BUILD_FEATURIZER)
    return site.statement.line if site and dialects.TRAIN not in source.functions else None


def _broken_off(source: Source) -> int | None:
    """Tell a script without its end: nothing is left of what stands last in every script."""
    if dialects.MAIN in source.functions or "__main__" in source.text:
        return None
    return source.statements[-1].last_line


# What can't be trained, among the scripts of the generator.
_GENERATED: Final = (
    _Row(
        _importing(_DEEP_FORECASTERS),
        "this script trains a deep forecaster (TCN), a network that this tool doesn't rewrite. "
        f"{_ANOTHER}",
    ),
    _Row(
        _featurizer_only,
        "this script only featurizes the data, it trains no model. "
        "Take the script of one of the run's children.",
    ),
    _Row(
        _broken_off,
        f"the script ends here, before {dialects.MAIN}(): its download broke off, or its end was "
        "taken out. Download the script again.",
    ),
)
# What else lies around a run; the last row is all the rest.
_OTHERS: Final = (
    _Row(
        _importing(*_DEEP_MODULES),
        "this drives a run on images or texts, for which AutoML generates no training code. "
        "Choose a run on a table.",
    ),
    _Row(
        _saying(_DEEP_TASK),
        "this drives a run on images or texts, for which AutoML generates no training code. "
        "Choose a run on a table.",
    ),
    _Row(_submission, f"this script submits a run, it isn't the code that the run made. {_GIVE}"),
    _Row(
        _saying(_DRIVER),
        f"this is the driver of a run, not the training code that was generated in it. {_GIVE}",
    ),
    _Row(
        _scoring,
        "this is a scoring script (init and run), which answers requests with a model that is "
        f"trained already. {_GIVE}",
    ),
    _Row(
        lambda _: 0,
        "this isn't a training script that AutoML generated: it defines none of "
        f"{', '.join(f'{name}()' for name in _OF_EVERY_SCRIPT)}. {_GIVE}",
    ),
)
