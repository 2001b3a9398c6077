"""Trim: what a link leaves out of the page, and the projector, for which it is light and large."""

from __future__ import annotations

import re
from typing import NamedTuple

import streamlit as st

from playground.app.classlink import link_dialog
from playground.app.markdown import literal
from playground.app.parts import GROUPS, HIDEABLE, everything, style
from playground.app.press import pressed
from playground.data import cells

HIDE, PROJECTOR = "hide", "projector"                                   # in the link
NEEDLESS = ("data", "network", "training", "speed", "run-to", "copy-link", "save-figure", "drawing", "table",
            "predictions", "sweep", "compare", "export", "explanation")
ASKED = "class link"                                                    # in the session: a dialog that is to open
MENTIONED = 3                                                           # unknown names in a sentence

STYLE = """
.st-key-part-share button { min-height: 2rem; padding: 0 0.6rem; pointer-events: auto; }
@media (min-width: 900px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-part-share) { height: 0; margin-bottom: -0.6rem; z-index: 1; }
  .st-key-part-share { position: relative; top: 0.4rem; pointer-events: none; }
}
"""
# The button that opens the sidebar stands in the corner, where an embedded page has no header above it.
EMBEDDED = ".player .transport { padding: 0 0 0 1.8rem; }"
LIGHT = """
.stApp { background: #fff; color: #000; color-scheme: light; }
.st-key-part-share.st-key-part-share { position: fixed; left: auto; right: 3.2rem; top: 0.7rem; width: auto; }
.st-key-part-share button { background: #fff; color: #2f3540; border-color: #8a92a0; }
"""


class Trim(NamedTuple):
    """The parts that are hidden, by their names, and whether the page is for a projector."""

    hidden: frozenset[str]
    projected: bool


def trimmed() -> Trim:
    """What the link says, done to the page as far as CSS can; names that it does not know get a sentence."""
    names = list(dict.fromkeys(filter(None, re.split(r"[\s,]+", ",".join(st.query_params.get_all(HIDE)).lower()))))
    unknown = [name for name in names if name not in HIDEABLE]
    projected = st.query_params.get(PROJECTOR) == "true"
    hidden = everything([name for name in names if name in HIDEABLE] + list(NEEDLESS if projected else ()))
    cornered = st.context.is_embedded and not hidden >= GROUPS
    st.html(f"<style>{STYLE}{LIGHT if projected else ''}{EMBEDDED if cornered else ''}{style(hidden)}</style>")
    if unknown:
        said = ", ".join(literal(cells.shown(name)) for name in unknown[:MENTIONED])
        more = f" and {len(unknown) - MENTIONED} more" if len(unknown) > MENTIONED else ""
        st.warning(f"The link hides {said}{more}, but no part of this page has such a name. “Link for class” lists "
                   "what can be hidden.", icon=":material/visibility_off:")
    return Trim(hidden, projected)


def share(trim: Trim) -> None:
    """Draws the buttons that make a link for a class and turn the projector on and off."""
    if st.context.is_embedded:
        return
    with st.container(key="part-share", horizontal=True, horizontal_alignment="right", gap="small"):
        if trim.projected:
            st.button("Exit", icon=":material/close_fullscreen:", help="Leave projector mode", on_click=pressed,
                      args=(_project, False))
            return
        st.button("Projector", icon=":material/slideshow:", on_click=pressed, args=(_project, True),
                  help="Light, large, and only the figures: for the back of a room. One click leads back.")
        st.button("Link for class", icon=":material/link:", on_click=pressed,
                  args=(st.session_state.update, {ASKED: True}),
                  help="A link to what is on screen, without the parts that a class does not need.")
    if st.session_state.pop(ASKED, False):
        link_dialog(trim.hidden)


def _project(on: bool) -> None:
    if on:
        st.query_params[PROJECTOR] = "true"
    else:
        del st.query_params[PROJECTOR]
