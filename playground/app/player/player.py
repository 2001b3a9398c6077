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

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
AT_ONCE = "//# allFunctionsCalledOnLoad\n"                              # V8 compiles all, while the rest is on its way

FOLDER = TemporaryDirectory(prefix="playground-")                       # as long as the server runs
components_v1.declare_component("scripts", path=FOLDER.name)


def _served(name: str, script: str) -> str:
    """Where a script is served, by what it says: Streamlit sends what it is given as `js` anew with every message."""
    file = f"{name}-{sha1(script.encode(), usedforsecurity=False).hexdigest()[:16]}.js"
    (Path(FOLDER.name) / file).write_text(script, "utf-8")
    return f"component/{__name__}.scripts/{file}"


# The installed plotly's own plotly.js: Python and browser always agree.
PLOTLY_JS = _served("plotly", AT_ONCE + PLOTLY.read_text("utf-8"))
_MODULE = _served("player", "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in SCRIPTS))
_mount = st.components.v2.component(
    "player",
    html=(HERE / "player.html").read_text("utf-8"),
    css=(HERE / "player.css").read_text("utf-8"),
    js=f"""const module = await import(new URL("{_MODULE}", document.baseURI));
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
