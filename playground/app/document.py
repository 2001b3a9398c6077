"""A document: the whole experiment as one JSON file, and back. Its schema is document.schema.json, beside this."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from jsonschema import Draft202012Validator

from playground.app.history import Draft
from playground.app.saved import parsed
from playground.app.session import Session
from playground.app.snapshot import Query, Snapshot, taken
from playground.nn import unflatten

FORMAT, VERSION = "neural network playground", 1
LARGEST = 3_000_000                                                     # bytes
LONGEST = 60                                                            # characters of a place in it
SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("document.schema.json").read_text("utf-8"))


class DocumentError(ValueError):
    """A file that cannot be opened, in one sentence for a person."""


def document(session: Session, query: Query, draft: Draft) -> str:
    """What is on screen, with the table as it is edited and the weights of the epoch."""
    with session.lock:
        snapshot = taken(session, query)
        parameters = session.recording.frames([snapshot.epoch]).parameters[0]
    weights, biases = unflatten(parameters, session.recording.sizes)
    return json.dumps({
        "format": FORMAT,
        "version": VERSION,
        "title": draft.title[:200],
        **content(snapshot._replace(saved=snapshot.saved._replace(table=draft.texts))),
        "weights": [{"weights": W.tolist(), "biases": b.tolist()} for W, b in zip(weights, biases, strict=True)],
    }, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def content(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot as JSON values."""
    settings = {name: values[0] if len(values) == 1 else values for name, values in snapshot.query}
    return {"settings": settings, **snapshot.saved.content, "epoch": snapshot.epoch}


def opened(data: bytes) -> Snapshot:
    """The experiment of such a file, checked by its schema; DocumentError for any other."""
    if len(data) > LARGEST:
        _refuse(f"it is larger than {LARGEST // 10**6} MB")
    try:
        read = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        _refuse("it is no JSON, or is cut off")
    if not isinstance(read, Mapping) or read.get("format") != FORMAT:
        _refuse("it was not saved by this page")
    if read.get("version") != VERSION:
        _refuse("it was made by another version of this page")
    for wrong in Draft202012Validator(SCHEMA).iter_errors(read):
        where = " → ".join(map(str, wrong.absolute_path))
        _refuse(f"something is wrong at {where[:LONGEST]}" if where else "settings or epoch are missing")
    return snapshot(read)


def snapshot(read: Mapping[str, Any]) -> Snapshot:
    """The snapshot of such JSON values, which are as the schema has them."""
    query = {name: (values,) if isinstance(values, str) else tuple(values) for name, values in read["settings"].items()}
    try:
        saved = parsed({name: read[name] for name in ("table", "asked", "course") if name in read})
    except ValueError as error:
        _refuse(str(error))
    return Snapshot(tuple(sorted(query.items())), saved, read["epoch"])


def _refuse(why: str) -> NoReturn:
    raise DocumentError(f"The file cannot be opened: {why}. What was on screen stays.")
