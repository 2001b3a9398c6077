"""Literals: values as Python text of a readable width, and words from outside as text that cannot be code."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

WIDTH = 100                                                             # characters of a line of numbers
ROWS = 40                                                               # that are given a line each


def word(text: str) -> str:
    """One line of printable characters, for a comment: nothing in it ends the line or turns it round."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def vector(values: Sequence[float] | NDArray[Any]) -> str:
    """np.array([…]) of numbers, every digit."""
    text = ", ".join(map(repr, getattr(values, "tolist", lambda: list(values))()))
    if len(text) <= WIDTH:
        return f"np.array([{text}])"
    return f"np.array([\n{textwrap.indent(textwrap.fill(text, WIDTH), '    ')}\n])"


def matrix(rows: NDArray[Any], names: Sequence[str]) -> str:
    """np.array([[…], …]); a few rows have a line and, as a comment, their name each."""
    texts = [f"[{', '.join(map(repr, row))}]" for row in rows.tolist()]
    if len(texts) > ROWS:
        lines = textwrap.wrap(", ".join(text.replace(" ", "\N{NO-BREAK SPACE}") for text in texts), WIDTH)
        lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
    else:
        said = [f"  # {word(name)}" if word(name) else "" for name in names]
        lines = [f"{text},{name}" for text, name in zip(texts, said, strict=True)]
    return "np.array([\n" + "\n".join(f"    {line}" for line in lines) + "\n])"
