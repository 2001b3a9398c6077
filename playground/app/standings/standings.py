"""The component: runs as the rows of a table, and what a person does to one of them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from playground.app.comparison import Column

HERE = Path(__file__).parent
KEY = "standings"

# Streamlit's own table can have buttons, but none that a keyboard reaches.
_mount = st.components.v2.component(
    "standings",
    html='<div class="standings" data-testid="standings"></div>',
    css=(HERE / "standings.css").read_text("utf-8"),
    js=(HERE / "standings.js").read_text("utf-8"),
)


class Row(NamedTuple):
    """A run by its name, which is plain text and not escaped, and its line in the chart, an SVG document.

    Without an `id` it can neither be shown, nor renamed or removed.
    """

    id: int | None
    name: str
    line: str


def standings(
    rows: Sequence[Row], settings: Sequence[Column], results: Sequence[Column], version: int,
    on_show: Callable[[int], None], on_remove: Callable[[int], None], on_rename: Callable[[int, str], None],
) -> None:
    """Mounts rows, with columns that stand beside them; another `version` forgets what is typed.

    The callbacks get the id of a run, before the next run of the page.
    """

    def answer(what: str, call: Callable[..., None]) -> None:
        state = st.session_state.get(KEY)
        asked = state.get(what) if isinstance(state, Mapping) else None
        if isinstance(asked, Mapping) and isinstance(asked.get("id"), int | float):
            call(int(asked["id"]), *([str(asked.get("name"))] if what == "rename" else []))

    data = {"rows": [row._replace(line=_address(row.line))._asdict() for row in rows], "version": version,
            "settings": [column._asdict() for column in settings], "results": [column._asdict() for column in results]}
    _mount(key=KEY, data=data, on_show_change=partial(answer, "show", on_show),
           on_remove_change=partial(answer, "remove", on_remove), on_rename_change=partial(answer, "rename", on_rename))


def _address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
