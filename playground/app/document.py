"""A document: the whole experiment as one JSON file, and back. Its schema is document.schema.json, beside this."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from jsonschema import Draft202012Validator

from playground.app.description import Setting
from playground.app.history import Draft
from playground.app.pins import Pin, fault_of
from playground.app.saved import parsed
from playground.app.session import Session
from playground.app.snapshot import Query, Snapshot, taken
from playground.figures import Curve
from playground.nn import unflatten

FORMAT, VERSION = "neural network playground", 1
LARGEST = 3_000_000                                                     # bytes
LONGEST = 60                                                            # characters of a place in it
SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("document.schema.json").read_text("utf-8"))


class DocumentError(ValueError):
    """A file that cannot be opened, in one sentence for a person."""


class Document(NamedTuple):
    """What was on screen, and the runs that were pinned."""

    snapshot: Snapshot
    pins: tuple[Pin, ...]


def document(session: Session, query: Query, draft: Draft, pins: Sequence[Pin]) -> str:
    """What is on screen, with the table as it is edited and the weights of the epoch, and the pinned runs."""
    with session.lock:
        snapshot = taken(session, query)
        parameters = session.recording.frames([snapshot.epoch]).parameters[0]
    weights, biases = unflatten(parameters, session.recording.sizes)
    return json.dumps({
        "format": FORMAT,
        "version": VERSION,
        "title": draft.title[:200],
        **_content(snapshot._replace(saved=snapshot.saved._replace(table=draft.texts))),
        "weights": [{"weights": W.tolist(), "biases": b.tolist()} for W, b in zip(weights, biases, strict=True)],
        "pins": [_pinned(pin) for pin in pins],
    }, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def pins_alone(pins: Sequence[Pin]) -> str:
    """A file that holds pinned runs and nothing else; "" for none."""
    head = {"format": FORMAT, "version": VERSION, "settings": {}, "epoch": 0}
    return json.dumps(head | {"pins": [_pinned(pin) for pin in pins]}, allow_nan=False) if pins else ""


def opened(data: bytes) -> Document:
    """What is in such a file, which is checked by its schema; DocumentError for any other."""
    if len(data) > LARGEST:
        _refuse(f"it is larger than {LARGEST // 10**6} MB")
    try:
        read = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
        json.dumps(read, ensure_ascii=False).encode()                   # half a surrogate pair is a ValueError
    except (ValueError, RecursionError):
        _refuse("it is no JSON, or is cut off")
    if not isinstance(read, Mapping) or read.get("format") != FORMAT:
        _refuse("it was not saved by this page")
    if read.get("version") != VERSION:
        _refuse("it was made by another version of this page")
    for wrong in Draft202012Validator(SCHEMA).iter_errors(read):
        where = " → ".join(map(str, wrong.absolute_path))
        _refuse(f"something is wrong at {where[:LONGEST]}" if where else "settings or epoch are missing")
    pins = tuple(_pin(pin) for pin in read.get("pins", []))
    if len({pin.slot for pin in pins}) < len(pins) or any(
            fault_of(pin.name, [other.name for other in pins if other is not pin]) for pin in pins):
        _refuse("something is wrong with the names or colours of its pins")
    return Document(_snapshot(read), pins)


def _content(snapshot: Snapshot) -> dict[str, Any]:
    settings = {name: values[0] if len(values) == 1 else values for name, values in snapshot.query}
    return {"settings": settings, **snapshot.saved.content, "epoch": snapshot.epoch}


def _snapshot(read: Mapping[str, Any]) -> Snapshot:
    query = {name: (values,) if isinstance(values, str) else tuple(values) for name, values in read["settings"].items()}
    try:
        saved = parsed({name: read[name] for name in ("table", "asked", "course") if name in read})
    except ValueError as error:
        _refuse(str(error))
    return Snapshot(tuple(sorted(query.items())), saved, read["epoch"])


def _pinned(pin: Pin) -> dict[str, Any]:
    curve = {name: [_finite(value) for value in values] for name, values in pin.curve._asdict().items()}
    return {
        "name": pin.name, "slot": pin.slot, **_content(pin.snapshot), "loss": pin.loss, "train": _finite(pin.train),
        "test": pin.test if pin.test is None else _finite(pin.test), "measures": dict(pin.measures), "curve": curve,
        "described": [list(setting) for setting in pin.settings],
    }


def _pin(read: Mapping[str, Any]) -> Pin:
    curve = Curve(*(tuple(map(_number, read["curve"][name])) for name in Curve._fields))
    if {*map(len, (curve.epochs, curve.train, curve.test or curve.train))} != {len(curve.train)}:
        _refuse("the curve of a pin is cut off")
    return Pin(
        read["name"], read["slot"], tuple(Setting(*words) for words in read["described"]), read["epoch"], read["loss"],
        _number(read["train"]), read["test"], tuple(read["measures"].items()), curve, _snapshot(read))


def _finite(value: float) -> float | None:
    """JSON has no infinity."""
    return value if math.isfinite(value) else None


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _refuse(why: str) -> NoReturn:
    raise DocumentError(f"The file cannot be opened: {why}. What was on screen stays.")
