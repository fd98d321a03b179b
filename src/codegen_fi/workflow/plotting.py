"""Draw the pictures again from the table that lies in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from codegen_fi.errors import UsageError
from codegen_fi.workflow.explained_folder import EXPLAINED, list_again


def plot(
    folder: Path,
    top: int = 20,
    methods: Sequence[str] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Path, ...]:
    """Draw what `train` or `explain` drew, from the table alone.

    Parameters
    ----------
    folder
        An emitted folder, its outputs, or a folder with an explanation.
    top
        Most columns in a picture.
    methods
        Only these; all of the table's without any.
    tell
        Called with what the pictures can't show.

    Returns
    -------
    tuple of Path
        The pictures.

    Raises
    ------
    UsageError
        The folder has no table, or the table has none of the methods.
    """
    from codegen_fi.runtime.importance.save import CSV_NAME, read_rows

    held = next((p for p in (folder, folder / "outputs") if (p / CSV_NAME).is_file()), None)
    if held is None:
        raise UsageError(
            f"{folder} holds no {CSV_NAME}. Name a folder that codegen-fi train, run or explain "
            "wrote."
        )
    try:
        known = list(dict.fromkeys(row.method for row in read_rows(held)))
        missing = [name for name in methods if name not in known]
        if missing:
            raise UsageError(
                f"{held / CSV_NAME} has no method {missing[0]!r}. It has: {', '.join(known)}."
            )
        paths = draw(held, top, methods, tell)
    except ValueError as error:
        raise UsageError(f"{held / CSV_NAME} can't be read: {error}.") from error
    except OSError as error:
        raise UsageError(f"{held} can't be written: {error.strerror}.") from error
    if (held / EXPLAINED).is_file():
        list_again(held, [path.name for path in paths])
    return paths


def draw(
    folder: Path,
    top: int | None = None,
    methods: Sequence[str] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Path, ...]:
    """Draw the table of a folder, and tell which of its letters no font here has."""
    from codegen_fi.runtime.importance.plot import TOP, lacking_fonts, save_plots

    paths = save_plots(folder, top or TOP, methods)
    lacking = lacking_fonts(folder)
    if lacking:
        tell(lacking)
    return paths


def draw_if_possible(folder: Path, top: int | None, tell: Callable[[str], None]) -> None:
    """Draw the table of a folder; where that fails the table is enough, and it is told."""
    try:
        draw(folder, top, tell=tell)
    except Exception as error:  # noqa: BLE001 - no picture is worth the work of an explanation
        tell(
            f"warning: the plots could not be drawn: {type(error).__name__}: {error}. The table is "
            "there; codegen-fi plot draws it again."
        )
