"""Write down which arguments each release of scikit-learn, LightGBM and XGBoost takes.

    python scripts/signatures.py [--environments DIR] [--official DIR ...]

Builds an environment for each set of releases that a rewritten script may meet (with uv), asks it
with ``observe_signatures.py``, and writes ``signatures.json`` of the package.  ``--official`` names
folders with environments of the official packages, ``official-1.44`` and so on.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "src/codegen_fi/rewrite/library_arguments/signatures.json"
CACHE = Path.home() / ".cache/codegen-fi"
# scikit-learn, LightGBM, XGBoost; each minor release that the portable requirements allow.
SETS = (
    ("1.5", "4.3", "3.0"),
    ("1.6", "4.4", "3.1"),
    ("1.7", "4.5", "3.2"),
    ("1.8", "4.6", "3.3"),
    ("1.9", "4.7", "3.4"),
)

Observation = Mapping[str, Any]


def built(folder: Path, releases: tuple[str, str, str]) -> Path:
    """Return the interpreter of an environment with these releases, made when it isn't there."""
    place = folder / "-".join(["libraries", *releases])
    python = place / "bin" / "python"
    if not python.exists():
        names = ("scikit-learn", "lightgbm", "xgboost-cpu")
        wanted = [f"{n}=={r}.*" for n, r in zip(names, releases, strict=True)]
        make = ["uv", "venv", "--quiet", "--python", _interpreter(), place]
        install = ["uv", "pip", "install", "--python", python, *wanted]
        for command in (make, install):
            subprocess.run(command, check=True)  # noqa: S603 - ours
    return python


def _interpreter() -> str:
    """Return a Python that each of these releases installs on."""
    find = ["sh", HERE / "find_python.sh", "3.12"]
    found = subprocess.run(find, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return found.stdout.strip()


def observed(python: Path) -> Observation:
    """Return what the releases in an environment take."""
    command = [python, HERE / "observe_signatures.py"]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    told: Observation = json.loads(ran.stdout)
    return told


def merged(observations: Iterable[Observation]) -> dict[str, Any]:
    """Return one record for all releases: argument -> runs of ``[first, last, default]``.

    ``first`` and ``last`` are places in the list of releases, ``default`` is null for an
    argument that has to be given.
    """
    found = list(observations)
    return {package: _package([o[package] for o in found]) for package in found[0]}


def _package(observations: list[Observation]) -> dict[str, Any]:
    releases = {o["release"]: o for o in observations}
    ordered = sorted(releases, key=_version)
    aliases = _aliases([releases[r] for r in ordered])
    classes: dict[str, dict[str, list[list[Any]]]] = {}
    names: dict[str, list[int]] = {}
    for place, release in enumerate(ordered):
        for name, arguments in releases[release]["classes"].items():
            classes.setdefault(name, {})
            for argument, default in arguments.items():
                runs = classes.setdefault(name, {}).setdefault(argument, [])
                if runs and runs[-1][1:] == [place - 1, default]:
                    runs[-1][1] = place
                else:
                    runs.append([place, place, default])
        for main in releases[release].get("names", ()):
            for name in {main, *aliases.get(main, ())}:
                names.setdefault(name, [place, place])[1] = place
    return {"releases": ordered, "classes": classes, "names": dict(sorted(names.items()))}


def _aliases(ordered: list[Observation]) -> dict[str, list[str]]:
    """Return the other names of a parameter, as the oldest release that tells them has them."""
    found: dict[str, list[str]] = {}
    for observation in ordered:
        for main, others in observation.get("names", {}).items():
            if others:
                found.setdefault(main, others)
    return found


def _version(release: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", release)))


def written(data: Mapping[str, Any]) -> str:
    """Return the data as text, one class in a line."""
    lines = []
    for package, record in data.items():
        classes = ",\n".join(
            f"{json.dumps(k)}:{_short(v)}" for k, v in sorted(record["classes"].items())
        )
        lines.append(
            f'"{package}":{{"releases":{_short(record["releases"])},\n'
            f'"names":{_short(record["names"])},\n"classes":{{\n{classes}}}}}'
        )
    return "{" + ",\n".join(lines) + "}\n"


def _short(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def main() -> None:
    """Build, ask, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--environments", type=Path, default=CACHE)
    parser.add_argument("--official", type=Path, nargs="*", default=[CACHE])
    options = parser.parse_args()
    pythons = [built(options.environments, releases) for releases in SETS]
    for folder in options.official:
        pythons.extend(sorted(folder.glob("official-*/bin/python")))
    DATA.write_text(written(merged(map(observed, pythons))), encoding="utf-8")


if __name__ == "__main__":
    main()
