"""Files of comma-separated values: a person's own as a sheet of cells, and a table as one that reads back as its equal.

The first column that `write_csv` writes holds the names. Classes are written by name, and by number in the column after
it, which tells their order; one without rows is a row of its own at the end, with nothing but its name and number. If a
row is held back, the last column says "train" or "test". Text that a spreadsheet would take for a formula, and a blank
in the header, get an apostrophe in front, and reading takes that apostrophe off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple, NoReturn

from playground.data import cells
from playground.data.reading import MAX_ROWS, TOO_MANY, Problem, TableError
from playground.data.table import MAX_CLASSES, NAME, SET, WORDS, Table

MAX_BYTES = 2_000_000
MAX_COLUMNS = 100
SEPARATORS = "\t;|,"                                                # the comma last: it may be a decimal mark instead
SAMPLE = 50                                                         # rows that are looked at to tell what a file is
TWO_NUMBERS = ("class 0", "class 1")                                # names of classes that are only ever 0 and 1
NUMBERS = " number"                                                 # the column of class numbers is "gender number"
NAMES_FIRST = re.compile(rf"{NAME}([{SEPARATORS}])", re.I)
FORMULA, GUARDED = re.compile(r"'*[=+\-@\t\r]|'+\s*\Z"), re.compile(r"'+([=+\-@\t\r]|\s*\Z)")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


class Sheet(NamedTuple):
    """The cells of a file: a header, and its rows by their number in the file, from 1, blank ones left out."""

    header: tuple[str, ...]
    rows: Mapping[int, tuple[str, ...]]
    has_header: bool

    def column(self, index: int) -> list[str]:
        """The cells of a column, "" where a row is too short."""
        return [row[index] if index < len(row) else "" for row in self.rows.values()]


def read_sheet(data: bytes, has_header: bool | None = None) -> Sheet:
    """The cells of a text file in any usual encoding, separated by comma, semicolon, tab or bar.

    Whether its first row is a header is told from its cells unless it is given. TableError, and no other, if it is none
    of this, or larger than MAX_BYTES, MAX_ROWS (and a row for each of MAX_CLASSES) or MAX_COLUMNS.
    """
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows: dict[int, tuple[str, ...]] = {}
    try:
        for number, row in enumerate(reader, start=1):
            if not any(map(str.strip, row)):
                continue
            if len(row) > MAX_COLUMNS:
                refuse(f"Row {number} has more than {MAX_COLUMNS} columns: keep the columns that you need.")
            rows[number] = tuple(row)
            if len(rows) > MAX_ROWS + MAX_CLASSES + (has_header is not False):
                break
    except csv.Error:
        refuse("A cell is longer than 100,000 characters: look for a quotation mark that is never closed.")
    if not rows:
        refuse("There are no rows: choose a table with a column or two of numbers and one to predict.")
    first = next(iter(rows))
    header = _is_header(rows[first]) if has_header is None else has_header
    names = rows.pop(first) if header else ()
    if len(rows) > MAX_ROWS + MAX_CLASSES:
        refuse(TOO_MANY)
    widths = [len(row) for row in rows.values()]
    width = len(names) or max(widths, key=widths.count)
    named = [names[i] if i < len(names) and names[i].strip() else f"column {i + 1}" for i in range(width)]
    return Sheet(_bare(named), {number: _bare(row) for number, row in rows.items()}, header)


def write_csv(table: Table) -> bytes:
    """The table as UTF-8 text with a byte order mark; numbers are written so that they come back bit for bit.

    `to_table` of it is an equal table, if two classes have rows.
    """
    header, classes = [NAME, *table.inputs, table.target], [[value] for value in table.y.tolist()]
    unused: list[list[object]] = []
    if table.classes and (table.classes != TWO_NUMBERS or table.target == table.inputs[-1] + NUMBERS):
        header.append(table.target + NUMBERS)
        numbered = [[name, label] for label, name in enumerate(table.classes)]
        classes = [numbered[label] for label in table.y.tolist()]
        unused = [["", *[""] * len(table.inputs), *pair] for pair in numbered if pair not in classes]
    rows = [[name, *x, *y] for name, x, y in zip(table.names, table.X.tolist(), classes, strict=True)]
    if table.test.any():
        header.append(SET)
        rows = [[*row, WORDS[mark]] for row, mark in zip(rows, table.test.tolist(), strict=True)]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([cell if cell.strip() and not FORMULA.match(cell) else "'" + cell for cell in header])
    for row in (*rows, *unused):
        writer.writerow(["'" + cell if isinstance(cell, str) and FORMULA.match(cell) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def _bare(row: Iterable[str]) -> tuple[str, ...]:
    return tuple(cell[1:] if GUARDED.match(cell) else cell for cell in row)


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        refuse(f"The table is larger than {MAX_BYTES // 10**6} MB: delete the rows and columns that you do not need.")
    marked = next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), "")
    for encoding in [marked] if marked else ["utf-8", "cp1252", "latin-1"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if marked == "utf-8-sig" or not CONTROL.search(text):           # `write_csv` keeps such characters, and marks
            return text
        break
    refuse("This is not a text file: save the table as CSV and choose that file.")


def _separator(text: str) -> str:
    """The separator that parts the first rows into most numbers, and at least two columns."""
    if found := NAMES_FIRST.match(text):
        return found[1]

    def fit(separator: str) -> tuple[bool, float]:
        reader = csv.reader(io.StringIO(text[: 2**16], newline=""), delimiter=separator)
        rows = [row[:MAX_COLUMNS] for row in islice(reader, SAMPLE) if row]
        usual = max(widths, key=widths.count) if (widths := [len(row) for row in rows]) else 0
        fitting = sum(_is_number(cell) for row in rows if len(row) == usual for cell in row)
        return usual >= 2, fitting / max(sum(widths), 1)

    return max(SEPARATORS, key=fit)


def _is_header(row: tuple[str, ...]) -> bool:
    return row[0].strip().casefold() == NAME or not any(map(_is_number, row))


def _is_number(text: str) -> bool:
    return cells.number(text) is not None


def refuse(message: str) -> NoReturn:
    """TableError about a file as a whole."""
    raise TableError([Problem(None, None, "", message)])
