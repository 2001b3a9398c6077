"""Exports: what a result can be taken home as."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from playground.exports.history import history
from playground.exports.notebook import notebook
from playground.exports.result import Result
from playground.exports.script import script
from playground.exports.weights import pytorch, weights

LONGEST = 60                                                            # characters of a title in a file's name

Given = TypeVar("Given")


class Export(NamedTuple, Generic[Given]):
    """A kind of file: `function` writes its text."""

    title: str
    description: str
    suffix: str
    mime: str
    function: Callable[[Given], str]

    def file_name(self, title: str, sizes: tuple[int, ...]) -> str:
        return f"{stem(title, sizes)}{self.suffix}"


def stem(title: str, sizes: tuple[int, ...]) -> str:
    """A file's name after the experiment, such as four-people-2-2-1, without what kind of file it is."""
    name = re.sub(r"\W+", "-", title.rsplit(".", 1)[0].lower())[:LONGEST].strip("-") or "run"
    return f"{name}-{'-'.join(map(str, sizes))}"


EXPORTS: dict[str, Export[Result]] = {
    "script": Export(
        "Python script", "The run as a plain program that needs nothing but NumPy and ends with the same numbers.",
        ".py", "text/x-python", script),
    "notebook": Export(
        "Jupyter notebook", "The same program in cells, to run and change step by step.",
        ".ipynb", "application/x-ipynb+json", notebook),
    "weights": Export(
        "Weights as JSON", "Every weight and bias of the epoch on screen, with the network they belong to.",
        "-weights.json", "application/json", weights),
    "pytorch": Export(
        "PyTorch model", "The network as a few lines of PyTorch that load these weights as a state_dict.",
        "-pytorch.py", "text/x-python", pytorch),
    "history": Export(
        "History as CSV", "Losses, measures and every weight, a row per epoch up to the one on screen.",
        "-history.csv", "text/csv", history),
}
