"""The network diagram: inputs left, output right, weights as edges, every neuron a picture of its output."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import blank_axis, layout
from playground.figures.neuron import handles, neuron_names
from playground.figures.panel import NOWHERE, Arrays, Channel, Panel, dealt
from playground.figures.pictures import colorscale, pictures
from playground.figures.theme import Theme

LABELLED = 24                                                           # at most so many edges carry their number
ROOMY = 6                                                               # neurons of a layer that leave room for biases
STEPS = np.array([0.25, 0.5, 1.0, 2.0, 4.0])                            # |w| at which an edge gets the next width
WIDTHS = (1.0, 2.0, 3.2, 4.6, 6.2, 8.0)                                 # pixels, never less than one can see
OPACITIES = (0.55, 0.7, 0.8, 0.9, 1.0, 1.0)
LEGEND = 34  # pixels that the legend stands below the plot area
LARGEST = 72                                                            # pixels along a picture's side


def network(view: View, theme: Theme) -> Panel:
    """The diagram of the view's network. Edges are dealt to a trace per sign and width; the scale never changes."""
    places = _places(view.sizes)                                        # (n_neurons, 2)
    edges = _edges(view.sizes)                                          # (n_edges, 2): from and to, as rows of places
    n_inputs, labelled = len(view.features), len(edges) <= LABELLED
    roomy = labelled and max(view.sizes[1:]) <= ROOMY
    thin = 1.0 if labelled else 0.5
    shades = [(colour, thin * width, opacity) for colour in (theme.negative, theme.positive)
              for width, opacity in zip(WIDTHS, OPACITIES, strict=True)]
    traces: list[dict[str, Any]] = [
        {"mode": "lines", "line": {"color": _mixed(colour, theme.paper, opacity), "width": width}, "x": [], "y": [],
         "hoverinfo": "skip"} for colour, width, opacity in shades
    ]
    ends = places[edges]                                                # (n_edges, 2, 2)
    channels = {"edges": Channel("deal", tuple(range(len(traces))), dealt(ends))}

    names = neuron_names(view)
    tiled = len(traces)
    traces.append({
        "mode": "markers+text", "x": places[:, 0].tolist(), "y": places[:, 1].tolist(), "hovertext": names,
        "marker": {"symbol": "square", "size": LARGEST, "color": "rgba(0,0,0,0)",
                   "line": {"color": theme.ink, "width": 1.5}},
        "text": [_broken(name) if not hidden or max(view.sizes) <= 2 else ""
                 for name, hidden in zip(names, _hidden(view.sizes), strict=True)],
        "textposition": ["middle left"] * n_inputs + ["top center"] * sum(view.config.hidden)
                        + ["middle right"] * view.sizes[-1],
        "textfont": {"size": 15, "color": theme.ink}, "customdata": [0.0] * len(places),
        "hovertemplate": _neuron_hover(view),
    })
    words = 48 if max(view.sizes) <= 2 else 18 if roomy else 0          # pixels: a bias, and above the next one a name
    room = {"x": 0.28 if labelled else 0.5, "y": 0.66 if roomy else 0.8, "words": words, "most": LARGEST}
    channels["pictures"] = Channel("tiles", (tiled,), {"colorscale": colorscale(view, theme), "room": room})
    channels["pictured_biases"] = Channel("values", (tiled,), {"attr": "customdata"})

    spots = ends[:, 0] + _along(view.sizes)[:, np.newaxis] * (ends[:, 1] - ends[:, 0])
    weights = len(traces)
    traces.append({
        "mode": "text" if labelled else "markers", "x": spots[:, 0].tolist(), "y": spots[:, 1].tolist(),
        "customdata": [0.0] * len(edges), "text": [f"{names[a]} → {names[b]}" for a, b in edges],
        "texttemplate": "%{customdata:+.2f}", "textfont": {"size": 14, "color": theme.ink},
        "marker": {"size": 14, "opacity": 0}, "hovertemplate": "%{text}<br>weight %{customdata:+.4f}<extra></extra>",
    })
    channels["weights"] = Channel("values", (weights,), {"attr": "customdata"})

    neurons = places[n_inputs:]
    if roomy:
        channels["biases"] = Channel("values", (len(traces),), {"attr": "customdata"})
        traces.append({
            "mode": "text", "x": neurons[:, 0].tolist(), "y": neurons[:, 1].tolist(), "textposition": "bottom center",
            "customdata": [0.0] * len(neurons), "texttemplate": "b %{customdata:+.2f}", "marker": {"size": LARGEST},
            "textfont": {"size": 13, "color": theme.muted}, "hoverinfo": "skip",
        })
    sides = {"l": LARGEST // 2 + _width(names[:n_inputs]), "r": LARGEST // 2 + _width(names[-view.sizes[-1]:])}
    shapes, explained = _legend(theme, thin, (sides["r"] - sides["l"]) // 2)
    half = max(view.sizes) / 2
    figure = {
        "data": [{"type": "scatter", "showlegend": False, "cliponaxis": False, **trace} for trace in traces],
        "layout": {
            **layout(theme, margin={**sides, "t": 24, "b": LEGEND + 12}),
            "xaxis": blank_axis([0, len(view.sizes) - 1]), "yaxis": blank_axis([-half, half]),
            "annotations": _heads(view, theme) + explained, "shapes": shapes,
        },
    }
    return Panel("Network", "main", figure, channels, lambda evaluation: _frames(view, evaluation, n_inputs, roomy),
                 handles=handles(view, weights="weights", biases="pictured_biases"))


def _frames(view: View, evaluation: Evaluation, n_inputs: int, roomy: bool) -> Arrays:
    k = len(evaluation.frames.epochs)
    weights = np.concatenate([W.reshape(k, -1) for W in evaluation.weights], axis=1)      # (k, n_edges)
    biases = np.concatenate(evaluation.biases, axis=1)                                    # (k, n_neurons)
    widths = np.searchsorted(STEPS, np.abs(weights), side="right") + len(WIDTHS) * (weights >= 0)
    arrays: Arrays = {
        "edges": np.where(np.isfinite(weights), widths, NOWHERE).astype(np.uint8),
        "weights": weights.astype(np.float32),
        "pictured_biases": np.hstack([np.zeros((k, n_inputs)), biases]).astype(np.float32),
        "pictures": pictures(view, evaluation),
    }
    if roomy:
        arrays["biases"] = biases.astype(np.float32)
    return arrays


def _places(sizes: tuple[int, ...]) -> NDArray[np.float64]:
    """(n_neurons, 2): a column per layer, its neurons centred on 0, closest together in the largest layer."""
    return np.array([(column, ((n - 1) / 2 - i) * _spacing(n, sizes)) for column, n in enumerate(sizes)
                     for i in range(n)], dtype=float)


def _spacing(n: int, sizes: tuple[int, ...]) -> float:
    return 1.0 if n == max(sizes) else min(max(sizes) / n, 1.4)


def _hidden(sizes: tuple[int, ...]) -> list[bool]:
    """Whether each neuron is in a hidden layer."""
    return [0 < layer < len(sizes) - 1 for layer, n in enumerate(sizes) for _ in range(n)]


def _edges(sizes: tuple[int, ...]) -> NDArray[np.int64]:
    """(n_edges, 2): rows of `_places` that each edge joins, in the order of the flattened weights."""
    first = np.concatenate([[0], np.cumsum(sizes)])
    return np.array([(first[layer] + i, first[layer + 1] + j) for layer in range(len(sizes) - 1)
                     for i in range(sizes[layer]) for j in range(sizes[layer + 1])])


def _along(sizes: tuple[int, ...]) -> NDArray[np.float64]:
    """Where on each edge its label stands, 0 to 1: there the labels of a layer are furthest apart."""
    gaps = [_spacing(n, sizes) for n in sizes]
    shares = [gaps[i] / (gaps[i] + n * gaps[i + 1]) if n > 1 else 0.46 for i, n in enumerate(sizes[1:])]
    return np.repeat(np.clip(shares, 0.27, 0.46), [sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)])


def _neuron_hover(view: View) -> list[str]:
    activations = [view.config.activation] * sum(view.config.hidden) + [view.config.output_activation] * view.sizes[-1]
    picture = "<br>picture: its output over the plane<extra></extra>"
    bias = " of its weighted inputs<br>bias %{customdata:+.4f}" + picture
    return ["%{hovertext}: an input" + picture] * len(view.features) + [
        f"%{{hovertext}}: {activation}{bias}" for activation in activations]


def _heads(view: View, theme: Theme) -> list[dict[str, Any]]:
    """What each layer is, above its column."""
    hidden = ["hidden"] if len(view.config.hidden) == 1 else [f"hidden {i + 1}" for i in range(len(view.config.hidden))]
    return [{"showarrow": False, "x": column, "y": max(view.sizes) / 2, "yanchor": "bottom", "yshift": 2, "text": text,
             "font": {"size": 13, "color": theme.muted}} for column, text in enumerate(["inputs", *hidden, "output"])]


def _legend(theme: Theme, thin: float, middle: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lines and words along the bottom that explain sign and width, around `middle`, pixels from the plot area's."""
    entries = [("positive", theme.positive, WIDTHS[3]), ("negative", theme.negative, WIDTHS[3]),
               ("|w| < ¼", theme.muted, WIDTHS[0]), ("1", theme.muted, WIDTHS[3]), ("≥ 4", theme.muted, WIDTHS[5])]
    lines, texts, at = [], [], middle - 180
    for text, colour, width in entries:
        lines.append({"type": "line", "xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel",
                      "xanchor": 0.5, "yanchor": 0, "x0": at, "x1": at + 20, "y0": -LEGEND, "y1": -LEGEND,
                      "line": {"color": colour, "width": thin * width}})
        texts.append({"showarrow": False, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0, "xshift": at + 24,
                      "yshift": -LEGEND, "xanchor": "left", "yanchor": "middle", "text": text,
                      "font": {"size": 13, "color": theme.muted}})
        at += 20 + 18 + round(6.6 * len(text))
    return lines, texts


def _width(names: list[str]) -> int:
    """Pixels that the longest of the names needs beside its neuron."""
    lines = [line for name in names for line in _broken(name).split("<br>")]
    return min(max(sum(11 if letter.isupper() else 8 for letter in line) for line in lines) + 14, 130)


def _broken(name: str) -> str:
    """A long name in lines."""
    return name.replace(" ", "<br>") if len(name) > 8 else name


def _mixed(colour: str, paper: str, opacity: float) -> str:
    """The opaque colour that `colour` at this opacity has on `paper`, so that crossing edges do not add up."""
    pairs = zip(*(bytes.fromhex(c.removeprefix("#")) for c in (colour, paper)), strict=True)
    return "#" + bytes(round(opacity * over + (1 - opacity) * under) for over, under in pairs).hex()
