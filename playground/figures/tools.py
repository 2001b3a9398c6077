"""Tools: how a person draws points on the plane, takes them away, and asks about others."""

from __future__ import annotations

from playground.figures.evaluation import View
from playground.figures.panel import Tool
from playground.figures.stars import star
from playground.figures.theme import SYMBOLS, Theme


def tools(view: View, theme: Theme, size: int) -> tuple[Tool, ...]:
    """A tool per class, or one for a number that is typed, an eraser, and a star; points have this size, in pixels."""
    table, marker = view.table, {"size": size, "line": {"color": theme.paper, "width": 1}}
    erase = Tool("Erase", {**marker, "symbol": "x", "color": theme.ink}, erases=True)
    ask = Tool("Ask what is predicted", star(theme), asks=True)
    if table.classes:
        looks = zip(table.classes, SYMBOLS, theme.classes, strict=False)
        return (*(Tool(f"Draw {name}", {**marker, "symbol": symbol, "color": colour}, value=label)
                  for label, (name, symbol, colour) in enumerate(looks)), erase, ask)
    middle = float(f"{sum(view.span) / 2:.3g}")
    field = {"label": "value", "help": f"The {table.target} of new points", "value": middle}
    typed = table.X.shape[1] == 2                                       # of a single input, the place says it
    draw = Tool("Draw", {**marker, "symbol": "circle", "color": theme.muted}, field=field if typed else None)
    return draw, erase, ask
