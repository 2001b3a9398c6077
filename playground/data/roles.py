"""Roles: which columns of a sheet are names, inputs and target; a table made of those."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.data import cells
from playground.data.csvfile import NUMBERS, TWO_NUMBERS, Sheet, refuse
from playground.data.reading import LARGEST, MAX_ROWS, TOO_MANY, Problem, TableError, check_training
from playground.data.table import MAX_CLASSES, NAME, SET, Table

SAMPLE = 200                                                        # rows that a guess looks at
WHOLE = re.compile(r"[+-]?\d+")
CLASS_NUMBER = re.compile(r"[0-5]")


class Roles(NamedTuple):
    """Columns of a sheet by their index: the names of rows (None: they have none), one or two inputs, the target.

    The target holds `classes`, or else numbers to predict. `test` says which rows test; None: the table does not.
    """

    name: int | None
    inputs: tuple[int, ...]
    target: int
    classes: bool
    test: int | None = None


def guess(sheet: Sheet) -> Roles:
    """The likely roles: the target holds few texts, else few whole numbers, else is last; the inputs go first.

    A column of "train" and "test" says which rows test.

    TableError if there are fewer than two columns.
    """
    every = range(len(sheet.header))
    if len(every) < 2:
        refuse("A table needs a column of numbers and one to predict: part them by commas, semicolons or tabs.")
    sample = [[text for cell in sheet.column(i)[:SAMPLE] if (text := cell.strip())] for i in every]
    names = [i for i in every if sheet.header[i].strip().casefold() == NAME][:1]
    numbered = [i for i in every if _numbers_classes(sheet, i + 1)][-1:]
    free = [i for i in every if i not in names and sample[i] and i - 1 not in numbered]
    test = next((i for i in reversed(free) if i not in numbered and _parts(sample[i])), None)
    free = [i for i in free if i != test]
    numeric = [i for i in free if 2 * sum(cells.number(text) is not None for text in sample[i]) > len(sample[i])]
    texts = [i for i in free if i not in numeric]
    few = [i for i in texts if len({*sample[i]}) <= MAX_CLASSES]
    few_whole = [i for i in numeric if holds_classes(sheet, i) and len({*sample[i]}) > 1]
    targets = numbered or few or few_whole
    target = min(reversed(targets), key=lambda i: len({*sample[i]})) if targets else (free or every)[-1]
    names += [i for i in texts if i != target]
    others = [i for i in every if i not in (target, test)] or [i for i in every if i != target]
    inputs = tuple([i for i in numeric if i in others and i not in names[:1]] or others)[:2]
    name = next((i for i in names if i not in inputs), None)
    test = None if test in inputs else test
    return Roles(name, inputs, target, holds_classes(sheet, target), test)


def holds_classes(sheet: Sheet, index: int) -> bool:
    """Whether a column looks like classes and not like numbers to predict: it has texts, or few whole numbers."""
    sample = {text for cell in sheet.column(index)[:SAMPLE] if (text := cell.strip())}
    if _numbers_classes(sheet, index + 1) or sum(cells.number(text) is None for text in sample) > len(sample) / 2:
        return True
    return len(sample) <= MAX_CLASSES and all(map(WHOLE.fullmatch, sample))


def _parts(sample: list[str]) -> bool:
    """Whether a column tells training from test rows, in most of its cells at least."""
    return 2 * sum(cells.mark(text) is not None for text in sample) > len(sample)


def to_table(sheet: Sheet, roles: Roles, leave_out: bool = False) -> Table:
    """The table in these columns; TableError with every cell that cannot be used, unless their rows are left out."""
    chosen = (*roles.inputs, roles.target)
    used = [i for i in (roles.name, *chosen, roles.test) if i is not None]
    if len({*used}) < len(used):
        refuse("A column is chosen twice: choose a different one for each.")
    width = len(sheet.header)
    rows = {number: (*row, *[""] * (width - len(row))) for number, row in sheet.rows.items()}
    numbered = _numbers_classes(sheet, roles.target + 1)
    unused = {number: row for number, row in rows.items() if numbered and _only_names_class(row, roles.target)}
    found = {number: list(_problems(sheet, roles, number, row, numbered)) for number, row in rows.items()
             if number not in unused}
    if len(found) > MAX_ROWS:
        refuse(TOO_MANY)
    if any(found.values()) and not leave_out:
        raise TableError([problem for problems in found.values() for problem in problems])
    kept = [rows[number] for number, problems in found.items() if not problems]
    if not kept:
        refuse("No row can be used: choose other columns, or another file.")

    X = np.array([[cells.number(row[i]) for i in roles.inputs] for row in kept], dtype=np.float64)
    names = tuple("" if roles.name is None else cells.name(row[roles.name]) for row in kept)
    *inputs, target = _titles([sheet.header[i] for i in chosen])
    classes, y = _classes(roles, kept, unused.values(), numbered)
    if classes and len({*y.tolist()}) == 1 < len(kept):
        every = cells.shown(classes[y[0]])
        refuse(f"Every row has {cells.shown(target)} {every}: a network needs two classes to part.")
    if len(kept) == 1:
        refuse("Only one row can be used: a network needs at least two to learn from.")
    marks = [roles.test is not None and cells.mark(cells.plain(row[roles.test])) for row in kept]
    check_training(y.tolist(), marks, target, classes)
    return Table(tuple(inputs), target, classes, names, X, y, np.array(marks))


def _numbers_classes(sheet: Sheet, index: int) -> bool:
    """Whether this column holds the numbers of the classes before it, as `write_csv` writes them."""
    if not 0 < index < len(sheet.header) or sheet.header[index] != sheet.header[index - 1] + NUMBERS:
        return False
    return all(map(CLASS_NUMBER.fullmatch, sheet.column(index)))


def _only_names_class(row: tuple[str, ...], target: int) -> bool:
    """Whether a row says nothing but a class and its number, as `write_csv` writes it for a class without rows."""
    return not any(cell.strip() for i, cell in enumerate(row) if i not in (target, target + 1))


def _problems(sheet: Sheet, roles: Roles, number: int, row: tuple[str, ...], numbered: bool) -> Iterator[Problem]:
    """What is wrong in a row, which is at least as wide as the sheet."""
    for i in (*roles.inputs, roles.target):
        text, column, value = cells.shown(row[i]), sheet.header[i], cells.number(row[i])
        numeric = i != roles.target or not roles.classes
        fault = ""
        if not row[i].strip():
            fault = "" if numbered and not numeric else "the cell is empty"
        elif numeric and value is None:
            fault = f"“{text}” is not a number"
        elif numeric and value and abs(value) > LARGEST:
            fault = f"“{text}” is too large, {LARGEST:,.0f} is the limit"
        if fault:
            yield Problem(number, column, text, f"Row {number}, {cells.shown(column)}: {fault}.")
    if roles.test is not None and cells.mark(cells.plain(row[roles.test])) is None:
        text, column = cells.shown(row[roles.test]), sheet.header[roles.test]
        yield Problem(number, column, text, f"Row {number}, {cells.shown(column)}: “{text}” is neither train nor test.")
    if any(cell.strip() for cell in row[len(sheet.header):]):
        yield Problem(number, None, "", f"Row {number} has more than {len(sheet.header)} cells.")


def _titles(header: list[str]) -> list[str]:
    """The names of the inputs and the target, made different where they are not."""
    titles: list[str] = []
    for title in header:
        while title in (NAME, SET, *titles):
            title += " 2"
        titles.append(title)
    return titles


def _classes(
    roles: Roles, rows: list[tuple[str, ...]], unused: Iterable[tuple[str, ...]], numbered: bool
) -> tuple[tuple[str, ...], NDArray[Any]]:
    """The names of the classes, none if the target holds numbers; what each row has, a class by its index."""
    texts = [row[roles.target] for row in rows]
    if not roles.classes:
        return (), np.array([cells.number(text) for text in texts], dtype=np.float64)
    if numbered:
        labels = [int(row[roles.target + 1]) for row in rows]
        named = sorted({(int(row[roles.target + 1]), row[roles.target]) for row in (*rows, *unused)})
        if [label for label, _ in named] == [*range(len(named))]:
            return tuple(name for _, name in named), np.array(labels)
    numbers = {text: cells.number(text) for text in map(str.strip, texts)}
    keys: dict[str, Any] = {text: text for text in numbers} if None in numbers.values() else dict(numbers)
    order = list(dict.fromkeys(keys.values())) if None in numbers.values() else sorted({*keys.values()})
    if len(order) > MAX_CLASSES:
        refuse(f"The target has {len(order)} different values: choose a column with at most {MAX_CLASSES}.")
    first = {keys[text]: text for text in reversed(keys)}             # 1 and 1.0 are one class, named by the first
    names = TWO_NUMBERS if order == [0, 1] else tuple(first[key] for key in order)
    return names, np.array([order.index(keys[text.strip()]) for text in texts])
