"""A snapshot: what is on screen as plain values, and the way back to it."""

from __future__ import annotations

import secrets
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st

from playground.app.saved import Saved
from playground.app.session import Session

# In the address, but no settings: what the player keeps there itself, and how the page is shown.
ASIDE = ("epoch", "front", "log", "neurons", "sample", "speed", "stride", "state", "tab", "hide", "projector",
         "embed", "embed_options")
HELD = "held snapshot"                                                  # in the session: what is being gone to


Query = tuple[tuple[str, tuple[str, ...]], ...]


class Snapshot(NamedTuple):
    """What the address says of the controls, what goes beyond them, and the epoch on screen."""

    query: Query
    saved: Saved
    epoch: int


def settings() -> Query:
    """What the address says of the controls that are drawn."""
    return tuple((name, tuple(st.query_params.get_all(name))) for name in sorted(st.query_params) if name not in ASIDE)


def taken(session: Session, query: Query | None = None) -> Snapshot:
    """What is on screen, as far as the player told. Without a script that runs, what the address says is needed."""
    with session.lock:
        saved = session.link.saved(session.runs, session.experiment.config)
        return Snapshot(settings() if query is None else query, saved, session.here)


def go_to(snapshot: Snapshot) -> None:
    """Lets the page show it: the player goes to its address, which sets the controls, and then asks for the rest."""
    session: Session = st.session_state.session
    field = f"held {secrets.token_hex(4)}"
    st.session_state[HELD] = field, snapshot.saved
    query = {name: values for name, values in snapshot.query if name not in ASIDE}
    session.link.go(snapshot.epoch, urlencode(query, doseq=True), field)


def held(field: str) -> Saved | None:
    """What the player asks for by this field on its way to a snapshot, None if it is no such field."""
    name, saved = st.session_state.get(HELD, ("", None))
    return saved if field == name else None
