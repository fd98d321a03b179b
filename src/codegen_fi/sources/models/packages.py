"""Which packages and which Python a model needs, from what lies beside it and what it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codegen_fi.errors import UsageError

_SDK: Final = "azureml-train-automl-runtime"
_OFFICIAL: Final = re.compile(r"azureml[-_]|(?:azureml)\Z")
# Of no use to a model that only predicts, and heavy or bound to a Python.
_LEFT_OUT: Final = frozenset({"mlflow", "mlflow-skinny", "mlflow-tracing", "psutil", "rich"})
_PACKAGES: Final[Mapping[str, str]] = {
    "sklearn": "scikit-learn",
    "lightgbm": "lightgbm",
    "xgboost": "xgboost",
    "catboost": "catboost",
    "imblearn": "imbalanced-learn",
    "sklearn_pandas": "sklearn-pandas",
    "category_encoders": "category-encoders",
    "cloudpickle": "cloudpickle",
    "skops": "skops",
}


@dataclass(frozen=True, slots=True)
class Needs:
    """What an environment for a model must have.

    Attributes
    ----------
    lines
        Requirements of packages, as an installer takes them.
    python
        ``3.10`` of the Python that wrote it; empty when nothing tells.
    sdk
        Release of Microsoft's packages, ``1.62.0``; empty for one that isn't told, None when
        the model needs none of them.
    told_by
        The file that told the packages; None when only the model's names did.
    """

    lines: tuple[str, ...]
    python: str = ""
    sdk: str | None = None
    told_by: Path | None = None


def needs_of(
    names: Iterable[str], sklearn: Sequence[str], described_in: Sequence[Path], python: str
) -> Needs:
    """Return what a model needs.

    Parameters
    ----------
    names
        Dotted names in its file.
    sklearn
        Releases of scikit-learn that wrote parts of it.
    described_in
        Files beside it that tell packages.
    python
        Version of its Python, as far as it is known.

    Raises
    ------
    UsageError
        A file beside it has a line that names no release of a package but something else, which
        an installer would fetch and run.
    """
    tops = {name.partition(".")[0] for name in names}
    for path in described_in:
        told, of_python = _told_by(path)
        if told or "azureml" in tops:
            sdk = _sdk(told)
            official = sdk if sdk is not None or "azureml" not in tops else ""
            kept = tuple(line for line in told if _name(line) not in _LEFT_OUT)
            return Needs(kept, python or of_python, official, path)
    named = sorted(_PACKAGES[top] for top in tops & _PACKAGES.keys())
    exact = f"scikit-learn=={sklearn[-1]}" if sklearn else "scikit-learn"
    lines = [exact, *(name for name in named if name != "scikit-learn")]
    return Needs(tuple(lines), python, "" if "azureml" in tops else None)


def _told_by(path: Path) -> tuple[list[str], str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return [], ""
    if path.suffix == ".txt":
        lines: Iterable[str] = text.splitlines()
        python = ""
    else:
        lines, python = _of_conda(text)
    return [line for line in map(_checked(path), _stripped(lines)) if line], python


def _of_conda(text: str) -> tuple[list[str], str]:
    import yaml

    try:
        content: Any = yaml.safe_load(text)
        listed = list(content["dependencies"])
    except (yaml.YAMLError, KeyError, TypeError):
        return [], ""
    lines, python = [], ""
    for entry in listed:
        if isinstance(entry, Mapping):
            lines += [str(line) for line in entry.get("pip") or ()]
        elif found := re.match(r"python\s*=+\s*(\d+\.\d+)", str(entry)):
            python = found[1]
        elif found := re.match(r"([a-z0-9._-]+)\s*=+\s*([\d.]+)", str(entry)):
            lines.append(f"{found[1]}=={found[2]}" if found[1] != "pip" else "")
    return lines, python


def _stripped(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        bare = line.partition("#")[0].strip()
        if bare:
            yield bare


def _checked(path: Path) -> Any:
    from packaging.requirements import InvalidRequirement, Requirement

    def line(text: str) -> str:
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            requirement = None
        if requirement is None or requirement.url is not None:
            raise UsageError(
                f"{path} has a line that names no release of a package: {text!r}. Make an "
                "environment of your own and name it with --env PYTHON."
            )
        return text

    return line


def _name(line: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", line)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def _sdk(lines: Iterable[str]) -> str | None:
    """Return the release of Microsoft's packages among requirements; None without them."""
    found = None
    for line in lines:
        name = _name(line)
        version = re.search(r"==\s*([\d.]+)", line)
        if name == _SDK and version:
            return version[1]
        if name.startswith(("azureml-train-automl", "azureml-automl", "azureml-training-tabular")):
            found = version[1] if version else ""
    return found
