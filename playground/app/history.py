"""The history of a table on the page: every step a person took, to be taken back and taken again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any, NamedTuple

import numpy as np

from playground.data import Domain, Table, TableError, cells, read_table
from playground.data.table import NAME, SET, WORDS

NAMES, INPUTS, TARGET = "name", ("first input", "second input"), "target"       # of an editor, its keys
MOST_ROWS = 200_000                                                     # of all steps that can be taken back

Columns = tuple[tuple[str, ...], ...]


def editor_columns(table: Table) -> tuple[str, ...]:
    """The columns of an editor for such a table."""
    return NAMES, *INPUTS[: len(table.inputs)], TARGET, SET


class Texts(NamedTuple):
    """A draft as texts: its title and whether it is the person's own, the columns and classes of its table, the cells
    of the last good one, and, if something is wrong with them, those that are typed; and the plane it was drawn on.
    """

    title: str
    own: bool
    inputs: tuple[str, ...]
    target: str
    classes: tuple[str, ...]
    good: Columns
    typed: Columns
    plane: Domain | None


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
    def texts(self) -> Texts:
        good = opened(self.title, self.table).columns if self.fault else self.columns
        return Texts(self.title, self.own, self.table.inputs, self.table.target, self.table.classes, good,
                     self.columns if self.fault else (), self.plane)

    @property
    def id(self) -> str:
        """The same while it is edited, another one where another data set or file takes its place."""
        return f"{hash((self.title, self.own, self.original)):x}"


def opened(title: str, table: Table, own: bool = False) -> Draft:
    """A table that nobody has changed yet, as a person would type it: 2 and not 2.0, classes by their names."""
    columns = table.columns()
    texts = [tuple(map(_typed, columns[name])) for name in (*table.inputs, table.target)]
    if labels := cells.labels(table.classes):
        texts[-1] = tuple(labels[label] for label in table.y.tolist())
    sets = tuple(WORDS[mark] for mark in table.test.tolist()) if table.test.any() else ("",) * len(table)
    return Draft(title, own, table, (table.names, *texts, sets), table)


def restored(texts: Texts, start: Draft) -> Draft:
    """The draft of such texts, in place of `start`, which it is an edited version of unless it is the person's own.

    ValueError where they are no table.
    """
    like = Table(texts.inputs, texts.target, texts.classes, (), np.empty((0, len(texts.inputs))), np.empty(0))
    table = read_table(dict(zip(_named(like), texts.good, strict=True)), like=like)
    draft = opened(texts.title, table, own=True) if texts.own else start._replace(table=table)
    draft = draft._replace(columns=texts.good, plane=texts.plane)
    return edited(draft, texts.typed)._replace(plane=texts.plane) if texts.typed else draft


def edited(draft: Draft, columns: Columns) -> Draft:
    """The draft with other cells, which decide anew what part of the plane is shown."""
    draft = draft._replace(columns=columns, plane=None)
    named = dict(zip(_named(draft.table), columns, strict=True))
    try:
        return draft._replace(table=read_table(named, like=draft.table), fault="")
    except TableError as error:
        return draft._replace(fault=str(error))


def added(draft: Draft, place: Sequence[float], value: float | None) -> Draft:
    """The draft with one more row at its end, with the value as its class or number.

    It is drawn at a place (x, y). Of a single input, y is the value if that is missing; else the draft stays as it is.
    """
    inputs, labels = place[: len(draft.table.inputs)], cells.labels(draft.table.classes)
    if value is None and len(inputs) == 2:
        return draft
    target = place[-1] if value is None else value
    texts = ["", *map(_typed, inputs), labels[int(target)] if target in range(len(labels)) else _typed(target)]
    return edited(draft, tuple((*column, text) for column, text in zip_longest(draft.columns, texts, fillvalue="")))


def erased(draft: Draft, place: tuple[float, float], extent: tuple[float, float]) -> Draft:
    """The draft without the row that is drawn nearest to a place, where both sides of an extent are equally long."""
    inputs, single = draft.columns[1:-2], len(draft.table.inputs) == 1
    drawn = [*inputs, draft.columns[-2]] if single and not draft.table.classes else inputs

    def distance(row: int) -> float:
        spot = (cells.number(cells.plain(column[row])) for column in drawn)
        return math.hypot(*(math.inf if there is None else (there - here) / side
                            for there, here, side in zip(spot, place, extent, strict=False)))

    rows = range(len(draft.columns[0]))
    if not rows:
        return draft
    nearest = min(rows, key=distance)
    return edited(draft, tuple(column[:nearest] + column[nearest + 1:] for column in draft.columns))


def renamed(draft: Draft, inputs: tuple[str, ...], target: str, classes: Sequence[str]) -> Draft:
    """The draft with other names for its columns and classes."""
    *others, texts, sets = draft.columns
    table: Any = draft.table
    if (*classes,) != table.classes:
        labels = cells.labels(classes)
        indices = [(text, cells.label(cells.plain(text), table.classes)) for text in texts]
        texts = tuple(text if index is None else labels[index] for text, index in indices)
    table = replace(table, inputs=inputs, target=target, classes=tuple(classes))
    return edited(draft._replace(table=table), (*others, texts, sets))


def _named(table: Table) -> tuple[str, ...]:
    return NAME, *table.inputs, table.target, SET


def _typed(number: object) -> str:
    return str(number).removesuffix(".0")


class History:
    """The drafts of one table. Its editor starts from `base`; with each new `revision` it is another editor.

    It has a column of sets if that is `asked` for or has anything in it.
    """

    def __init__(self, draft: Draft, asked: bool = False) -> None:
        self.present = draft
        self.past: list[Draft] = []
        self.future: list[Draft] = []
        self.asked, self.base, self.revision = asked, draft.columns, 0
        self.shown = self._wanted

    def hear(self, columns: Mapping[str, Sequence[str]]) -> None:
        """Takes note of what the editor holds, which is a step if it is something new."""
        seen = {text: text for column in self.present.columns for text in column}    # steps share their texts
        columns = {SET: [""] * len(columns[NAME]), **columns}
        heard = tuple(tuple(seen.get(cell, cell) for cell in columns[name])
                      for name in editor_columns(self.present.table))
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
        self.shown = self._wanted
        self.revision += 1

    def ask(self, asked: bool) -> None:
        """Lets the editor have a column of sets, or not if nothing is in it."""
        self.asked = asked
        if self.shown != self._wanted:
            self.rebase()

    @property
    def _wanted(self) -> tuple[str, ...]:
        columns = editor_columns(self.present.table)
        return columns if self.asked or any(self.present.columns[-1]) else columns[:-1]

    def _step(self, draft: Draft) -> None:
        self.past.append(self.present)
        self.future.clear()
        self.present = draft
        while len(self.past) * (len(draft.columns[0]) + 1) > MOST_ROWS:
            del self.past[0]
