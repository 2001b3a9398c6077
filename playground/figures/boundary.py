"""The decision boundary: what the network predicts over the plane of the two inputs, and the points it learns from."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from playground.data import TARGETS
from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import axis, layout
from playground.figures.panel import NOWHERE, Arrays, Channel, Panel, Picture, dealt
from playground.figures.theme import Theme

SYMBOLS = ("diamond", "circle")                                         # of class 0 and class 1


def boundary(view: View, theme: Theme) -> Panel:
    """Prediction as colour, palest at the threshold, which a dark line marks; a ring around every wrong point."""
    table, plane = view.table, view.plane
    low, high = TARGETS[view.config.output_activation]
    nodes = {"x": plane.x.tolist(), "y": plane.y.tolist(), "z": [[view.threshold] * len(plane.x)] * len(plane.y),
             "showscale": False}
    traces: list[Any] = [
        go.Heatmap(**nodes, zmin=low, zmax=high, zsmooth="best", colorscale=theme.colorscale,
                   hovertemplate=f"{_text(table.inputs[0])} %{{x:.3g}}<br>{_text(table.inputs[1])} %{{y:.3g}}"
                                 "<br>prediction %{z:.3f}<extra></extra>"),
        go.Contour(**nodes, contours={"start": view.threshold, "end": view.threshold, "size": 1, "coloring": "none"},
                   **({} if view.config.output_activation == "linear" else {"zmin": low, "zmax": high}),
                   autocontour=False, line={"color": theme.ink, "width": 2.5}, hoverinfo="skip", showlegend=False),
    ]
    for rows, of in ((view.train, "train"), (view.test, "test")):
        traces += [_points(view, theme, rows[table.y[rows] == label], label, of) for label in (0, 1) if len(rows)]
    rings = len(traces)
    traces.append(go.Scatter(x=[], y=[], mode="markers", hoverinfo="skip", showlegend=False,
                             marker={"symbol": "circle-open", "size": _size(view) + 8,
                                     "line": {"color": theme.ink, "width": 2}}))
    explained = [("test", "circle", {"color": theme.muted, "width": 2})] if len(view.test) else []
    traces += [go.Scatter(x=[None], y=[None], mode="markers", name=name, hoverinfo="skip",
                          marker={"symbol": symbol, "size": 12, "color": theme.paper, "line": line})
               for name, symbol, line in [*explained, ("wrong", "circle", {"color": theme.ink, "width": 2})]]
    channels = {
        "plane": Channel("values", (0, 1), {"attr": "z"}),
        "wrong": Channel("deal", (rings,), dealt(table.X[view.rows][:, np.newaxis])),
    }
    figure = go.Figure(data=traces)
    figure.update_layout(layout(theme, margin={"l": 58, "r": 10, "t": 6, "b": 78}))
    figure.update_layout(
        xaxis=axis(theme, [view.domain.x_min, view.domain.x_max], _text(table.inputs[0])),
        yaxis=axis(theme, [view.domain.y_min, view.domain.y_max], _text(table.inputs[1])),
        legend={"orientation": "h", "x": 0.5, "xref": "container", "xanchor": "center", "y": 0, "yref": "container",
                "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False, "font": {"size": 14}},
    )
    return Panel("Decision boundary", figure, channels, _frames, aspect=1.0)


def _frames(evaluation: Evaluation) -> Arrays:
    return {
        "plane": Picture(evaluation.plane[-1][..., 0], evaluation.threshold),
        "wrong": np.where(evaluation.wrong, 0, NOWHERE).astype(np.uint8),
    }


def _points(view: View, theme: Theme, rows: Any, label: int, of: str) -> go.Scatter:
    """The points of one class: filled for training, hollow for testing."""
    table, colour = view.table, theme.classes[label]
    named = table.classes[label] != f"class {label}"
    name = f"{label} = {_text(table.classes[label])}" if named else table.classes[label]
    hollow = of == "test"
    return go.Scatter(
        x=table.X[rows, 0].tolist(), y=table.X[rows, 1].tolist(), mode="markers",
        name=name, showlegend=not hollow, text=[_text(table.names[row]) or f"row {row + 1}" for row in rows],
        hovertemplate=f"%{{text}} (%{{x}}, %{{y}})<br>{name}, {of}<extra></extra>",
        marker={"symbol": SYMBOLS[label], "size": _size(view) + (label == 0),
                "color": theme.paper if hollow else colour,
                "line": {"color": colour if hollow else theme.paper, "width": 1.5 if hollow else 1}},
    )


def _size(view: View) -> int:
    """Diameter of a point in pixels: large where there are few."""
    return 15 if len(view.rows) <= 20 else 8 if len(view.rows) <= 600 else 5


def _text(words: str) -> str:
    """Words from outside, so that Plotly shows them as they are."""
    return escape(words, quote=False)
