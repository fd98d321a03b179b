"""A child's lines, progress and last words reach the caller, each once and in the right place."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from codegen_fi.errors import EnvironmentBuildError, TrainingFailedError, UsageError
from codegen_fi.run import Events, interpreter, read_results, run_training

PYTHON = Path(sys.executable)


def _folder(tmp_path, text):
    (tmp_path / "train.py").write_text("import os, sys\n" + text, encoding="utf-8")
    return tmp_path


def _run(tmp_path, text, *arguments):
    lines, steps = [], []
    events = Events(line=lines.append, progress=lambda *step: steps.append(step))
    run_training(PYTHON, _folder(tmp_path, text), arguments, events)
    return lines, steps


def test_lines_of_both_streams_and_progress_are_told_apart(tmp_path):
    lines, steps = _run(
        tmp_path,
        "print('größe')\n"
        "print(sys.argv[1:])\n"
        'sys.stderr.write(\'@@progress {"done": 1, "total": 2, "text": "a b"}\\n\')\n'
        "sys.stderr.write('talk\\n')\n",
        "--outputs=x y",
        "--importance",
        "native",
    )
    assert sorted(lines) == ["['--outputs=x y', '--importance', 'native']", "größe", "talk"]
    assert steps == [(1, 2, "a b")]


def test_much_output_on_both_streams_does_not_block(tmp_path):
    lines, _ = _run(
        tmp_path,
        "for i in range(20000):\n    print('out', i)\n    sys.stderr.write(f'err {i}\\n')\n",
    )
    assert len(lines) == 40_000
    assert [x for x in lines if x.startswith("out")] == [f"out {i}" for i in range(20_000)]


def test_bytes_that_are_not_text_do_not_stop_the_training(tmp_path):
    lines, _ = _run(tmp_path, "sys.stdout.buffer.write(b'\\xff\\xfe ok\\n')\n")
    assert lines[0].endswith(" ok")


@pytest.mark.parametrize(
    ("code", "kind"), [(2, UsageError), (1, TrainingFailedError), (3, TrainingFailedError)]
)
def test_the_childs_error_becomes_the_message_once(tmp_path, code, kind):
    lines = []
    folder = _folder(tmp_path, f"sys.stderr.write('error: no label\\n'); sys.exit({code})")
    with pytest.raises(kind, match=r"^no label$"):
        run_training(PYTHON, folder, [], Events(line=lines.append))
    assert lines == []


def test_a_traceback_is_passed_on_and_its_last_line_is_the_message(tmp_path):
    lines = []
    folder = _folder(tmp_path, "raise ValueError('bad luck')")
    with pytest.raises(TrainingFailedError, match=r"exit code 1.*ValueError: bad luck"):
        run_training(PYTHON, folder, [], Events(line=lines.append))
    assert lines[0].startswith("Traceback")


def test_wrong_arguments_of_train_py_are_a_bug_of_ours_not_bad_data(tmp_path):
    with pytest.raises(TrainingFailedError, match="exit code 2"):
        _run(tmp_path, "sys.exit(2)")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_child_is_reported_with_its_signal(tmp_path):
    with pytest.raises(TrainingFailedError, match="signal 9"):
        _run(tmp_path, "os.kill(os.getpid(), 9)")


def test_an_interpreter_that_is_not_there_is_one_message(tmp_path):
    with pytest.raises(TrainingFailedError, match="cannot be started"):
        run_training(tmp_path / "no-python", tmp_path, [])


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupted_caller_ends_the_child_which_cleans_up(tmp_path):
    folder = _folder(
        tmp_path,
        "import time\n"
        "try:\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
        "finally:\n"
        "    open(sys.argv[1], 'w').write('cleaned')\n",
    )

    class Stop(BaseException):
        pass

    def interrupt(signum, frame):
        raise Stop

    import signal

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        events = Events(line=lambda _: signal.alarm(1))
        with pytest.raises(Stop):
            run_training(PYTHON, folder, [str(tmp_path / "done")], events)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert (tmp_path / "done").read_text() == "cleaned"


def test_the_current_interpreter_needs_no_building(tmp_path):
    assert interpreter("current", tmp_path) == PYTHON


@pytest.mark.parametrize("installer", ["uv", "pip"])
def test_a_managed_environment_is_made_once_and_kept(tmp_path, monkeypatch, installer):
    import shutil
    import subprocess

    if installer == "uv" and shutil.which("uv") is None:
        pytest.skip("uv is not installed")
    if installer == "pip":
        monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CODEGEN_FI_CACHE", str(tmp_path / "cache"))
    (tmp_path / "requirements.txt").write_text("")
    said = []
    python = interpreter("managed", tmp_path, said.append)
    answer = subprocess.run(
        [python, "-c", "import sys; print(sys.prefix != sys.base_prefix)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "True"
    again = []
    assert interpreter("managed", tmp_path, again.append) == python
    assert again == []


def test_a_cache_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    (tmp_path / "requirements.txt").write_text("")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CODEGEN_FI_CACHE", str(tmp_path / "file"))
    with pytest.raises(EnvironmentBuildError, match="CODEGEN_FI_CACHE"):
        interpreter("managed", tmp_path)


def test_results_prefer_permutation_and_are_ordered_by_rank(tmp_path):
    (tmp_path / "metrics.json").write_text('{"metrics": {"accuracy": 0.5, "r2_score": null}}')
    (tmp_path / "feature_importance.csv").write_text(
        "method,space,model,feature,raw_feature,importance,std,ci_low,ci_high,share,rank,note\n"
        "native,raw,model,b,b,9,,,,0.9,1,\n"
        "permutation,raw,model,b,b,0.1,0,0.05,0.15,0.2,2,\n"
        "permutation,raw,model,a,a,0.4,0,0.3,0.5,0.8,1,\n"
        "permutation,engineered,model,a_0,a,0.4,0,0.3,0.5,0.8,1,\n"
        "permutation,raw,model_0,c,c,0.9,0,0.3,0.5,0.8,1,\n"
        "permutation,raw,model,,,,,,,,,a reason\n"
    )
    (tmp_path / "feature_importance.json").write_text(
        '{"scoring": "accuracy", "rows_used": 1500, "split": "validation"}'
    )
    results = read_results(tmp_path)
    assert results.method == "permutation"
    assert results.scored_on == "drop in accuracy on 1,500 validation rows"
    assert [(r.feature, r.importance, r.ci_low) for r in results.importances] == [
        ("a", 0.4, 0.3),
        ("b", 0.1, 0.05),
    ]
    assert results.metrics == {"accuracy": 0.5, "r2_score": None}
    assert [p.name for p in results.files] == [
        "metrics.json",
        "feature_importance.csv",
        "feature_importance.json",
    ]


def test_a_training_without_importances_has_results(tmp_path):
    results = read_results(tmp_path)
    assert (results.method, results.importances, results.metrics) == (None, (), {})
    assert results.scored_on is None


def test_damaged_results_are_one_message(tmp_path):
    (tmp_path / "metrics.json").write_text("{")
    with pytest.raises(TrainingFailedError, match="cannot be read"):
        read_results(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="needs the signals of a POSIX system")
def test_a_child_that_the_system_kills_may_have_taken_too_much_memory(tmp_path):
    text = "import os, signal\nprint('working', flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    with pytest.raises(TrainingFailedError, match="signal 9, as by a system that is out of memory"):
        _run(tmp_path, text)
