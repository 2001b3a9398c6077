"""The experiment as a file: saved, and opened again, in the export tab."""

from __future__ import annotations

import streamlit as st

from playground.app.document import DocumentError, document, opened
from playground.app.history import Draft
from playground.app.markdown import literal
from playground.app.pinning import keep, kept_pins
from playground.app.press import pressed
from playground.app.session import Session
from playground.app.snapshot import go_to, settings
from playground.exports import stem

OPENED, TIMES, FAULT = "experiment file", "experiment file times", "experiment file fault"     # in the session


def experiment_file(session: Session, draft: Draft) -> None:
    """Draws a button that saves what is on screen, and a place for a file that brings it back."""
    query, pins = settings(), kept_pins()
    save, load = st.columns([1, 2], gap="medium")
    with save:
        st.download_button(
            "Save experiment", lambda: document(session, query, draft, pins).encode("utf-8", "replace"),
            f"{stem(draft.title, session.recording.sizes)}-experiment.json", "application/json",
            on_click="ignore", icon=":material/save:", width="stretch",
        )
        st.caption("Settings, table, weights, epoch and pinned runs, all in one file, which is opened again here.")
    with load:
        times = st.session_state.setdefault(TIMES, 0)                   # an empty form after each file
        st.file_uploader("Open a saved experiment", "json", key=f"{OPENED} {times}", on_change=pressed,
                         args=(_open, times))
        if fault := st.session_state.get(FAULT):
            st.error(literal(fault), icon=":material/error:")


def _open(times: int) -> None:
    file = st.session_state.get(f"{OPENED} {times}")
    if file is None:
        return
    st.session_state.update({TIMES: times + 1, FAULT: ""})
    try:
        found = opened(file.getvalue())
    except DocumentError as error:
        st.session_state[FAULT] = str(error)
        return
    if found.pins:
        keep(found.pins)
    go_to(found.snapshot)
