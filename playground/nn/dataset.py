"""Samples and their targets, checked once and read-only from then on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Dataset:
    """X (n_samples, n_inputs) with targets y (n_samples, n_outputs); a 1-D y becomes a column.

    Keeps contiguous float64 copies. Raises ValueError for shapes that do not match, for no samples
    and for values that are not finite numbers.
    """

    X: NDArray[np.float64]
    y: NDArray[np.float64]

    def __init__(self, X: ArrayLike, y: ArrayLike) -> None:
        object.__setattr__(self, "X", _table("X", X))
        object.__setattr__(self, "y", _table("y", np.reshape(y, (-1, 1)) if np.ndim(y) == 1 else y))
        if len(self.X) != len(self.y):
            raise ValueError(f"X has {len(self.X)} samples but y has {len(self.y)}: each sample needs one target.")


def _table(name: str, values: ArrayLike) -> NDArray[np.float64]:
    try:
        table = np.array(values, np.float64, order="C")
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be a table of numbers: {error}.") from error
    if table.ndim != 2:
        raise ValueError(f"{name} must be a table with a row per sample, not an array of shape {table.shape}.")
    if table.size == 0:
        raise ValueError(f"{name} must have at least one row and one column, not {table.shape[0]} x {table.shape[1]}.")
    if not np.isfinite(table).all():
        row, column = np.argwhere(~np.isfinite(table))[0]
        raise ValueError(f"{name} must be finite, but row {row}, column {column} is {table[row, column]}.")
    table.flags.writeable = False
    return table
