"""Marks: everything that stands on the picture of the predictions, which are points, rings and stars."""

from __future__ import annotations

from typing import Any

from playground.figures.evaluation import View
from playground.figures.panel import Channel
from playground.figures.points import explained, points, ring, rings, still
from playground.figures.stars import stars
from playground.figures.theme import Theme


def marks(view: View, theme: Theme, first: int) -> tuple[list[dict[str, Any]], dict[str, Channel], tuple[int, ...]]:
    """The traces, of which the first gets this index, their channels, and which of the traces are painted once."""
    traces, channels = points(view, theme), {}
    painted = still(view, traces, first)
    if view.task != "regression":
        channels["wrong"] = rings(view, first + len(traces))
        traces.append(ring(view, theme))
    traces += explained(view, theme)
    asked, said = stars(view, theme, first + len(traces))
    return traces + asked, channels | said, painted
