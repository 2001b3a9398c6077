"""A scene: all panels of a view, as the JSON a player mounts once and the arrays it is then fed with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from playground.data import TASKS
from playground.figures.boundary import boundary
from playground.figures.confusion import confusion
from playground.figures.curve import curve
from playground.figures.evaluation import Evaluation, View, evaluate
from playground.figures.health import health
from playground.figures.loss import loss
from playground.figures.measures import MEASURES
from playground.figures.network import network
from playground.figures.panel import Arrays, Panel
from playground.figures.theme import THEMES, Theme
from playground.nn import Frames


class Entry(NamedTuple):
    """make(view, theme) gives a panel, for tables of these tasks."""

    make: Callable[[View, Theme], Panel]
    tasks: tuple[str, ...] = tuple(TASKS)


def prediction(view: View, theme: Theme) -> Panel:
    """What the network answers: over the plane of two inputs, along a single one."""
    return boundary(view, theme) if len(view.table.inputs) == 2 else curve(view, theme)


PANELS: dict[str, Entry] = {
    "network": Entry(network),
    "boundary": Entry(prediction),
    "loss": Entry(loss),
    "confusion": Entry(confusion, ("two classes", "several classes")),
    "health": Entry(health),
}

# What is shown as a number: the name of its array, and its label.
PARTS = ("train", "test")
READOUTS = {"epoch": "Epoch", "train-loss": "Train loss", "test-loss": "Test loss"}


class Scene:
    """The panels of a view in a theme ("light" or "dark"). The same view and theme give the same id and JSON."""

    def __init__(self, view: View, theme: str) -> None:
        self.view = view
        self.measures = {name: measure for name, measure in MEASURES.items() if view.task in measure.tasks}
        self.panels: dict[str, Panel] = {
            name: entry.make(view, THEMES[theme]) for name, entry in PANELS.items() if view.task in entry.tasks}

    @cached_property
    def json(self) -> str:
        panels = {
            name: {
                "title": panel.title, "place": panel.place, "figure": panel.figure, "aspect": panel.aspect,
                "switches": panel.switches, "note": panel.note, "tools": [tool._asdict() for tool in panel.tools],
                "still": panel.still, "handles": panel.handles and panel.handles._asdict(), "remark": panel.remark,
                "channels": {key: {"kind": channel.kind, "traces": channel.traces, **channel.options}
                             for key, channel in panel.channels.items()},
            }
            for name, panel in self.panels.items()
        }
        panels["walk"] = {"title": "Inside one update", "place": "side", "text": True}
        readouts = [
            {"name": name, "label": label, "notes": [
                {"name": f"{of}-{key}", "label": measure.label, "digits": measure.digits, "unit": measure.unit,
                 "help": measure.help} for key, measure in self.measures.items()
            ] if of in PARTS else []}
            for name, label in READOUTS.items() for of in name.split("-")[:1]
        ]
        return json.dumps({"panels": panels, "readouts": readouts}, default=_plain)

    @cached_property
    def id(self) -> str:
        return hashlib.sha1(self.json.encode(), usedforsecurity=False).hexdigest()[:16]

    def frames(self, frames: Frames) -> Arrays:
        """Arrays (k, ...) by "panel/channel", and the numbers of the readouts by "readout/name"."""
        evaluation = evaluate(self.view, frames)
        arrays = {f"{name}/{channel}": array for name, panel in self.panels.items()
                  for channel, array in panel.frames(evaluation).items()}
        numbers = (frames.epochs.astype(np.float64), frames.train_loss, frames.test_loss)
        arrays |= {f"readout/{name}": values for name, values in zip(READOUTS, numbers, strict=True)}
        return arrays | {f"readout/{name}": values for name, values in self._measured(evaluation).items()}

    def _measured(self, evaluation: Evaluation) -> Arrays:
        """Every measure, (k,), of the rows that train and, nan where there are none, of those that test."""
        n, k = len(self.view.train), len(evaluation.answers)
        parts = dict(zip(PARTS, (slice(n), slice(n, None)), strict=True))
        with np.errstate(all="ignore"):
            return {
                f"{of}-{name}": measure.value(evaluation.answers[:, part], evaluation.truth[part])
                if len(evaluation.truth[part]) else np.full(k, np.nan)
                for name, measure in self.measures.items() for of, part in parts.items()
            }


def _plain(value: Any) -> Any:
    """NumPy values as JSON ones."""
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else list(value)
