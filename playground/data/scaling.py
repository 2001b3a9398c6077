"""Scaling: inputs moved and stretched so that they are centred on 0 and about 1 wide."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Scaling(NamedTuple):
    """(X - mean) / deviation, for the columns of X (n, d): mean (d,) and deviation (d,)."""

    mean: Array
    deviation: Array

    def apply(self, X: Array) -> Array:
        """The first d columns of X (n, d or more), scaled."""
        return np.asarray((X[:, : len(self.mean)] - self.mean) / self.deviation)


def as_it_is(X: Array) -> Scaling:
    """The scaling that changes nothing, bit for bit."""
    return Scaling(np.zeros(X.shape[1]), np.ones(X.shape[1]))


def standardising(X: Array) -> Scaling:
    """The scaling by mean and standard deviation of X (n, d); a column that is constant is only centred."""
    deviation = X.std(axis=0)
    constant = deviation <= 1e-12 * np.abs(X).max(axis=0)               # what rounding leaves of a constant
    return Scaling(X.mean(axis=0), np.where(constant, 1.0, deviation))
