"""The export tab: files in which the run on screen is taken home."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from playground.app.pinning import kept_pins
from playground.app.pins import Pin, told
from playground.app.replay import NEEDS_SERVER, REPLAY, Played
from playground.app.session import Session
from playground.exports import EXPORTS, Export, Result, until
from playground.exports.export import Given
from playground.figures import Scene, history

ROW = 3                                                                 # exports beside each other


def export_tab(session: Session, title: str) -> None:
    """Draws a button for each export; what it holds is made when it is pressed, for the epoch then on screen."""
    st.caption("The run on screen, from its start weights to the epoch on screen. The arrow beside a figure's title "
               "saves the figure alone, as SVG or PNG.")
    whole = partial(played, pins=kept_pins())
    offered = [partial(_button, REPLAY, whole), *(partial(_button, export, result) for export in EXPORTS.values())]
    for first in range(0, len(offered), ROW):
        for column, button in zip(st.columns(ROW, gap="medium"), offered[first : first + ROW], strict=False):
            with column:
                button(session, title)


def result(session: Session, title: str) -> Result:
    """The run on screen up to the epoch on screen, as far as the player told."""
    with session.lock:                                                  # the page may be training meanwhile
        recording, view = until(session.recording, session.here), session.scene.view
    return Result(title, recording, view.table, view.train, view.test, view.features, view.scaling, view.asked)


def played(session: Session, title: str, pins: tuple[Pin, ...] = ()) -> Played:
    """The same with the figures on screen, and these pinned runs in the loss curve."""
    with session.lock:
        run, scene = result(session, title), session.scene
        look = session.look if session.look and session.look.panel in scene.looks else None
        curves, end = history(run.recording, session.runs.ghost), session.recording.divergence
    pinned = told(pins, run.recording.config.loss)
    theme = "dark" if scene.theme == "dark" else "light"
    return Played(run, Scene(scene.view, theme, scene.hidden | NEEDS_SERVER, look), look.panel if look else "",
                  {f"history/{name}": curve for name, curve in curves.items()}, pinned, end)


def _button(export: Export[Given], given: Callable[[Session, str], Given], session: Session, title: str) -> None:
    st.download_button(
        export.title, partial(_content, export, given, session, title),
        export.file_name(title, session.recording.sizes), export.mime,
        on_click="ignore", icon=":material/download:", width="stretch",
    )
    st.caption(export.description)


def _content(export: Export[Given], given: Callable[[Session, str], Given], session: Session, title: str) -> bytes:
    return export.function(given(session, title)).encode("utf-8", "replace")
