"""The decision boundary: what the network predicts over the plane of the two inputs, and the points it learns from."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.data import TARGETS
from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import axis, layout, words
from playground.figures.panel import NOWHERE, Arrays, Channel, Panel, Picture, dealt
from playground.figures.theme import Theme

SYMBOLS = ("diamond", "circle")                                         # of class 0 and class 1


def boundary(view: View, theme: Theme) -> Panel:
    """Prediction as colour, palest at the threshold, which a dark line marks; a ring around every wrong point."""
    table, plane = view.table, view.plane
    low, high = TARGETS[view.config.output_activation]
    nodes = {"x": plane.x.tolist(), "y": plane.y.tolist(), "z": [], "showscale": False}
    across, up = (words(name) for name in table.inputs)
    saturated = {} if view.config.output_activation == "linear" else {"zmin": low, "zmax": high}
    traces: list[dict[str, Any]] = [
        {"type": "heatmap", **nodes, "zmin": low, "zmax": high, "zsmooth": "best", "colorscale": theme.colorscale,
         "hovertemplate": f"{across} %{{x:.3g}}<br>{up} %{{y:.3g}}<br>prediction %{{z:.3f}}<extra></extra>"},
        {"type": "contour", **nodes, **saturated, "autocontour": False, "hoverinfo": "skip", "showlegend": False,
         "contours": {"start": view.threshold, "end": view.threshold, "size": 1, "coloring": "none"},
         "line": {"color": theme.ink, "width": 2.5}},
    ]
    for rows, of in ((view.train, "train"), (view.test, "test")):
        traces += [_points(view, theme, rows[table.y[rows] == label], label, of) for label in (0, 1) if len(rows)]
    rings = len(traces)
    ring = {"symbol": "circle-open", "size": _size(view) + 8, "line": {"color": theme.ink, "width": 2}}
    traces.append({"type": "scatter", "x": [], "y": [], "mode": "markers", "hoverinfo": "skip", "showlegend": False,
                   "marker": ring})
    explained = [("test", theme.muted)] if len(view.test) else []
    traces += [{"type": "scatter", "x": [None], "y": [None], "mode": "markers", "name": name, "hoverinfo": "skip",
                "marker": {"symbol": "circle", "size": 12, "color": theme.paper, "line": {"color": colour, "width": 2}}}
               for name, colour in [*explained, ("wrong", theme.ink)]]
    channels = {
        "plane": Channel("values", (0, 1), {"attr": "z"}),
        "wrong": Channel("deal", (rings,), dealt(table.X[view.rows][:, np.newaxis])),
    }
    figure = {"data": traces, "layout": {
        **layout(theme, margin={"l": 58, "r": 10, "t": 10, "b": 78}),
        "xaxis": axis(theme, [view.domain.x_min, view.domain.x_max], across),
        "yaxis": axis(theme, [view.domain.y_min, view.domain.y_max], up),
        "legend": {"orientation": "h", "x": 0.5, "xref": "container", "xanchor": "center", "y": 0, "yref": "container",
                   "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False, "font": {"size": 14}},
    }}
    return Panel("Decision boundary", figure, channels, _frames, aspect=1.0)


def _frames(evaluation: Evaluation) -> Arrays:
    return {
        "plane": Picture(evaluation.plane[-1][..., 0], evaluation.threshold),
        "wrong": np.where(evaluation.wrong, 0, NOWHERE).astype(np.uint8),
    }


def _points(view: View, theme: Theme, rows: Any, label: int, of: str) -> dict[str, Any]:
    """The points of one class: filled for training, hollow for testing."""
    table, colour = view.table, theme.classes[label]
    named = table.classes[label] != f"class {label}"
    name = f"{label} = {words(table.classes[label])}" if named else table.classes[label]
    hollow = of == "test"
    return {
        "type": "scatter", "mode": "markers", "name": name, "showlegend": not hollow,
        "x": table.X[rows, 0].tolist(), "y": table.X[rows, 1].tolist(),
        "text": [words(table.names[row]) or f"row {row + 1}" for row in rows],
        "hovertemplate": f"%{{text}} (%{{x}}, %{{y}})<br>{name}, {of}<extra></extra>",
        "marker": {"symbol": SYMBOLS[label], "size": _size(view) + (label == 0),
                   "color": theme.paper if hollow else colour,
                   "line": {"color": colour if hollow else theme.paper, "width": 1.5 if hollow else 1}},
    }


def _size(view: View) -> int:
    """Diameter of a point in pixels: large where there are few."""
    return 15 if len(view.rows) <= 20 else 8 if len(view.rows) <= 600 else 5
