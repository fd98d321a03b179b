"""What real generated scripts featurize must not change with the runtime."""

from __future__ import annotations

import json

import numpy as np
import pytest

pytestmark = [
    pytest.mark.official,
    pytest.mark.corpus,
]

# One case for each different featurization that needs no download.
CASES = (
    "cls_lgbm_maxabs",
    "reg_lgbm_maxabs",
    "cls_custom_featurization",
    "cls_textonly",
    "cls_catonly",
    "cls_iris_lgbm",
    "cls_lgbm_pca_dense",
    "cls_gb_robust",
    "cls_knn",
    "cls_sweep_te",
    "cls_sweep_kmeans",
    "cls_sweep_text",
    "reg_sweep_te",
    "reg_lgbm_diabetes",
    "reg_lgbm_intcolumns",
    "reg_lgbm_onecolumn",
)
# Five numbers with eight cluster centres each, at the end; drawn by another scikit-learn.
CLUSTERED, CLUSTER_COLUMNS = "cls_sweep_kmeans", 40


@pytest.fixture(scope="module")
def matrices(runtimes, corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    runtimes.official("probe_corpus.py", corpus, folder / "official.npz", *CASES)
    runtimes.portable("probe_corpus.py", corpus, folder / "portable.npz", *CASES)
    return np.load(folder / "official.npz"), np.load(folder / "portable.npz")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("dates", ["parsed", "as text"])
@pytest.mark.parametrize("rows", ["trained", "new"])
def test_the_featurized_matrix_is_the_official_one(matrices, case, dates, rows):
    key = f"{case}, dates {dates}, {rows} rows"
    official, portable = (matrix[key] for matrix in matrices)
    assert official.shape == portable.shape
    if case == CLUSTERED:
        official, portable = official[:, :-CLUSTER_COLUMNS], portable[:, :-CLUSTER_COLUMNS]
    np.testing.assert_allclose(portable, official, rtol=1e-6, atol=0)
    whole = (official == np.round(official)).all(axis=0)
    np.testing.assert_array_equal(portable[:, whole], official[:, whole])


def test_sparse_stays_sparse_and_of_the_same_type(matrices):
    official, portable = (json.loads(str(matrix["kinds"])) for matrix in matrices)
    assert portable == official
    assert len(official) == len(CASES) * 4


def test_the_cases_are_every_featurization_there_is(corpus):
    """A featurization that no case above covers would go untested."""
    seen = {}
    for folder in sorted(corpus.iterdir()):
        script = folder / "script.py"
        if folder.name.startswith(("cls_", "reg_")) and script.exists():
            seen.setdefault(_classes(script.read_text(encoding="utf-8")), folder.name)
    covered = {
        _classes((corpus / case / "script.py").read_text(encoding="utf-8")) for case in CASES
    }
    left = {name for classes, name in seen.items() if classes and classes not in covered}
    assert left == {"cls_word_embeddings"}


def _classes(script):
    start = script.find("def get_mapper_0")
    end = script.find("\ndef ", script.find("def generate_data_transformation_config") + 5)
    lines = script[start:end].splitlines() if start >= 0 else []
    return frozenset(line.split()[1].strip(",") for line in lines if "'class':" in line)
