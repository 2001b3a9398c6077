"""A table: labelled points of the plane or a line, with the names a person gave to its rows, columns and classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

NAME, SET = "name", "set"                                           # the columns of row names, of train or test
WORDS = ("train", "test")                                           # in that column, by whether a row is marked
MAX_CLASSES = 6                                                     # there are as many colours


@dataclass(frozen=True, eq=False)
class Table:
    """n rows: inputs X (n, 1 or 2), y (n,) labels that index `classes`, and a name per row, "" where there is none.

    Without classes y (n,) are numbers, to be predicted as such. `test` (n,) marks rows that are held back for testing.

    A value: its arrays are read-only copies, two tables with the same content are equal and have the same hash.
    ValueError if the shapes do not agree, two columns have the same name, there are more than MAX_CLASSES classes, or
    every row is held back.
    """

    inputs: tuple[str, ...]
    target: str
    classes: tuple[str, ...]
    names: tuple[str, ...]
    X: NDArray[np.float64]
    y: NDArray[Any]
    test: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))        # none given: none marked

    def __post_init__(self) -> None:
        X = np.array(self.X, dtype=np.float64)                      # (n, n_inputs)
        y = np.array(self.y, dtype=np.int64 if self.classes else np.float64)     # (n,)
        n, d = len(self.names), len(self.inputs)
        test = np.array(self.test, dtype=np.bool_) if len(self.test) else np.zeros(n, np.bool_)      # (n,)
        if d not in (1, 2):
            raise ValueError(f"A table has one or two inputs, not {d}.")
        if X.shape != (n, d) or y.shape != (n,) or test.shape != (n,):
            raise ValueError(f"A table of {n} names needs X ({n}, {d}), y ({n},) and as many marks, "
                             f"not {X.shape}, {y.shape} and {test.shape}.")
        if len({NAME, SET, *self.inputs, self.target}) != d + 3:
            columns = [*self.inputs, self.target]
            raise ValueError(f"The columns {columns} need different names, none of them “{NAME}” or “{SET}”.")
        if len(self.classes) == 1 or (self.classes and n and not 0 <= y.min() <= y.max() < len(self.classes)):
            raise ValueError(f"Labels must index two classes or more, not {len(self.classes)}.")
        if len(self.classes) > MAX_CLASSES:
            raise ValueError(f"A table has {MAX_CLASSES} classes at most, not {len(self.classes)}.")
        if n and test.all():
            raise ValueError("Every row is held back for testing: leave at least one to train on.")
        for name, array in (("X", X), ("y", y), ("test", test)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    def __len__(self) -> int:
        return len(self.names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    @property
    def outputs(self) -> int:
        """How many outputs a network for it has: one per class, but a single one for two classes or for numbers."""
        return len(self.classes) if len(self.classes) > 2 else 1

    def columns(self) -> dict[str, list[str] | list[float] | list[int]]:
        """What a table editor shows: the names (if any row has one), the inputs, the label or number, and the set.

        The last one only if a row is marked.
        """
        names = {NAME: list(self.names)} if any(self.names) else {}
        inputs = dict(zip(self.inputs, self.X.T.tolist(), strict=True))
        sets = {SET: [WORDS[mark] for mark in self.test.tolist()]} if self.test.any() else {}
        return {**names, **inputs, self.target: self.y.tolist(), **sets}

    def _content(self) -> tuple[object, ...]:
        arrays = (self.X.tobytes(), self.y.tobytes(), self.test.tobytes())
        return self.inputs, self.target, self.classes, self.names, *arrays
