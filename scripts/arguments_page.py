"""Write docs/arguments.md: the table of arguments that rewriting adapts.

python scripts/arguments_page.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from codegen_fi.rewrite.library_arguments.lookup import ROWS
from codegen_fi.rewrite.library_arguments.rows import Row

PAGE = Path(__file__).resolve().parent.parent / "docs" / "arguments.md"
INTRODUCTION = """\
# Arguments that change

Rule `replace-removed-arguments` adapts these. It asks a table of what each release of the libraries
takes, for whatever the rewritten script may meet:

- An argument that scikit-learn refuses and that has no row here stops the rewriting with its line.
- An argument that only some of the allowed releases take stays, with a warning that names the
  release it needs.
- A parameter that LightGBM or XGBoost ignores stays, with a warning.
- A dictionary that a call unpacks (`**params`) stays, with a warning for each key of it that would
  have been changed or refused in the call itself.

`penalty='l1'` and `'elasticnet'` of LogisticRegression stay: scikit-learn 1.8 and newer take them
with a warning, and `l1_ratio` alone, which is to replace them, is a ridge penalty in the older
releases that the requirements allow. `probability=True` of SVC stays as well, with a warning from
1.9 on: CalibratedClassifierCV, which is to replace it, computes other probabilities.

| Library, release | Classes | Argument | Becomes | Why | What differs |
|---|---|---|---|---|---|
"""


def page() -> str:
    """Return the text of the page."""
    return INTRODUCTION + "".join(f"| {' | '.join(_cells(row))} |\n" for row in ROWS)


def _cells(row: Row) -> Iterator[str]:
    yield f"[{row.since}]({row.source})" + (" (older targets)" if row.is_new else "")
    yield ", ".join(sorted(row.classes)) or "all"
    yield f"`{row.argument}`" + (f" beside `{row.beside}`" if row.beside else "")
    if row.wrap:
        yield f"`{row.wrap.rpartition(':')[2]}` around it"
    elif row.instead:
        yield f"`{row.instead.rpartition(':')[2]}` in its place"
    else:
        yield ", ".join(_becomes(row.argument, text) for text in row.becomes) or "left out"
    yield row.why
    yield row.behaviour or "nothing"


def _becomes(argument: str, text: str) -> str:
    name, _, value = text.partition("=")
    if value == "{}":
        return f"`{name}`, same value"
    return "a tuple" if value == "tuple" and name == argument else f"`{text}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
