"""Make the official environment and the corpus of generated scripts, outside the tree.

Generated scripts hold their generator's template text, so they are made anew on each machine
instead of being committed. Uses the standard library only; run by `make corpus` and `make test`.
"""

import argparse
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
DRIVER = HERE / "make_corpus.py"
PINS = HERE / "official-1.62.txt"
FINDER = HERE.parents[1] / "scripts" / "find_python.sh"
# The only Python for which the official packages' own requirements agree with each other.
PYTHON = "3.10"
KEY_FILE = ".made-from"

EXIT_FAILED = 1
EXIT_NOT_HERE = 3
SKIPPED = """\
SKIPPED, the corpus: {reason}
The tests that need the corpus are skipped and say so. What to do: {remedy}"""


class BuildError(Exception):
    """A step failed; the message says which and shows the end of what it printed."""


class NotHereError(Exception):
    """The official packages cannot be installed on this machine; says why and what would help."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(SKIPPED.format(reason=reason, remedy=remedy))


def cache_folder() -> Path:
    """Folder that holds the environment and the corpus; CODEGEN_FI_CACHE moves it."""
    return Path(os.environ.get("CODEGEN_FI_CACHE", "~/.cache/codegen-fi")).expanduser()


def environment_folder() -> Path:
    return cache_folder() / "official-1.62"


def corpus_folder() -> Path:
    return cache_folder() / "corpus-1.62"


def driver() -> ModuleType:
    """The driver as a module: it imports the official packages only when it makes a case."""
    spec = importlib.util.spec_from_file_location("make_corpus", DRIVER)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {DRIVER}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def key(*sources: Path) -> str:
    """Content hash of what a folder is made from."""
    digest = hashlib.sha256(PYTHON.encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def environment_key() -> str:
    return key(PINS)


def corpus_key() -> str:
    return key(PINS, DRIVER)


def is_made(folder: Path, made_from: str) -> bool:
    """Whether the folder is there, whole, and made from these sources."""
    marker = folder / KEY_FILE
    return marker.is_file() and marker.read_text(encoding="ascii") == made_from


def make_whole(folder: Path, made_from: str, fill: Callable[[Path], None]) -> None:
    """Fill a folder beside its place and move it there only when it is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fill(beside)
        (beside / KEY_FILE).write_text(made_from, encoding="ascii")
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def run(what: str, command: Sequence[str | Path]) -> None:
    """Run a quiet step; its output is shown when it fails."""
    done = subprocess.run(command, text=True, capture_output=True, check=False)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-20:])
        raise BuildError(f"{what} failed with exit code {done.returncode}:\n{tail}")


def find_python() -> Path:
    """An interpreter that the official packages install on."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NotHereError(
            f"the pinned official packages are those of Linux on x86-64, this is {sys.platform} "
            f"on {platform.machine()}.",
            "make the corpus elsewhere and name it by CODEGEN_FI_CORPUS.",
        )
    found = subprocess.run(
        ["sh", FINDER, PYTHON],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if found.returncode:
        raise NotHereError(
            f"the official packages install on Python {PYTHON} only, and none was found\n"
            "on PATH or under pyenv.",
            f"install one (`pyenv install {PYTHON}`) and run `make corpus`.",
        )
    return Path(found.stdout.strip())


def make_environment(interpreter: Path, folder: Path) -> None:
    uv = [sys.executable, "-m", "uv"]
    # Relocatable, because it is made under another name than it is used under.
    run(
        "Making the environment",
        [*uv, "venv", "--quiet", "--clear", "--relocatable", "--python", interpreter, folder],
    )
    # Without dependencies: the pins are the whole set, and the metadata contradict each other.
    run(
        "Installing the official packages",
        [*uv, "pip", "install", "--no-deps", "--python", folder, "-r", PINS],
    )


def make_corpus(python: Path, names: Sequence[str], folder: Path) -> None:
    """Generate the cases, showing the driver's line for each."""
    with subprocess.Popen(
        [python, DRIVER, "--out", folder, "--only", *names],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            print(f"  [{len(lines)}/{len(names)}] {line.rstrip()}", flush=True)
    if process.returncode:
        raise BuildError(
            f"The driver failed with exit code {process.returncode}; its last lines are above."
        )
    missing = [name for name in names if not (folder / name / "case.json").is_file()]
    if missing:
        raise BuildError(f"The driver made no {', '.join(missing)}.")


def build() -> None:
    """Make what is missing or out of date."""
    environment, corpus = environment_folder(), corpus_folder()
    names = [*driver().tabular_cases(), *driver().REFUSED_CASES]
    if not is_made(environment, environment_key()):
        interpreter = find_python()
        print(f"Making the official environment in {environment} with {interpreter}", flush=True)
        make_whole(
            environment, environment_key(), lambda folder: make_environment(interpreter, folder)
        )
    if not is_made(corpus, corpus_key()):
        print(f"Generating {len(names)} scripts into {corpus}; the first takes a while", flush=True)
        python = environment / "bin" / "python"
        make_whole(corpus, corpus_key(), lambda folder: make_corpus(python, names, folder))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.parse_args(argv)
    began = time.monotonic()
    try:
        build()
    except NotHereError as error:
        print(error)
        return EXIT_NOT_HERE
    except BuildError as error:
        print(f"No corpus was made. {error}", file=sys.stderr)
        return EXIT_FAILED
    print(f"The corpus is in {corpus_folder()} ({time.monotonic() - began:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
