"""A result: a run up to one of its epochs, and the table that it learned. What somebody takes home."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.data import Asked, Scaling, Table, apply_features, feature_labels
from playground.nn import Config, Course, Dataset, Recording, layer_sizes, unflatten


class Result(NamedTuple):
    """`course` and data determine every number of the run. `train` and `test` are rows of the table, which `scaling`
    and `features` make into `dataset` and `test_dataset`; `asked` are the points that the network is asked about.
    """

    title: str
    course: Course
    dataset: Dataset
    test_dataset: Dataset | None
    table: Table
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    features: tuple[str, ...]
    scaling: Scaling
    asked: Asked
    epoch: int

    @property
    def config(self) -> Config:
        """The config that the run started with; what the network is does not change half way."""
        return self.course.configs[0]

    @property
    def sizes(self) -> tuple[int, ...]:
        return layer_sizes(self.config, self.dataset.X.shape[1], self.dataset.y.shape[1])

    @property
    def inputs(self) -> tuple[str, ...]:
        """What each input neuron is fed, such as "weight²"."""
        return feature_labels(self.features, self.table.inputs)

    @property
    def standardised(self) -> bool:
        return bool((self.scaling.mean != 0).any() or (self.scaling.deviation != 1).any())

    def fed(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """What the input neurons get for places X (n, n_inputs): (n, n_features)."""
        return apply_features(self.features, self.scaling.apply(X))

    def segments(self) -> list[tuple[int, Config]]:
        """(first epoch, config) of each part of the run up to its epoch in which one config trains."""
        found: list[tuple[int, Config]] = []
        for first, config in self.course.configs.items():
            if first < max(self.epoch, 1) and (not found or found[-1][1] != config):
                found.append((first, config))
        return found

    def recording(self) -> Recording:
        """The run again, apart from the one on screen, which trains on meanwhile in another thread."""
        weights, biases = unflatten(self.course.given[0], self.sizes)
        again = Recording(self.config, self.dataset, self.test_dataset, weights=weights, biases=biases)
        for epoch in sorted({*self.course.configs, *self.course.given} - {0}):
            if epoch <= self.epoch:
                again.advance(epoch)
                again = again.branch(epoch, self.course.config_until(epoch + 1), self.course.given.get(epoch))
        return again
