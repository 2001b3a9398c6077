"""Points: the rows of a table as markers on the plane, with rings around the wrong ones, and the legend to them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data import targets
from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import words
from playground.figures.panel import NOWHERE, Channel, dealt
from playground.figures.theme import SYMBOLS, Theme

LEGEND = 420                                                            # pixels of width that it surely has
SIZES = {20: 15, 60: 11, 600: 8, 2000: 5}                               # at most so many rows: diameter in pixels
MANY = 1000                                                             # rows from which on Plotly would take too long


def places(view: View) -> NDArray[np.float64]:
    """Where every row of the table is drawn, (n, 2): at its inputs; over a single input at its target."""
    table = view.table
    if len(table.inputs) == 2:
        return table.X
    return np.column_stack([table.X, targets(table, view.config.output_activation).max(axis=1)])


def points(view: View, theme: Theme) -> list[dict[str, Any]]:
    """Traces of the rows that train and of those that test, for each class or with the colour of their number.

    Over a single input the place tells the number, and a colour of its own parts the points from the curve.
    """
    if view.task == "regression":
        draw = _valued if len(view.table.inputs) == 2 else _plain
        return [draw(view, theme, rows, of) for rows, of, _ in groups(view)]
    return [_classed(view, theme, rows, label, of) for rows, of, label in groups(view)]


def groups(view: View) -> list[tuple[NDArray[np.int64], str, int]]:
    """Of each trace of `points`: its rows of the table, "train" or "test", and their class, 0 if there are none."""
    parts = [(rows, of) for rows, of in ((view.train, "train"), (view.test, "test")) if len(rows)]
    if view.task == "regression":
        return [(rows, of, 0) for rows, of in parts]
    return [(rows[view.table.y[rows] == label], of, label)
            for rows, of in parts for label in range(len(view.table.classes))]


def ring(view: View, theme: Theme) -> dict[str, Any]:
    """The trace that the channel of `rings` deals the wrong points to."""
    many = len(view.rows) > MANY
    marker = {"symbol": "circle-open", "size": size(view) + (5 if many else 8),
              "line": {"color": theme.ink, "width": 1 if many else 2}}
    return {"type": "scatter", "x": [], "y": [], "mode": "markers", "hoverinfo": "skip", "showlegend": False,
            "marker": marker, "opacity": 0.4 if many else 1.0}


def rings(view: View, trace: int) -> Channel:
    """The channel of `wrong` for the trace with this index."""
    items = dealt(places(view)[view.rows][:, np.newaxis])
    return Channel("deal", (trace,), {**items, "painted": len(view.rows) > MANY})


def unscaled(trace: dict[str, Any]) -> dict[str, Any]:
    """Points without a scale of their colours beside the figure."""
    marker = {key: value for key, value in trace["marker"].items() if key not in ("colorbar", "showscale")}
    return {**trace, "marker": marker}


def still(view: View, traces: list[dict[str, Any]], first: int) -> tuple[int, ...]:
    """Which traces, if the first has this index, are better painted than drawn by Plotly; nothing is hovered then."""
    return tuple(range(first, first + len(traces))) if len(view.rows) > MANY else ()


def wrong(evaluation: Evaluation) -> NDArray[np.uint8]:
    """Which rows get a ring, (k, number of rows)."""
    return np.where(evaluation.answers != evaluation.truth, 0, NOWHERE).astype(np.uint8)


def explained(view: View, theme: Theme) -> list[dict[str, Any]]:
    """Traces without points that explain in the legend what hollow points and rings are."""
    named = view.task == "regression" and len(view.table.inputs) == 1      # points that say themselves what they are
    entries = ([("test", theme.muted)] if len(view.test) and not named else []) + (
        [("wrong", theme.ink)] if view.task != "regression" else [])
    return [{"type": "scatter", "x": [None], "y": [None], "mode": "markers", "name": name, "hoverinfo": "skip",
             "marker": {"symbol": "circle", "size": 12, "color": theme.paper, "line": {"color": colour, "width": 2}}}
            for name, colour in entries]


def legend(view: View) -> dict[str, Any]:
    """The legend's place: below, beside the colour scale where there is one."""
    scale = view.task == "regression" and len(view.table.inputs) == 2
    side = {"x": 1, "xanchor": "right"} if scale else {"x": 0.5, "xanchor": "center"}
    return {"orientation": "h", **side, "xref": "container", "y": 0, "yref": "container", "yanchor": "bottom",
            "itemclick": False, "itemdoubleclick": False, "font": {"size": 14}}


def legend_rows(traces: list[dict[str, Any]]) -> int:
    """Rows that Plotly will need: if the entries do not fit into one, it makes columns as wide as the widest."""
    widths = [38 + 7.2 * len(trace["name"]) for trace in traces if "name" in trace and trace.get("showlegend", True)]
    if sum(widths) <= LEGEND:
        return 1
    columns = max(int(LEGEND / max(widths)), 1)
    return -(-len(widths) // columns)


def _classed(view: View, theme: Theme, rows: Any, label: int, of: str) -> dict[str, Any]:
    """The points of one class: filled for training, hollow for testing."""
    table, colour = view.table, theme.classes[label]
    two, named = len(table.classes) == 2, table.classes[label] != f"class {label}"
    name = f"{label} = {words(table.classes[label])}" if two and named else words(table.classes[label])
    hollow = of == "test"
    return {
        **_placed(view, rows), "name": name, "showlegend": not hollow,
        "hovertemplate": f"%{{text}} (%{{x}}, %{{y}})<br>{name}, {of}<extra></extra>",
        "marker": {"symbol": SYMBOLS[label], "size": size(view) + (label == 0),
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
        "marker": {"symbol": "circle", "size": size(view), "color": view.table.y[rows].tolist(), "cmin": low,
                   "cmax": high, "colorscale": theme.scale, "showscale": of == "train", "colorbar": bar,
                   "line": outline},
    }


def _plain(view: View, theme: Theme, rows: Any, of: str) -> dict[str, Any]:
    """The points over a single input: filled for training, hollow for testing."""
    colour = theme.classes[1]
    return {
        **_placed(view, rows), "name": of, "showlegend": True, "opacity": 1.0 if len(view.rows) <= 20 else 0.4,
        "hovertemplate": f"%{{text}} (%{{x}}, %{{y}})<br>{of}<extra></extra>",
        "marker": {"symbol": "circle", "size": size(view), "color": theme.paper if of == "test" else colour,
                   "line": {"color": colour if of == "test" else theme.paper, "width": 1.5}},
    }


def _placed(view: View, rows: Any) -> dict[str, Any]:
    table, (x, y) = view.table, places(view)[rows].T
    return {"type": "scatter", "mode": "markers", "x": x.tolist(), "y": y.tolist(),
            "text": [words(table.names[row]) or f"row {row + 1}" for row in rows]}


def size(view: View) -> int:
    """Diameter of a point in pixels: large where there are few."""
    return next((pixels for most, pixels in SIZES.items() if len(view.rows) <= most), 4)
