"""Choices: what the viewer may choose of a panel that is drawn only while it is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from playground.data import feature_labels
from playground.figures.evaluation import View


class Choice(NamedTuple):
    """A box: its label, what it chooses, the value chosen, and its options, as groups of values and texts.

    Texts are plain here and not escaped.
    """

    label: str
    help: str
    chosen: int
    groups: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]


class Look(NamedTuple):
    """A panel that is looked at, and the values chosen of it: neurons, by their places in the diagram."""

    panel: str
    chosen: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.panel} {','.join(map(str, self.chosen))}"


def plain_names(view: View) -> list[str]:
    """A name per neuron as in the diagram, not escaped."""
    hidden = [f"h{i + 1}" for i in range(sum(view.config.hidden))]
    outputs = view.table.classes if view.task == "several classes" else (view.table.target,)
    return [*feature_labels(view.features, view.table.inputs), *hidden, *outputs]


def layers_of(view: View) -> Iterator[tuple[str, range]]:
    """Every layer but the inputs: what it is called, and its neurons' places in the diagram."""
    starts = [sum(view.sizes[:i]) for i in range(len(view.sizes) + 1)]
    last = len(view.sizes) - 1
    for layer, (start, stop) in enumerate(pairwise(starts[1:]), 1):
        yield "output" if layer == last else "hidden" if last == 2 else f"hidden {layer}", range(start, stop)
