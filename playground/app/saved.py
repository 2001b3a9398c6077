"""What is saved of an experiment beyond its controls, as JSON values and back: in a link and in a file.

What is read is checked field by field; nothing in it is trusted.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from playground.app.history import Draft, Texts
from playground.data import Asked, Domain, asked_columns, read_asked
from playground.nn import Config, Course
from playground.nn.config import CHANGEABLE

MOST_CHANGES = 1000


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

    @property
    def content(self) -> dict[str, Any]:
        """{"table", "asked", "course"} as JSON values, each missing where the controls say it all."""
        fields: dict[str, Any] = {}
        if self.table:
            fields["table"] = {**self.table._asdict(), "plane": self.table.plane and [*self.table.plane]}
        if self.asked is not None:
            fields["asked"] = {"names": self.asked.names, "places": self.asked.places}
        if self.changes or self.given:
            fields["course"] = {"changes": self.changes, "given": self.given}
        return fields


EMPTY = Saved()


def saved(draft: Draft | None, asked: Asked | None, config: Config, course: Course, drawn: Sequence[float]) -> Saved:
    """What must be held beyond the controls, which say this config and draw these start weights."""
    changes = tuple(
        (epoch, {field: getattr(each, field) for field in sorted(CHANGEABLE)
                 if getattr(each, field) != getattr(config, field)})
        for epoch, each in course.configs.items())
    given = tuple((epoch, tuple(parameters.tolist())) for epoch, parameters in course.given.items()
                  if epoch or tuple(parameters.tolist()) != tuple(drawn))
    table = draft.texts if draft and (draft.own or draft.edited) else None
    return Saved(table, asked, changes if changes != ((0, {}),) else (), given)


def parsed(content: object) -> Saved:
    """What such JSON values hold; ValueError, in words for a person, for what they are not."""
    try:
        if not isinstance(content, Mapping):
            raise TypeError
        table = _texts(content["table"]) if "table" in content else None
        asked = _asked(content["asked"]) if "asked" in content else None
        course = content.get("course", {})
        changes = tuple((epoch, _plain(changed)) for epoch, changed in _steps(course.get("changes", [])))
        given = tuple((epoch, _row(row)) for epoch, row in _steps(course.get("given", [])))
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError, MemoryError) as error:
        raise ValueError("it is damaged or cut off") from error
    if any(not changed.keys() <= CHANGEABLE for _, changed in changes):
        raise ValueError("it changes what cannot change half way")
    return Saved(table, asked, changes, given)


def packed(row: Sequence[float]) -> str:
    """Parameters as a text, which `parsed` reads as well as a list of numbers."""
    return base64.b64encode(np.array(row, "<f8").tobytes()).decode()


def _texts(value: Mapping[str, Any]) -> Texts:
    def text(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError
        value.encode()                                                  # half a surrogate pair is a ValueError
        return value

    def texts(values: Any) -> tuple[str, ...]:
        if not isinstance(values, list):
            raise TypeError
        return tuple(map(text, values))

    plane = value["plane"]
    if len(value["inputs"]) not in (1, 2):
        raise TypeError
    return Texts(
        text(value["title"])[:200], value["own"] is True, texts(value["inputs"]), text(value["target"]),
        texts(value["classes"]), tuple(map(texts, value["good"])), tuple(map(texts, value["typed"])),
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


def _row(written: Any) -> tuple[float, ...]:
    if isinstance(written, list):
        return tuple(map(_finite, written))
    row = np.frombuffer(base64.b64decode(written, validate=True), "<f8")
    if not np.isfinite(row).all():
        raise ValueError("not finite")
    return tuple(row.tolist())


def _finite(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
        raise TypeError
    return float(value)
