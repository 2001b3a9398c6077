"""Targets: the numbers that stand for the two classes, chosen so that the output neuron can reach them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def targets(y: ArrayLike, output_activation: str) -> NDArray[np.float64]:
    """Labels y (n,) of 0 and 1 -> (n, 1) target outputs; ValueError for an output activation not in `TARGETS`."""
    return np.array(_pair(output_activation))[np.asarray(y, dtype=np.int64)][:, np.newaxis]


def threshold(output_activation: str) -> float:
    """The output half way between the targets: above it, class 1 is predicted."""
    low, high = _pair(output_activation)
    return (low + high) / 2


def _pair(output_activation: str) -> tuple[float, float]:
    if output_activation not in TARGETS:
        raise ValueError(f"The output activation must be one of {', '.join(TARGETS)}, not {output_activation!r}.")
    return TARGETS[output_activation]


TARGETS: dict[str, tuple[float, float]] = {                         # output activation: (class 0, class 1)
    "sigmoid": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "linear": (-1.0, 1.0),
}
