"""Measures: how good the answers are, in numbers that people know, for the rows that train and those that test."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Measure(NamedTuple):
    """value(answers (k, n), truth (n,)) -> (k,) for tables of these tasks; how it is written, what it says, and whether
    the lowest is best.
    """

    value: Callable[[Array, Array], Array]
    tasks: tuple[str, ...]
    label: str
    digits: int
    unit: str
    help: str
    low: bool = False


def accuracy(answers: Array, truth: Array) -> Array:
    """The share of right answers, in percent."""
    return np.asarray(100 * np.mean(answers == truth, axis=1))


def r_squared(answers: Array, truth: Array) -> Array:
    """1 - Σ(y - ŷ)² / Σ(y - mean y)²; nan where all y are the same"""
    spread = np.sum((truth - truth.mean()) ** 2)
    return np.asarray(1 - np.sum((truth - answers) ** 2, axis=1) / (spread or np.nan))


def mean_absolute_error(answers: Array, truth: Array) -> Array:
    """mean |y - ŷ|"""
    return np.asarray(np.mean(np.abs(truth - answers), axis=1))


MEASURES: dict[str, Measure] = {
    "accuracy": Measure(accuracy, ("two classes", "several classes"), "accuracy", 1, " %",
                        "The share of points whose class is predicted"),
    "r2": Measure(r_squared, ("regression",), "R²", 3, "",
                  "The share of the variation that is predicted: 1 is all of it, 0 no more than the mean predicts"),
    "mae": Measure(mean_absolute_error, ("regression",), "MAE", 3, "",
                   "Mean absolute error: how far a prediction is off, on average", low=True),
}
