"""Every row of every table, asked of the official classes: ``python probe_expectations.py OUT``."""

import json
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from expecting import OFFICIAL, Runtime, answer, tables


def main(out):
    warnings.simplefilter("ignore")
    runtime = Runtime(OFFICIAL)
    answers = {
        f"{name} | {what}": answer(table, row, runtime)
        for name, table in tables().items()
        for what, row in table.TABLE.items()
        if not row.ours
    }
    Path(out).write_text(json.dumps(answers), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
