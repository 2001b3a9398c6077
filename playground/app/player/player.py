"""The component: the player mounted into the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import plotly
import streamlit as st

from playground.app.player.request import Request, read_request
from playground.app.served import served

HERE = Path(__file__).parent
KEY = "player"
# In this order; the last one exports.
SCRIPTS = ("frames", "painter", "pen", "drawing", "panel", "look", "picture", "save", "place", "walk", "editor",
           "copy", "address", "player")

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
AT_ONCE = "//# allFunctionsCalledOnLoad\n"                              # V8 compiles all, while the rest is on its way


@cache
def plotly_js() -> str:
    """Where the installed plotly's own plotly.js is served: Python and browser always agree."""
    return served("plotly", AT_ONCE + PLOTLY.read_text("utf-8"))


@cache
def _component() -> Callable[..., object]:
    # What it is given as `js` Streamlit sends anew with every message: that only says where the script is.
    module = served("player", "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in SCRIPTS))
    return st.components.v2.component(
        "player",
        html=(HERE / "player.html").read_text("utf-8"),
        css=(HERE / "player.css").read_text("utf-8"),
        js=f"""const module = await import(new URL("{module}", document.baseURI));
export default module.default;""",
        isolate_styles=False,
    )


def player(data: bytes, on_request: Callable[[Request], None]) -> None:
    """Mounts the player, or hands the mounted one a message; `on_request` is called before the next run of the page."""

    def answer() -> None:
        state = st.session_state.get(KEY)
        request = read_request(state.get("request") if isinstance(state, Mapping) else None)
        if request:
            on_request(request)

    _component()(key=KEY, data=data, on_request_change=answer)
