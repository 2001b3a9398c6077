"""Losses: how far predictions a are from targets y, as one number and as an error per output."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Loss(NamedTuple):
    """A mean over samples. Arrays are (n_outputs, n): z before and a after the output activation, y the targets.

    value(z, a, y) is the loss; its gradient is weight(n, n_outputs) · error(a, y, out), with respect to z
    where the loss belongs to one `output_activation` (the two simplify together), else with respect to a.
    """

    value: Callable[[Array, Array, Array], float]
    error: Callable[[Array, Array, Array], Array]
    weight: Callable[[int, int], float]
    output_activation: str = ""           # the only one it makes sense with; "" for any
    probabilities: bool = False           # targets must lie between 0 and 1


def mse(z: Array, a: Array, y: Array) -> float:
    """mean (y - a)²"""
    error = (a - y).ravel()
    return float(error.dot(error)) / error.size


def half_mse(z: Array, a: Array, y: Array) -> float:
    """½ mean (y - a)²"""
    return 0.5 * mse(z, a, y)


def binary_cross_entropy(z: Array, a: Array, y: Array) -> float:
    """-mean (y ln sigmoid(z) + (1 - y) ln(1 - sigmoid(z))) = mean (ln(1 + eᶻ) - y z)"""
    return float(np.mean(np.logaddexp(z, 0.0) - y * z))


def cross_entropy(z: Array, a: Array, y: Array) -> float:
    """-mean over samples of Σ y ln softmax(z), with ln softmax(z) = z - ln Σ eᶻ"""
    z = z - z.max(0)
    return -float(np.mean(np.sum(y * (z - np.log(np.exp(z).sum(0))), axis=0)))


LOSSES: dict[str, Loss] = {
    "mse": Loss(mse, np.subtract, lambda n, outputs: 2 / (n * outputs)),
    "half_mse": Loss(half_mse, np.subtract, lambda n, outputs: 1 / (n * outputs)),
    "binary_cross_entropy": Loss(
        binary_cross_entropy, np.subtract, lambda n, outputs: 1 / (n * outputs), "sigmoid", probabilities=True
    ),
    "cross_entropy": Loss(cross_entropy, np.subtract, lambda n, outputs: 1 / n, "softmax", probabilities=True),
}
