"""The component: pictures in rows and columns with headings, and which of them was clicked."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import streamlit as st

HERE = Path(__file__).parent
KEY = "tiles"

_mount = st.components.v2.component(
    "tiles",
    html='<div class="tiles" data-testid="tiles"></div>',
    css=(HERE / "tiles.css").read_text("utf-8"),
    js=(HERE / "tiles.js").read_text("utf-8"),
)


class Tile(NamedTuple):
    """A picture, an SVG document, and the lines of text below it; `label` says the same to those who do not see it."""

    picture: str
    lines: tuple[str, ...]
    label: str
    best: bool
    current: bool


class Tiles(NamedTuple):
    """Tiles row by row, below the headings `columns` and beside `rows`, which the titles `across` and `down` explain.

    `over` is a picture that lies over each. Texts are plain here and not escaped.
    """

    across: str
    down: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    over: str
    tiles: tuple[Tile, ...]


def tiles(shown: Tiles, on_open: Callable[[int], None]) -> None:
    """Mounts them; `on_open` is called with the number of a tile that was clicked, before the next run of the page."""

    def answer() -> None:
        state = st.session_state.get(KEY)
        number = state.get("open") if isinstance(state, Mapping) else None
        if isinstance(number, int | float) and number in range(len(shown.tiles)):
            on_open(int(number))

    drawn = [tile._replace(picture=_address(tile.picture))._asdict() for tile in shown.tiles]
    data = shown._asdict() | {"over": _address(shown.over), "tiles": drawn}
    _mount(key=KEY, data=data, on_open_change=answer)


def _address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
