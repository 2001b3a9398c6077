"""Scaling: the columns of the training rows get mean 0 and standard deviation 1, and nothing else changes."""

import statistics

import numpy as np
import pytest

from playground.data import as_it_is, standardising

PEOPLE = np.array([[-2.0, -1.0], [25.0, 6.0], [17.0, 4.0], [-15.0, -6.0]])


def test_standardised_columns_are_what_the_schoolbook_says():
    scaling = standardising(PEOPLE)
    for column, values in enumerate(PEOPLE.T.tolist()):
        mean, deviation = statistics.fmean(values), statistics.pstdev(values)
        np.testing.assert_allclose(scaling.apply(PEOPLE)[:, column], [(x - mean) / deviation for x in values])


def test_other_points_go_through_the_same_scaling():
    scaling = standardising(PEOPLE[:3])
    np.testing.assert_allclose(scaling.apply(scaling.mean[np.newaxis]), [[0, 0]])
    np.testing.assert_allclose(scaling.apply((scaling.mean + 2 * scaling.deviation)[np.newaxis]), [[2, 2]])


@pytest.mark.parametrize("value", [0.0, 3.0, 0.1, -1e6])
def test_a_constant_column_is_centred_and_stays_finite(value):
    X = np.column_stack([np.full(7, value), np.arange(7.0)])
    scaled = standardising(X).apply(X)
    np.testing.assert_allclose(scaled[:, 0], 0, atol=1e-9)
    assert np.isfinite(scaled).all()


def test_as_it_is_changes_no_bit():
    X = np.array([[0.1, -3e-300], [1e6, 7.0]])
    assert as_it_is(X).apply(X).tobytes() == X.tobytes()


def test_a_single_input_takes_the_first_column_of_the_plane():
    X = np.array([[1.0], [3.0]])
    np.testing.assert_array_equal(standardising(X).apply(np.array([[2.0, 9.0], [4.0, 9.0]])), [[0], [2]])
