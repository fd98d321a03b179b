"""The featurization of generated scripts, fitted on their data; writes the matrices.

Run by the tests under both runtimes: ``python probe_corpus.py PREFIX CORPUS OUT CASE...``.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

FIRST, LAST = "def get_mapper_0", "def generate_data_transformation_config"


def featurizer(script, prefix):
    """Run the script's functions that define the featurizer, and no other line of it."""
    start = script.index(FIRST)
    end = script.index("\ndef ", script.index(LAST) + len(LAST))
    text = "import numpy\n" + script[start:end]
    if not prefix.startswith("azureml"):
        text = text.replace("from sklearn_pandas.", f"from {prefix}.sklearn_pandas.")
        text = text.replace("azureml.training.tabular.", f"{prefix}.")
    names = {}
    exec(text, names)
    return names["generate_data_transformation_config"]()


def unseen(frame):
    """The last rows backwards, with values that training has not shown."""
    rows = frame.iloc[::-1].head(60).copy()
    for place, name in enumerate(rows.columns):
        if rows[name].dtype.kind not in "biufM":
            rows[name] = rows[name].astype(object)
            rows.iloc[3, place] = "never seen"
            rows.iloc[5, place] = np.nan
    return rows


def answers(folder, prefix, dates):
    facts = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    frame = pd.read_csv(folder / "train.csv", parse_dates=facts["parse_dates"] if dates else None)
    y = frame.pop(facts["label"]).to_numpy()
    union = featurizer((folder / "script.py").read_text(encoding="utf-8"), prefix)
    yield "trained", union.fit_transform(frame, y)
    yield "new", union.transform(unseen(frame))


def main(prefix, corpus, out, *cases):
    matrices, kinds = {}, {}
    for case in cases:
        for dates in (True, False):
            for name, matrix in answers(Path(corpus) / case, prefix, dates):
                key = f"{case}, dates {'parsed' if dates else 'as text'}, {name} rows"
                kinds[key] = [type(matrix).__name__, str(matrix.dtype)]
                matrices[key] = matrix.toarray() if sparse.issparse(matrix) else matrix
    np.savez_compressed(out, kinds=json.dumps(kinds), **matrices)


if __name__ == "__main__":
    main(*sys.argv[1:])
