"""The history of a table on the page: every step a person took, to be taken back and taken again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any, NamedTuple

from playground.data import Domain, Table, TableError, cells, read_table
from playground.data.table import NAME

COLUMNS = ("name", "first input", "second input", "target")            # of an editor, whatever the table calls them
MOST_ROWS = 200_000                                                     # of all steps that can be taken back

Columns = tuple[tuple[str, ...], ...]


class Draft(NamedTuple):
    """A table while it is edited: what its cells say, the last good table in them, and what is wrong now, if anything.

    `original` is the data set or the person's own file, called `title`, that it began as. `plane` is what its last
    point was drawn on, if it was not typed: that stays on screen.
    """

    title: str
    own: bool
    original: Table
    columns: Columns
    table: Table
    fault: str = ""
    plane: Domain | None = None

    @property
    def edited(self) -> bool:
        """Whether it is another table than it began as, or no table at all."""
        return bool(self.fault) or self.table != self.original

    @property
    def id(self) -> str:
        """The same while it is edited, another one where another data set or file takes its place."""
        return f"{hash((self.title, self.own, self.original)):x}"


def opened(title: str, table: Table, own: bool = False) -> Draft:
    """A table that nobody has changed yet, its numbers as a person would type them: 2 and not 2.0."""
    columns = table.columns()
    numbers = (columns[name] for name in (*table.inputs, table.target))
    texts = [tuple(map(_typed, values)) for values in numbers]
    return Draft(title, own, table, (table.names, *texts), table)


def edited(draft: Draft, columns: Columns) -> Draft:
    """The draft with other cells, which decide anew what part of the plane is shown."""
    draft = draft._replace(columns=columns, plane=None)
    named = dict(zip((NAME, *draft.table.inputs, draft.table.target), columns, strict=True))
    try:
        return draft._replace(table=read_table(named, like=draft.table), fault="")
    except TableError as error:
        return draft._replace(fault=str(error))


def added(draft: Draft, numbers: Sequence[float]) -> Draft:
    """The draft with one more row at its end, of inputs and target; as it is where these are too few or too many."""
    if len(numbers) != len(draft.table.inputs) + 1:
        return draft
    texts = ["", *map(_typed, numbers)]
    return edited(draft, tuple((*column, text) for column, text in zip_longest(draft.columns, texts, fillvalue="")))


def erased(draft: Draft, place: tuple[float, float], extent: tuple[float, float]) -> Draft:
    """The draft without the row that is drawn nearest to a place, where both sides of an extent are equally long."""
    def distance(row: int) -> float:
        spot = (cells.number(cells.plain(column[row])) for column in draft.columns[1:3])
        return math.hypot(*(math.inf if there is None else (there - here) / side
                            for there, here, side in zip(spot, place, extent, strict=True)))

    rows = range(len(draft.columns[0]))
    if not rows:
        return draft
    nearest = min(rows, key=distance)
    return edited(draft, tuple(column[:nearest] + column[nearest + 1:] for column in draft.columns))


def renamed(draft: Draft, inputs: tuple[str, str], target: str, classes: Sequence[str]) -> Draft:
    """The draft with other names for its columns and classes."""
    *others, labels = draft.columns
    indices = [(text, cells.label(cells.plain(text), draft.table.classes)) for text in labels]
    columns = (*others, tuple(text if index is None else str(index) for text, index in indices))
    table: Any = draft.table
    table = replace(table, inputs=inputs, target=target, classes=tuple(classes))
    return edited(draft._replace(table=table), columns)


def _typed(number: object) -> str:
    return str(number).removesuffix(".0")


class History:
    """The drafts of one table. Its editor starts from `base`; with each new `revision` it is another editor."""

    def __init__(self, draft: Draft) -> None:
        self.present = draft
        self.past: list[Draft] = []
        self.future: list[Draft] = []
        self.base, self.revision = draft.columns, 0

    def hear(self, columns: Mapping[str, Any]) -> None:
        """Takes note of what the editor holds, which is a step if it is something new."""
        seen = {text: text for column in self.present.columns for text in column}    # steps share their texts
        heard = tuple(tuple(seen.get(cell, cell) if isinstance(cell, str) else "" for cell in columns[name])
                      for name in COLUMNS)
        if heard != self.present.columns:
            self._step(edited(self.present, heard))

    def change(self, draft: Draft) -> None:
        """A step that is not the editor's."""
        self._step(draft)
        self.rebase()

    def undo(self) -> None:
        """Takes the last step back, if there is one."""
        if self.past:
            self.future.append(self.present)
            self.present = self.past.pop()
            self.rebase()

    def redo(self) -> None:
        """Takes the step again that was taken back last, if there is one."""
        if self.future:
            self.past.append(self.present)
            self.present = self.future.pop()
            self.rebase()

    def rebase(self) -> None:
        """Lets a new editor start from what there is."""
        self.base = self.present.columns
        self.revision += 1

    def _step(self, draft: Draft) -> None:
        self.past.append(self.present)
        self.future.clear()
        self.present = draft
        while len(self.past) * (len(draft.columns[0]) + 1) > MOST_ROWS:
            del self.past[0]
