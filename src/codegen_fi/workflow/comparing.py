"""Trained folders side by side: metrics, importances by raw column, settings that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from codegen_fi.errors import UsageError
from codegen_fi.model.plain import to_plain

if TYPE_CHECKING:
    from codegen_fi.render.review.picture import Part
    from codegen_fi.run import Results
    from codegen_fi.run.results import Importance

FEWEST = 2


@dataclass(frozen=True)
class Standing:
    """A raw column in one folder; ``moved`` is how many ranks it rose since the first folder."""

    importance: float | None
    share: float | None
    rank: int | None
    moved: int | None


@dataclass(frozen=True)
class Compared:
    """Folders side by side; every row has one entry per folder, None where it has none.

    Attributes
    ----------
    names
        Of the folders, unique.
    models
        The model of each, in words.
    metrics
        Scalar metrics.
    method
        The method of the importances, the best that all folders have; None without one.
    scored_on
        What each folder's permutation importances are drops of.
    columns
        Raw columns, by their mean rank.
    settings
        Settings that are not the same everywhere.
    """

    names: tuple[str, ...]
    models: tuple[str, ...]
    metrics: tuple[tuple[str, tuple[float | None, ...]], ...]
    method: str | None
    scored_on: tuple[str | None, ...]
    columns: tuple[tuple[str, tuple[Standing | None, ...]], ...]
    settings: tuple[tuple[str, tuple[str | None, ...]], ...]


def compare(folders: Sequence[Path]) -> Compared:
    """Read trained folders and lay them beside each other.

    Parameters
    ----------
    folders
        Emitted folders with ``outputs/``; the first is the one that ranks are compared with.

    Raises
    ------
    UsageError
        There are fewer than two, one isn't an emitted folder, or wasn't trained.
    ScriptNotUnderstoodError
        A ``train.py`` was edited into a form the tool doesn't know.
    """
    if len(folders) < FEWEST:
        raise UsageError("A comparison needs two folders or more: codegen-fi compare DIR DIR.")
    results = _results_of(folders)
    scripts = [_script(folder) for folder in folders]
    from codegen_fi.render.review.picture import picture_of

    return Compared(
        names=_names(folders),
        models=tuple(picture_of(script).headline for script in scripts),
        metrics=tuple(_metrics(results)),
        method=results[0].method,
        scored_on=tuple(result.scored_on for result in results),
        columns=tuple(_columns(results)),
        settings=tuple(_different([list(_settings(script)) for script in scripts])),
    )


def _results_of(folders: Sequence[Path]) -> list[Results]:
    """Read the results with the best method that all have; without importances if there is none."""
    results = [_results(folder) for folder in folders]
    common = [m for m in results[0].methods if all(m in other.methods for other in results)]
    return [_results(folder, common[0] if common else "") for folder in folders]


def _results(folder: Path, method: str | None = None) -> Results:
    from codegen_fi.render import read_manifest
    from codegen_fi.run import read_results

    read_manifest(folder)
    results = read_results(folder / "outputs", method)
    if not results.metrics and not results.importances:
        raise UsageError(
            f"{folder} wasn't trained: it has no metrics in outputs/. "
            f"Train it first: codegen-fi train {folder} --data FILE"
        )
    return results


def _script(folder: Path) -> Mapping[str, Any]:
    """Read what is trained now: a user may have changed settings in it."""
    from codegen_fi.parse import parse_script

    path = folder / "train.py"
    if not path.is_file():
        raise UsageError(f"{folder} has lost its train.py. Rewrite the script again with --force.")
    script = parse_script(path.read_bytes().decode("utf-8-sig"), str(path))
    return dict(to_plain(script.model))


def _names(folders: Sequence[Path]) -> tuple[str, ...]:
    short = [folder.resolve().name for folder in folders]
    counts = Counter(short)
    return tuple(
        name if counts[name] == 1 else str(folder)
        for name, folder in zip(short, folders, strict=True)
    )


def _metrics(results: Sequence[Results]) -> Iterator[tuple[str, tuple[float | None, ...]]]:
    for name in sorted({name for result in results for name in result.metrics}):
        yield name, tuple(result.metrics.get(name) for result in results)


def _columns(
    results: Sequence[Results],
) -> Iterator[tuple[str, tuple[Standing | None, ...]]]:
    by_name = [{row.feature: row for row in result.importances} for result in results]
    names = {name for rows in by_name for name in rows}
    ranks = {
        name: [row.rank for rows in by_name if (row := rows.get(name)) and row.rank is not None]
        for name in names
    }
    for name in sorted(names, key=lambda n: (sum(ranks[n]) / max(len(ranks[n]), 1), n)):
        first = by_name[0].get(name)
        yield (
            name,
            tuple(
                None
                if (row := rows.get(name)) is None
                else Standing(row.importance, row.share, row.rank, _moved(first, row))
                for rows in by_name
            ),
        )


def _moved(first: Importance | None, now: Importance) -> int | None:
    if first is None or first.rank is None or now.rank is None:
        return None
    return first.rank - now.rank


class _Setting(NamedTuple):
    """What a folder sets.

    ``name`` is that of an argument; empty where the value says which part it is, None where a part
    is only known to be there.
    """

    part: str
    name: str | None
    value: str


def _settings(script: Mapping[str, Any]) -> Iterator[_Setting]:
    """Yield each setting of a pipeline by its place in words."""
    from codegen_fi.render.review.picture import picture_of

    picture = picture_of(script)
    yield _Setting("validation", "", picture.validation)
    for group in picture.groups:
        columns = ", ".join(group.columns)
        chain = " + ".join(part.name for part in group.chain)
        yield _Setting(f"featurizer of {columns}", "", chain)
        for part in group.chain:
            yield from _of_part(f"{part.name} of {columns}", part)
    for model in picture.members:
        own = f"{model.name}: " if len(picture.members) > 1 else ""
        yield _Setting(f"{own}model", "", model.title)
        if model.weight is not None:
            yield _Setting(f"{own}weight", "", f"{model.weight:g}")
        for part in model.parts:
            yield from _of_part(f"{own}{part.name}", part)
    outer = {
        "joined by": picture.joined_by,
        "meta-learner": picture.meta_learner,
        "label through": picture.y_transformer,
    }
    for place, joint in outer.items():
        if joint is not None:
            yield _Setting(place, "", joint.name)
            yield from _of_part(joint.name, joint)


def _of_part(place: str, part: Part) -> Iterator[_Setting]:
    yield _Setting(place, None, "")
    for name, value in part.arguments:
        yield _Setting(place, name, value)


def _different(
    scripts: Sequence[Sequence[_Setting]],
) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Yield what differs; the arguments of a part count only among the folders that have it."""
    found = [{(s.part, s.name): s.value for s in own} for own in scripts]
    parts = [{s.part for s in own} for own in scripts]
    for part, name in dict.fromkeys(key for own in found for key in own):
        if name is None:
            continue
        values = tuple(own.get((part, name)) for own in found)
        seen = {v for v, own in zip(values, parts, strict=True) if not name or part in own}
        if len(seen) > 1:
            yield f"{part}: {name}" if name else part, values


def write_comparison(compared: Compared, out: Path, top: int, force: bool = False) -> None:
    """Write a comparison as a page, whole or not at all.

    Raises
    ------
    UsageError
        The file exists and `force` isn't set, or can't be written.
    """
    from codegen_fi.render.comparison import comparison_page

    if out.exists() and not force:
        raise UsageError(f"{out} exists already. Choose another --out, or replace it with --force.")
    page = comparison_page(to_plain(compared), top)
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_bytes(page)
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(f"{out} cannot be written: {error.strerror}. Choose another.") from error
