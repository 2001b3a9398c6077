"""A link for a class: the page as it is, without the parts that a teacher leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from playground.app.parts import HIDEABLE
from playground.app.session import Session

TICKED = "link "                                                        # begins the keys of the boxes
EVERY = 1.0                                                             # seconds until the link is made anew
HIGH = 800                                                              # pixels of a frame in another page
BESIDE = "Around the figures"
COLUMNS = {"Sidebar": "data", BESIDE: "playback", "Figures": "diagram"}     # title: first name in it
STYLE = """<style>
.st-key-parts .stVerticalBlock { gap: 0.2rem; }
.st-key-parts .stCheckbox p { font-size: 0.9rem; }
%s { padding-left: 1.5rem; }
</style>"""


def address(query: Mapping[str, Sequence[str]], hidden: Sequence[str], projected: bool, embedded: bool) -> str:
    """The query of a link, which has all that is in this one but for what is hidden, and how it is shown."""
    kept = {name: list(values) for name, values in query.items() if name not in ("hide", "projector")}
    flags = {"projector": projected, "embed": embedded}
    own = ({"hide": [",".join(hidden)]} if hidden else {}) | {name: ["true"] for name, on in flags.items() if on}
    return urlencode(kept | own, doseq=True, safe=",")


def _kept() -> dict[str, list[str]]:
    """What is on screen beyond the controls: the player alone keeps it in the address bar."""
    session: Session = st.session_state.session
    told = session.link.told(session.runs, session.experiment.config, "")
    field = "" if told["why"] else told["field"]
    return {"epoch": [str(session.here)] if session.here else [], "state": [field] if field else []}


def frame(link: str) -> str:
    """The HTML that shows a link within another page."""
    return (f'<iframe src="{escape(link)}" title="Neural network playground" width="100%" height="{HIGH}" '
            'style="border: 0" allow="clipboard-write"></iframe>')


@st.dialog("Link for class", width="large", on_dismiss="rerun")
def link_dialog(hidden: frozenset[str]) -> None:
    """Draws a box per part, ticked unless it is hidden already, and the link that follows from them."""
    _boxes_and_link(hidden)


# Where a box is ticked in the moment of a request of the player's, Streamlit runs the fragment of the one alone.
@st.fragment(run_every=EVERY)
def _boxes_and_link(hidden: frozenset[str]) -> None:
    inner = [f".st-key-link-{name}" for name, part in HIDEABLE.items() if part.within]
    st.html(STYLE % ", ".join(inner))
    st.markdown("Who opens the link sees the page as you see it now, with the parts that are ticked. What is hidden "
                "keeps its settings.")
    starts = list(COLUMNS.values())
    names = list(HIDEABLE)
    groups = [names[names.index(start):stop] for start, stop in
              zip(starts, [*map(names.index, starts[1:]), len(names)], strict=True)]
    out: list[str] = []
    with st.container(key="parts"):
        for column, title, group in zip(st.columns(len(COLUMNS)), COLUMNS, groups, strict=True):
            column.markdown(f"**{title}**")
            for name in group:
                part = HIDEABLE[name]
                gone = part.within in out
                ticked = column.checkbox(part.title, name not in hidden, key=TICKED + name, disabled=gone)
                if not ticked and not gone:
                    out.append(name)
            if title == BESIDE:
                column.markdown("**Shown**")
                projected = column.checkbox("In projector mode: light and large", key=f"{TICKED}projector")
    query = {name: st.query_params.get_all(name) for name in st.query_params} | _kept()
    page = (st.context.url or "").rstrip("/") + "/"
    st.markdown("**The link**")
    st.code(f"{page}?{address(query, out, projected, False)}".removesuffix("?"), None, wrap_lines=True)
    st.markdown("**To show it within another page**")
    st.code(frame(f"{page}?{address(query, out, projected, True)}"), "html", wrap_lines=True)
