"""The export tab: files in which the run on screen is taken home."""

from __future__ import annotations

from functools import partial

import streamlit as st

from playground.app.session import Session
from playground.exports import EXPORTS, Export, Result, until


def export_tab(session: Session, title: str) -> None:
    """Draws a button for each export; what it holds is made when it is pressed, for the epoch then on screen."""
    st.caption("The run on screen, from its start weights to the epoch on screen.")
    for column, export in zip(st.columns(len(EXPORTS), gap="medium"), EXPORTS.values(), strict=True):
        with column:
            st.download_button(
                export.title, partial(_content, export, session, title),
                export.file_name(title, session.recording.sizes), export.mime,
                on_click="ignore", icon=":material/download:", width="stretch",
            )
            st.caption(export.description)


def result(session: Session, title: str) -> Result:
    """The run on screen up to the epoch on screen, as far as the player told."""
    with session.lock:                                                  # the page may be training meanwhile
        recording, view = until(session.recording, session.here), session.scene.view
    return Result(title, recording, view.table, view.train, view.test, view.features, view.scaling, view.asked)


def _content(export: Export, session: Session, title: str) -> bytes:
    return export.function(result(session, title)).encode("utf-8", "replace")
