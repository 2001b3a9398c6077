"""The curve: what the network predicts along a single input, and the points it learns from."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import axis, layout, words
from playground.figures.marks import marks
from playground.figures.panel import Arrays, Channel, Panel
from playground.figures.points import legend, legend_rows, size, wrong
from playground.figures.stars import answers
from playground.figures.theme import Theme
from playground.figures.tools import tools


def curve(view: View, theme: Theme) -> Panel:
    """Every output as a line over the input, and every row as a point at its target.

    Of classes, a dashed line marks where a single output cannot decide; wrong points have a ring.
    """
    table, axes, x = view.table, view.axes, view.plane.x.tolist()
    colours = [theme.ink] if table.outputs == 1 else theme.classes[: table.outputs]
    named = words(table.target)
    traces: list[dict[str, Any]] = [
        {"type": "scatter", "mode": "lines", "x": x, "y": [], "showlegend": False,
         "line": {"color": colour, "width": 3},
         "hovertemplate": f"{words(table.inputs[0])} %{{x:.3g}}<br>prediction %{{y:.3f}}<extra></extra>"}
        for colour in colours
    ]
    channels = {f"output {i}": Channel("values", (i,), {"attr": "y"}) for i in range(len(traces))}
    if view.task == "two classes":
        traces.append({"type": "scatter", "mode": "lines", "x": [x[0], x[-1]], "y": [view.threshold] * 2,
                       "hoverinfo": "skip", "showlegend": False,
                       "line": {"color": theme.muted, "width": 1.5, "dash": "dash"}})
    marked, moving, painted = marks(view, theme, len(traces))
    traces += marked
    channels |= moving
    figure = {"data": traces, "layout": {
        **layout(theme, margin={"l": 66, "r": 10, "t": 10, "b": 58 + 20 * legend_rows(traces)}),
        "xaxis": axis(theme, [axes.x_min, axes.x_max], words(table.inputs[0])),
        "yaxis": axis(theme, [axes.y_min, axes.y_max], named if view.task == "regression" else "output"),
        "legend": legend(view),
    }}
    return Panel("Prediction", "side", figure, channels, lambda evaluation: _frames(view, evaluation), aspect=1.0,
                 tools=tools(view, theme, size(view)), still=painted)


def _frames(view: View, evaluation: Evaluation) -> Arrays:
    outputs = evaluation.plane[-1][:, 0]                                # (k, RESOLUTION, n_outputs): the lowest row
    arrays: Arrays = {f"output {i}": outputs[..., i].astype(np.float32) for i in range(outputs.shape[-1])}
    if view.task != "regression":
        arrays["wrong"] = wrong(evaluation)
    return arrays | answers(view, evaluation)
