"""What part of the plane is drawn, and on which grid."""

import numpy as np
import pytest

from playground.data import DATASETS, Domain, Table, domain, grid

hypothesis = pytest.importorskip("hypothesis", reason="`bash tests/run` installs hypothesis, which this needs")
given, st = hypothesis.given, hypothesis.strategies

PEOPLE = DATASETS["people"].make(4, 0, 0)
COORDINATES = st.floats(-1e6, 1e6)


def points(*X):
    return Table(("a", "b"), "c", ("no", "yes"), ("",) * len(X), np.reshape(X, (-1, 2)), np.zeros(len(X)))


def test_the_people_are_drawn_with_a_margin_that_has_room_for_emily_and_frank():
    drawn = domain(PEOPLE)
    assert drawn == (-25, 35, -9, 9)
    for x, y in [(-7, -3), (20, 2)]:
        assert drawn.x_min < x < drawn.x_max and drawn.y_min < y < drawn.y_max


@given(st.lists(st.tuples(COORDINATES, COORDINATES), max_size=5))
def test_any_table_is_drawn_on_a_rectangle_that_single_precision_can_tell_apart(X):
    drawn = domain(points(*X))
    assert np.float32(drawn.x_min) < np.float32(drawn.x_max) and np.float32(drawn.y_min) < np.float32(drawn.y_max)
    for x, y in X:
        assert drawn.x_min < x < drawn.x_max and drawn.y_min < y < drawn.y_max


@given(st.lists(st.tuples(COORDINATES, COORDINATES), max_size=5))
def test_the_plane_of_a_set_stays_until_a_point_leaves_it(X):
    plane = Domain(-6, 6, -6, 6)
    drawn = domain(points(*X), plane)
    inside = all(max(abs(x), abs(y)) <= 6 for x, y in X)
    assert (drawn == plane) == inside
    assert drawn.x_min <= -6 and drawn.x_max >= 6 and drawn.y_min <= -6 and drawn.y_max >= 6
    for x, y in X:
        assert drawn.x_min <= x <= drawn.x_max and drawn.y_min <= y <= drawn.y_max


def test_small_numbers_fill_the_picture_as_large_ones_do():
    drawn = domain(points((1e-4, 0), (3e-4, 1)))
    assert drawn.x_min == pytest.approx(0.5e-4) and drawn.x_max == pytest.approx(3.5e-4)


def test_the_grid_has_its_nodes_on_the_edges_and_runs_along_x_first():
    x, y, nodes = grid(Domain(0, 2, 10, 14), 3)
    assert x.tolist() == [0, 1, 2] and y.tolist() == [10, 12, 14]
    assert nodes.tolist() == [[a, b] for b in (10, 12, 14) for a in (0, 1, 2)]


def test_values_on_the_grid_reshape_to_rows_of_y_and_columns_of_x():
    x, y, nodes = grid(Domain(-1, 1, 5, 9), 4)
    np.testing.assert_array_equal((nodes[:, 0] * nodes[:, 1]).reshape(4, 4), np.outer(y, x))


def test_a_grid_needs_two_nodes_a_side():
    with pytest.raises(ValueError, match="at least 2"):
        grid(Domain(0, 1, 0, 1), 1)
