"""Reading of a table that a person has edited: a `Table`, or the problems in words the person can act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice, zip_longest
from typing import NamedTuple

import numpy as np

from playground.data import cells
from playground.data.table import NAME, SET, Table

MAX_ROWS = 5000
TOO_MANY = f"The table has more than {MAX_ROWS} rows: delete rows until {MAX_ROWS} are left."
LARGEST = 1e6                                                       # its square and any sum of such inputs stay finite


class Problem(NamedTuple):
    """What to put right: row, from 1, and column (None: the whole table), the cell's text, a sentence saying so."""

    row: int | None
    column: str | None
    value: str
    message: str


class TableError(ValueError):
    """A table that cannot be used: its text is the first problem and the number of others, not escaped for markup."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        others = len(self.problems) - 1
        more = f" (And {others} more cell{'s' if others > 1 else ''}.)" if others else ""
        super().__init__(self.problems[0].message + more)


def read_table(columns: Mapping[str, Sequence[object]], *, like: Table) -> Table:
    """The table in an editor's columns, with the column and class names of `like`; further columns are ignored.

    Those of names and of sets may be missing.

    Cells may be text, numbers or empty (see `cells` for what counts as a number); rows without any entry are left out.
    TableError, and no other, for whatever else the columns hold.
    """
    wanted = (NAME, *like.inputs, like.target, SET)
    by_column = [_cells(columns, column) for column in wanted]
    if max(map(len, by_column)) > MAX_ROWS:
        raise _refused(TOO_MANY)

    names, points, labels, marks, problems = [], [], [], [], []
    for row, (name, *inputs, target, part) in enumerate(zip_longest(*by_column), start=1):
        if all(cell is None for cell in (name, *inputs, target, part)):
            continue
        names.append(cells.name(name))
        points.append([cells.number(cell) for cell in inputs])
        labels.append(cells.label(target, like.classes) if like.classes else cells.number(target))
        marks.append(cells.mark(part))
        for column, cell, number in zip(like.inputs, inputs, points[-1], strict=True):
            problems += _number_problems(row, column, cell, number)
        problems += _target_problems(row, like, target, labels[-1])
        problems += [_problem(row, SET, part, "is not a set", "Type train or test.")] if marks[-1] is None else []
    if problems:
        raise TableError(problems)
    _check_rows(labels, like)
    check_training(labels, marks, like.target, like.classes)
    return Table(like.inputs, like.target, like.classes, tuple(names), np.array(points), np.array(labels),
                 np.array(marks))


def check_training(
    labels: Sequence[float | None], marks: Sequence[bool | None], target: str, classes: Sequence[str]
) -> None:
    """TableError if the rows that are not marked for testing are none, or all of one class."""
    left = {label for label, mark in zip(labels, marks, strict=True) if not mark}
    if not left:
        raise _refused(f"Every row has {SET} test: leave at least one row to train on.")
    if classes and len(left) == 1:
        only = cells.shown(classes[int(left.pop() or 0)])
        raise _refused(f"All rows with {SET} train have {cells.shown(target)} {only}: a network needs two classes to "
                       "learn what parts them.")


def _cells(columns: Mapping[str, Sequence[object]], column: str) -> list[object]:
    values: object = columns.get(column) if isinstance(columns, Mapping) else None
    if isinstance(values, np.ndarray):
        values = values.tolist()
    if values is None and column in (NAME, SET):
        return []
    if not isinstance(values, Sequence) or isinstance(values, str | bytes):
        raise _refused(f"The column “{cells.shown(column)}” is missing: choose a data set and edit it anew.", column)
    return [cells.plain(value) for value in islice(values, MAX_ROWS + 1)]


def _number_problems(row: int, column: str, value: object, number: float | None) -> list[Problem]:
    if number is None:
        return [_problem(row, column, value, "is not a number", "Type a number such as 25 or 2.5.")]
    if abs(number) > LARGEST:
        return [_problem(row, column, value, "is too large", f"Type one from {-LARGEST:,.0f} to {LARGEST:,.0f}.")]
    return []


def _target_problems(row: int, like: Table, value: object, label: float | None) -> list[Problem]:
    if not like.classes:
        return _number_problems(row, like.target, value, label)
    if label is None:
        return [_problem(row, like.target, value, "is not a class", f"Type {_either(_classes(like))}.")]
    return []


def _problem(row: int, column: str, value: object, fault: str, advice: str) -> Problem:
    text = "" if value is None else cells.shown(value)
    what = "the cell is empty" if value is None else f"“{text}” {fault}"
    return Problem(row, column, text, f"Row {row}, {cells.shown(column)}: {what}. {advice}")


def _check_rows(labels: Sequence[float | None], like: Table) -> None:
    classes, target = _classes(like), cells.shown(like.target)
    missing = [text for label, text in enumerate(classes) if label not in labels]
    wanted = f" with {target} {_either(missing)}" if missing else ""
    if not labels:
        every = f"{target} {' and one with '.join(classes[:2])}" if classes else "numbers"
        raise _refused(f"The table is empty: add at least one row with {every}.")
    if len(labels) == 1:
        raise _refused(f"The table has only one row: add at least one{wanted or ' more'}.")
    if len(missing) > 0 and len(missing) >= len(classes) - 1:
        both = "both" if len(classes) == 2 else "at least two"
        what = f"a network needs {both} classes to learn what parts them"
        raise _refused(f"No row has {target} {_either(missing)}: {what}.")


def _either(texts: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))


def _classes(like: Table) -> list[str]:
    names = like.classes if cells.named(like.classes) else ()
    return [f"{cells.shown(name)} ({label})" for label, name in enumerate(names)] or cells.labels(like.classes)


def _refused(message: str, column: str | None = None) -> TableError:
    return TableError([Problem(None, column, "", message)])
