"""The review page of an emitted folder."""

from __future__ import annotations

from pathlib import Path

from codegen_fi.errors import UsageError


def write_review(folder: Path, outputs: Path) -> None:
    """Write the page anew with what a training left; one that a user made is left alone."""
    from codegen_fi.render import replace_files, reviewed_again

    replace_files(reviewed_again(folder, outputs), folder)


def review_of(folder: Path) -> Path:
    """Return the path of a folder's page.

    Raises
    ------
    UsageError
        The folder isn't an emitted one, or has lost its page.
    """
    from codegen_fi.render import REVIEW, read_manifest

    read_manifest(folder)
    page = folder / REVIEW
    if not page.is_file():
        raise UsageError(f"{folder} has lost its {REVIEW}. Rewrite the script again with --force.")
    return page
