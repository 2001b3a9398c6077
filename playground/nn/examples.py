"""Examples: a dataset laid out for training."""

from collections.abc import Callable
from itertools import pairwise
from types import EllipsisType

import numpy as np
from numpy.typing import NDArray

from playground.nn.dataset import Dataset
from playground.nn.losses import LOSSES
from playground.nn.network import Network, Pass, with_ones

Array = NDArray[np.float64]
Batch = tuple[Callable[[Array], Array], Callable[[Array, Array], None], Array, Array]


class Examples:
    """The loss over all samples, and their batches as prepared views.

    A batch is (forward, backward, X, y), with X (n_inputs + 1, size) and y (n_outputs, size). For R networks side by
    side, X and y have a first axis R: each network takes the samples in an order of its own.
    """

    def __init__(self, dataset: Dataset, network: Network, batch_size: int) -> None:
        self._X, self._y = with_ones(dataset.X), dataset.y             # (n, n_inputs + 1), (n, n_outputs)
        runs = network.parameters.shape[:-1]                           # (), or (R,)
        self._shuffled_X, self._shuffled_y = (
            np.broadcast_to(table, (*runs, *table.shape)).copy() for table in (self._X, self._y)
        )
        self._value = LOSSES[network.config.loss].value
        n = len(self._X)
        self.order = np.arange(n)                                      # samples, as the batches take them
        self._all = Pass(network, n)
        self.batches: list[Batch] = []
        if batch_size >= n:                                            # then the loss has sent it forward already
            self.batches.append((lambda X: X, self._all.backward, self._X.T, self._y.T))
            return
        bounds = list(pairwise([*range(0, n, batch_size), n]))
        passes = {size: Pass(network, size) for size in {stop - start for start, stop in bounds}}
        self.batches += [
            (passes[stop - start].forward, passes[stop - start].backward,
             self._shuffled_X[..., start:stop, :].mT, self._shuffled_y[..., start:stop, :].mT)
            for start, stop in bounds
        ]

    def loss(self) -> float:
        """The loss over the whole dataset."""
        a = self._all.forward(self._X.T)
        return self._value(self._all.z[-1], a, self._y.T)

    def losses(self) -> Array:
        """The same of each of R networks, (R,)."""
        every = zip(self._all.z[-1], self._all.forward(self._X.T), strict=True)
        return np.array([self._value(z, a, self._y.T) for z, a in every])

    def shuffle(self, rng: np.random.Generator) -> None:
        """Refills the batches in a new order."""
        self.order = rng.permutation(len(self._X))
        self.arrange(self.order, ...)

    def arrange(self, order: NDArray[np.intp], run: int | EllipsisType) -> None:
        """Refills the batches in this order, of R networks those of one."""
        np.take(self._X, order, 0, self._shuffled_X[run], mode="clip")  # mode: "raise" would buffer
        np.take(self._y, order, 0, self._shuffled_y[run], mode="clip")
