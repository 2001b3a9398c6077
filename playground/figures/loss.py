"""The loss curve: train and test loss by epoch, where the viewer is, what a change left behind, and pinned runs."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import axis, layout
from playground.figures.panel import Arrays, Channel, Panel
from playground.figures.theme import Theme
from playground.nn import Recording

POINTS = 600                                                            # a curve is drawn through at most so many
SERIES = ("train", "test", "ghost")
# Of pinned runs: dashes and gaps, in widths of the line. No other line has these.
DASHES = ((7, 2.5), (3.5, 2, 1, 2), (4.5, 1.6, 1.4, 1.6, 1.4, 1.6), (1.6, 1.4), (6, 1.6, 2.4, 1.6), (2.6, 1.2, 2.6, 3))
MOST_PINS = len(DASHES)
WIDTHS = 2.0, 1.2                                                       # of their train and test losses
HOVER = "epoch %{x}<br>%{fullData.name} loss %{y:.6f}<extra></extra>"
PINNED = "%{fullData.name}<br>epoch %{x}<br>train loss %{y:.6f}<extra></extra>"


class Curve(NamedTuple):
    """Epochs and losses there; no test losses where there are no test points."""

    epochs: tuple[float, ...]
    train: tuple[float, ...]
    test: tuple[float, ...]


def loss(view: View, theme: Theme) -> Panel:
    """Both losses up to where the viewer has been, a marker at the epoch on screen, the abandoned future as a ghost.

    Pinned runs have lines that are empty until there are some.
    """
    train, test = theme.losses
    styles = ({"color": train, "width": 2.5}, {"color": test, "width": 2.5, "dash": "dash"},
              {"color": theme.muted, "width": 2, "dash": "dot"})
    names = ("train", "test", "before the change")
    traces = [_line(name, style, HOVER) for name, style in zip(names, styles, strict=True)]
    traces.append({
        "type": "scatter", "x": [0, 0], "y": [None, None], "mode": "markers", "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 11, "color": [train, test], "line": {"color": theme.paper, "width": 2}},
    })
    first = len(traces)
    traces += [_line("", style, hover) for slot in range(MOST_PINS) for style, hover in _pinned(slot, theme)]
    words = view.config.loss.split("_")                                 # below each other: the figure can be low
    figure = {"data": traces, "layout": {
        **layout(theme, margin={"l": 46 + 20 * len(words), "r": 14, "t": 10, "b": 46}),
        "xaxis": axis(theme, [0, 10], "epoch", nticks=8),
        "yaxis": axis(theme, [0, 0.5], "<br>".join(words), nticks=5, exponentformat="power"),
        "showlegend": False,
    }}
    pinned = [name for slot in range(MOST_PINS) for name in series(slot)]
    named = (0, 1) if len(view.test) else (0,)
    channels = {
        "pinned": Channel("pinned", tuple(range(first, len(traces))), {
            "series": pinned, "key": (*named, *range(first, len(traces), 2))}),
        "at_epoch": Channel("values", (3,), {"attr": "x"}),
        "at_loss": Channel("values", (3,), {"attr": "y"}),
        "history": Channel("history", (0, 1, 2), {
            "series": SERIES, "marker": 3, "whole": ["ghost"], "notes": {"ghost": "dotted: before the change"}}),
    }
    return Panel("Loss", "foot", figure, channels, _frames, log_scale=True)


def swatch(slot: int | None, theme: Theme) -> str:
    """The line of the pinned run in a slot, or else of the run on screen, as an SVG document."""
    shown = {"color": theme.losses[0], "width": 2.5, "dash": "none"} if slot is None else _pinned(slot, theme)[0][0]
    line = f'stroke="{shown["color"]}" stroke-width="{shown["width"]}" stroke-dasharray="{shown["dash"]}"'
    return ('<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36" viewBox="0 0 72 36">'
            f'<path d="M10 18h52" {line}/></svg>')


def series(slot: int) -> tuple[str, str]:
    """What the train and the test losses of the pinned run in a slot are called."""
    return f"pin {slot}", f"pin {slot} test"


def _pinned(slot: int, theme: Theme) -> tuple[tuple[dict[str, Any], str], ...]:
    """How the lines of a pinned run look and what they say."""
    return tuple(
        ({"color": theme.pins[slot], "width": width,
          "dash": ",".join(f"{length * width * theme.zoom:.3g}px" for length in DASHES[slot])}, hover)
        for width, hover in zip(WIDTHS, (PINNED, PINNED.replace("train", "test")), strict=True))


def _line(name: str, line: dict[str, Any], hover: str) -> dict[str, Any]:
    return {"type": "scatter", "x": [], "y": [], "mode": "lines", "line": line, "name": name, "hovertemplate": hover}


def _frames(evaluation: Evaluation) -> Arrays:
    frames = evaluation.frames
    return {
        "at_epoch": np.repeat(frames.epochs[:, np.newaxis], 2, axis=1).astype(np.float32),
        "at_loss": np.column_stack([frames.train_loss, frames.test_loss]).astype(np.float32),
    }


def history(recording: Recording, ghost: Recording | None) -> Arrays:
    """The curves as they stand, (2, points) each: epochs and losses of "train", "test" and "ghost"."""
    epochs, train, test = _curve(*recording.history())
    curves = {"train": np.stack([epochs, train]), "test": np.stack([epochs, test])}
    if ghost is not None:
        curves["ghost"] = np.stack(_curve(*ghost.history())[:2])
    return {name: curve.astype(np.float32) for name, curve in curves.items()}


def loss_curve(recording: Recording, epoch: int) -> Curve:
    """The losses of a run up to an epoch."""
    here, past = recording.frames([epoch]), recording.history()
    before = past[0] < epoch
    last = (here.epochs, here.train_loss, here.test_loss)
    epochs, train, test = _curve(*(np.append(values[before], end) for values, end in zip(past, last, strict=True)))
    tested = test.tolist() if recording.test else ()
    return Curve(tuple(epochs.tolist()), tuple(train.tolist()), tuple(tested))


def overlay(slot: int, curve: Curve) -> Arrays:
    """The lines of a pinned run, (2, points) each, by their series."""
    losses = zip(series(slot), (curve.train, curve.test), strict=True)
    return {name: np.array([curve.epochs, values], np.float32) for name, values in losses if values}


def _curve(epochs: Any, train: Any, test: Any) -> tuple[Any, Any, Any]:
    keep = np.unique(np.linspace(0, len(epochs) - 1, min(POINTS, len(epochs))).round().astype(int))
    return epochs[keep], train[keep], test[keep]
