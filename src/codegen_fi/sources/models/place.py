"""Find the file of a model on disk: itself, in a folder of this tool, in one of MLflow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codegen_fi.errors import UsageError
from codegen_fi.sources.models.mlflow_folder import MLMODEL, Flavour, read_flavour

RUNTIME: Final = "codegen_fi_runtime"
MANIFEST: Final = "codegen-fi.json"
_MODEL: Final = "model.pkl"
_LINES: Final = (
    "requirements.txt",
    "conda.yaml",
    "conda_env_v_1_0_0.yml",
    "conda_environment.yaml",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model is, and what lies around it that it needs.

    Attributes
    ----------
    path
        The file that is loaded.
    form
        ``pickle``, ``skops`` or ``xgboost``.
    model_class
        For a format that doesn't hold it.
    imports
        Folders whose modules the model may need.
    emitted
        The folder of this tool it was trained in.
    described_in
        Files that tell its packages, the best first.
    python
        Version of the Python that wrote it; empty when nothing tells.
    columns
        Columns that its signature or its script names; empty when nothing tells.
    """

    path: Path
    form: str = "pickle"
    model_class: str | None = None
    imports: tuple[Path, ...] = ()
    emitted: Path | None = None
    described_in: tuple[Path, ...] = ()
    python: str = ""
    columns: tuple[str, ...] = ()


def find_model(path: Path) -> Place:
    """Return where the model is that a path means.

    Raises
    ------
    UsageError
        There is none, or more than one.
    """
    if path.is_file():
        if path.name == MLMODEL:
            return _of_mlflow(path.parent)
        return _of_file(path)
    if not path.is_dir():
        raise UsageError(
            f"{path} does not exist. Give the file of a trained model, an MLflow model folder, a "
            "folder that codegen-fi trained in, or a run."
        )
    if (path / MANIFEST).is_file():
        return _of_emitted(path)
    if (path / MLMODEL).is_file():
        return _of_mlflow(path)
    if (path / _MODEL).is_file():
        return _of_file(path / _MODEL)
    return _below(path)


def _below(folder: Path) -> Place:
    """Look one and two folders deeper, where downloads put their models."""
    found = sorted({p.parent for deep in ("*", "*/*") for p in folder.glob(f"{deep}/{MLMODEL}")})
    if len(found) == 1:
        return _of_mlflow(found[0])
    files = (
        [] if found else sorted(p for deep in ("*", "*/*") for p in folder.glob(f"{deep}/{_MODEL}"))
    )
    if len(files) == 1:
        return _of_file(files[0])
    several = [str(p) for p in (*found, *files)]
    if several:
        raise UsageError(f"{folder} holds several models: {', '.join(several)}. Name one of them.")
    raise UsageError(
        f"{folder} holds no model: neither {MLMODEL} nor {_MODEL}. Name the model's file."
    )


def _of_emitted(folder: Path) -> Place:
    model = folder / "outputs" / _MODEL
    if not model.is_file():
        raise UsageError(
            f"{folder} has no outputs/{_MODEL}: it was not trained yet. Train it with: "
            f"codegen-fi train {folder} --data FILE"
        )
    return Place(model, imports=(folder,), emitted=folder)


def _of_mlflow(folder: Path) -> Place:
    flavour: Flavour = read_flavour(folder)
    code = () if flavour.code is None else (folder / flavour.code,)
    imports = (*code, *_runtimes(folder))
    return Place(
        folder / flavour.data,
        form=flavour.form,
        model_class=flavour.model_class,
        imports=imports,
        described_in=_described_in(folder),
        python=flavour.python,
        columns=flavour.columns,
    )


def _of_file(path: Path) -> Place:
    whole = path.resolve()
    emitted = whole.parent.parent
    if (emitted / MANIFEST).is_file() and whole.parent.name == "outputs":
        return Place(path, imports=(emitted,), emitted=emitted)
    form = "skops" if path.suffix == ".skops" else "pickle"
    folders = (whole.parent, *_runtimes(whole.parent))
    return Place(
        path,
        form=form,
        imports=tuple(dict.fromkeys(folders)),
        described_in=_described_in(whole.parent),
    )


def _runtimes(folder: Path) -> tuple[Path, ...]:
    """Return the folder, or the one above it, that holds a runtime of this tool."""
    near = (folder.resolve(), folder.resolve().parent)
    return tuple(p for p in near if (p / RUNTIME / "__init__.py").is_file())[:1]


def _described_in(folder: Path) -> tuple[Path, ...]:
    return tuple(folder / name for name in _LINES if (folder / name).is_file())
