"""The locks: complete, hashed, in step with pyproject.toml, and bound to no package index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from codegen_fi.rewrite.requirements import _PACKAGES, PORTABLE_PACKAGES

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TEST_TOOLS = ("hypothesis", "pytest")
EMITTED = {*PORTABLE_PACKAGES, *(line for lines in _PACKAGES.values() for line in lines)}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = ("linux", "darwin", "win32")


def pins(name: str) -> list[Requirement]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    return [Requirement(line.rstrip(" \\")) for line in text.splitlines() if line[:1].isalnum()]


def environment(python: str, platform: str) -> dict[str, str]:
    systems = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}
    return {
        "python_version": python,
        "python_full_version": f"{python}.1",
        "sys_platform": platform,
        "platform_system": systems[platform],
        "os_name": "nt" if platform == "win32" else "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }


def locked(name: str, python: str, platform: str) -> dict[str, Version]:
    """Versions the lock gives one environment; each package at most once."""
    found: dict[str, Version] = {}
    for pin in pins(name):
        if pin.marker is None or pin.marker.evaluate(environment(python, platform)):
            package = canonicalize_name(pin.name)
            assert package not in found, f"{package} is pinned twice for {python} on {platform}"
            found[package] = Version(str(pin.specifier).removeprefix("=="))
    return found


def declared(name: str) -> list[Requirement]:
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    if name == "core":
        lines = project["dependencies"]
    elif name == "clients":
        lines = [*project["dependencies"], *extras["azure"], *extras["azure-v1"], *extras["mlflow"]]
    else:
        lines = [
            *project["dependencies"],
            *extras["notebook"],
            *PROJECT["dependency-groups"]["dev"],
        ]
    return [Requirement(line) for line in lines]


def test_the_locks_are_these() -> None:
    names = ["bench", "build", "clients", "core", "dev", "lowest", "mimic"]
    assert [path.stem for path in LOCKS] == names


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_no_package_index(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"(?i)https?:|index-|find-links|file:|@ ", text) == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_pin_is_exact_and_has_hashes(path: Path) -> None:
    entries = re.split(r"\n(?=\w)", path.read_text(encoding="utf-8"))
    assert entries
    bad = [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert bad == []
    specifiers = [str(pin.specifier) for pin in pins(path.stem)]
    assert all(re.fullmatch(r"==[\w.!+]+", specifier) for specifier in specifiers)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", ["clients", "core", "dev"])
def test_a_lock_holds_what_the_project_declares(name: str, python: str, platform: str) -> None:
    versions = locked(name, python, platform)
    for requirement in declared(name):
        if requirement.marker and not requirement.marker.evaluate(environment(python, platform)):
            continue
        package = canonicalize_name(requirement.name)
        assert package in versions, f"{package} is missing; run `make lock`"
        assert versions[package] in requirement.specifier, f"{requirement}; run `make lock`"


@pytest.mark.parametrize("python", PYTHONS)
def test_the_locks_agree_with_each_other(python: str) -> None:
    core, dev, build = (locked(name, python, "linux") for name in ("core", "dev", "build"))
    assert core.items() <= dev.items()
    assert {name: core[name] for name in build if name in core}.items() <= build.items()


def test_the_lowest_releases_are_the_ones_a_folder_may_meet() -> None:
    """Each bound of an emitted requirements.txt, and nothing above it where nothing else asks."""
    asked = {
        line
        for line in (ROOT / "requirements" / "lowest.in").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", *TEST_TOOLS))
    }
    assert asked == EMITTED
    versions = locked("lowest", "3.10", "linux")
    for requirement in map(Requirement, asked):
        if requirement.marker is None or requirement.marker.evaluate(environment("3.10", "linux")):
            (lowest,) = (s.version for s in requirement.specifier if s.operator == ">=")
            assert versions[canonicalize_name(requirement.name)] in SpecifierSet(f"=={lowest}.*")


def test_an_old_python_does_not_hold_back_a_newer_one() -> None:
    oldest, newest = locked("core", "3.11", "linux"), locked("core", "3.13", "linux")
    common = oldest.keys() & newest.keys()
    assert {name for name in common if newest[name] < oldest[name]} == set()
    assert newest["numpy"] > oldest["numpy"]


def test_the_build_lock_holds_what_building_needs() -> None:
    asked = [Requirement(line) for line in PROJECT["build-system"]["requires"]]
    versions = locked("build", "3.13", "linux")
    for requirement in asked:
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier
