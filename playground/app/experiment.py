"""An experiment: everything that decides a run, as the controls and the table say it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from playground.data import Domain, Table, as_it_is, domain, split, standardising, targets
from playground.figures import View
from playground.nn import Config, Course, Dataset, Recording, layer_sizes
from playground.nn.config import CHANGEABLE


class Experiment(NamedTuple):
    """A network, how it is trained, and on what: hashable values only."""

    config: Config
    table: Table
    shown: Domain | None                                                # the part of the plane that is drawn at least
    train_share: int | None                                             # percent; None: the table marks what tests
    split_seed: int
    features: tuple[str, ...]
    standardise: bool                                                   # by the rows that train

    def view(self) -> View:
        marks = self.table.test
        train, test = np.flatnonzero(~marks), np.flatnonzero(marks)
        if self.train_share is not None:
            train, test = split(self.table.y, self.train_share, self.split_seed)
        scaling = (standardising if self.standardise else as_it_is)(self.table.X[train])
        return View(self.config, self.table, train, test, self.features, scaling, domain(self.table, self.shown))

    def record(self, course: Course | None = None) -> Recording:
        """A new run, at epoch 0, which follows a course if there is one; ValueError for one that it cannot follow."""
        view = self.view()
        X, y = view.fed(self.table.X), targets(self.table, self.config.output_activation)
        test = Dataset(X[view.test], y[view.test]) if len(view.test) else None
        return Recording(self.config, Dataset(X[view.train], y[view.train]), test, course=course)

    def drawn(self) -> tuple[Recording, tuple[float, ...]]:
        """A new run, and the start weights and biases that it has drawn."""
        recording = self.record()
        return recording, tuple(recording.course.given[0].tolist())

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons per layer."""
        return layer_sizes(self.config, len(self.features), self.table.outputs)

    def draws_like(self, other: Experiment) -> bool:
        """Whether start weights for networks of one shape are the same in both."""
        mine, theirs = self.config, other.config
        return (mine.seed, mine.initializer) == (theirs.seed, theirs.initializer)

    def continues(self, other: Experiment) -> bool:
        """Whether a run of the other can go on as this: only how it is trained differs."""
        changed = {name: getattr(other.config, name) for name in CHANGEABLE}
        return self._replace(config=replace(self.config, **changed)) == other
