"""Points that a network is asked about: they are predicted, and never train or test it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from playground.data import cells
from playground.data.plane import Domain
from playground.data.reading import LARGEST
from playground.data.table import NAME

MOST = 50


class Asked(NamedTuple):
    """A name and a place, one or two inputs, of each point."""

    names: tuple[str, ...] = ()
    places: tuple[tuple[float, ...], ...] = ()


def read_asked(columns: Mapping[str, Sequence[object]], inputs: Sequence[str]) -> Asked:
    """The points in an editor's columns: the name, then the inputs; rows without any entry are left out.

    ValueError, in one sentence for a person, for what cannot be used.
    """
    names: list[str] = []
    places: list[tuple[float, ...]] = []
    for row, (name, *place) in enumerate(zip_longest(*columns.values()), start=1):
        entries = [cells.plain(cell) for cell in place]
        if cells.plain(name) is None and all(entry is None for entry in entries):
            continue
        if len(names) == MOST:
            raise ValueError(f"There can be {MOST} points to predict at most: delete rows to make room.")
        numbers = [cells.number(entry) for entry in entries]
        for column, entry, number in zip(inputs, entries, numbers, strict=True):
            if number is None or not abs(number) <= LARGEST:
                what = "the cell is empty" if entry is None else f"“{cells.shown(entry)}” is no number up to 1,000,000"
                raise ValueError(f"Row {row}, {cells.shown(column)}: {what}. Type a number such as 25 or 2.5.")
        names.append(cells.name(cells.plain(name)).strip() or f"point {row}")
        places.append(tuple(float(number) for number in numbers if number is not None))
    return Asked(tuple(names), tuple(places))


def asked_columns(asked: Asked, inputs: Sequence[str]) -> dict[str, list[str]]:
    """The columns of an editor for these points, as a person would type them; a blank row where there are none."""
    texts = [[str(place[i]).removesuffix(".0") for place in asked.places] for i in range(len(inputs))]
    return {NAME: [*asked.names] or [""], **{f"input {i + 1}": text or [""] for i, text in enumerate(texts)}}


def outside(asked: Asked, plane: Domain) -> list[str]:
    """The names of the points that do not lie in this part of the plane; of a single input, y does not count."""
    sides = plane[:2], plane[2:]
    return [name for name, place in zip(*asked, strict=True)
            if any(not low <= value <= high for value, (low, high) in zip(place, sides, strict=False))]
