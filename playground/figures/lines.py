"""Lines: where weighted sums of two variables are 0, across a square plane."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

REACH = 1.5                                                             # half a line's length, in sides of the plane
INSET = 0.05                                                            # of the plane's side: where a name stands


def ends(w: NDArray[np.float64], b: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Both ends (k, m, 2, 2) of where w·a + b = 0 around the plane low to high, for w (k, 2, m) and b (k, m).

    Sums that are the same everywhere have theirs out of sight.
    """
    side, centre, w = high - low, (low + high) / 2, np.moveaxis(w, 1, -1)                 # w: (k, m, 2)
    with np.errstate(all="ignore"):
        length = np.linalg.norm(w, axis=-1, keepdims=True)
        normal = w / length
        foot = centre - normal * ((w.sum(axis=-1) * centre + b)[..., np.newaxis] / length)
    along = REACH * side * np.stack([normal[..., 1], -normal[..., 0]], axis=-1)
    found = np.stack([foot - along, foot + along], axis=-2)
    return np.where(np.isfinite(found).all(axis=(-2, -1), keepdims=True), found, low - side)


def spots(found: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Where each line (..., 2, 2) leaves the plane, a little inside, (..., 2); nan for those that do not cross it."""
    start, way = found[..., 0, :], found[..., 1, :] - found[..., 0, :]
    inset = INSET * (high - low)
    with np.errstate(all="ignore"):
        bounds = np.stack([(low + inset - start) / way, (high - inset - start) / way])    # shares of the way
        first, last = np.fmax.reduce(bounds.min(axis=0), axis=-1), np.fmin.reduce(bounds.max(axis=0), axis=-1)
        crosses = (first < last) & (last <= 1) & (first >= 0)
        return np.where(crosses[..., np.newaxis], start + last[..., np.newaxis] * way, np.nan)
