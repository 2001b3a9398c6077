"""A scene: all panels of a view, as the JSON a player mounts once and the arrays it is then fed with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Set
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.data import MEASURES, TASKS
from playground.figures.boundary import boundary
from playground.figures.choice import Look
from playground.figures.confusion import confusion
from playground.figures.curve import curve
from playground.figures.evaluation import Evaluation, View, evaluate
from playground.figures.health import health
from playground.figures.hidden import hidden
from playground.figures.loss import loss
from playground.figures.network import network
from playground.figures.panel import Arrays, Panel, settled
from playground.figures.response import pointed, response
from playground.figures.theme import THEMES, Theme
from playground.figures.zoom import enlarged
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


class Looked(NamedTuple):
    """make(view, theme, chosen) gives a panel that is drawn only while it is in front; `deep`: of hidden layers.

    say(view, parameters, chosen, place) is what it says of a place that is pointed at.
    """

    make: Callable[[View, Theme, tuple[int, ...]], Panel]
    deep: bool = False
    say: Callable[[View, NDArray[np.float64], tuple[int, ...], ArrayLike], dict[str, Any]] | None = None


LOOKS: dict[str, Looked] = {
    "hidden": Looked(hidden, deep=True),
    "neuron": Looked(response, say=pointed),
}

# Of every panel, what it is without such tools.
TOOLS: dict[str, Any] = {"tools": (), "handles": None}

# What is shown as a number: the name of its array, and its label.
PARTS = ("train", "test")
READOUTS = {"epoch": "Epoch", "train-loss": "Train loss", "test-loss": "Test loss"}


class Scene:
    """The panels of a view in a theme, without those that are hidden. The same ones give the same id and JSON.

    Hidden may be panels by their names, "walk" among them, and those of TOOLS. `fixed` is looked at for good: a panel
    like the others, of which nothing else can be chosen.
    """

    def __init__(self, view: View, theme: str, hidden: Set[str] = frozenset(), fixed: Look | None = None) -> None:
        self.view, self.hidden, self.theme, self._theme = view, hidden, theme, THEMES[theme]
        self.measures = {name: measure for name, measure in MEASURES.items() if view.task in measure.tasks}
        self.panels: dict[str, Panel] = {
            name: self._trimmed(entry.make(view, self._theme)) for name, entry in PANELS.items()
            if view.task in entry.tasks and name not in hidden}
        self.looks = [name for name, entry in LOOKS.items()
                      if name not in hidden and (view.config.hidden or not entry.deep)]
        self._made: tuple[Look, Panel] | None = None                    # the last one that was looked at
        if fixed:
            self.panels[fixed.panel] = settled(self.looked(fixed))

    @cached_property
    def json(self) -> str:
        """What the player mounts; of a panel that is drawn only while it is in front, all but the figure."""
        panels: dict[str, Any] = {name: panel.json for name, panel in self.panels.items()}
        if "walk" not in self.hidden:
            panels["walk"] = {"title": "Inside one update", "tab": "Update", "place": "side", "text": True}
        for name in self.looks:
            made = self.looked(Look(name)).json
            panels[name] = {**made, "figure": {**made["figure"], "data": []}, "channels": {}, "looked": True}
        readouts = [
            {"name": name, "label": label, "notes": [
                {"name": f"{of}-{key}", "label": measure.label, "digits": measure.digits, "unit": measure.unit,
                 "help": measure.help} for key, measure in self.measures.items()
            ] if of in PARTS else []}
            for name, label in READOUTS.items() for of in name.split("-")[:1]
        ]
        return json.dumps({"theme": self.theme, "panels": panels, "readouts": readouts}, default=_plain)

    def looked_json(self, look: Look) -> str:
        """What the player mounts of a panel that is looked at."""
        return json.dumps({**self.looked(look).json, "looked": True}, default=_plain)

    def told(self, look: Look, held: str) -> dict[str, Any]:
        """A look by its key and the figure's id, with the figure itself unless that is the one that is held."""
        figure = f"{self.id} {look.key}"
        return {"panel": look.panel, "key": look.key, "id": figure,
                "figure": None if held == figure else self.looked_json(look)}

    @cached_property
    def id(self) -> str:
        return hashlib.sha1(self.json.encode(), usedforsecurity=False).hexdigest()[:16]

    def looked(self, look: Look) -> Panel:
        """The panel that is looked at, with what is chosen of it."""
        if self._made is None or self._made[0] != look:
            self._made = look, self._trimmed(LOOKS[look.panel].make(self.view, self._theme, look.chosen))
        return self._made[1]

    def said(self, look: Look, parameters: NDArray[np.float64], place: ArrayLike) -> dict[str, Any] | None:
        """What a panel that is looked at says of a place, with parameters (P,), as JSON."""
        say = LOOKS[look.panel].say
        return say(self.view, parameters, look.chosen, place) if say else None

    def frames(self, frames: Frames, look: Look | None = None) -> Arrays:
        """Arrays (k, ...) by "panel/channel", and the numbers of the readouts by "readout/name"."""
        evaluation = evaluate(self.view, frames)
        panels = self.panels | ({look.panel: self.looked(look)} if look else {})
        arrays = {f"{name}/{channel}": array for name, panel in panels.items()
                  for channel, array in panel.frames(evaluation).items()}
        numbers = (frames.epochs.astype(np.float64), frames.train_loss, frames.test_loss)
        arrays |= {f"readout/{name}": values for name, values in zip(READOUTS, numbers, strict=True)}
        return arrays | {f"readout/{name}": values for name, values in self._measured(evaluation).items()}

    def _trimmed(self, panel: Panel) -> Panel:
        """The panel as large as the theme has it, without the tools that are hidden."""
        return enlarged(panel._replace(**{name: TOOLS[name] for name in self.hidden & TOOLS.keys()}), self._theme.zoom)

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
