"""Cells of an edited table: what a person typed as a number, a label, a name, or in a message. Nothing is evaluated."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

LONGEST = 40                                                        # characters of a cell that a message repeats
MINUS = str.maketrans(dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{FULLWIDTH HYPHEN-MINUS}", "-"))
EXPONENT = r"(?P<exponent>e[+-]?\d+)?"
NUMBERS = (                                                         # the first that fits decides
    re.compile(rf"(?P<sign>[+-]?)(?=[.,]?\d)(?P<whole>\d*)(?:[.,](?P<fraction>\d*))?{EXPONENT}", re.I),
    re.compile(
        r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?P<mark>[\s.,])\d{3}(?:(?P=mark)\d{3})*)"
        rf"(?:(?!(?P=mark))[.,](?P<fraction>\d*))?{EXPONENT}",
        re.I,
    ),
)


def plain(value: object) -> object:
    """A cell without the wrapping of NumPy or of an editor: None if it is empty."""
    if isinstance(value, np.generic):
        value = value.item()
    missing = isinstance(value, float) and math.isnan(value)
    blank = isinstance(value, str) and not value.strip()
    pandas_missing = type(value).__name__ in ("NAType", "NaTType")  # known by name, because pandas is not imported here
    return None if missing or blank or pandas_missing else value


def number(value: object) -> float | None:
    """The number in a plain cell, None if it holds none; it may be infinite.

    Either "," or "." is the decimal mark: "1,5" is 1.5 and "1,000" is 1. Where both occur the last one is the decimal
    mark; one that occurs twice parts thousands, as a blank does: "1.000,5", "1,000.5" and "1 000,5" are 1000.5.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return float(value) if abs(value) < 10**300 else math.inf if value > 0 else -math.inf
    if isinstance(value, float):
        return value
    return _parsed(value.strip().translate(MINUS)) if isinstance(value, str) else None


def label(value: object, classes: Sequence[str]) -> int | None:
    """The class in a plain cell, by its name in any case or by its index (1, "1,0", True).

    What `labels` gives it goes first: of the classes "2" and "1" the second one is meant by "1".
    """
    given, names = _folded(tuple(classes))
    text = value.strip().casefold() if isinstance(value, str) else None
    if text in given:
        return given.index(text)
    index = float(value) if isinstance(value, bool) else number(value)
    if index is not None and index in range(len(classes)):
        return int(index)
    return names.index(text) if text in names else None


def labels(classes: Sequence[str]) -> list[str]:
    """What a cell says for each class: its name, or its index where the names say no more or cannot be told apart."""
    names = [name.strip().casefold() for name in classes]
    apart = "" not in names and len({*names}) == len(names)
    return list(classes) if apart and named(classes) else [str(index) for index in range(len(classes))]


def named(classes: Sequence[str]) -> bool:
    """Whether the names of classes say more than their indices do."""
    return any(name != f"class {index}" for index, name in enumerate(classes))


def name(value: object) -> str:
    """The name in a plain cell: any text, "" for none; half a surrogate pair, which no page can carry, becomes "?"."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return "" if value is None else shown(value)


def shown(value: object) -> str:
    """A cell as a message repeats it: one short line of printable characters, not escaped for any markup."""
    text = value if isinstance(value, str) else _described(value)
    line = " ".join("".join(c if c.isprintable() else " " for c in text.strip()[: 4 * LONGEST]).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def mark(value: object) -> bool | None:
    """Whether a plain cell says "test", in any case; an empty one says "train"; None if it says neither."""
    text = "train" if value is None else value.strip().casefold() if isinstance(value, str) else ""
    return text == "test" if text in ("train", "test") else None


@lru_cache(64)
def _folded(classes: tuple[str, ...]) -> tuple[list[str], list[str]]:
    return [text.strip().casefold() for text in labels(classes)], [name.strip().casefold() for name in classes]


def _parsed(text: str) -> float | None:
    for pattern in NUMBERS:
        if found := pattern.fullmatch(text):
            whole = re.sub(r"\D", "", found["whole"])
            return float(f"{found['sign']}{whole}.{found['fraction'] or '0'}{found['exponent'] or ''}")
    return None


def _described(value: object) -> str:
    # Only numbers are turned into text: of anything else neither str() nor repr() can be trusted to return.
    readable = isinstance(value, float) or (isinstance(value, int) and value.bit_length() <= 64)
    return str(value) if readable else type(value).__name__
