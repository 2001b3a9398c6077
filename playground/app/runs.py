"""Runs: the one on screen, those that it came from, and those that an undo brings back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha1
from typing import NamedTuple

from playground.app.player import Edit
from playground.nn import Config, Recording, parameter_count

KNOWN = 60                                                              # runs in a lineage
KEPT = 24_000_000                                                       # bytes of recordings that can be gone back to


class Step(NamedTuple):
    """What there was before an edit, and the epoch of the edit."""

    recording: Recording
    ghost: Recording | None
    epoch: int


class Runs:
    """The recording on screen and, as its ghost, the one that it left last; `run` is its name, and `same` is the same
    wherever and whenever all its numbers are.

    It starts at epoch 0 or goes on from others: `lineage` holds, by their names, the first epoch that differs there,
    and `branched_at` is the epoch at which it left the last of them. `steps` are the edits that can be taken back,
    `drawn` the start weights and biases, unless somebody sets others.
    """

    def __init__(self, recording: Recording, drawn: Sequence[float]) -> None:
        self._name, self._number = secrets.token_hex(4), 0              # no run of another session has its name
        self.start(recording, drawn)

    @property
    def run(self) -> str:
        return f"{self._name}-{self._number}"

    def of(self, run: str) -> bool:
        """Whether it is, or was, one of these runs."""
        return run.partition("-")[0] == self._name

    @property
    def given(self) -> tuple[float, ...]:
        """The start weights and biases."""
        return tuple(self.recording.course.given[0].tolist())

    def start(self, recording: Recording, drawn: Sequence[float]) -> None:
        """Another run, which comes from none."""
        self.drawn = tuple(drawn)
        self.lineage: dict[str, int] = {}
        self.branched_at: int | None = None
        self.steps: list[Step] = []
        self._take(recording, None)

    def branch(self, epoch: int, config: Config) -> None:
        """The run goes on from an epoch by another config; what is frozen stays so."""
        config = replace(config, frozen=self.recording.config.frozen)
        self._go_on(self.recording.branch(epoch, config), self.recording, epoch, epoch + 1)

    def start_from(self, parameters: Sequence[float]) -> None:
        """Gives the run these start weights and biases, which is an edit; nothing happens if it has them."""
        if tuple(parameters) != self.given:
            self._keep(0)
            self._go_on(self.recording.branch(0, self.recording.config, parameters), self.recording, 0, 0)

    def edit(self, edit: Edit) -> bool:
        """Goes on from an epoch with another value, or with a parameter frozen or set free; whether it could."""
        if edit.run not in (self.run, *self.lineage) or edit.parameter >= parameter_count(self.recording.sizes):
            return False
        before, epoch = self.recording, min(edit.epoch, self.recording.latest)
        parameters, frozen = before.frames([epoch]).parameters[0], {*before.config.frozen}
        if edit.value is not None:
            parameters[edit.parameter] = edit.value
        if edit.frozen is not None:
            (frozen.add if edit.frozen else frozen.discard)(edit.parameter)
        config = replace(before.config, frozen=tuple(frozen))
        self._keep(epoch)
        self._go_on(before.branch(epoch, config, parameters), before, epoch, epoch)
        return True

    def undo(self, config: Config) -> bool:
        """Takes the last step back: the run from before it, which goes on by a config; whether there was one."""
        if not self.steps:
            return False
        recording, ghost, epoch = self.steps.pop()
        config = replace(config, frozen=recording.config.frozen)
        if config != recording.config:
            recording = recording.branch(epoch, config)
        self._go_on(recording, ghost, epoch, epoch)
        return True

    def _keep(self, epoch: int) -> None:
        self.steps.append(Step(self.recording, self.ghost, epoch))
        while len(self.steps) > 1 and sum(step.recording.nbytes for step in self.steps) > KEPT:
            del self.steps[0]

    def _go_on(self, recording: Recording, ghost: Recording | None, epoch: int, first: int) -> None:
        """Another recording takes the place of this one at an epoch; before `first`, they are the same."""
        lineage = {run: min(differs, first) for run, differs in self.lineage.items()} | {self.run: first}
        self.lineage = dict([*lineage.items()][-KNOWN:])
        self.branched_at = epoch
        self._take(recording, ghost)

    def _take(self, recording: Recording, ghost: Recording | None) -> None:
        self.recording, self.ghost = recording, ghost
        self.same = _digest(recording)
        self._number += 1


def _digest(recording: Recording) -> str:
    """Of the data and the course, which determine a run."""
    configs, given = recording.course
    digest = sha1(repr([*configs.items()]).encode(), usedforsecurity=False)
    parts = (recording.dataset, recording.test) if recording.test else (recording.dataset,)
    for array in [*(array for part in parts for array in (part.X, part.y)), *given.values()]:
        digest.update(repr(array.shape).encode() + array.tobytes())
    digest.update(repr([*given]).encode())
    return digest.hexdigest()
