"""The response of one neuron: its output over the plane of the inputs, large, and what it computes at a place there."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.figures.choice import Choice, layers_of, plain_names
from playground.figures.evaluation import Evaluation, View
from playground.figures.formula import computed, number
from playground.figures.hidden import extent
from playground.figures.layout import axis, layout, words
from playground.figures.neuron import Neuron, activation, neuron_names, neurons_of
from playground.figures.panel import Arrays, Channel, Panel, Picture
from playground.figures.pictures import SPAN, SPANS
from playground.figures.points import points, still, unscaled
from playground.figures.theme import Theme
from playground.nn import EpochState, trace, unflatten

MIDDLES = {"sigmoid": 0.5, "tanh": 0.0, "linear": 0.0}                  # outputs of a weighted sum of 0 that is crossed
MARGINS = {"l": 58, "r": 66, "t": 10, "b": 46}
WIDE = 4                                                                # inputs of a neuron whose formula is short


def response(view: View, theme: Theme, chosen: tuple[int, ...]) -> Panel:
    """The chosen neuron's output as colour with the rows on it, and a line where its weighted sum is 0.

    Over a single input the output is a curve. Below it is room for the formula, more where neurons have many inputs.
    """
    n = _neuron(view, chosen)
    curve = len(view.table.inputs) == 1
    traces = (_curve if curve else _plane)(view, theme, n)
    channels = {"output": Channel("values", tuple(range(len(traces))), {"attr": "y" if curve else "z"})}
    marked = [] if curve else [unscaled(trace) for trace in points(view, theme)]
    painted = still(view, marked, len(traces))
    across, up = view.table.inputs[0], neuron_names(view)[n.place] if curve else words(view.table.inputs[1])
    low, high = _range(view, n) if curve else (view.domain.y_min, view.domain.y_max)
    figure = {"data": traces + marked, "layout": {
        **layout(theme, margin=MARGINS), "showlegend": False,
        "xaxis": axis(theme, [view.domain.x_min, view.domain.x_max], words(across)),
        "yaxis": axis(theme, [low, high], up),
    }}
    names = plain_names(view)
    choice = Choice("", "Chosen neuron", n.place, tuple(
        (title, tuple((place, names[place]) for place in places)) for title, places in layers_of(view)))
    pointer = {"symbol": "x", "size": 13, "color": theme.ink, "line": {"color": theme.paper, "width": 1.5}}
    return Panel("One neuron", "side", figure, channels, lambda evaluation: _frames(view, n, evaluation),
                 aspect=1.0 if max(view.sizes[:-1]) <= WIDE and not curve else 0.8, still=painted, tab="Neuron",
                 choices=(choice,), pointer=pointer)


def pointed(view: View, parameters: NDArray[np.float64], chosen: tuple[int, ...], at: ArrayLike) -> dict[str, Any]:
    """What the chosen neuron computes with parameters (P,) at a place of the plane, in formulas and numbers, as JSON.

    Over a single input only the first coordinate counts; without a place it is that of the first row that trains.
    """
    n, count, domain = _neuron(view, chosen), len(view.table.inputs), view.domain
    low, high = np.array([[domain.x_min, domain.y_min], [domain.x_max, domain.y_max]])[:, :count]
    given = np.asarray(at, float)[:count]
    place = np.asarray(given if len(given) == count else view.table.X[view.train[0], :count], float).clip(low, high)
    X = view.fed(place[np.newaxis])                                     # (1, n_features)
    state = EpochState(0, *unflatten(parameters, view.sizes), np.nan, np.nan)
    passed = trace(view.config, state, X, np.zeros((1, view.sizes[-1])))
    inputs = passed.a[n.layer - 1][:, 0] if n.layer else X[0]
    block = np.vstack([state.weights[n.layer], state.biases[n.layer]])[:, n.j]            # (fan_in + 1,)
    where = ", ".join(f"{words(name)} = {number(value)}" for name, value in zip(view.table.inputs, place, strict=True))
    scaled = "" if np.array_equal(view.scaling.apply(place[np.newaxis]), place[np.newaxis]) else ", standardised first"
    html = computed(n, activation(view, n), block, inputs, passed.z[n.layer][n.j, 0], passed.a[n.layer][n.j, 0])
    return {"place": place.tolist(), "html": f"At {where}{scaled}:<br>{html}"}


def _neuron(view: View, chosen: tuple[int, ...]) -> Neuron:
    """The chosen neuron, else the first one after the inputs."""
    neurons = list(neurons_of(view))
    return next((n for n in neurons if n.place in chosen[:1]), neurons[0])


def _last(view: View, n: Neuron) -> bool:
    return n.layer == len(view.config.hidden)


def _span(view: View, n: Neuron) -> tuple[float, float]:
    """The outputs at the ends of the colours, as in the diagram."""
    return view.span if _last(view, n) else SPANS.get(view.config.activation, SPAN)


def _range(view: View, n: Neuron) -> tuple[float, float]:
    """The outputs along the axis of a curve."""
    return (view.axes.y_min, view.axes.y_max) if _last(view, n) else extent(view)


def _middle(view: View, n: Neuron) -> float | None:
    """The output at which the line is drawn, if there is one."""
    if _last(view, n):
        return view.threshold if view.task == "two classes" else None
    return MIDDLES.get(view.config.activation)


def _plane(view: View, theme: Theme, n: Neuron) -> list[dict[str, Any]]:
    (low, high), middle = _span(view, n), _middle(view, n)
    nodes = {"x": view.plane.x.tolist(), "y": view.plane.y.tolist(), "z": []}
    of_class = _last(view, n) and view.task == "several classes"
    across, up = (words(name) for name in view.table.inputs)
    bounded = ("sigmoid", "tanh", "sine", "softmax")
    function = view.config.output_activation if _last(view, n) else view.config.activation
    ends = {} if function in bounded else {
        "tickvals": [low, (low + high) / 2, high],
        "ticktext": [f"≤ {low:.3g}", f"{(low + high) / 2:.3g}", f"≥ {high:.3g}"]}
    traces: list[dict[str, Any]] = [{
        "type": "heatmap", "zsmooth": "best", **nodes, "zmin": low, "zmax": high, "showscale": True,
        "colorscale": [[0.0, theme.field[1]], [1.0, theme.fields[n.j]]] if of_class else theme.colorscale,
        "colorbar": {"thickness": 12, "outlinewidth": 0, "x": 1, "xpad": 8, "ypad": 0, "nticks": 6,
                     "tickfont": {"size": 13, "color": theme.muted}, **ends},
        "hovertemplate": f"{across} %{{x:.3g}}<br>{up} %{{y:.3g}}<br>output %{{z:.3f}}<extra></extra>"}]
    if middle is not None:
        bent = {} if function == "linear" else {"zmin": low, "zmax": high}
        traces.append({
            "type": "contour", **nodes, **bent, "showscale": False, "autocontour": False, "hoverinfo": "skip",
            "showlegend": False, "line": {"color": theme.ink, "width": 2.5},
            "contours": {"start": middle, "end": middle, "size": 1, "coloring": "none"}})
    return traces


def _curve(view: View, theme: Theme, n: Neuron) -> list[dict[str, Any]]:
    return [{"type": "scatter", "mode": "lines", "x": view.plane.x.tolist(), "y": [],
             "line": {"color": theme.ink, "width": 3},
             "hovertemplate": f"{words(view.table.inputs[0])} %{{x:.3g}}<br>output %{{y:.3f}}<extra></extra>"}]


def _frames(view: View, n: Neuron, evaluation: Evaluation) -> Arrays:
    outputs = evaluation.plane[n.layer][..., n.j]                       # (k, r, r)
    if len(view.table.inputs) == 1:
        return {"output": np.asarray(outputs[:, 0], np.float32)}
    middle = _middle(view, n)
    return {"output": Picture(outputs, sum(_span(view, n)) / 2 if middle is None else middle)}
