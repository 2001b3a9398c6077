"""Drawing: strokes on the plane as changes of the table, each of which can be taken back."""

from __future__ import annotations

import math
from collections.abc import Sequence

from playground.app.history import History, added, erased
from playground.app.player import Stroke
from playground.data import Domain

STEPS = 300                                                             # that rounded numbers have across the plane


def draw(history: History, strokes: Sequence[Stroke], plane: Domain) -> None:
    """Every stroke on this table is a step of its history.

    Those on another one, which it replaced, are left out, and so are those that ask.
    """
    for stroke in strokes:
        draft = history.present
        if stroke.table != draft.id or stroke.asks:
            continue
        if stroke.erase:
            changed = erased(draft, (stroke.x, stroke.y), (plane.x_max - plane.x_min, plane.y_max - plane.y_min))
        else:
            changed = added(draft, rounded(stroke, plane), stroke.value)
        if changed is not draft:
            history.change(changed._replace(plane=plane))


def rounded(stroke: Stroke, plane: Domain) -> tuple[float, float]:
    """Where a stroke is, with no more digits than can be told apart in the plane, and still in it."""
    return _rounded(stroke.x, plane.x_min, plane.x_max), _rounded(stroke.y, plane.y_min, plane.y_max)


def _rounded(value: float, low: float, high: float) -> float:
    """The value to as many digits as can be told apart between low and high, and still between them."""
    digits = -math.floor(math.log10((high - low) / STEPS))
    nearest, step = round(value, digits), 10.0**-digits
    return round(nearest - step * (nearest > high) + step * (nearest < low), digits) + 0.0      # no -0
