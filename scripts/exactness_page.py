"""Write docs/exactness.md from the lines that tests/corpus/test_exact_importances.py left.

    CODEGEN_FI_EXACT_LOG=exact.jsonl \
        .venv/bin/python -m pytest tests/corpus/test_exact_importances.py
    .venv/bin/python scripts/exactness_page.py exact.jsonl

Several files may be given, of several releases; a script that is in them twice counts once, as it
was last.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "exactness.md"

HEAD = """\
# Permutation importances against scikit-learn's

The claim: with the same seed the importances have the mean and the standard deviation that
`sklearn.inspection.permutation_importance` gives on the whole pipeline, to the last bit, without
featurizing anything again. Here it is held against {scripts} scripts of the corpus, rewritten,
trained and scored on at most 400 rows, with 2 repeats, by the official names of metrics and by
scikit-learn's scorers. Weighted scores weigh rows by 0, 1/3, 1/2, 1 or 7.25. Each script takes
three scores in turn, as in every run of the tests. To make this page again:

    export CODEGEN_FI_EXACT_LOG=exact.jsonl
    .venv/bin/python -m pytest tests/corpus/test_exact_importances.py
    .venv/bin/python scripts/exactness_page.py exact.jsonl

`CODEGEN_FI_EXACT_SCORES=all` takes all scores of each script, `CODEGEN_FI_EXACT_RELEASE=1.44` the
scripts of an older SDK. Models of the official packages are held against the scikit-learn of their
own environments by `tests/corpus/test_explain_official.py`.
"""
EXCEPTIONS = """\
## Exceptions

Scores that weren't compared, that differ, or for which the quick way was not taken:
"""


def rows_of(paths: Sequence[str]) -> list[dict[str, Any]]:
    """Read the lines, the last one of each script."""
    lines = [line for path in paths for line in Path(path).read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    return list({(row["release"], row["case"]): row for row in rows}.values())


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lay a table out in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def by_release(rows: list[dict[str, Any]]) -> str:
    """Count scripts by release and task."""
    found = []
    for release in sorted({row["release"] for row in rows}):
        for task in sorted({row["task"] for row in rows}):
            those = [r for r in rows if (r["release"], r["task"]) == (release, task)]
            kinds = [row["matrix"] for row in those]
            scores = [each for row in those for each in row["scores"].values()]
            found.append(
                (
                    *(release, task, len(those), kinds.count("sparse"), kinds.count("dense")),
                    sum(each["columns"] for each in scores),
                    f"{largest(scores):.3g}",
                )
            )
    head = ("SDK", "task", "scripts", "sparse matrix", "dense matrix", "importances compared")
    return table((*head, "largest difference"), found)


def by_score(rows: list[dict[str, Any]]) -> str:
    """Give the largest difference for each score."""
    found = []
    for task in sorted({row["task"] for row in rows}):
        those = [row for row in rows if row["task"] == task]
        for score in sorted({score for row in those for score in row["scores"]}):
            scores = [row["scores"][score] for row in those if score in row["scores"]]
            compared = sum(each["columns"] for each in scores)
            nonzero = sum(each["largest"] > 0 for each in scores)
            found.append((score, task, len(scores), nonzero, compared, f"{largest(scores):.3g}"))
    head = ("score", "task", "scripts", "with an importance above 0", "importances compared")
    return table((*head, "largest difference"), found)


def largest(scores: list[dict[str, Any]]) -> float:
    """Find the largest difference."""
    return max((each["difference"] for each in scores), default=0.0)


def exceptions(rows: list[dict[str, Any]]) -> str:
    """Name the scripts where something wasn't compared, differed or was computed the slow way."""
    found = [
        f"- {row['release']} {row['case']}, {score}: {what}"
        for row in rows
        for score, what in [*row["without"].items(), *_wrong(row["scores"])]
    ]
    return "\n".join(found) if found else "None."


def _wrong(scores: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for score, each in scores.items():
        if each["difference"]:
            yield score, f"differs by {each['difference']:.3g}"
        if not each["quick"]:
            yield score, "the model predicted all rows of each shuffle"


def page(rows: list[dict[str, Any]]) -> str:
    """Write the whole page."""
    return "\n".join(
        [
            HEAD.format(scripts=len(rows)),
            "## By release\n",
            by_release(rows),
            "## By score\n",
            by_score(rows),
            EXCEPTIONS,
            exceptions(rows) + "\n",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(rows_of(sys.argv[1:])), encoding="utf-8")
