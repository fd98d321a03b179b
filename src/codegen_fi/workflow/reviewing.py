"""What was changed in an emitted folder: the patch, and the page to review it by."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from codegen_fi.errors import UsageError
from codegen_fi.model.plain import sha256

if TYPE_CHECKING:
    from codegen_fi.render.patch import Patch


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


def is_edited(folder: Path) -> bool:
    """Tell whether ``train.py`` isn't as the rewriting wrote it, so that its patch makes another.

    Raises
    ------
    UsageError
        The folder isn't an emitted one.
    """
    from codegen_fi.render import read_manifest

    train = folder / "train.py"
    written = read_manifest(folder).files.get(train.name)
    return train.is_file() and sha256(train.read_bytes()) != written


def diff(folder: Path, rules: Collection[str] = ()) -> Patch:
    """Return the patch of an emitted folder.

    Parameters
    ----------
    rules
        Ids: only the places that any of them changed; all without one.

    Raises
    ------
    UsageError
        The folder isn't an emitted one, has lost its patch, or no place is a rule's.
    """
    from codegen_fi.render import read_manifest
    from codegen_fi.render.patch import read_patch

    read_manifest(folder)
    try:
        text = (folder / "changes.diff").read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} has lost its changes.diff. Rewrite the script again with --force."
        ) from error
    patch = read_patch(text)
    unknown = [rule for rule in rules if rule not in patch.rules()]
    if unknown:
        raise UsageError(
            f"No change of {folder} was made by {unknown[0]!r}. "
            f"The rules that changed it: {', '.join(patch.rules()) or 'none'}."
        )
    return patch.by(rules)
