"""Making the corpus: whole or not at all, and plain words where it cannot be made."""

import subprocess
import sys
from pathlib import Path

import build
import lanes
import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "tests" / "corpus" / "build.py"
FINDER = ROOT / "scripts" / "find_python.sh"
VERSION = "{}.{}".format(*sys.version_info[:2])


def executable(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def bare_path(folder: Path) -> dict[str, str]:
    """Variables under which no Python is found but those in the folder."""
    folder.mkdir(exist_ok=True)
    return {"PATH": str(folder), "HOME": str(folder), "PYENV_ROOT": str(folder / "pyenv")}


def find(variables: dict[str, str], *versions: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", FINDER, *versions], env=variables, capture_output=True, text=True, check=False
    )


def test_a_folder_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    place = tmp_path / "made"
    place.mkdir()
    (place / "old").touch()

    def fails(folder: Path) -> None:
        (folder / "half").touch()
        raise build.BuildError("no more")

    with pytest.raises(build.BuildError):
        build.make_whole(place, "key", fails)
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
    assert [path.name for path in place.iterdir()] == ["old"]
    assert not build.is_made(place, "key")


def test_a_complete_folder_replaces_the_old_one(tmp_path: Path) -> None:
    place = tmp_path / "made"
    build.make_whole(place, "first", lambda folder: (folder / "one").touch())
    build.make_whole(place, "second", lambda folder: (folder / "two").touch())
    assert build.is_made(place, "second")
    assert not build.is_made(place, "first")
    assert sorted(path.name for path in place.iterdir()) == [build.KEY_FILE, "two"]


def test_a_changed_driver_makes_another_corpus_but_no_other_environment(tmp_path: Path) -> None:
    pins, driver = tmp_path / "pins", tmp_path / "driver"
    pins.write_text("a==1", encoding="ascii")
    driver.write_text("one", encoding="ascii")
    before = lanes.key("3.10", pins), lanes.key("3.10", pins, driver)
    driver.write_text("two", encoding="ascii")
    assert lanes.key("3.10", pins) == before[0]
    assert lanes.key("3.10", pins, driver) != before[1]
    assert lanes.key("3.8", pins) != before[0]


def test_every_lane_has_pins_and_the_driver_in_its_key() -> None:
    for lane in lanes.LANES.values():
        pins = lane.pins.read_text(encoding="ascii").splitlines()
        assert any(
            line.startswith(f"azureml-train-automl-runtime=={lane.release}.") for line in pins
        )
        assert all(line.count("==") == 1 for line in pins)
        assert any(line.startswith("black==") for line in pins), "one form of the text needs it"
    keys = {lane.corpus_key() for lane in lanes.LANES.values()}
    assert len(keys) == len(lanes.LANES)


def build_under(variables: dict[str, str], cache: Path) -> subprocess.CompletedProcess[str]:
    """Run the build where only the shell is on PATH."""
    (Path(variables["PATH"]) / "sh").symlink_to("/bin/sh")
    return subprocess.run(
        [sys.executable, BUILD],
        env={**variables, "CODEGEN_FI_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_its_python_the_corpus_is_skipped_in_plain_words(tmp_path: Path) -> None:
    done = build_under(bare_path(tmp_path / "bin"), tmp_path / "cache")
    assert done.returncode == build.EXIT_NOT_HERE
    for lane in lanes.LANES.values():
        assert f"SKIPPED, the corpus of SDK {lane.release}" in done.stdout
        assert f"pyenv install {lane.python}" in done.stdout
    assert not (tmp_path / "cache").exists()


def test_a_lane_that_cannot_be_made_keeps_no_other_from_being_made(tmp_path: Path) -> None:
    made, *others = lanes.LANES.values()
    for folder, key in (
        (made.environment, made.environment_key()),
        (made.corpus, made.corpus_key()),
    ):
        build.make_whole(tmp_path / "cache" / folder.name, key, lambda _: None)
    done = build_under(bare_path(tmp_path / "bin"), tmp_path / "cache")
    assert done.returncode == 0, done.stderr
    assert f"The corpus of {made.release} is in" in done.stdout
    for lane in others:
        assert f"SKIPPED, the corpus of SDK {lane.release}" in done.stdout


def test_a_name_that_does_not_run_is_no_python(tmp_path: Path) -> None:
    variables = bare_path(tmp_path / "bin")
    executable(tmp_path / "bin" / f"python{VERSION}", "#!/bin/sh\nexit 127\n")
    found = find(variables, VERSION)
    assert found.returncode == 1
    assert f"No working Python of {VERSION} found" in found.stderr


def test_the_first_version_that_works_is_taken(tmp_path: Path) -> None:
    variables = bare_path(tmp_path / "bin")
    executable(tmp_path / "bin" / "python3.99", "#!/bin/sh\nexit 127\n")
    executable(tmp_path / "bin" / f"python{VERSION}", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    found = find(variables, "3.99", VERSION)
    assert found.returncode == 0, found.stderr
    assert Path(found.stdout.strip()).samefile(sys.executable)


def test_an_interpreter_of_another_version_is_passed_over(tmp_path: Path) -> None:
    variables = bare_path(tmp_path / "bin")
    executable(tmp_path / "bin" / "python3", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    assert find(variables, "3.99").returncode == 1
    assert find(variables, VERSION).returncode == 0


def test_a_python_without_the_wanted_module_is_passed_over(tmp_path: Path) -> None:
    variables = bare_path(tmp_path / "bin")
    executable(tmp_path / "bin" / "python3", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    assert find(variables, "--with", "no_such_module", VERSION).returncode == 1
