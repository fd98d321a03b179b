"""The row that speaks of an argument, for a target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen_fi.model.values import Value, shown
from codegen_fi.rewrite.library_arguments import (
    boosters,
    sklearn_linear,
    sklearn_others,
    sklearn_trees,
)
from codegen_fi.rewrite.library_arguments.rows import Row, is_anything
from codegen_fi.rewrite.library_arguments.signatures import (
    PACKAGES,
    default_of,
    minor,
    standing,
)
from codegen_fi.rewrite.targets import PORTABLE, Target

ROWS: Final = (
    *sklearn_linear.ROWS,
    *sklearn_trees.ROWS,
    *sklearn_others.ROWS,
    *boosters.ROWS,
)
_BY_ARGUMENT: dict[tuple[str, str], list[Row]] = {}
for _row in ROWS:
    _BY_ARGUMENT.setdefault((_row.package, _row.argument), []).append(_row)
_NOTHING: Final[Mapping[str, Value]] = {}


def row_for(
    module: str,
    name: str,
    argument: str,
    value: Value,
    *,
    given: Mapping[str, Value] = _NOTHING,
    target: Target = PORTABLE,
) -> Row | None:
    """Return the row for an argument with this value, None when it can stay.

    Parameters
    ----------
    module, name
        Module and class the argument belongs to.
    argument, value
        The argument as the script gives it.
    given
        All arguments that are given with it.
    target
        Where the script runs.
    """
    package = module.partition(".")[0]
    if package not in PACKAGES:
        return None
    for row in _BY_ARGUMENT.get((package, argument), ()):
        if (
            (not row.classes or name in row.classes)
            and row.fits(value)
            and _is_beside(row, given)
            and _counts(row, target)
        ):
            return row
    if standing(target, package, name, argument) == "newer":
        return _newer(package, name, argument, value, target)
    return None


def _is_beside(row: Row, given: Mapping[str, Value]) -> bool:
    return row.beside is None or (row.beside in given and row.beside_fits(given[row.beside]))


def _counts(row: Row, target: Target) -> bool:
    oldest, newest = target.libraries[row.package]
    return minor(oldest) < row.release if row.is_new else row.release <= minor(newest)


def _newer(package: str, name: str, argument: str, value: Value, target: Target) -> Row:
    default = default_of(package, name, argument)
    release = f"{package} {target.libraries[package][1]}"
    is_default = shown(value) in {default, f"numpy.{default}", f"np.{default}"}
    return Row(
        package,
        frozenset({name}),
        argument,
        is_anything,
        (),
        release,
        "This release doesn't know the argument yet.",
        f"the signature of {name} in {release}",
        None
        if is_default
        else f"{argument}={shown(value)} is left out: {name} of {release} behaves as with "
        f"{argument}={default}.",
        is_new=True,
    )
