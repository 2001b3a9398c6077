"""The history: a row per epoch with its losses, its measures and every weight."""

from __future__ import annotations

import csv
import io

import numpy as np
from numpy.typing import NDArray

from playground.data import MEASURES, decided, task
from playground.exports.result import Result
from playground.nn import Frames, layer_activations, unflatten

MOST = 5000                                                             # rows


def history(result: Result) -> str:
    """CSV with a header, every number with every digit; a test loss or measure that does not exist is empty.

    Of more than MOST epochs, that many are chosen evenly, the first and the last among them.
    """
    chosen = np.linspace(0, result.epoch, min(result.epoch + 1, MOST)).round()
    frames = result.recording.frames(chosen)
    columns = {
        "epoch": frames.epochs, "train loss": frames.train_loss, "test loss": frames.test_loss,
        **_measures(result, frames), **_parameters(result, frames),
    }
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in zip(*(column.tolist() for column in columns.values()), strict=True):
        writer.writerow(["" if number != number else repr(number) for number in row])
    return text.getvalue()


def _measures(result: Result, frames: Frames) -> dict[str, NDArray[np.float64]]:
    """(k,) for each measure of the table's task, of the rows that train and of those that test."""
    table, kind, found = result.table, task(result.table), {}
    for of, rows in (("train", result.train), ("test", result.test)):
        answers = layer_activations(result.config, result.sizes, frames.parameters, result.fed(table.X[rows]))[-1]
        classes = kind != "regression"
        told = decided(table, result.config.output_activation, answers) if classes else answers[..., 0]
        for name, measure in MEASURES.items():
            if kind in measure.tasks:
                nothing = np.full(len(frames.epochs), np.nan)
                found[f"{of} {name}"] = measure.value(told.astype(np.float64), table.y[rows]) if len(rows) else nothing
    return found


def _parameters(result: Result, frames: Frames) -> dict[str, NDArray[np.float64]]:
    """(k,) for each weight and bias, in the order of the vector of parameters; layers and neurons count from 1."""
    found = {}
    for layer, (W, b) in enumerate(zip(*unflatten(frames.parameters, result.sizes), strict=True), 1):
        for i, j in np.ndindex(W.shape[1:]):
            found[f"layer {layer} weight {i + 1} to {j + 1}"] = W[:, i, j]
        found |= {f"layer {layer} bias {j + 1}": column for j, column in enumerate(b.T)}
    return found
