"""Find before a model is loaded what its file, what lies beside it and the data tell."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codegen_fi.errors import TrainingFailedError, UsageError
from codegen_fi.workflow.fitting_data import read_by

if TYPE_CHECKING:
    from codegen_fi.sources.models import Model
    from codegen_fi.workflow.records import TrainOptions

_OFFICIAL: Final = re.compile(r"azureml\..*forecast", re.IGNORECASE)
# Their models continue a series, and have no answer for single rows of a table.
_FORECASTING: Final = frozenset(
    {
        *("prophet", "fbprophet", "neuralprophet", "pmdarima", "sktime", "darts", "gluonts"),
        *("statsforecast", "mlforecast", "neuralforecast", "statsmodels.tsa", "tbats"),
    }
)
_LATER_ROWS: Final = (
    "it is a forecaster, which is scored on rows after those it was trained on: give the rows of "
    "the training with --data and the later ones with --validation-data"
)
# Reads the names of its columns from the table, and leaves the others alone.
_MAPPER: Final = "DataFrameMapper"
_NOT_IMPORTED: Final = frozenset({"__main__", "builtins", "codegen_fi_runtime"})
# Older pickles name the modules of Python 2.
_FIRST_WITH_TODAYS_NAMES: Final = 3
_MOST_SHOWN: Final = 10
_ASK: Final = (
    "import json, sys\nfrom importlib.util import find_spec\n"
    "print(json.dumps([n for n in json.loads(sys.argv[1]) if find_spec(n) is None]))"
)


def doubted(model: Model, options: TrainOptions) -> Model:
    """Refuse a model that can't be explained; add what may keep another from it to its doubts.

    Raises
    ------
    UsageError
        It is a forecaster of a kind that predicts no rows, or can't be scored as asked.
    """
    first = next(iter(model.names.names), "")
    if _OFFICIAL.match(first):
        return _forecaster(model, options)
    package = next((p for p in _FORECASTING if f"{first}.".startswith(f"{p}.")), None)
    if package is not None:
        raise UsageError(
            f"{model.where} is a forecaster of {package} ({first}), which continues a series and "
            "predicts no rows of a table. Give a model that predicts each row from its columns, or "
            "a forecaster of Azure AutoML."
        )
    return model


def _forecaster(model: Model, options: TrainOptions) -> Model:
    if options.validation_data is not None:
        return model
    if set(options.importance) == {"permutation"}:
        raise UsageError(f"{model.where}: {_LATER_ROWS}.")
    said = f"no permutation importances: {_LATER_ROWS}"
    return replace(model, doubts=(*model.doubts, said))


def fitting_columns(model: Model, columns: Iterable[str], table: Path, label: str) -> Model:
    """Compare the columns of a table with those that the model's signature names.

    A pipeline with mappers may leave columns of its signature alone, so that it is warned of.

    Raises
    ------
    UsageError
        Columns are missing, and the model takes all that its signature names.
    """
    there = {str(name) for name in columns} - {label}
    wanted, whose = _wanted(model)
    lost = [name for name in wanted if name not in there]
    if not lost:
        return model
    rest = f" and {len(lost) - _MOST_SHOWN} more" if len(lost) > _MOST_SHOWN else ""
    named = ", ".join(map(repr, lost[:_MOST_SHOWN])) + rest
    what = f"{table} lacks {len(lost)} of the {len(wanted)} columns {whose}: {named}"
    if label in lost:
        what += f" (--label {label} is one of them, so it isn't what the model predicts)"
    mapped = model.place.emitted is None and any(_MAPPER in name for name in model.names.names)
    if mapped and len(lost) < len(wanted):
        return replace(model, doubts=(*model.doubts, what))
    raise UsageError(f"{what}. Give a table with the columns the model was trained with.")


def _wanted(model: Model) -> tuple[tuple[str, ...], str]:
    """Return the columns that the model is known to take, and who says so."""
    if model.place.emitted is None:
        return model.place.columns, "of the model's signature"
    from codegen_fi.render import read_manifest

    _, _, columns = read_by(read_manifest(model.place.emitted).content["script"])
    return columns, "that the model's script reads"


def refuse_missing_packages(model: Model, python: Path) -> None:
    """Refuse a model whose file names a package that an interpreter doesn't have.

    Raises
    ------
    TrainingFailedError
        Says what is missing, and how to get it.
    """
    from codegen_fi.runtime.model_failures import told

    if model.place.form != "pickle" or model.names.protocol < _FIRST_WITH_TODAYS_NAMES:
        return
    tops = [p for p in model.packages if p not in _NOT_IMPORTED and not _beside(model, p)]
    for name in _lacking(tops, python):
        error = ModuleNotFoundError(f"No module named {name!r}", name=name)
        said = told(error, model.place.path).replace(sys.executable, str(python))
        raise TrainingFailedError(f"{said} Nothing was loaded.")


def _beside(model: Model, name: str) -> bool:
    """Tell whether a module lies where the model's own are looked for."""
    places = (folder / part for folder in model.place.imports for part in (name, f"{name}.py"))
    return any(place.exists() for place in places)


def _lacking(names: list[str], python: Path) -> list[str]:
    if str(python) == sys.executable:
        return [name for name in names if find_spec(name) is None]
    command = [str(python), "-c", _ASK, json.dumps(names)]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        return list(json.loads(asked.stdout))
    except (OSError, ValueError, subprocess.SubprocessError):
        # What is wrong with an interpreter is told where it is started in earnest.
        return []
