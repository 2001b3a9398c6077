"""An evaluation: what a chunk of recorded epochs predicts, for the plane and for the points, in one batched pass."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.data import (
    MARGIN,
    Asked,
    Domain,
    Grid,
    Scaling,
    Table,
    apply_features,
    decided,
    grid,
    span,
    task,
    threshold,
)
from playground.nn import Config, Frames, layer_activations, layer_sizes, unflatten

RESOLUTION = 61                                                         # nodes along a side of the decision boundary


class View(NamedTuple):
    """What is looked at: a network, the table it learns, which rows train and which test, and the plane it is over.

    The network is fed the features of the scaled inputs. A single input has its plane, too: nothing changes along y.
    """

    config: Config
    table: Table
    train: NDArray[np.int64]                                            # rows of the table
    test: NDArray[np.int64]
    features: tuple[str, ...]
    scaling: Scaling
    domain: Domain
    asked: Asked = Asked()

    def fed(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """What the input neurons get for places X (n, n_inputs or more): (n, n_features)."""
        return apply_features(self.features, self.scaling.apply(X))

    @property
    def sizes(self) -> tuple[int, ...]:
        return layer_sizes(self.config, len(self.features), self.table.outputs)

    @property
    def task(self) -> str:
        return task(self.table)

    @property
    def rows(self) -> NDArray[np.int64]:
        """The rows that are drawn as points: first those that train, then those that test."""
        return np.concatenate([self.train, self.test])

    @property
    def plane(self) -> Grid:
        return grid(self.domain, RESOLUTION)

    @property
    def axes(self) -> Domain:
        """What the axes of the prediction show: the domain; over a single input, the outputs that stand for classes."""
        if len(self.table.inputs) == 2 or self.task == "regression":
            return self.domain
        (low, high), (x_min, x_max, *_) = self.span, self.domain
        return Domain(x_min, x_max, low - MARGIN * (high - low), high + MARGIN * (high - low))

    @property
    def threshold(self) -> float:
        return threshold(self.table, self.config.output_activation)

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest output that has a meaning."""
        return span(self.table, self.config.output_activation)


class Evaluation(NamedTuple):
    """k epochs: their frames, weights, biases, every layer's outputs over the plane and for the rows, and answers."""

    frames: Frames
    weights: tuple[NDArray[np.float64], ...]                            # (k, fan_in, fan_out) per layer
    biases: tuple[NDArray[np.float64], ...]                             # (k, fan_out) per layer
    plane: list[NDArray[Any]]                                           # (k, RESOLUTION, RESOLUTION, fan_out) per layer
    rows: list[NDArray[np.float64]]                                     # (k, number of rows, fan_out) per layer
    answers: NDArray[np.float64]                                        # (k, number of rows): a class each, or a number
    truth: NDArray[np.float64]                                          # (number of rows,)
    threshold: float                                                    # an output above it predicts class 1
    asked: NDArray[np.float64]                                          # (k, number of asked points, n_outputs)


def evaluate(view: View, frames: Frames) -> Evaluation:
    """One pass over the plane in single precision (its values become colours), one over the points in double."""
    table, config, sizes = view.table, view.config, view.sizes
    k = len(frames.epochs)
    inputs = view.fed(view.plane.points)                                # (RESOLUTION², n_features)
    layers = layer_activations(config, sizes, frames.parameters, inputs, dtype=np.float32)
    plane = [layer.reshape(k, RESOLUTION, RESOLUTION, -1) for layer in layers]
    inputs = view.fed(table.X[view.rows])
    rows = layer_activations(config, sizes, frames.parameters, inputs)
    classes = view.task != "regression"
    answers = decided(table, config.output_activation, rows[-1]) if classes else rows[-1][..., 0]
    truth = np.array(table.y[view.rows], np.float64)
    places = view.fed(np.reshape(view.asked.places, (-1, len(table.inputs))))
    asked = layer_activations(config, sizes, frames.parameters, places)[-1]
    return Evaluation(
        frames, *unflatten(frames.parameters, sizes), plane, rows, answers.astype(np.float64), truth, view.threshold,
        asked)
