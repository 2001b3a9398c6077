"""The plane of the inputs: which part of it is drawn, and the grid on which a network is evaluated."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.data.table import Table

MARGIN = 0.25                                                       # of the data's extent, on each side


class Domain(NamedTuple):
    """The rectangle x_min to x_max, y_min to y_max, in the units of the inputs; of a single one, y is the target."""

    x_min: float
    x_max: float
    y_min: float
    y_max: float


class Grid(NamedTuple):
    """Nodes x (r,) and y (r,), ascending, and points (r², 2), x fastest: a row of values.reshape(r, r) is one of y."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    points: NDArray[np.float64]


def domain(table: Table, shown: Domain | None = None) -> Domain:
    """The part of the plane to draw: `shown` while every point lies in it, else the bounding box with a margin as well.

    `shown` is a preset's own domain, None for data without one. Both sides are always longer than zero.
    """
    drawn = np.column_stack([table.X, table.y])[:, :2]
    (x_min, x_max), (y_min, y_max) = (_padded(values) for values in drawn.T)
    if shown is None:
        return Domain(x_min, x_max, y_min, y_max)
    low, high = (shown.x_min, shown.y_min), (shown.x_max, shown.y_max)
    if np.array_equal(np.clip(drawn, low, high), drawn):
        return shown
    return Domain(min(low[0], x_min), max(high[0], x_max), min(low[1], y_min), max(high[1], y_max))


def grid(domain: Domain, resolution: int) -> Grid:
    """`resolution` nodes along each side of the domain, the first and last on its edges; ValueError below two."""
    if resolution < 2:
        raise ValueError(f"A grid needs a resolution of at least 2, not {resolution}.")
    x = np.linspace(domain.x_min, domain.x_max, resolution)         # (r,)
    y = np.linspace(domain.y_min, domain.y_max, resolution)         # (r,)
    points = np.column_stack([np.tile(x, resolution), np.repeat(y, resolution)])
    return Grid(x, y, points)


def _padded(values: NDArray[np.float64]) -> tuple[float, float]:
    if not len(values):
        return -1.0, 1.0
    low, high = float(values.min()), float(values.max())
    size = max(abs(low), abs(high))
    extent = high - low
    # The browser draws in single precision: an extent below a millionth of the values would be no extent there.
    margin = MARGIN * extent if extent > max(1e-6 * size, 1e-9) else max(MARGIN * size, 1.0)
    return low - margin, high + margin
