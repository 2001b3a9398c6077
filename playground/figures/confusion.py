"""The confusion matrix: how many rows of each class are taken for which, those that train and those that test."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.figures.boundary import SHADES, territories
from playground.figures.evaluation import Evaluation, View
from playground.figures.layout import blank_axis, layout, words
from playground.figures.panel import Arrays, Channel, Panel
from playground.figures.theme import SIGNS, Theme

NARROW = 350                                                            # pixels of width that it surely has
LINE = 17                                                               # pixels of height of a line of words
NAMES = 84                                                              # pixels that a name beside its row may take
GAP, ALONE = 0.2, 0.6                                                   # columns between matrices; beside a single one


def confusion(view: View, theme: Theme) -> Panel:
    """Counts with a row per true and a column per predicted class, in the predicted one's colour by share of the row.

    What is right, the diagonal, is outlined.
    """
    n, classes = len(view.table.classes), [" ".join(name.split()) for name in view.table.classes]
    parts = _parts(view)
    starts = [i * (1 + GAP) * n for i in range(len(parts))]             # the first column of each matrix
    end = starts[-1] + n + (ALONE * n if len(parts) == 1 else 0)
    left = 30 + min(max(map(_width, classes)), NAMES)
    room = (NARROW - left) / end
    traces: list[dict[str, Any]] = [
        {"type": "heatmap", "x": [start + i for i in range(n)], "y": list(range(n)), "z": [], "zmin": 0, "zmax": 255,
         "colorscale": territories(theme, n), "showscale": False, "hoverinfo": "skip"} for start in starts]
    channels = {of: Channel("values", (i,), {"attr": "z"}) for i, of in enumerate(parts)}
    channels["counts"] = Channel("values", (len(traces),), {"attr": "customdata"})
    traces.append({
        "type": "scatter", "mode": "text", "showlegend": False,
        "x": [start + j for start in starts for _ in range(n) for j in range(n)],
        "y": [n - 1 - i for _ in starts for i in range(n) for _ in range(n)],
        "customdata": [0] * len(starts) * n * n, "texttemplate": "%{customdata:.0f}",
        "textfont": {"size": max(26 - 3 * n, 13), "color": theme.ink, "shadow": "none"},
        "text": [_meaning(view, rows, i, j, of) for of, rows in parts.items() for i in range(n) for j in range(n)],
        "hovertemplate": "%{customdata} %{text}<extra></extra>",
    })
    figure = {"data": traces, "layout": {
        **layout(theme, margin={"l": left, "r": 4, "t": 2 * LINE + 2, "b": 4}), "hoverdistance": -1,
        "xaxis": blank_axis([-0.5, end - 0.5]), "yaxis": blank_axis([-0.5, n - 0.5]),
        "shapes": [shape for start in starts for shape in _lines(theme, start, n)],
        "annotations": _rows(theme, classes, left) + [
            label for start, of in zip(starts, parts, strict=True)
            for label in _columns(theme, classes, of, start, room)],
    }}
    return Panel("Confusion matrix", "foot", figure, channels, lambda evaluation: _frames(view, evaluation),
                 note="outlined: right")


def matrices(answers: NDArray[Any], truth: NDArray[Any], classes: int) -> NDArray[np.int64]:
    """answers (k, n) to rows of class truth (n,) -> counts (k, classes, classes), true class first"""
    k = len(answers)
    cells = (np.arange(k)[:, np.newaxis] * classes + truth.astype(np.int64)) * classes + answers.astype(np.int64)
    return np.bincount(cells.ravel(), minlength=k * classes**2).reshape(k, classes, classes)


def _parts(view: View) -> dict[str, NDArray[np.int64]]:
    """The rows of each matrix, by its title."""
    parts = {"train": view.train, "test": view.test}
    return {of: rows for of, rows in parts.items() if len(rows)}


def _frames(view: View, evaluation: Evaluation) -> Arrays:
    n, k = len(view.table.classes), len(evaluation.answers)
    split = [len(view.train)] if len(view.test) else []
    answers, truth = np.split(evaluation.answers, split, axis=1), np.split(evaluation.truth, split)
    every = [matrices(*part, n) for part in zip(answers, truth, strict=True)]
    arrays: Arrays = {}
    for of, counts in zip(_parts(view), every, strict=True):
        share = counts / np.maximum(counts.sum(axis=2, keepdims=True), 1)                 # (k, true, predicted)
        shades = SHADES * np.arange(n) + np.round((SHADES - 1) * share)
        arrays[of] = shades[:, ::-1].astype(np.uint8)                                     # the lowest row first
    arrays["counts"] = np.stack(every, axis=1).reshape(k, -1).astype(np.float32)
    return arrays


def _meaning(view: View, rows: NDArray[np.int64], true: int, predicted: int, of: str) -> str:
    """What a count is the number of, in words."""
    total = int((view.table.y[rows] == true).sum())
    name, other = (words(view.table.classes[i]) for i in (true, predicted))
    return f"of {total} {name} in {of}<br>predicted as {other}: {'right' if true == predicted else 'wrong'}"


def _lines(theme: Theme, start: float, n: int) -> list[dict[str, Any]]:
    """What parts the cells of a matrix, and outlines its diagonal."""
    def rectangle(x: float, y: float, width: int, colour: str) -> dict[str, Any]:
        return {"type": "rect", "x0": x - 0.5, "x1": x + 0.5, "y0": y - 0.5, "y1": y + 0.5,
                "line": {"color": colour, "width": width}}

    cells = [rectangle(start + j, i, 2, theme.paper) for i in range(n) for j in range(n)]
    return cells + [rectangle(start + i, n - 1 - i, 2, theme.ink) for i in range(n)]


def _rows(theme: Theme, classes: list[str], left: int) -> list[dict[str, Any]]:
    """The names of the true classes, left of their rows, and the word for them in the corner."""
    place = {"x": 0, "xref": "paper", "xanchor": "right", "xshift": -6}
    labels = [_label(f"{_cut(name, left - 30)} {SIGNS[i]}".strip(), theme.classes[i], **place, y=len(classes) - 1 - i)
              for i, name in enumerate(classes)]
    return [_label("true ↓", theme.muted, **place, y=1, yref="paper", yshift=LINE // 2 + 1), *labels]


def _columns(theme: Theme, classes: list[str], of: str, start: float, room: float) -> list[dict[str, Any]]:
    """The names of the predicted classes above their columns, or only their signs where there is no room."""
    above = {"yref": "paper", "y": 1}
    names = [_cut(name, room) for name in classes]
    labels = [_label(name if room > 30 else SIGNS[i], theme.classes[i], **above, x=start + i, yshift=LINE // 2 + 1)
              for i, name in enumerate(names)]
    middle = start + (len(classes) - 1) / 2
    return [_label(f"{of}: predicted →", theme.ink, **above, x=middle, yshift=LINE + LINE // 2), *labels]


def _label(text: str, colour: str, **place: Any) -> dict[str, Any]:
    return {"showarrow": False, "yanchor": "middle", "text": text, "font": {"size": 13, "color": colour}, **place}


def _width(text: str) -> int:
    """Pixels that a text takes at most, roughly."""
    return sum(7 if letter.islower() or letter in " .,;:'()1234567890" else 13 if ord(letter) > 0x2E7F else 10
               for letter in text)


def _cut(text: str, room: float) -> str:
    """As much of a text as fits, so that Plotly shows it as it is."""
    kept = text
    while kept and _width(kept) + (8 if kept != text else 0) > room:
        kept = kept[:-1]
    return words(kept if kept == text else f"{kept.rstrip()}…")
