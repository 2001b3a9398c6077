"""A scene: all panels of a view, as the JSON a player mounts once and the arrays it is then fed with."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any

import numpy as np

from playground.figures.boundary import boundary
from playground.figures.evaluation import View, evaluate
from playground.figures.loss import loss
from playground.figures.network import network
from playground.figures.panel import Arrays, Panel
from playground.figures.theme import THEMES
from playground.nn import Frames

PANELS = {"network": network, "boundary": boundary, "loss": loss}

# What is shown as a number: the name of its array, and its label.
READOUTS = {"epoch": "Epoch", "train-loss": "Train loss", "test-loss": "Test loss"}


class Scene:
    """The panels of a view in a theme ("light" or "dark"). The same view and theme give the same id and JSON."""

    def __init__(self, view: View, theme: str) -> None:
        self.view = view
        self.panels: dict[str, Panel] = {name: make(view, THEMES[theme]) for name, make in PANELS.items()}

    @cached_property
    def json(self) -> str:
        panels = {
            name: {
                "title": panel.title, "figure": panel.figure, "aspect": panel.aspect,
                "switches": panel.switches,
                "channels": {key: {"kind": channel.kind, "traces": channel.traces, **channel.options}
                             for key, channel in panel.channels.items()},
            }
            for name, panel in self.panels.items()
        }
        return json.dumps({"panels": panels, "readouts": READOUTS}, default=_plain)

    @cached_property
    def id(self) -> str:
        return hashlib.sha1(self.json.encode(), usedforsecurity=False).hexdigest()[:16]

    def frames(self, frames: Frames) -> Arrays:
        """Arrays (k, ...) by "panel/channel", and the numbers of the readouts by "readout/name"."""
        evaluation = evaluate(self.view, frames)
        arrays = {f"{name}/{channel}": array for name, panel in self.panels.items()
                  for channel, array in panel.frames(evaluation).items()}
        numbers = (frames.epochs.astype(np.float64), frames.train_loss, frames.test_loss)
        return arrays | {f"readout/{name}": values for name, values in zip(READOUTS, numbers, strict=True)}


def _plain(value: Any) -> Any:
    """NumPy values as JSON ones."""
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else list(value)
