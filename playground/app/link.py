"""The link: what the controls do not say of an experiment, as one field of the address, and back.

The field is `1.` and base64url of a zlib stream of JSON: {"table", "asked", "course"}, each missing where the controls
say it all. What is read is checked field by field; nothing in it is trusted.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from playground.app.history import Draft, Texts
from playground.app.runs import Runs
from playground.data import Asked, Domain, asked_columns, read_asked
from playground.nn import Config, Course
from playground.nn.config import CHANGEABLE

VERSION = "1"
LONGEST = 6000                                                          # characters that an address can carry
LARGEST = 2_000_000                                                     # bytes of JSON that are read
MOST_CHANGES = 1000
TOO_LONG = "What you changed is too much for a link, which has the settings alone. Download the table to keep it."
WHAT = "The link cannot be read in full"


class LinkError(ValueError):
    """A field that cannot be used, in one sentence for a person."""


class Saved(NamedTuple):
    """What goes beyond the controls: the table that was edited or brought along, as its cells; the points that are
    asked, if they are not those of the data set; and the course of the run.

    Of a course, `changes` are (epoch, what differs from the config that the controls say), `given` (epoch, parameters).
    """

    table: Texts | None = None
    asked: Asked | None = None
    changes: tuple[tuple[int, Mapping[str, Any]], ...] = ()
    given: tuple[tuple[int, tuple[float, ...]], ...] = ()

    def course(self, config: Config) -> Course | None:
        """The course of a run whose controls say this config, None if it is nothing but that; ValueError if it is none.

        Course gives no parameters at epoch 0 where they are drawn.
        """
        if not self.changes and not self.given:
            return None
        configs = {epoch: replace(config, **changed) for epoch, changed in self.changes or ((0, {}),)}
        return Course(configs, {epoch: np.array(parameters) for epoch, parameters in self.given})


EMPTY = Saved()


def saved(draft: Draft | None, asked: Asked | None, config: Config, course: Course, drawn: Sequence[float]) -> Saved:
    """What a link must hold beyond the controls, which say this config and draw these start weights."""
    changes = tuple(
        (epoch, {field: getattr(each, field) for field in sorted(CHANGEABLE)
                 if getattr(each, field) != getattr(config, field)})
        for epoch, each in course.configs.items())
    given = tuple((epoch, tuple(parameters.tolist())) for epoch, parameters in course.given.items()
                  if epoch or tuple(parameters.tolist()) != tuple(drawn))
    table = draft.texts if draft and (draft.own or draft.edited) else None
    return Saved(table, asked, changes if changes != ((0, {}),) else (), given)


def written(what: Saved) -> str:
    """The field; "" where the controls say it all."""
    fields: dict[str, Any] = {}
    if what.table:
        fields["table"] = {**what.table._asdict(), "plane": what.table.plane and [*what.table.plane]}
    if what.asked is not None:
        fields["asked"] = {"names": what.asked.names, "places": what.asked.places}
    if what.changes or what.given:
        fields["course"] = {"changes": what.changes, "given": [[epoch, _packed(row)] for epoch, row in what.given]}
    if not fields:
        return ""
    text = json.dumps(fields, separators=(",", ":"), ensure_ascii=False)
    return f"{VERSION}.{base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip('=')}"


class Link:
    """A viewer's link: the field, written anew when something changes. It has the table as it is edited, and the points
    that are asked if they are not those of the data set.
    """

    def __init__(self) -> None:
        self.draft: Draft | None = None
        self.own: Asked | None = None
        self._go: dict[str, Any] | None = None
        self._made: tuple[tuple[object, ...], str] | None = None

    def saved(self, runs: Runs, config: Config) -> Saved:
        """What it must hold beyond the controls, which say this config."""
        return saved(self.draft, self.own, config, runs.recording.course, runs.drawn)

    def go(self, epoch: int, query: str | None = None, field: str | None = None) -> None:
        """Lets the player go to an epoch; if there is a query, to that address first, as back and forward do.

        Then it asks for what is beyond the controls by that field.
        """
        self._go = {"id": secrets.token_hex(4), "epoch": epoch, "query": query, "field": field}

    def told(self, runs: Runs, config: Config, held: str) -> dict[str, Any]:
        """The field with its id, unless the player holds that, and a sentence if no address can have it, as JSON.

        And where the player is to go, which it does once.
        """
        key = (runs.run, self.draft, self.own)
        if self._made is None or self._made[0] != key:
            self._made = key, written(self.saved(runs, config))
        field, name = self._made[1], f"{hash(self._made[1]):x}"
        told = {"id": name, "why": TOO_LONG if len(field) > LONGEST else "", "go": self._go}
        return told if held == name else {**told, "field": field}


def read(field: str) -> Saved:
    """What such a field holds; LinkError for one that is damaged, too large, of another version, or no such thing."""
    if not field:
        return Saved()
    version, _, packed = field.partition(".")
    if version != VERSION:
        raise LinkError(f"{WHAT}: it was made by another version of this page. Its settings hold.")
    try:
        content = json.loads(_unpacked(packed))
        if not isinstance(content, Mapping):
            raise TypeError
        table = _texts(content["table"]) if "table" in content else None
        asked = _asked(content["asked"]) if "asked" in content else None
        course = content.get("course", {})
        changes = tuple(_steps(course.get("changes", [])))
        given = tuple((epoch, _row(row)) for epoch, row in _steps(course.get("given", [])))
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError, MemoryError) as error:
        raise LinkError(f"{WHAT}: it is damaged or cut off. Its settings hold; copy it anew for the rest.") from error
    if any(not isinstance(changed, Mapping) or not changed.keys() <= CHANGEABLE for _, changed in changes):
        raise LinkError(f"{WHAT}: it changes what cannot change half way. Its settings hold.")
    return Saved(table, asked, tuple((epoch, _plain(changed)) for epoch, changed in changes), given)


def _unpacked(packed: str) -> str:
    data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
    stream = zlib.decompressobj()
    try:
        content = stream.decompress(data, LARGEST)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not stream.eof:
        raise ValueError("too large, or cut off")
    return content.decode()


def _texts(value: Mapping[str, Any]) -> Texts:
    def texts(values: Any) -> tuple[str, ...]:
        if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
            raise TypeError
        return tuple(values)

    title, target, plane = value["title"], value["target"], value["plane"]
    if not isinstance(title, str) or not isinstance(target, str) or len(value["inputs"]) not in (1, 2):
        raise TypeError
    return Texts(
        title[:200], value["own"] is True, texts(value["inputs"]), target, texts(value["classes"]),
        tuple(map(texts, value["good"])), tuple(map(texts, value["typed"])),
        None if plane is None else Domain(*(_finite(side) for side in plane)))


def _asked(value: Mapping[str, Any]) -> Asked:
    places = [[_finite(number) for number in place] for place in value["places"]]
    inputs = ["x1", "x2"][: len(places[0]) if places else 2]
    names = [str(name) for name in value["names"]]
    return read_asked(asked_columns(Asked(tuple(names), tuple(map(tuple, places))), inputs), inputs)


def _steps(values: Any) -> Iterator[tuple[int, Any]]:
    before = -1
    if len(values) > MOST_CHANGES:
        raise ValueError("too many")
    for epoch, what in values:
        if isinstance(epoch, bool) or not isinstance(epoch, int) or not before < epoch <= 10**7:
            raise ValueError("epochs must increase")
        before = epoch
        yield epoch, what


def _plain(changed: Mapping[str, Any]) -> dict[str, Any]:
    return {field: tuple(value) if field == "frozen" else value for field, value in changed.items()}


def _packed(row: Sequence[float]) -> str:
    return base64.b64encode(np.array(row, "<f8").tobytes()).decode()


def _row(packed: str) -> tuple[float, ...]:
    try:
        row = np.frombuffer(base64.b64decode(packed, validate=True), "<f8")
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    if not np.isfinite(row).all():
        raise ValueError("not finite")
    return tuple(row.tolist())


def _finite(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
        raise TypeError
    return float(value)
