"""The compare tab: a table of the run on screen and of those that are pinned, each one click away."""

from __future__ import annotations

import streamlit as st

from playground.app.comparison import differences, results
from playground.app.markdown import literal
from playground.app.pinning import keep, kept_pins, pinned
from playground.app.pins import fault_of
from playground.app.player import Request
from playground.app.session import Session
from playground.app.snapshot import go_to
from playground.app.standings import Row, standings
from playground.figures import THEMES, swatch

SEEN = "compare seen"                                                   # in the session: the run and epoch in the table
FAULT, TYPED = "compare fault", "compare typed"                         # likewise: of the last name, and how many
ON_SCREEN = "on screen"
EMPTY = ("Does a higher learning rate pay off, or another layer? Press **Pin run** above: the run is kept as it is, "
         "with its curve in the loss chart, while you try something else. Here they then stand side by side.")


def compare_tab(session: Session) -> None:
    """Draws a row for the run on screen and one for each that is pinned, or says what pins are for."""
    pins = kept_pins()
    st.session_state[SEEN] = session.run, session.here
    if not pins:
        st.caption(EMPTY)
        return
    runs = (pinned(session, session.here, ON_SCREEN, len(pins)), *pins)
    settings, scores = differences(runs), results(runs)
    slots = (None, *(pin.slot for pin in pins))
    rows = [Row(slot, run.name, swatch(slot, THEMES[session.theme])) for slot, run in zip(slots, runs, strict=True)]
    standings(rows, settings, scores, st.session_state.get(TYPED, 0), _show, _remove, _rename)
    if fault := st.session_state.pop(FAULT, ""):
        st.error(literal(fault), icon=":material/error:")
    best = any(any(column.best) for column in scores)
    st.caption(f"**Show** leads back to a run as it was. Click a name to change it.{' ★ marks the best.' * best}")


def hear(session: Session, request: Request) -> None:
    """Lets the table say where the viewer has come to rest, if it is seen."""
    rests = not request.playing and request.goal_epoch is None and request.goal_loss is None
    if rests and SEEN in st.session_state and kept_pins():
        st.session_state[SEEN] = session.run, session.here


def _show(slot: int) -> None:
    for pin in kept_pins():
        if pin.slot == slot:
            go_to(pin.snapshot)


def _remove(slot: int) -> None:
    keep(tuple(pin for pin in kept_pins() if pin.slot != slot))


def _rename(slot: int, typed: str) -> None:
    """Takes the name that was typed, or says why it cannot be used."""
    pins, name = kept_pins(), " ".join(typed.split())
    fault = fault_of(name, [pin.name for pin in pins if pin.slot != slot])
    st.session_state.update({FAULT: fault, TYPED: st.session_state.get(TYPED, 0) + 1})
    if not fault:
        keep(tuple(pin._replace(name=name) if pin.slot == slot else pin for pin in pins))
