"""The split into training and test rows, by counting."""

from itertools import pairwise

import numpy as np
import pytest

from playground.data import DATASETS, split

hypothesis = pytest.importorskip("hypothesis", reason="`bash tests/run` installs hypothesis, which this needs")
given, st = hypothesis.given, hypothesis.strategies

LABELS = st.lists(st.integers(0, 1), min_size=1, max_size=60).map(np.array)
SHARES = st.sampled_from(range(10, 101, 10))
SEEDS = st.integers(0, 100)


@given(LABELS, SHARES, SEEDS)
def test_every_row_is_in_one_part_and_in_order(y, share, seed):
    train, test = split(y, share, seed)
    assert sorted([*train, *test]) == list(range(len(y)))
    assert list(train) == sorted(train) and list(test) == sorted(test)


@given(LABELS, SHARES, SEEDS)
def test_each_class_is_divided_in_proportion_to_within_a_row(y, share, seed):
    train, _ = split(y, share, seed)
    for label in (0, 1):
        expected = (y == label).sum() * len(train) / len(y)
        assert abs((y[train] == label).sum() - expected) <= 1


@given(LABELS, SHARES, SEEDS)
def test_the_training_part_has_the_share_asked_for_but_never_nothing_nor_less_than_a_row_to_test(y, share, seed):
    train, test = split(y, share, seed)
    assert len(train) >= 1
    assert abs(len(train) - len(y) * share / 100) <= 1
    assert len(test) >= (share < 100 and len(y) > 1)


@given(LABELS, SEEDS)
def test_a_share_of_100_trains_on_every_row_and_tests_on_none(y, seed):
    train, test = split(y, 100, seed)
    assert list(train) == list(range(len(y)))
    assert test.shape == (0,) and test.dtype.kind == "i"


@given(LABELS, SEEDS)
def test_a_larger_share_keeps_the_training_rows_of_a_smaller_one(y, seed):
    parts = [set(split(y, share, seed)[0].tolist()) for share in range(10, 101, 10)]
    assert all(small <= large for small, large in pairwise(parts))


def test_half_of_a_balanced_set_is_balanced():
    y = DATASETS["gauss"].make(500, 0, 0).y
    train, test = split(y, 50, 0)
    assert (len(train), y[train].sum(), y[test].sum()) == (250, 125, 125)


def test_the_seed_alone_decides_which_rows():
    y = DATASETS["gauss"].make(100, 0, 0).y
    assert np.array_equal(split(y, 50, 1)[0], split(y, 50, 1)[0])
    assert not np.array_equal(split(y, 50, 1)[0], split(y, 50, 2)[0])


def test_every_row_has_its_chance_to_train():
    y = np.array([0, 0, 0, 1, 1, 1])
    drawn = {row for seed in range(50) for row in split(y, 10, seed)[0].tolist()}
    assert drawn == set(range(6))


@pytest.mark.parametrize("share", [0, -10, 101, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        split([0, 1], share, 0)
