"""Make the official environments and the corpora of generated scripts, outside the tree.

Generated scripts hold their generator's template text, so they are made anew on each machine
instead of being committed. Uses the standard library only; run by `make corpus` and `make test`.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lanes import KEY_FILE, LANES, Lane, is_made

HERE = Path(__file__).resolve().parent
FINDER = HERE.parents[1] / "scripts" / "find_python.sh"

EXIT_FAILED = 1
EXIT_NOT_HERE = 3
SKIPPED = """\
SKIPPED, the corpus of SDK {lane}: {reason}
The tests that need it are skipped and say so. What to do: {remedy}"""


class BuildError(Exception):
    """A step failed; the message says which and shows the end of what it printed."""


class NotHereError(Exception):
    """The official packages cannot be installed on this machine; says why and what would help."""

    def __init__(self, lane: Lane, reason: str, remedy: str) -> None:
        super().__init__(SKIPPED.format(lane=lane.release, reason=reason, remedy=remedy))


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


def find_python(lane: Lane) -> Path:
    """An interpreter that the official packages install on."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NotHereError(
            lane,
            f"the pinned official packages are those of Linux on x86-64, this is {sys.platform} "
            f"on {platform.machine()}.",
            "make the corpora elsewhere and name their folder by CODEGEN_FI_CACHE.",
        )
    found = subprocess.run(
        ["sh", FINDER, lane.python],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if found.returncode:
        raise NotHereError(
            lane,
            f"its packages are pinned for Python {lane.python}, and none was found\n"
            "on PATH or under pyenv.",
            f"install one (`pyenv install {lane.python}`) and run `make corpus`.",
        )
    return Path(found.stdout.strip())


def make_environment(lane: Lane, interpreter: Path, folder: Path) -> None:
    say(lane, f"making the official environment with {interpreter}")
    uv = [sys.executable, "-m", "uv"]
    # Relocatable, because it is made under another name than it is used under.
    run(
        f"Making the environment of {lane.release}",
        [*uv, "venv", "--quiet", "--clear", "--relocatable", "--python", interpreter, folder],
    )
    # Without dependencies: the pins are the whole set, and the metadata contradict each other.
    run(
        f"Installing the packages of {lane.release}",
        [*uv, "pip", "install", "--no-deps", "--python", folder, "-r", lane.pins],
    )


def make_corpus(lane: Lane, folder: Path) -> None:
    """Generate the cases; the oracle trains them, in their own environment and rewritten."""
    from driver import catalogue

    names = catalogue.cases_of(lane.release, lane.extras)
    reasons = Counter(catalogue.left_out(lane.release, lane.extras).values())
    for reason, number in reasons.items():
        say(lane, f"left out, {number}: {reason}")
    say(lane, f"generating {len(names)} scripts, each in two forms; the first takes a while")
    driven(lane, "driver", "--out", folder, "--only", *names)
    expect(folder, names, "case.json")


def driven(lane: Lane, *module: str | Path) -> None:
    """Run a module of the driver in the lane's environment, showing its line for each case."""
    # The lanes are made at a time: one thread each, so that they do not wait for each other.
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE),
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
    }
    command = [lane.environment / "bin" / "python", "-W", "ignore", "-m", *module]
    # The SDK leaves a log where it runs.
    with (
        tempfile.TemporaryDirectory() as scratch,
        subprocess.Popen(
            command,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=scratch,
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            say(lane, line.rstrip())
    if process.returncode:
        raise BuildError(
            f"The driver of {lane.release} failed with exit code {process.returncode}; "
            "its last lines are above."
        )


def expect(folder: Path, names: Sequence[str], file_name: str) -> None:
    missing = [name for name in names if not (folder / name / file_name).is_file()]
    if missing:
        raise BuildError(f"The driver made no {file_name} of {', '.join(missing)}.")


def say(lane: Lane, words: str) -> None:
    print(f"  {lane.release}: {words}", flush=True)


def build(lane: Lane) -> None:
    """Make what is missing or out of date of one lane."""
    if not is_made(lane.environment, lane.environment_key()):
        interpreter = find_python(lane)
        make_whole(
            lane.environment,
            lane.environment_key(),
            lambda folder: make_environment(lane, interpreter, folder),
        )
    if not is_made(lane.corpus, lane.corpus_key()):
        make_whole(lane.corpus, lane.corpus_key(), lambda folder: make_corpus(lane, folder))


def outcome(lane: Lane) -> int:
    """Build a lane and say how it went: 0, EXIT_NOT_HERE or EXIT_FAILED."""
    began = time.monotonic()
    try:
        build(lane)
    except NotHereError as error:
        print(error, flush=True)
        return EXIT_NOT_HERE
    except BuildError as error:
        print(f"No corpus of {lane.release} was made. {error}", file=sys.stderr, flush=True)
        return EXIT_FAILED
    took = time.monotonic() - began
    print(f"The corpus of {lane.release} is in {lane.corpus} ({took:.0f} s)", flush=True)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("lanes", nargs="*", metavar="RELEASE", help="these only, as 1.56")
    named = parser.parse_args(argv).lanes
    if unknown := set(named) - set(LANES):
        parser.error(f"no such release: {', '.join(sorted(unknown))}; there are {', '.join(LANES)}")
    # All at a time: lanes in turn would leave a processor idle while the last one is made.
    with ThreadPoolExecutor(len(LANES)) as pool:
        ended = list(pool.map(outcome, [LANES[name] for name in named or LANES]))
    if EXIT_FAILED in ended:
        return EXIT_FAILED
    return 0 if 0 in ended else EXIT_NOT_HERE


if __name__ == "__main__":
    sys.exit(main())
