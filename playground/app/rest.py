"""Rest: what a viewer who rests on an epoch is told of it, beyond its frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from playground.app.player import Vary, Walk
from playground.app.runs import Runs
from playground.figures import Arrays, Look, Scene, walk
from playground.nn import (
    Divergence,
    Frames,
    Health,
    Recording,
    Updates,
    findings,
    health,
    parameter_count,
    variation,
)

VALUES = 25, 81                                                         # least and most of a parameter that is varied
NEURONS = 1500                                                          # pictures of them, if there are more of those
SECONDS = 0.01                                                          # of training, to look at what is wrong


class Rest:
    """Answers about epochs of runs, of which the last are kept: the update that follows, and what is wrong."""

    def __init__(self) -> None:
        self.updates: tuple[tuple[str, int], Updates] | None = None
        self.found: tuple[tuple[str, int, bool], dict[str, str]] | None = None

    def walk(self, runs: Runs, scene: Scene, epoch: int, asked: Walk) -> dict[str, Any]:
        """The update by a sample from an epoch, as JSON; the last one where there are not so many."""
        recording, view, key = runs.recording, scene.view, (runs.run, epoch)
        if self.updates is None or self.updates[0] != key:
            self.updates = key, Updates(recording, epoch)
        updates, samples = self.updates[1], len(recording.dataset.X)
        sample = min(asked.sample, samples - 1)
        batch, row = updates.holding(sample)
        update = updates[batch]
        table_row = view.train[update.rows[row]]
        by_hand = epoch + 1 in recording.course.given
        then = f"After that, weights were set by hand at epoch {epoch + 1}." if by_hand else ""
        return {
            "run": runs.run, "epoch": epoch, "sample": sample, "samples": samples, "batch": batch,
            "batches": len(updates), "name": view.table.names[table_row] or f"row {table_row + 1}",
            **walk(view, update, row, asked.neuron, then),
        }

    def findings(self, runs: Runs, epoch: int) -> dict[str, str]:
        """What is wrong at an epoch; the last that was known if there is no time to train up to it again."""
        recording, end = runs.recording, runs.recording.divergence
        end = end if end and epoch >= end.epoch else None
        key = (runs.run, epoch, end is not None)
        if self.found is None or self.found[0] != key:
            for found in every_finding(recording, recording.frames([epoch], seconds=SECONDS), end):
                self.found = key, found
        return self.found[1] if self.found and self.found[0][0] == runs.run else {}


def every_finding(recording: Recording, frames: Frames, end: Divergence | None) -> Iterator[dict[str, str]]:
    """What is wrong at each of these frames of a recording, which may end with a divergence."""
    config, dataset, (epochs, losses, _) = recording.config, recording.dataset, recording.history()
    measured = health(config, dataset, frames.parameters)
    for k, epoch in enumerate(frames.epochs.tolist()):
        here = Health(*(part[k : k + 1] for part in measured))
        over = end if end and epoch >= end.epoch else None
        yield findings(config, dataset, losses[epochs <= epoch], here, over, epoch)


def varied(
    runs: Runs, scene: Scene, epoch: int, asked: Vary, look: Look | None
) -> tuple[dict[str, Any], Arrays]:
    """An epoch with a parameter at many values: what is varied, and the arrays by "vary/…"."""
    recording = runs.recording
    parameter = min(asked.parameter, parameter_count(recording.sizes) - 1)
    least, most = VALUES
    values = np.linspace(-asked.reach, asked.reach, min(max(NEURONS // sum(recording.sizes), least), most))
    frames = scene.frames(variation(recording, epoch, parameter, values), look)
    head = {"run": runs.run, "epoch": epoch, "parameter": parameter, "reach": asked.reach,
            "look": look and look.key, "values": values.tolist()}
    return head, {f"vary/{name}": array for name, array in frames.items()}
