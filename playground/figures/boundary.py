"""The decision boundary: what the network predicts over the plane of the two inputs, and the points it learns from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import axis, layout, words
from playground.figures.marks import marks
from playground.figures.panel import Arrays, Channel, Panel, Picture
from playground.figures.points import legend, legend_rows, size, wrong
from playground.figures.stars import answers
from playground.figures.theme import Theme
from playground.figures.tools import tools

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
    traces: list[dict[str, Any]] = [{"type": "heatmap", "zsmooth": "best", **nodes, **ground(view, theme, across, up)}]
    if view.task == "two classes":
        traces.append({"type": "contour", **nodes, **_contour(view, theme)})
    texts = {"texts": _leads(view)} if view.task == "several classes" else {}
    channels = {"plane": Channel("values", tuple(range(len(traces))), {"attr": "z", "glimpse": True, **texts})}
    marked, moving, painted = marks(view, theme, len(traces))
    traces += marked
    channels |= moving
    figure = {"data": traces, "layout": {
        **layout(theme, margin={"l": 58, "r": 10, "t": 10, "b": 58 + 20 * legend_rows(traces)}),
        "xaxis": axis(theme, [view.domain.x_min, view.domain.x_max], across),
        "yaxis": axis(theme, [view.domain.y_min, view.domain.y_max], up),
        "legend": legend(view),
    }}
    title, tab = ("Prediction", "") if view.task == "regression" else ("Decision boundary", "Boundary")
    return Panel(title, "side", figure, channels, lambda evaluation: _frames(view, evaluation), aspect=1.0,
                 tools=tools(view, theme, size(view)), still=painted, tab=tab)


def ground(view: View, theme: Theme, across: str, up: str) -> dict[str, Any]:
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
    arrays: Arrays = {"plane": shades(view, evaluation.plane[-1])}
    if view.task != "regression":
        arrays["wrong"] = wrong(evaluation)
    return arrays | answers(view, evaluation)


def shades(view: View, outputs: NDArray[Any]) -> NDArray[np.uint8] | Picture:
    """Outputs (k, r, r, n_outputs) as what the colours of `ground` stand for, (k, r, r)."""
    return _winners(view, outputs) if view.task == "several classes" else Picture(outputs[..., 0], view.threshold)


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
