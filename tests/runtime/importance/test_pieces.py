"""The work is cut so that progress moves, each shuffle once, and no number depends on the cut."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMRegressor
from sklearn.datasets import load_diabetes
from sklearn.impute import SimpleImputer
from sklearn.metrics import get_scorer
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline

from codegen_fi.runtime.importance import explain, pieces
from codegen_fi.runtime.importance.anatomy import take_apart
from codegen_fi.runtime.importance.blocks import blocks_of
from codegen_fi.runtime.importance.pieces import AT_ONCE, Piece, Pieces
from codegen_fi.runtime.importance.raw_blocks import RawBlocks
from codegen_fi.runtime.importance.rescoring import WholeModel


def cut(work, pace=None, fixed=0.0):
    """Take all pieces of a work whose scorings take so many seconds, and each piece some more."""
    found = []
    while work.left:
        piece = work.take()
        found.append(piece)
        if pace is not None:
            work.learn(piece, fixed + pace * piece.shuffles)
    return found


def covered(found):
    return [
        (column, order)
        for piece in found
        for column in range(piece.start, piece.stop)
        for order in range(piece.first, piece.last)
    ]


@pytest.mark.parametrize("pace", [None, 1e-6, 0.01, 1.0, 30.0])
@pytest.mark.parametrize("room", [1, 7, 256])
@pytest.mark.parametrize("rows", [10, 10_000, 4 * AT_ONCE])
def test_every_shuffle_is_scored_once_and_in_order(pace, room, rows):
    found = cut(Pieces(23, 9, rows, room), pace, fixed=0.1)
    assert covered(found) == [(c, o) for c in range(23) for o in range(9)]
    assert all(piece.stop - piece.start <= room for piece in found)


def test_what_is_quick_goes_at_once():
    assert cut(Pieces(20, 5, 500, 256)) == [Piece(0, 20, 0, 5)]
    assert cut(Pieces(20, 5, 100_000, 256, pace=0.01)) == [Piece(0, 20, 0, 5)]
    assert cut(Pieces(20, 5, 100_000, 12, pace=0.01)) == [Piece(0, 12, 0, 5), Piece(12, 20, 0, 5)]


def test_columns_are_told_of_one_by_one_where_each_takes_seconds():
    found = cut(Pieces(12, 5, 100_000, 256, pace=1.0), pace=1.0)
    assert len(found) >= 10


def test_pieces_grow_while_that_makes_them_quicker():
    sizes = [p.stop - p.start for p in cut(Pieces(60, 5, 100_000, 256, pace=1), 0.1, fixed=5.0)]
    assert sizes[:4] == [1, 2, 4, 8]
    assert len(set(sizes[4:-1])) == 1


def test_repeats_are_cut_where_a_column_alone_takes_long():
    found = cut(Pieces(2, 100, 100_000, 256), pace=2.0)
    assert found[0] == Piece(0, 1, 0, 100), "nothing is known of its time before"
    assert found[1:3] == [Piece(1, 2, 0, 10), Piece(1, 2, 10, 20)]


def test_shuffled_rows_in_one_piece_have_a_limit():
    rows = AT_ONCE // 8
    assert [p.shuffles for p in cut(Pieces(1, 20, rows, 256))] == [8, 8, 4]


def test_the_rest_is_enough_for_all_processes():
    work = Pieces(40, 5, 1_000_000, 256)
    work.learn(work.take(), 10.0)
    assert len(list(work.rest(8))) >= 16


def test_no_number_depends_on_the_cut(monkeypatch):
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = LGBMRegressor(n_estimators=20, verbose=-1, n_jobs=1).fit(X, y)
    steps = []

    def explained():
        return explain(
            model,
            X,
            y,
            methods=["permutation"],
            repeats=6,
            groups=[("pair", ("s1", "s2"))],
            progress=lambda *step: steps.append(step),
        )

    whole = explained()
    assert steps[-1][:2] == (66, 66)
    monkeypatch.setattr(pieces, "AT_ONCE", 4 * len(X))
    assert (explained().rows, len(steps)) == (whole.rows, 11 + 22)
    assert [done for done, _, _ in steps[11:]] == [
        d for c in range(11) for d in (6 * c + 4, 6 * c + 6)
    ]


def test_the_pace_is_known_when_larger_pieces_are_no_quicker():
    pieces = Pieces(columns=64, repeats=1, rows=5, room=1000, pace=100.0)
    assert not pieces.settled
    for seconds in (0.8, 0.8, 0.9):
        pieces.learn(pieces.take(), seconds)
        assert not pieces.settled
    pieces.learn(pieces.take(), 1.8)
    assert pieces.settled


def test_the_pace_of_long_pieces_is_known_at_once():
    pieces = Pieces(columns=64, repeats=1, rows=5, room=1000, pace=100.0)
    pieces.learn(pieces.take(), 30.0)
    assert pieces.settled


@pytest.mark.parametrize("weights", [None, [1.0] * 10])
def test_columns_that_are_alike_take_as_long_as_the_last(weights):
    work = Pieces(10, 4, 1_000_000, 1, weights=weights)
    work.learn(work.take(), 8.0)
    assert work.seconds == pytest.approx(9 * 8.0)


def test_what_is_left_is_expected_by_the_weights_of_the_columns():
    work = Pieces(4, 10, 1_000_000, 1, weights=[8.0, 1.0, 0.5, 0.5])
    work.learn(work.take(), 16.0)
    assert work.seconds == pytest.approx(4.0)
    work = Pieces(2, 100, 100_000, 256, weights=[3.0, 1.0])
    work.learn(work.take(), 200.0)
    work.learn(work.take(), 20.0)
    assert work.seconds == pytest.approx(180.0), "a column is half done"


def test_columns_of_few_values_weigh_less(make_mapper):
    random = np.random.default_rng(0)
    X = pd.DataFrame({"many": random.normal(size=500), "two": np.arange(500.0) % 2})
    y = X["many"] + X["two"]
    mapper = make_mapper([(["many"], SimpleImputer()), (["two"], SimpleImputer())])
    model = Pipeline([("f", mapper), ("m", LGBMRegressor(n_estimators=5, verbose=-1))]).fit(X, y)
    anatomy, scorer = take_apart(model, X), get_scorer("r2")
    blocks = blocks_of(anatomy, X, y, scorer, random.permutation(500))
    whole = WholeModel(model, X, y, scorer)
    many, two = RawBlocks(blocks, anatomy.lineage, None, whole).weights([(0,), (1,)], 30)
    assert many == pytest.approx(30 * 1.05)
    assert two == pytest.approx(1.0 + 30 * 0.05, rel=0.01)
    model.steps[-1] = ("m", KNeighborsRegressor().fit(mapper.transform(X), y))
    anatomy = take_apart(model, X)
    blocks = blocks_of(anatomy, X, y, scorer, random.permutation(500))
    # They are all predicted with each shuffle.
    assert RawBlocks(blocks, anatomy.lineage, None, whole).weights([(0,), (1,)], 30) is None


def test_pieces_grow_where_a_light_column_comes_first():
    weights = [0.2, *[4.0] * 20]
    pieces = Pieces(21, 1, 1_000_000, room=8, weights=weights)
    sizes = []
    while pieces.left:
        piece = pieces.take()
        sizes.append(piece.stop - piece.start)
        # Something that doesn't depend on the columns, and what they weigh.
        pieces.learn(piece, 2 + 0.5 * sum(weights[piece.start : piece.stop]))
    assert sizes[:4] == [1, 2, 4, 8]
