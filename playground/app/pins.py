"""Pins: runs that are kept as they were at an epoch, to be compared with what is on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from playground.app.description import Setting
from playground.figures import MOST_PINS, Arrays, Curve, overlay, series, words

if TYPE_CHECKING:
    from playground.app.snapshot import Snapshot

LONGEST = 24                                                            # characters of a name
FULL = f"{MOST_PINS} runs are pinned, which is as many as there can be: remove one below, under Compare."


class Pin(NamedTuple):
    """A run at an epoch: what decided it, its losses and measures, how it got there, and the way back to it.

    `slot` is the colour and dash of its line, `loss` the name of what its losses are; `test` is None, and some of the
    measures are missing, without test points.
    """

    name: str
    slot: int
    settings: tuple[Setting, ...]
    epoch: int
    loss: str
    train: float
    test: float | None
    measures: tuple[tuple[str, float], ...]                             # as the readouts are called
    curve: Curve
    snapshot: Snapshot


def fault_of(name: str, others: Sequence[str]) -> str:
    """What is wrong with a new name, in a sentence; "" if nothing is."""
    if not name:
        return "A name is empty: type one."
    if len(name) > LONGEST:
        return f"“{name[:LONGEST]}…” is too long: type at most {LONGEST} characters."
    return f"“{name}” is the name of another run: choose another." if name in others else ""


def told(
    pins: Sequence[Pin], loss: str, taken: int = 0, held: str = "", copy: str = ""
) -> tuple[dict[str, Any], Arrays]:
    """The pins beside a run with some loss, as JSON and arrays, unless the player holds them already.

    `taken` is the last that a person asked for, by its id, and `copy` all of them as a text that the browser keeps.
    """
    key = f"{hash((loss, *((pin.slot, pin.name, pin.epoch, pin.train, pin.test, pin.loss) for pin in pins))):x}"
    head = {"id": key, "taken": taken, "full": FULL if len(pins) == MOST_PINS else ""}
    if key == held:
        return head, {}
    names = {name: words(pin.name) for pin in pins for name in series(pin.slot)}
    arrays = {f"pinned/{name}": line for pin in pins for name, line in overlay(pin.slot, pin.curve).items()}
    return head | {"names": names, "note": _note(pins, loss), "copy": copy}, arrays


def _note(pins: Sequence[Pin], loss: str) -> str:
    others: dict[str, list[str]] = {}
    for pin in pins:
        if pin.loss != loss:
            others.setdefault(pin.loss.replace("_", " "), []).append(pin.name)
    notes = [f"{', '.join(names)}: {other}" for other, names in others.items()]
    return "; ".join([*(["thin: test"] if any(pin.test is not None for pin in pins) else []), *notes])
