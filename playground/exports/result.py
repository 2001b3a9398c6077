"""A result: a run up to one of its epochs, and the table that it learned. What somebody takes home."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.data import Asked, Scaling, Table, apply_features, feature_labels
from playground.nn import Config, Recording


class Result(NamedTuple):
    """`recording` ends with the epoch that is exported, and is nobody else's. Of the table, the rows `train` and `test`
    are made into its data by `scaling` and `features`; `asked` are the points that the network is asked about.
    """

    title: str
    recording: Recording
    table: Table
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    features: tuple[str, ...]
    scaling: Scaling
    asked: Asked

    @property
    def epoch(self) -> int:
        return self.recording.latest

    @property
    def config(self) -> Config:
        """The config that the run started with; what the network is does not change half way."""
        return self.recording.course.configs[0]

    @property
    def sizes(self) -> tuple[int, ...]:
        return self.recording.sizes

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
        """(first epoch, config) of each part of the run in which one config trains."""
        found: list[tuple[int, Config]] = []
        for first, config in self.recording.segments:
            if first < max(self.epoch, 1) and (not found or found[-1][1] != config):
                found.append((first, config))
        return found


def until(recording: Recording, epoch: int) -> Recording:
    """A copy of a recording up to an epoch."""
    return recording.branch(epoch, recording.course.config_until(epoch + 1))
