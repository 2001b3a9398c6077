"""What all figures share: no decoration of Plotly's own, fixed axes, a transparent ground."""

from __future__ import annotations

from html import escape
from typing import Any

from playground.figures.theme import FONT, Theme


def layout(theme: Theme, margin: dict[str, int]) -> dict[str, Any]:
    """A layout that never moves by itself: fixed margins, no drag, one hover label at a time."""
    return {
        "margin": {**margin, "pad": 0, "autoexpand": False},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 14, "color": theme.ink},
        "hoverlabel": {"font": {"family": FONT, "size": 15}},
        "hovermode": "closest",
        "dragmode": False,
    }


def blank_axis(extent: list[float]) -> dict[str, Any]:
    """An axis without a line, over a fixed range."""
    return {"visible": False, "fixedrange": True, "range": extent}


def axis(theme: Theme, extent: list[float], title: str, **options: Any) -> dict[str, Any]:
    """A titled axis with a frame and ticks, over a fixed range."""
    return {
        "range": extent, "fixedrange": True, "title": {"text": title, "font": {"size": 15}},
        "showgrid": False, "zeroline": False, "showline": True, "mirror": True, "linecolor": theme.line, "linewidth": 1,
        "ticks": "outside", "ticklen": 4, "tickcolor": theme.line, "tickfont": {"size": 13, "color": theme.muted},
        **options,
    }


def words(text: str) -> str:
    """Text from outside, so that Plotly shows it as it is: no markup, no %{templates}."""
    return escape(text, quote=False).replace("%{", "%\u200b{")
