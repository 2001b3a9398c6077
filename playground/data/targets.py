"""Targets: the numbers that stand for a table's classes or values, and the reading of outputs as classes again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.data.table import Table


class Task(NamedTuple):
    """What kind of answer a table asks for: the output activations that can give it, the usual one first."""

    outputs: tuple[str, ...]


def task(table: Table) -> str:
    """The key in `TASKS` of what a table asks for, by how many classes it has."""
    return {0: "regression", 2: "two classes"}.get(len(table.classes), "several classes")


def targets(table: Table, output_activation: str) -> NDArray[np.float64]:
    """(n, n_outputs): a value as it is, two classes as the ends of one output's range, more as an output each.

    ValueError for an output activation that does not fit the table's task.
    """
    low, high = span(table, output_activation)
    kind = task(table)
    if kind == "regression":
        return np.array(table.y)[:, np.newaxis]
    if kind == "two classes":
        return np.where(table.y == 1, high, low)[:, np.newaxis]
    return np.where(table.y[:, np.newaxis] == np.arange(len(table.classes)), high, low)


def span(table: Table, output_activation: str) -> tuple[float, float]:
    """The lowest and highest target that an output stands for; the same error."""
    outputs = TASKS[task(table)].outputs
    if output_activation not in outputs:
        raise ValueError(f"The output activation must be one of {', '.join(outputs)}, not {output_activation!r}.")
    if table.classes:
        return TARGETS[output_activation]
    low, high = (float(end) for end in (table.y.min(), table.y.max())) if len(table) else (0.0, 0.0)
    return (low, high) if high > low else (low - 1, high + 1)


def threshold(table: Table, output_activation: str) -> float:
    """The output half way between the targets; of two classes, above it the second one is predicted."""
    low, high = span(table, output_activation)
    return (low + high) / 2


def decided(table: Table, output_activation: str, outputs: NDArray[np.float64]) -> NDArray[np.int64]:
    """Outputs (..., n_outputs) -> the index of the class that each row predicts, (...)."""
    if outputs.shape[-1] == 1:
        return (outputs[..., 0] > threshold(table, output_activation)).astype(np.int64)
    return np.asarray(outputs.argmax(axis=-1))


TARGETS: dict[str, tuple[float, float]] = {                         # output activation: a class is not, or is, meant
    "sigmoid": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "linear": (-1.0, 1.0),
    "softmax": (0.0, 1.0),
}

TASKS: dict[str, Task] = {
    "two classes": Task(("sigmoid", "tanh", "linear")),
    "several classes": Task(("softmax", "sigmoid", "tanh", "linear")),
    "regression": Task(("linear",)),
}
