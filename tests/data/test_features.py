"""Features against scalar arithmetic."""

import math

import numpy as np
import pytest

from playground.data import FEATURES, apply_features, feature_labels

SCALAR = {
    "x1": lambda a, b: a,
    "x2": lambda a, b: b,
    "x1_squared": lambda a, b: a * a,
    "x2_squared": lambda a, b: b * b,
    "x1_x2": lambda a, b: a * b,
    "sin_x1": lambda a, b: math.sin(a),
    "sin_x2": lambda a, b: math.sin(b),
}


def test_the_features_are_those_of_tensorflow_playground():
    assert list(FEATURES)[:7] == list(SCALAR)


@pytest.mark.parametrize("name", SCALAR)
def test_a_feature_is_its_formula_at_every_point(name):
    X = np.random.default_rng(0).normal(0, 4, (50, 2))
    expected = [SCALAR[name](a, b) for a, b in X.tolist()]
    np.testing.assert_allclose(apply_features([name], X)[:, 0], expected, rtol=1e-14)


@pytest.mark.parametrize("m", [0, 1, 10_000])
def test_any_number_of_points_gives_a_column_per_feature(m):
    assert apply_features(FEATURES, np.zeros((m, 2))).shape == (m, len(FEATURES))


def test_columns_follow_the_registry_however_the_choice_is_ordered_or_repeated():
    X = np.array([[2.0, 3.0]])
    np.testing.assert_array_equal(apply_features(["x1_x2", "x2", "x1", "x2"], X), [[2, 3, 6]])
    assert feature_labels(["x1_x2", "x2", "x1", "x2"], ("w", "h")) == ("w", "h", "w \N{MULTIPLICATION SIGN} h")


def test_labels_carry_the_column_names_of_the_table_whatever_they_contain():
    assert feature_labels(FEATURES, ("weight", "height")) == (
        "weight",
        "height",
        "weight²",
        "height²",
        "weight \N{MULTIPLICATION SIGN} height",
        "sin weight",
        "sin height",
    )
    assert feature_labels(["x1_squared", "sin_x2"], ("{1}", "{0.__class__}")) == ("{1}²", "sin {0.__class__}")


@pytest.mark.parametrize(("names", "complaint"), [([], "at least one"), (["x1", "x3"], "'x3'"), ("x1", "no feature")])
def test_no_feature_and_an_unknown_one_are_refused(names, complaint):
    with pytest.raises(ValueError, match=complaint):
        apply_features(names, np.zeros((1, 2)))
    with pytest.raises(ValueError, match=complaint):
        feature_labels(names, ("a", "b"))


def test_a_new_feature_is_one_entry(monkeypatch):
    entry = FEATURES["x1"]._replace(label="{0}³", function=lambda X: X[:, 0] ** 3)
    monkeypatch.setitem(FEATURES, "x1_cubed", entry)
    np.testing.assert_array_equal(apply_features(["x1_cubed"], np.array([[2.0, 0.0]])), [[8]])
    assert feature_labels(["x1_cubed"], ("a", "b")) == ("a³",)
