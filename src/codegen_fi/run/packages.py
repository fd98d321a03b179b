"""Which packages this tool asks for and which of them are installed, without importing any."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_TOOL: Final = "codegen-fi"
_PROJECT: Final = Path(__file__).resolve().parents[3] / "pyproject.toml"
# The same modules under another name, with more or fewer libraries beside them.
_STANDS_FOR: Final[Mapping[str, str]] = {"xgboost-cpu": "xgboost", "mlflow-skinny": "mlflow"}


@dataclass(frozen=True, slots=True)
class Package:
    """A package that is asked for.

    Attributes
    ----------
    name
        What it is called where packages are installed from.
    bounds
        The versions that fit, as ``>=1.2,<3``; empty when all do.
    version
        The installed one; None when there is none.
    fits
        Whether a version is installed that fits.
    """

    name: str
    bounds: str
    version: str | None
    fits: bool

    @property
    def line(self) -> str:
        """The requirement as an installer takes it."""
        return f"{self.name}{self.bounds}"


def installed(name: str) -> str | None:
    """Return the installed version of a package; None when it isn't there."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def is_older(version: str | None, than: str) -> bool:
    """Tell whether a version is there, and older than another."""
    return version is not None and _numbers(version) < _numbers(than)


def asked_for() -> Mapping[str, tuple[Package, ...]]:
    """Return the packages this tool needs, by extra; the core's under the empty name.

    Raises
    ------
    LookupError
        Neither the installation nor a source tree tells what it needs.
    ImportError
        The package that reads requirements is missing.
    """
    from packaging.requirements import Requirement

    wanted: dict[str, list[Package]] = {}
    for extra, line in _lines():
        requirement = Requirement(line)
        packages = wanted.setdefault(extra, [])
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            packages.append(_package(requirement))
    return {extra: tuple(packages) for extra, packages in wanted.items()}


def _lines() -> Iterator[tuple[str, str]]:
    """Yield each requirement with its extra; a source tree knows better than an old install."""
    if _PROJECT.is_file():
        project = tomllib.loads(_PROJECT.read_text(encoding="utf-8")).get("project", {})
        if project.get("name") == _TOOL:
            yield from (("", line) for line in project.get("dependencies", ()))
            for extra, lines in project.get("optional-dependencies", {}).items():
                yield from ((extra, line) for line in lines)
            return
    try:
        lines = metadata.requires(_TOOL) or []
    except metadata.PackageNotFoundError as error:
        raise LookupError(f"{_TOOL} is not installed as a package") from error
    for line in lines:
        extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)['\"]", line)
        yield (extra[1] if extra else "", line)


def _package(requirement: Requirement) -> Package:
    name, bounds = requirement.name, requirement.specifier
    version = installed(name)
    if version is None and name in _STANDS_FOR:
        version = installed(_STANDS_FOR[name])
    fits = version is not None and bounds.contains(version, prereleases=True)
    # Lower bound first, as one says it.
    parts = sorted(map(str, bounds), key=lambda part: not part.startswith(">"))
    return Package(name, ",".join(parts), version, fits)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
