"""The component: the player mounted into the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory

import plotly
import streamlit as st
import streamlit.components.v1 as components_v1

from playground.app.player.request import Request, read_request

HERE = Path(__file__).parent
KEY = "player"
# In this order; the last one exports.
SCRIPTS = ("frames", "painter", "pen", "drawing", "panel", "look", "picture", "save", "place", "walk", "editor",
           "copy", "address", "player")

# The installed plotly's own plotly.js, served beside the page: Python and browser always agree.
PLOTLY = Path(plotly.__file__).parent / "package_data"
components_v1.declare_component("plotly_js", path=str(PLOTLY))
PLOTLY_JS = f"component/{__name__}.plotly_js/plotly.min.js"


def _served() -> str:
    """Where the scripts are served as one module: Streamlit sends what it is given as `js` anew with every message."""
    module = "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in SCRIPTS).encode()
    name = f"player-{sha1(module, usedforsecurity=False).hexdigest()[:16]}.js"
    (Path(FOLDER.name) / name).write_bytes(module)
    components_v1.declare_component("player_js", path=FOLDER.name)
    return f"component/{__name__}.player_js/{name}"


FOLDER = TemporaryDirectory(prefix="playground-")                       # as long as the server runs
_mount = st.components.v2.component(
    "player",
    html=(HERE / "player.html").read_text("utf-8"),
    css=(HERE / "player.css").read_text("utf-8"),
    js=f"""const module = await import(new URL("{_served()}", document.baseURI));
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

    _mount(key=KEY, data=data, on_request_change=answer)
