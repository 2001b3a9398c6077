"""Key frames: rows of epoch, state and losses within a memory budget, dense at both ends and sparse in between."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FIRST_CAPACITY, LEAST_CAPACITY = 256, 16


class Frames(NamedTuple):
    """Recorded epochs (k,): parameters (k, P), train_loss (k,), and test_loss (k,), nan without a test set."""

    epochs: NDArray[np.int64]
    parameters: Array
    train_loss: Array
    test_loss: Array


class Keyframes:
    """Rows in increasing order of epoch: state (rows, width), losses (rows, 2) for train and test."""

    def __init__(self, width: int, budget: int) -> None:
        self.width, self._budget = width, budget
        self._most = max(LEAST_CAPACITY, budget // (8 * (1 + width + 2)))      # all columns have 8 bytes
        self._rows = 0
        self._epochs = np.empty(0, np.int64)
        self._states = np.empty((0, width))
        self._losses = np.empty((0, 2))

    @property
    def epochs(self) -> NDArray[np.int64]:
        return self._epochs[: self._rows]

    @property
    def states(self) -> Array:
        return self._states[: self._rows]

    @property
    def losses(self) -> Array:
        return self._losses[: self._rows]

    @property
    def nbytes(self) -> int:
        """Memory taken, unused capacity included."""
        return self._epochs.nbytes + self._states.nbytes + self._losses.nbytes

    def append(self, epoch: int, state: Array, train_loss: float, test_loss: float) -> None:
        """Adds the row of a later epoch; a state may be shorter than the width."""
        if self._rows == len(self._epochs):
            self._make_room()
        row = self._rows
        self._epochs[row] = epoch
        self._states[row, : len(state)] = state
        self._losses[row] = train_loss, test_loss
        self._rows += 1

    def last_until(self, epoch: int) -> int:
        """Index of the last row that is not later than `epoch`."""
        return int(self.epochs.searchsorted(epoch, "right")) - 1

    def reaching(self, loss: float, start: int) -> range:
        """The epochs up to the first row from `start` on whose train loss is below `loss`, and after the row before."""
        below = np.flatnonzero((self.epochs >= start) & (self.losses[:, 0] < loss))
        if not len(below):
            return range(0)
        row = int(below[0])
        previous = int(self.epochs[row - 1]) if row else -1
        return range(max(previous + 1, start), int(self.epochs[row]) + 1)

    def before(self, epoch: int, width: int) -> Keyframes:
        """A copy of the rows before `epoch`, each at least as wide as here."""
        copied = Keyframes(width, self._budget)
        rows = np.arange(self.epochs.searchsorted(epoch))
        while len(rows) >= copied._most:
            rows = rows[thinned(self._epochs[rows])]
        copied._take(self, rows, min(copied._most, max(FIRST_CAPACITY, 2 * len(rows))))
        return copied

    def _make_room(self) -> None:
        if self._rows < self._most:
            self._take(self, np.arange(self._rows), min(self._most, max(FIRST_CAPACITY, 2 * self._rows)))
        else:
            self._take(self, thinned(self.epochs), self._most)

    def _take(self, source: Keyframes, rows: NDArray[np.intp], capacity: int) -> None:
        """Becomes the given rows of `source`, with room for `capacity`."""
        epochs, losses = np.empty(capacity, np.int64), np.empty((capacity, 2))
        states = np.zeros((capacity, self.width))
        epochs[: len(rows)] = source._epochs[rows]
        losses[: len(rows)] = source._losses[rows]
        states[: len(rows), : source.width] = source._states[rows]
        self._rows, self._epochs, self._states, self._losses = len(rows), epochs, states, losses


def thinned(epochs: NDArray[np.int64]) -> NDArray[np.intp]:
    """Rows to keep: all but every fourth row of the middle half, those whose neighbours are closest together."""
    rows = np.arange(len(epochs))
    quarter = len(rows) // 4
    candidates = rows[quarter:-quarter:2]                              # never two neighbours
    gaps = epochs[candidates + 1] - epochs[candidates - 1]
    dropped = candidates[np.argsort(gaps, kind="stable")[: (len(candidates) + 1) // 2]]
    return np.delete(rows, dropped)
