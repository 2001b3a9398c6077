"""The loss curve: train and test loss by epoch, where the viewer is, and what a changed setting left behind."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import axis, layout
from playground.figures.panel import Arrays, Channel, Panel
from playground.figures.theme import Theme
from playground.nn import Recording

POINTS = 600                                                            # a curve is drawn through at most so many
SERIES = ("train", "test", "ghost")


def loss(view: View, theme: Theme) -> Panel:
    """Both losses up to where the viewer has been, a marker at the epoch on screen, the abandoned future as a ghost."""
    train, test = theme.losses
    styles = ({"color": train, "width": 2.5}, {"color": test, "width": 2.5, "dash": "dash"},
              {"color": theme.muted, "width": 2, "dash": "dot"})
    names = ("train", "test", "before the change")
    hover = "epoch %{x}<br>%{fullData.name} loss %{y:.6f}<extra></extra>"
    traces: list[dict[str, Any]] = [
        {"type": "scatter", "x": [], "y": [], "mode": "lines", "line": line, "name": name, "hovertemplate": hover,
         "showlegend": False}
        for line, name in zip(styles, names, strict=True)
    ]
    traces.append({
        "type": "scatter", "x": [0, 0], "y": [None, None], "mode": "markers", "hoverinfo": "skip", "showlegend": False,
        "cliponaxis": False,
        "marker": {"size": 11, "color": [train, test], "line": {"color": theme.paper, "width": 2}},
    })
    shown = ("train", "test") if len(view.test) else ("train",)
    traces += [{"type": "scatter", "x": [None], "y": [None], "mode": "lines", "name": name,
                "line": styles[SERIES.index(name)]} for name in shown]
    figure = {"data": traces, "layout": {
        **layout(theme, margin={"l": 66, "r": 14, "t": 10, "b": 46}),
        "xaxis": axis(theme, [0, 10], "epoch", nticks=8),
        "yaxis": axis(theme, [0, 0.5], view.config.loss.replace("_", " "), nticks=5, exponentformat="power"),
        "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "top", "itemclick": False,
                   "itemdoubleclick": False, "font": {"size": 13, "color": theme.muted}, "bgcolor": "rgba(0,0,0,0)"},
    }}
    channels = {
        "at_epoch": Channel("values", (3,), {"attr": "x"}),
        "at_loss": Channel("values", (3,), {"attr": "y"}),
        "history": Channel("history", (0, 1, 2), {
            "series": SERIES, "marker": 3, "whole": ["ghost"], "notes": {"ghost": "dotted: before the change"}}),
    }
    return Panel("Loss", "foot", figure, channels, _frames, switches=("yaxis",))


def _frames(evaluation: Evaluation) -> Arrays:
    frames = evaluation.frames
    return {
        "at_epoch": np.repeat(frames.epochs[:, np.newaxis], 2, axis=1).astype(np.float32),
        "at_loss": np.column_stack([frames.train_loss, frames.test_loss]).astype(np.float32),
    }


def history(recording: Recording, ghost: Recording | None) -> Arrays:
    """The curves as they stand, (2, points) each: epochs and losses of "train", "test" and "ghost"."""
    epochs, train, test = _curve(recording)
    curves = {"train": np.stack([epochs, train]), "test": np.stack([epochs, test])}
    if ghost is not None:
        curves["ghost"] = np.stack(_curve(ghost)[:2])
    return {name: curve.astype(np.float32) for name, curve in curves.items()}


def _curve(recording: Recording) -> tuple[Any, Any, Any]:
    epochs, train, test = recording.history()
    keep = np.unique(np.linspace(0, len(epochs) - 1, min(POINTS, len(epochs))).round().astype(int))
    return epochs[keep], train[keep], test[keep]
