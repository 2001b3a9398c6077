"""The decision boundary: what the network predicts over the plane of the two inputs, and the points it learns from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import axis, layout, words
from playground.figures.panel import NOWHERE, Arrays, Channel, Panel, Picture, dealt
from playground.figures.theme import SYMBOLS, Theme
from playground.figures.tools import tools

LEGEND = 420                                                            # pixels of width that it surely has
SHADES = 42                                                             # of each class in a byte, palest first
TINY, SURE = 1e-12, 4.0                                                 # probability; ln of a ratio of full colour


def boundary(view: View, theme: Theme) -> Panel:
    """Prediction as colour, palest where it is undecided, and every row as a point.

    Of two classes a dark line marks the threshold; of more, each place has the colour of the class that wins there; a
    ring stands around every wrong point. Numbers have a continuous scale.
    """
    table, plane = view.table, view.plane
    nodes = {"x": plane.x.tolist(), "y": plane.y.tolist(), "z": [], "showscale": False}
    across, up = (words(name) for name in table.inputs)
    traces: list[dict[str, Any]] = [{"type": "heatmap", "zsmooth": "best", **nodes, **_ground(view, theme, across, up)}]
    if view.task == "two classes":
        traces.append({"type": "contour", **nodes, **_contour(view, theme)})
    texts = {"texts": _leads(view)} if view.task == "several classes" else {}
    channels = {"plane": Channel("values", tuple(range(len(traces))), {"attr": "z", **texts})}
    parts = ((view.train, "train"), (view.test, "test"))
    if view.task == "regression":
        traces += [_valued(view, theme, rows, of) for rows, of in parts if len(rows)]
    else:
        traces += [_points(view, theme, rows[table.y[rows] == label], label, of)
                   for rows, of in parts for label in range(len(table.classes)) if len(rows)]
        channels["wrong"] = Channel("deal", (len(traces),), dealt(table.X[view.rows][:, np.newaxis]))
        ring = {"symbol": "circle-open", "size": _size(view) + 8, "line": {"color": theme.ink, "width": 2}}
        traces.append({"type": "scatter", "x": [], "y": [], "mode": "markers", "hoverinfo": "skip", "showlegend": False,
                       "marker": ring})
    explained = ([("test", theme.muted)] if len(view.test) else []) + (
        [("wrong", theme.ink)] if view.task != "regression" else [])
    traces += [{"type": "scatter", "x": [None], "y": [None], "mode": "markers", "name": name, "hoverinfo": "skip",
                "marker": {"symbol": "circle", "size": 12, "color": theme.paper, "line": {"color": colour, "width": 2}}}
               for name, colour in explained]
    figure = {"data": traces, "layout": {
        **layout(theme, margin={"l": 58, "r": 10, "t": 10, "b": 58 + 20 * _legend_rows(traces)}),
        "xaxis": axis(theme, [view.domain.x_min, view.domain.x_max], across),
        "yaxis": axis(theme, [view.domain.y_min, view.domain.y_max], up),
        "legend": {"orientation": "h", "x": 0.5, "xref": "container", "xanchor": "center", "y": 0, "yref": "container",
                   "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False, "font": {"size": 14},
                   **({"x": 1, "xanchor": "right"} if view.task == "regression" else {})},
    }}
    title = "Prediction" if view.task == "regression" else "Decision boundary"
    return Panel(title, "side", figure, channels, lambda evaluation: _frames(view, evaluation), aspect=1.0,
                 tools=tools(view, theme, _size(view)))


def _ground(view: View, theme: Theme, across: str, up: str) -> dict[str, Any]:
    """The colours of the plane, and what hovering says."""
    low, high = view.span
    place = f"{across} %{{x:.3g}}<br>{up} %{{y:.3g}}<br>"
    if view.task == "several classes":
        return {"zmin": 0, "zmax": 255, "colorscale": territories(theme, len(view.table.classes)),
                "hovertemplate": f"{place}%{{hovertext}}<extra></extra>"}
    return {"zmin": low, "zmax": high, "colorscale": theme.colorscale,
            "hovertemplate": f"{place}prediction %{{z:.3f}}<extra></extra>"}


def territories(theme: Theme, classes: int) -> list[list[float | str]]:
    """A colour scale in which byte SHADES·c + s is class c, from pale, s = 0, to full, s = SHADES - 1."""
    pale = theme.field[1]
    ends = [(SHADES * c / 255, pale, (SHADES * (c + 1) - 1) / 255, theme.fields[c]) for c in range(classes)]
    stops: list[list[float | str]] = []
    for first, low, last, high in ends:
        stops += [[first, low], [last, high]]
    return [*stops, [1.0, theme.fields[classes - 1]]]


def _leads(view: View) -> list[str]:
    """What each byte of `territories` says: which class wins, and how far it leads."""
    (low, high), leads = view.span, np.arange(SHADES) / (SHADES - 1)
    if view.config.output_activation == "softmax":
        ratios = np.exp(SURE * leads)
        says = [f"{ratio:.{0 if ratio >= 10 else 1}f} times as likely as the next class" for ratio in ratios]
    else:
        says = [f"its output leads by {lead:.2f}" for lead in (high - low) * leads]
    says[-1] += " or more"
    return [f"{words(name)} wins<br>{said}" for name in view.table.classes for said in says]


def _contour(view: View, theme: Theme) -> dict[str, Any]:
    low, high = view.span
    saturated = {} if view.config.output_activation == "linear" else {"zmin": low, "zmax": high}
    return {**saturated, "autocontour": False, "hoverinfo": "skip", "showlegend": False,
            "contours": {"start": view.threshold, "end": view.threshold, "size": 1, "coloring": "none"},
            "line": {"color": theme.ink, "width": 2.5}}


def _frames(view: View, evaluation: Evaluation) -> Arrays:
    outputs = evaluation.plane[-1]                                      # (k, r, r, n_outputs)
    if view.task == "several classes":
        arrays: Arrays = {"plane": _winners(view, outputs)}
    else:
        arrays = {"plane": Picture(outputs[..., 0], evaluation.threshold)}
    if view.task != "regression":
        arrays["wrong"] = np.where(evaluation.answers != evaluation.truth, 0, NOWHERE).astype(np.uint8)
    return arrays


def _winners(view: View, outputs: NDArray[Any]) -> NDArray[np.uint8]:
    """The winning class and how far it leads, as the bytes of `territories`, (k, r, r).

    The lead is a share of the span, of probabilities the logarithm of their ratio, which rises evenly across a border.
    """
    low, high = view.span
    second, first = np.moveaxis(np.partition(outputs, -2, axis=-1)[..., -2:], -1, 0)
    if view.config.output_activation == "softmax":
        lead = np.log(np.maximum(first, TINY) / np.maximum(second, TINY)) / SURE
    else:
        lead = (first - second) / (high - low)
    lead = np.clip(np.nan_to_num(lead), 0, 1)
    return np.asarray(SHADES * outputs.argmax(axis=-1) + np.round((SHADES - 1) * lead), np.uint8)


def _points(view: View, theme: Theme, rows: Any, label: int, of: str) -> dict[str, Any]:
    """The points of one class: filled for training, hollow for testing."""
    table, colour = view.table, theme.classes[label]
    two, named = len(table.classes) == 2, table.classes[label] != f"class {label}"
    name = f"{label} = {words(table.classes[label])}" if two and named else words(table.classes[label])
    hollow = of == "test"
    return {
        **_placed(view, rows), "name": name, "showlegend": not hollow,
        "hovertemplate": f"%{{text}} (%{{x}}, %{{y}})<br>{name}, {of}<extra></extra>",
        "marker": {"symbol": SYMBOLS[label], "size": _size(view) + (label == 0),
                   "color": theme.paper if hollow else colour,
                   "line": {"color": colour if hollow else theme.paper, "width": 1.5 if hollow else 1}},
    }


def _valued(view: View, theme: Theme, rows: Any, of: str) -> dict[str, Any]:
    """The points of a regression in the colour of their number: a pale outline for training, a dark one for testing."""
    (low, high), target = view.span, words(view.table.target)
    outline = {"color": theme.ink, "width": 2} if of == "test" else {"color": theme.paper, "width": 1}
    bar = {"orientation": "h", "thickness": 12, "len": 0.72, "x": 0, "xanchor": "left", "y": 0, "yref": "container",
           "yanchor": "bottom", "outlinewidth": 0, "nticks": 6, "ypad": 4,
           "tickfont": {"size": 13, "color": theme.muted}}
    return {
        **_placed(view, rows), "name": of, "showlegend": False,
        "customdata": view.table.y[rows].tolist(),
        "hovertemplate": f"%{{text}} (%{{x}}, %{{y}})<br>{target} %{{customdata}}, {of}<extra></extra>",
        "marker": {"symbol": "circle", "size": _size(view), "color": view.table.y[rows].tolist(), "cmin": low,
                   "cmax": high, "colorscale": theme.scale, "showscale": of == "train", "colorbar": bar,
                   "line": outline},
    }


def _placed(view: View, rows: Any) -> dict[str, Any]:
    table = view.table
    return {"type": "scatter", "mode": "markers", "x": table.X[rows, 0].tolist(), "y": table.X[rows, 1].tolist(),
            "text": [words(table.names[row]) or f"row {row + 1}" for row in rows]}


def _legend_rows(traces: list[dict[str, Any]]) -> int:
    """Rows that Plotly will need: if the entries do not fit into one, it makes columns as wide as the widest."""
    widths = [38 + 7.2 * len(trace["name"]) for trace in traces if "name" in trace and trace.get("showlegend", True)]
    if sum(widths) <= LEGEND:
        return 1
    columns = max(int(LEGEND / max(widths)), 1)
    return -(-len(widths) // columns)


def _size(view: View) -> int:
    """Diameter of a point in pixels: large where there are few."""
    return 15 if len(view.rows) <= 20 else 8 if len(view.rows) <= 600 else 5
