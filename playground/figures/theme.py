"""Themes: every colour that the figures use, for a light and for a dark page, and how large all is, for a projector."""

from __future__ import annotations

from typing import NamedTuple


class Theme(NamedTuple):
    """Colours as #rrggbb. Class colours and weight colours are two pairs that stay apart in every colour blindness."""

    ink: str                                                            # text and lines that matter
    muted: str                                                          # axes, captions
    line: str                                                           # outlines, grid lines
    paper: str                                                          # behind everything
    classes: tuple[str, ...]                                            # points of class 0, class 1, …
    field: tuple[str, str, str]                                         # predicted 0, undecided, predicted 1
    fields: tuple[str, ...]                                             # predicted 0, 1, … where there are more classes
    negative: str                                                       # weights below zero
    positive: str                                                       # weights above zero
    losses: tuple[str, str]                                             # train, test
    pins: tuple[str, ...]                                               # lines of pinned runs
    zoom: float = 1.0                                                   # of type, lines and marks

    @property
    def stops(self) -> list[tuple[float, str]]:
        """The field's colours from 0 to 1: palest at the decision threshold."""
        low, middle, high = self.field
        return [(0.0, low), (0.5, middle), (1.0, high)]

    @property
    def colorscale(self) -> list[list[float | str]]:
        """The same as a Plotly colour scale."""
        return [list(stop) for stop in self.stops]

    @property
    def scale(self) -> list[list[float | str]]:
        """The points' colours from the lowest number to the highest."""
        low, high, *_ = self.classes
        return [[0.0, low], [0.5, self.line], [1.0, high]]


SYMBOLS = ("diamond", "circle", "square", "triangle-up", "cross", "pentagon")    # of class 0, 1, … as Plotly calls them
SIGNS = "◆●■▲✚⬟"                                                        # the same in a text
FONT = "Source Sans, Source Sans Pro, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"

THEMES: dict[str, Theme] = {
    "light": Theme(
        ink="#16191f", muted="#555c69", line="#c9ced8", paper="#ffffff",
        classes=("#b34700", "#0a4d9c", "#00604a", "#98126a", "#5e5200", "#3b414c"),
        field=("#f4a968", "#f6f4f1", "#75aee6"),
        fields=("#f4a968", "#75aee6", "#6fc7a8", "#e39ac6", "#e2d25c", "#b4bac6"),
        negative="#0f7b55", positive="#7a2ebd", losses=("#16191f", "#c2187a"),
        pins=("#3517f1", "#a49300", "#823104", "#0c9fc5", "#a770ff", "#759d5c"),
    ),
    "dark": Theme(
        ink="#f3f5f9", muted="#aab1bf", line="#4a5162", paper="#0e1117",
        classes=("#ffb067", "#86c5ff", "#6fe8bf", "#ffa3da", "#f5e878", "#d9dee7"),
        field=("#a85a14", "#20242d", "#1f68b5"),
        fields=("#a85a14", "#1f68b5", "#0f7657", "#95296b", "#776a08", "#59606f"),
        negative="#43d69c", positive="#c792ff", losses=("#f3f5f9", "#ff7ac2"),
        pins=("#6a75d6", "#ffd861", "#ef3f1e", "#03d2ff", "#8c4bff", "#72ba7c"),
    ),
}
# From the back of a room pale greys are gone, and what is small as well. Where there is less room, less would fit.
THEMES["projector"] = THEMES["light"]._replace(ink="#000000", muted="#2f3540", line="#8a92a0", zoom=1.5)
THEMES["small projector"] = THEMES["projector"]._replace(zoom=1.2)
