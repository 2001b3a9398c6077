"""The samples in a script: the table, and what the network makes of its columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.data import FEATURES, span, task
from playground.exports.literal import matrix, vector, word
from playground.exports.result import Result
from playground.exports.source import called, source


def tables(result: Result) -> str:
    """The rows that train, and those that test, as they stand in the table."""
    table, parts = result.table, [("train", result.train)]
    if len(result.test):
        parts.append(("test", result.test))
    lines = [f"# {', '.join(map(word, table.inputs))}"]
    for name, rows in parts:
        lines.append(f"X_{name} = {matrix(table.X[rows], [table.names[row] for row in rows])}")
    meaning = ", ".join(f"{index} {word(text)}" for index, text in enumerate(table.classes))
    lines.append(f"# {word(table.target)}" + (f": {meaning}" if meaning else ""))
    lines += [f"{_labels(result)}_{name} = {vector(table.y[rows])}" for name, rows in parts]
    return "\n".join(lines)


def fed(result: Result) -> str:
    """The definition of fed(X), what the input neurons get, and the samples that the network sees."""
    chosen = [feature.function for name, feature in FEATURES.items() if name in result.features]
    named = [source(function) for function in chosen if function.__name__ != "<lambda>"]
    columns = ", ".join(called(function, "X") for function in chosen)
    scale = "    X = (X - mean) / deviation\n" if result.standardised else ""
    what = f"{', '.join(map(word, result.inputs))}{' of standardised columns' if scale else ''}"
    begin = f"{_scaling(result)}\n\n\n" if scale else ""
    parts = ["train", "test"] if len(result.test) else ["train"]
    return begin + "\n\n\n".join([*named, f'''\
def fed(X):
    # {what}; and a column of ones, which the biases multiply
{scale}    return np.column_stack([{columns}, np.ones(len(X))])''', "\n".join(
        [line for part in parts for line in (f"x_{part} = fed(X_{part})", f"y_{part} = {_targets(result, part)}")])])


def _labels(result: Result) -> str:
    return "labels" if result.table.classes else "values"


def _targets(result: Result, part: str) -> str:
    """The expression for what the outputs shall be, (n, n_outputs)."""
    if task(result.table) == "regression":
        return f"values_{part}[:, np.newaxis]"
    low, high = span(result.table, result.config.output_activation)
    meant = "1" if task(result.table) == "two classes" else f"np.arange({len(result.table.classes)})"
    return f"np.where(labels_{part}[:, np.newaxis] == {meant}, {high}, {low})"


def _scaling(result: Result) -> str:
    X = result.table.X[result.train]
    lines = ["mean, deviation = X_train.mean(axis=0), X_train.std(axis=0)  # of each column"]
    constant: NDArray[np.intp] = np.flatnonzero(X.std(axis=0) != result.scaling.deviation)
    if len(constant):
        lines.append(f"deviation[{constant.tolist()}] = 1.0  # a constant column is only centred")
    return "\n".join(lines)
