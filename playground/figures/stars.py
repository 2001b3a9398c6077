"""Stars: the points that a network is asked about, and beside each what it predicts at the epoch on screen."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data import cells, decided
from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import words
from playground.figures.panel import Arrays, Channel
from playground.figures.theme import Theme

SIZE = 18                                                               # pixels


def star(theme: Theme) -> dict[str, Any]:
    """The marker of a point that is asked about."""
    return {"symbol": "star", "size": SIZE, "color": theme.ink, "line": {"color": theme.paper, "width": 1.5}}


def stars(view: View, theme: Theme, first: int) -> tuple[list[dict[str, Any]], dict[str, Channel]]:
    """The traces, of which the first gets this index, and their channels: stars, and per class a text at each.

    Over a single input a star stands at the height of its prediction.
    """
    names, places = view.asked
    if not names:
        return [], {}
    single = len(view.table.inputs) == 1
    x, y = [place[0] for place in places], [0.0 if single else place[1] for place in places]
    texts = [words(cells.shown(name)) for name in names]
    common = {"type": "scatter", "x": x, "y": y, "text": texts, "showlegend": False}
    traces: list[dict[str, Any]] = [{
        **common, "mode": "markers", "hovertemplate": "%{text} (%{x}, %{y})<extra></extra>",
        "marker": star(theme)}]
    channels: dict[str, Channel] = {}
    for i, said in enumerate(_said(view)):
        traces.append({
            **common, "mode": "text", "customdata": [None] * len(names), "hoverinfo": "skip", "marker": {"size": SIZE},
            "texttemplate": f"%{{text}}{said} %{{customdata:.3f}}", "textposition": "bottom center",
            "textfont": {"size": 15, "color": theme.ink}})
        channels[f"said {i}"] = Channel("values", (first + 1 + i,), {"attr": "customdata"})
    if single:
        channels["asked"] = Channel("values", tuple(range(first, first + len(traces))), {"attr": "y"})
    return traces, channels


def answers(view: View, evaluation: Evaluation) -> Arrays:
    """The arrays of these channels: each class's text has the output where it is predicted, else nan."""
    if not view.asked.names:
        return {}
    outputs = evaluation.asked                                          # (k, number of points, n_outputs)
    best = outputs.max(axis=-1).astype(np.float32)
    said: list[NDArray[np.float32]] = [best]
    if view.table.classes:
        predicted = decided(view.table, view.config.output_activation, outputs)
        said = [np.where(predicted == label, best, np.float32(np.nan)) for label in range(len(view.table.classes))]
    arrays: Arrays = {f"said {i}": values for i, values in enumerate(said)}
    return arrays | ({"asked": best} if len(view.table.inputs) == 1 else {})


def _said(view: View) -> list[str]:
    return [f": {words(cells.shown(name))}" for name in view.table.classes] or [":"]
