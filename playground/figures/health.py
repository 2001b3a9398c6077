"""Health: how large the gradients of each layer are, and which of its neurons no longer pass any on."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data import targets
from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import blank_axis, layout
from playground.figures.panel import Arrays, Channel, Panel
from playground.figures.theme import Theme
from playground.nn import Dataset
from playground.nn import health as measured

LOW, HIGH = -7, 1                                                       # powers of ten that a bar begins and ends at
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
WIDTH, GAP = 0.62, 0.7                                                  # of a bar, and between the charts, in columns
LARGEST = 1e30                                                          # gradient that single precision takes
ROOMY = 2                                                               # layers whose names fit below their bars
TICKS = (0, -3, -6)                                                     # powers of ten that have a line
ABOVE, TOP = 0.12, 1.24                                                 # a bar, its label; where the axis ends


def health(view: View, theme: Theme) -> Panel:
    """Two small bar charts with a column per layer: size of gradients, on a logarithmic scale, and share of neurons."""
    n = len(view.sizes) - 1
    names = ["hidden", "output"] if n == 2 else [*(f"hidden {i + 1}" for i in range(n - 1)), "output"]
    short = names if n <= ROOMY else [*(str(i + 1) for i in range(n - 1)), "out"]
    left, right = np.arange(n), n + GAP + np.arange(n)
    heads = ("size of gradients", "saturated or dead" if n <= ROOMY else "saturated or dead, %")
    bars: dict[str, Any] = {"type": "bar", "width": WIDTH, "showlegend": False, "textposition": "none", "text": names}
    traces: list[dict[str, Any]] = [
        {**bars, "x": left.tolist(), "y": [0] * n, "customdata": [0] * n, "marker": {"color": theme.muted},
         "hovertemplate": "%{text}<br>gradient %{customdata:.2e}<extra></extra>"},
        {**bars, "x": right.tolist(), "y": [0] * n, "marker": {"color": theme.losses[1]},
         "hovertemplate": "%{text}<br>%{y:.0%} of the neurons are saturated or dead<extra></extra>"},
        {"type": "scatter", "mode": "text", "x": right.tolist(), "y": [0] * n, "text": names, "customdata": [0] * n,
         "texttemplate": "%{customdata:.0f} %" if n <= ROOMY else "%{customdata:.0f}", "hoverinfo": "skip",
         "textfont": {"size": 13, "color": theme.ink, "shadow": "none"}, "showlegend": False},
    ]
    channels = {
        "levels": Channel("values", (0,), {"attr": "y"}), "gradients": Channel("values", (0,), {"attr": "customdata"}),
        "shares": Channel("values", (1,), {"attr": "y"}), "tops": Channel("values", (2,), {"attr": "y"}),
        "percents": Channel("values", (2,), {"attr": "customdata"}),
    }
    starts = (-0.5, n + GAP - 0.5)
    figure = {"data": traces, "layout": {
        **layout(theme, margin={"l": 40, "r": 2, "t": 22, "b": 22}), "barmode": "overlay",
        "xaxis": blank_axis([-0.5, 2 * n + GAP - 0.5]), "yaxis": blank_axis([0, TOP]),
        "shapes": [_line(theme, start, start + n, 0) for start in starts] + [
            _line(theme, starts[0], n - 0.5, level(tick), "dot") for tick in TICKS],
        "annotations": [
            *(_label(theme.ink, title, x=start, xanchor="left", y=1, yref="paper", yanchor="bottom")
              for start, title in zip(starts, heads, strict=True)),
            *(_label(theme.muted, name, x=float(x), y=0, yanchor="top")
              for columns in (left, right) for x, name in zip(columns, short, strict=True)),
            *(_label(theme.muted, "10" + str(tick).translate(SUPERSCRIPTS) if tick else "1",
                     x=0, xref="paper", xanchor="right", xshift=-4, y=level(tick)) for tick in TICKS),
        ],
    }}
    X, y = view.fed(view.table.X), targets(view.table, view.config.output_activation)
    learned = Dataset(X[view.train], y[view.train])
    return Panel("Health", "foot", figure, channels, lambda evaluation: _frames(view, learned, evaluation),
                 remark="Nothing looks wrong so far.")


def level(power: float | NDArray[np.float64]) -> Any:
    """The height, 0 to 1, of a bar that stands for a power of ten."""
    return np.clip((power - LOW) / (HIGH - LOW), 0, 1)


def _frames(view: View, learned: Dataset, evaluation: Evaluation) -> Arrays:
    found = measured(view.config, learned, evaluation.frames.parameters)                  # (k, n_layers) each
    gradient = np.minimum(np.nan_to_num(found.gradient, nan=0.0), LARGEST)
    share = np.maximum(found.saturated, found.dead)
    return {
        "levels": level(np.log10(np.maximum(gradient, 1e-300))).astype(np.float32),
        "gradients": gradient.astype(np.float32),
        "shares": share.astype(np.float32),
        "tops": (share + ABOVE).astype(np.float32),
        "percents": (100 * share).astype(np.float32),
    }


def remarks(found: dict[str, str]) -> list[dict[str, str]]:
    """Findings as the player shows them: a title, which is also the mark on the tab, and the sentences."""
    return [{"title": name[0].upper() + name[1:].replace("relu", "ReLU"), "text": text} for name, text in found.items()]


def _line(theme: Theme, x0: float, x1: float, y: float, dash: str = "solid") -> dict[str, Any]:
    return {"type": "line", "x0": x0, "x1": x1, "y0": y, "y1": y, "layer": "below",
            "line": {"color": theme.line, "width": 1, "dash": dash}}


def _label(colour: str, text: str, **place: Any) -> dict[str, Any]:
    return {"text": text, "showarrow": False, "font": {"size": 13, "color": colour}, **place}
