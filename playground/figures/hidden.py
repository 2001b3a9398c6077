"""Hidden space: the points at the outputs of two neurons of a hidden layer, and what the network makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.figures.boundary import ground, shades
from playground.figures.choice import Choice, layers_of, plain_names
from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import axis, blank_axis, layout
from playground.figures.lines import ends, spots
from playground.figures.neuron import neuron_names
from playground.figures.panel import Arrays, Channel, Panel
from playground.figures.points import explained, groups, legend, legend_rows, points, unscaled
from playground.figures.theme import Theme
from playground.nn import layer_activations, parameter_count

NODES = 41                                                              # of the ground, along a side
MOST = 300                                                              # points, give or take one of each class
BOUNDED = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "sine": (-1.0, 1.0)}
POSITIVE = ("relu", "softplus")
SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)                     # of activations without bounds
MARGIN = 0.06                                                           # of an axis, beyond its bounds
LINE, NARROW = 18, 290                                                  # pixels: a line of words; a phone's plot area


def hidden(view: View, theme: Theme, chosen: tuple[int, ...]) -> Panel:
    """The rows at the outputs of the chosen neurons; the ground is the prediction there, with the next layer's lines.

    Other neurons of the layer are held at their mean over the rows. A single neuron has a number line. The axes never
    change: activations without bounds reach to a scale of the size of the inputs, and what is beyond is at its end.
    """
    layer, places = _axes(view, chosen)
    seen, (low, high), names = _thinned(view), extent(view), neuron_names(view)
    nodes = np.linspace(low, high, NODES).tolist()
    single = len(places) == 1
    across, up = names[places[0]], "" if single else names[places[1]]
    traces: list[dict[str, Any]] = [
        {"type": "heatmap", "zsmooth": "best", "x": nodes, "y": nodes, "z": [], "showscale": False,
         **ground(view, theme, across, up), "hoverinfo": "skip", "hovertemplate": None}]
    channels = {"ground": Channel("values", (0,), {"attr": "z"})}

    def moving(trace: dict[str, Any], name: str) -> None:
        for attr in "xy":
            channels[f"{attr} of {name}"] = Channel("values", (len(traces),), {"attr": attr})
        traces.append({"type": "scatter", **trace, "x": [], "y": [], "showlegend": False})

    crossed = _crossed(view, layer)
    if crossed:
        moving({"mode": "lines", "hoverinfo": "skip", "line": {"color": theme.ink, "width": 2.5}}, "lines")
    drawn = points(seen, theme)
    for i, trace in enumerate(drawn):
        place = f"%{{text}}<br>{across} %{{x:.3f}}" + ("" if single else f"<br>{up} %{{y:.3f}}")
        moving({**unscaled(trace), "hovertemplate": place + "<extra></extra>"}, f"points {i}")
    if len(crossed) > 1:
        moving({"mode": "text", "text": [names[place] for place in crossed], "texttemplate": "%{text}",
                "customdata": [0.0] * len(crossed), "hoverinfo": "skip", "marker": {"size": 1},
                "textfont": {"size": 15, "color": theme.ink}}, "names")
    # What Plotly does not draw has no words in its legend and no scale: traces without points stand for them there.
    traces += [{**trace, "x": [None], "y": [None], "text": [], "hoverinfo": "skip"} for trace in drawn]
    traces += [entry for entry in explained(seen, theme) if entry["name"] == "test"]
    said = _said(view, seen, layer, [names[place] for place in crossed])
    figure = {"data": traces, "layout": {
        **layout(theme, margin={"l": 58, "r": 10, "t": 10 + LINE * len(said), "b": 58 + 20 * legend_rows(traces)}),
        "xaxis": axis(theme, [low, high], across),
        "yaxis": blank_axis([low, high]) if single else axis(theme, [low, high], up),
        "legend": legend(view),
        "annotations": [{"showarrow": False, "xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left",
                         "xshift": -50, "yanchor": "bottom", "yshift": 2, "align": "left", "text": "<br>".join(said),
                         "font": {"size": 13, "color": theme.muted}}],
    }}
    return Panel("Hidden space", "side", figure, channels, lambda evaluation: _frames(view, seen, layer, places,
                 evaluation), aspect=1 - LINE * len(said) / NARROW, choices=_choices(view, layer, places))


def extent(view: View) -> tuple[float, float]:
    """Where both axes begin and end: the outputs that there can be, or those up to the scale, and a margin."""
    low, high = BOUNDED.get(view.config.activation, (0.0, 0.0))
    if low == high:
        high = float(_scale(view))
        low = 0.0 if view.config.activation in POSITIVE else -high
    margin = MARGIN * (high - low)
    return low - margin, high + margin


def rest(evaluation: Evaluation, layer: int, units: list[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The weighted sums after a layer as a function of its units on the axes: weights (k, 2, m) and biases (k, m).

    The other units are constant, at their mean over the rows. The second weight of a single unit is 0.
    """
    W, b = evaluation.weights[layer], evaluation.biases[layer]
    mean = evaluation.rows[layer - 1].mean(axis=1)                      # (k, units)
    others = [unit for unit in range(W.shape[1]) if unit not in units]
    weights = np.zeros((len(W), 2, W.shape[2]))
    weights[:, : len(units)] = W[:, units]
    with np.errstate(all="ignore"):
        return weights, b + (mean[:, others, np.newaxis] * W[:, others]).sum(axis=1)


def _axes(view: View, chosen: tuple[int, ...]) -> tuple[int, list[int]]:
    """The number of a hidden layer, from 1, and one or two of its neurons: those chosen, as far as there are such."""
    layers = [places for _, places in layers_of(view)][:-1]
    across, up = (*chosen, -1, -1)[:2]
    if not any(across in places for places in layers):
        across, up = layers[-1][0], -1
    layer, places = next((number, places) for number, places in enumerate(layers, 1) if across in places)
    others = [place for place in (up, across + 1, across - 1) if place in places and place != across]
    return layer, [across, *others[:1]]


def _choices(view: View, layer: int, places: list[int]) -> tuple[Choice, ...]:
    """A box per axis: every hidden neuron for the first one, the others of its layer for the second."""
    names, layers = plain_names(view), list(layers_of(view))[:-1]

    def options(group: range) -> tuple[tuple[int, str], ...]:
        return tuple((place, names[place]) for place in group)

    groups_ = tuple((title if len(layers) > 1 else "", options(group)) for title, group in layers)
    first = Choice("→", "Neuron along the horizontal axis", places[0], groups_)
    if len(places) == 1:
        return (first,)
    others = tuple(option for option in options(layers[layer - 1][1]) if option[0] != places[0])
    return first, Choice("↑", "Neuron along the vertical axis", places[1], (("", others),))


def _crossed(view: View, layer: int) -> range:
    """The neurons after a layer that have lines, by their places: hidden ones, and the one that parts two classes."""
    places = list(layers_of(view))[layer][1]
    return places if layer < len(view.config.hidden) or view.task == "two classes" else places[:0]


def _scale(view: View) -> int:
    """What weights of about 1 make of the inputs, rounded up."""
    largest = np.abs(view.fed(view.table.X)).max(initial=1.0)
    return SCALES[min(int(np.searchsorted(SCALES, largest)), len(SCALES) - 1)]


def _stride(view: View) -> int:
    return max(-(-len(view.rows) // MOST), 1)


def _thinned(view: View) -> View:
    """The view with every stride-th row of each class, so that no class is lost."""
    kept = [(rows[:: _stride(view)], of) for rows, of, _ in groups(view)]
    train, test = (np.concatenate([view.train[:0], *(rows for rows, part in kept if part == of)])
                   for of in ("train", "test"))
    return view._replace(train=train, test=test)


def _said(view: View, seen: View, layer: int, crossed: list[str]) -> list[str]:
    """What is drawn, in lines of words."""
    decides = layer == len(view.config.hidden)
    said = ["Colour: the prediction." + (" Line: where the network decides." if crossed and decides else "")]
    if crossed and not decides:
        said.append(f"Line {crossed[0]}: there its weighted sum is 0" + (", and so on." if len(crossed) > 1 else "."))
    if view.config.hidden[layer - 1] > 2:
        said.append("A section: the layer's other neurons are at their mean.")
    if view.config.activation not in BOUNDED:
        said.append(f"Outputs beyond {_scale(view)} are drawn at the edge.")
    if _stride(view) > 1:
        said.append(f"{len(seen.rows)} of the {len(view.rows)} points are drawn.")
    return said


def _frames(view: View, seen: View, layer: int, places: list[int], evaluation: Evaluation) -> Arrays:
    (low, high), k = extent(view), len(evaluation.answers)
    units = [place - sum(view.sizes[:layer]) for place in places]
    weights, biases = rest(evaluation, layer, units)
    nodes = np.linspace(low, high, NODES)
    plane = np.column_stack([np.tile(nodes, NODES), np.repeat(nodes, NODES)])
    parameters = np.concatenate(                                        # of a network whose inputs are the two units
        [np.concatenate([weights, biases[:, np.newaxis]], axis=1).reshape(k, -1),
         evaluation.frames.parameters[:, parameter_count(view.sizes[: layer + 2]) :]], axis=1)
    config = replace(view.config, hidden=view.config.hidden[layer:])
    outputs = layer_activations(config, (2, *view.sizes[layer + 1 :]), parameters, plane, np.float32)[-1]
    arrays: Arrays = {"ground": shades(view, outputs.reshape(k, NODES, NODES, -1))}
    if crossed := _crossed(view, layer):
        found = ends(weights, biases, low, high)                        # (k, m, 2, 2)
        gaps = np.full((k, len(crossed), 1, 2), np.nan)
        arrays |= _xy("lines", np.concatenate([found, gaps], axis=2).reshape(k, -1, 2))
        if len(crossed) > 1:
            arrays |= _xy("names", spots(found, low, high))
    number = np.empty(len(view.table), np.int64)                        # of each row of the table among the view's
    number[view.rows] = np.arange(len(view.rows))
    for i, (rows, _, _) in enumerate(groups(seen)):
        at = np.full((k, len(rows), 2), (low + high) / 2)
        at[..., : len(units)] = np.nan_to_num(evaluation.rows[layer - 1][:, number[rows]][..., units]).clip(low, high)
        arrays |= _xy(f"points {i}", at)
    return arrays


def _xy(name: str, places: NDArray[np.float64]) -> Arrays:
    return {f"{attr} of {name}": places[..., i].astype(np.float32) for i, attr in enumerate("xy")}
