"""Pinning: keeps the epoch on screen as a pin, when a person asks for it."""

from __future__ import annotations

from contextlib import suppress
from string import ascii_uppercase

import numpy as np
import streamlit as st

from playground.app.description import described
from playground.app.document import DocumentError, opened, pins_alone
from playground.app.pins import Pin
from playground.app.player import Request
from playground.app.session import Session
from playground.app.snapshot import taken
from playground.figures import MOST_PINS, loss_curve

PINS, COPY = "pins", "copy of the pins"                                 # in the session
LARGEST = 1_000_000                                                     # characters of a copy


def kept_pins() -> tuple[Pin, ...]:
    """All pins, in the order of their slots."""
    kept: tuple[Pin, ...] = st.session_state.get(PINS, ())
    return kept


def keep(pins: tuple[Pin, ...]) -> None:
    """From now on these are pinned."""
    copy = pins_alone(pins)
    st.session_state.update({PINS: pins, COPY: copy if len(copy) <= LARGEST else ""})


def copied() -> str:
    """The pins as a text, which the browser keeps as long as its tab, for a server that does not know them."""
    copy: str = st.session_state.get(COPY, "")
    return copy


def hear(session: Session, request: Request) -> None:
    """Pins what a person asked for, unless it is pinned already or the run is no longer there, and what the browser
    has kept from before.
    """
    if request.copy and not kept_pins():
        with suppress(DocumentError):                                   # nobody has asked for it
            keep(opened(request.copy.encode("utf-8", "replace")).pins)
    for mark in request.pins:
        kept = kept_pins()
        if mark.id <= session.pinned:
            continue
        session.pinned = mark.id
        there = mark.run == session.run or mark.epoch < session.runs.lineage.get(mark.run, 0)
        if not there or len(kept) == MOST_PINS:
            continue
        names, slots = {pin.name for pin in kept}, {pin.slot for pin in kept}
        name = next(name for name in map("Run {}".format, ascii_uppercase) if name not in names)
        slot = next(slot for slot in range(MOST_PINS) if slot not in slots)
        new = pinned(session, min(mark.epoch, session.recording.latest), name, slot)
        if all(new.snapshot != pin.snapshot for pin in kept):
            keep(tuple(sorted((*kept, new), key=lambda pin: pin.slot)))


def pinned(session: Session, epoch: int, name: str, slot: int) -> Pin:
    """The run on screen at an epoch."""
    with session.lock:
        recording, draft, snapshot = session.recording, session.link.draft, taken(session)._replace(epoch=epoch)
        assert draft                                                    # since the page was drawn
        noise = dict(snapshot.query).get("noise", ("0",))[0]
        settings = described(session.experiment, draft, noise, recording.course, session.runs.drawn, epoch)
        arrays = session.scene.frames(recording.frames([epoch]))
        numbers = {key.removeprefix("readout/"): float(np.asarray(values)[0]) for key, values in arrays.items()
                   if key.startswith("readout/")}
        losses = [numbers.pop(name) for name in ("epoch", "train-loss", "test-loss")]
        return Pin(
            name, slot, settings, epoch, recording.config.loss, losses[1], None if np.isnan(losses[2]) else losses[2],
            tuple((key, value) for key, value in numbers.items() if np.isfinite(value)), loss_curve(recording, epoch),
            snapshot)
