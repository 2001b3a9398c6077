"""A recording: a run that can be looked at in any order.

Training is deterministic and resumable, so any epoch can be had again, bit for bit, by training on from the
nearest earlier row. Rows are the key frames of a video: thinning them loses nothing but time.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from time import thread_time

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.nn.config import Config
from playground.nn.course import Course
from playground.nn.dataset import Dataset
from playground.nn.divergence import Divergence
from playground.nn.keyframes import Frames, Keyframes
from playground.nn.parameters import initial_parameters, unflatten
from playground.nn.training import EpochState, Trainer, fit, state_size

Array = NDArray[np.float64]


class Recording:
    """A run with a memory of `budget` bytes, which follows a course. Where it diverges, `latest` stays finite."""

    def __init__(
        self,
        config: Config,
        dataset: Dataset,
        test: Dataset | None = None,
        *,
        weights: Sequence[ArrayLike] | None = None,
        biases: Sequence[ArrayLike] | None = None,
        budget: int = 8_000_000,
        course: Course | None = None,
    ) -> None:
        self.sizes = fit(config, dataset, test)
        self.dataset, self.test = dataset, test
        self.divergence: Divergence | None = None
        initial = initial_parameters(config, self.sizes, weights, biases)
        self._count = len(initial)
        self.course = Course({0: config}, {0: initial}).followed_by(course)
        for each in self.course.configs.values():
            fit(each, dataset, test)
        self._rows = Keyframes(max(state_size(each, self._count) for each in self.course.configs.values()), budget)
        with np.errstate(all="ignore"):
            self._resume(self.course.configs[0], 0, initial)
            self._record()

    @property
    def segments(self) -> tuple[tuple[int, Config], ...]:
        """(first_epoch, config): which config trains from which epoch on."""
        return tuple(self.course.configs.items())

    @property
    def config(self) -> Config:
        return self.segments[-1][1]

    @property
    def latest(self) -> int:
        return int(self._rows.epochs[-1])

    @property
    def nbytes(self) -> int:
        """Memory taken by its rows."""
        return self._rows.nbytes

    def advance(self, until: int, *, loss: float | None = None, seconds: float | None = None) -> int:
        """Trains and records every epoch up to `until`, or till the train loss is below `loss`, the processor's
        `seconds` for this thread are over or it diverges; returns the epoch reached.
        """
        deadline = np.inf if seconds is None else thread_time() + seconds
        enough = -np.inf if loss is None else loss
        with np.errstate(all="ignore"):
            self._go_to(self.latest)
            while self._trainer.epoch < until and not self._trainer.train_loss < enough and self._train_on():
                self._record()
                if thread_time() >= deadline:
                    break
        return self.latest

    def frames(self, epochs: Iterable[int], *, seconds: float | None = None) -> Frames:
        """The given epochs, in increasing order; what was not trained yet is trained, and recorded.

        Fewer where the run diverges before the last, or when the processor's `seconds` are over; how far it got is not
        lost then.
        """
        asked = np.fromiter(epochs, np.int64)
        if (np.diff(asked, prepend=-1) <= 0).any():
            raise ValueError("epochs must increase and not be negative.")
        deadline = np.inf if seconds is None else thread_time() + seconds
        parameters, losses = np.empty((len(asked), self._count)), np.empty((len(asked), 2))
        k = 0
        with np.errstate(all="ignore"):
            for epoch in asked.tolist():
                if not self._look_at(epoch, parameters[k], losses[k], deadline):
                    break
                k += 1
                if thread_time() >= deadline:
                    break
        return Frames(asked[:k], parameters[:k], losses[:k, 0], losses[:k, 1])

    def state(self, epoch: int) -> EpochState:
        """The state after `epoch`; ValueError where the run diverges before."""
        frames = self.frames([epoch])
        if not len(frames.epochs):
            raise ValueError(f"epoch {epoch} does not exist. {self.divergence}")
        weights, biases = unflatten(frames.parameters[0], self.sizes)
        return EpochState(epoch, weights, biases, float(frames.train_loss[0]), float(frames.test_loss[0]))

    def trainer(self, epoch: int) -> Trainer:
        """A trainer apart from this recording, about to train on from `epoch`; ValueError as for `state`."""
        self.state(epoch)
        with np.errstate(all="ignore"):
            self._go_to(epoch)
            return self._trainer.continued(self.course.configs.get(epoch, self._trainer.config))

    def history(self) -> tuple[NDArray[np.int64], Array, Array]:
        """Epochs, train losses and test losses of the rows held, (rows,) each."""
        return self._rows.epochs.copy(), self._rows.losses[:, 0].copy(), self._rows.losses[:, 1].copy()

    def first_below(self, loss: float, start: int = 0) -> int | None:
        """The first recorded epoch from `start` on whose train loss is below `loss`; None where there is none."""
        thinned = self.frames(self._rows.reaching(loss, start))
        return int(thinned.epochs[np.argmax(thinned.train_loss < loss)]) if len(thinned.epochs) else None

    def branch(self, epoch: int, config: Config, parameters: ArrayLike | None = None) -> Recording:
        """This run up to `epoch`, from there on trained by another config; this recording stays as it is.

        `parameters` (P,) take the place of those that the epoch has. The optimizer's memory goes along where the
        optimizer is the same. Raises ValueError for an epoch after a divergence, and where `fit` or `Course.branch` do.
        """
        fit(config, self.dataset, self.test)
        branch = copy.copy(self)
        branch.course = self.course.branch(epoch, config, parameters)
        self.state(epoch)
        branch.divergence = None
        with np.errstate(all="ignore"):
            self._go_to(epoch)
            branch._rows = self._rows.before(epoch, max(self._rows.width, state_size(config, self._count)))
            branch._resume(self._trainer.config, epoch, self._trainer.state)
            branch._record()
        return branch

    def _look_at(self, epoch: int, parameters: Array, losses: Array, deadline: float) -> bool:
        """Copies the parameters (P,) and losses (2,) of an epoch, from its row or by training.

        False if it diverges, or is not reached before the deadline.
        """
        if self.divergence and epoch > self.divergence.epoch:
            return False
        row = self._rows.last_until(epoch)
        if self._rows.epochs[row] != epoch:
            if not self._go_to(epoch, deadline):
                return False
            if epoch < self.latest:
                parameters[:] = self._trainer.parameters
                losses[:] = self._trainer.train_loss, self._trainer.test_loss()
                return True
            self._record()
            row = -1
        parameters[:] = self._rows.states[row, : self._count]
        losses[:] = self._rows.losses[row]
        return True

    def _go_to(self, epoch: int, deadline: float = np.inf) -> bool:
        """Brings the trainer to an epoch, from where it is or from the nearest earlier row.

        False if it diverges, or at the deadline.
        """
        row, trainer = self._rows.last_until(epoch), self._trainer
        if trainer.divergence or not self._rows.epochs[row] <= trainer.epoch <= epoch:
            self._restore(row)
        while self._trainer.epoch < epoch:
            if not self._train_on():
                return False
            if self._trainer.epoch < epoch and thread_time() >= deadline:
                if self._trainer.epoch > self.latest:
                    self._record()
                return False
        return True

    def _restore(self, row: int) -> None:
        """Brings the trainer to a row, with the config that trained up to there, whose optimizer wrote its state."""
        epoch = int(self._rows.epochs[row])
        config = self.course.config_until(epoch)
        self._resume(config, epoch, self._rows.states[row, : state_size(config, self._count)])

    def _resume(self, config: Config, epoch: int, state: Array) -> None:
        """Brings the trainer to a state, in which parameters that the epoch was given take the place of its own."""
        given = self.course.given.get(epoch)
        if given is not None:
            state = np.concatenate([given, state[self._count :]])
        self._trainer = Trainer(config, self.dataset, self.test, epoch, state, self.course.given_length(epoch))

    def _train_on(self) -> bool:
        """Trains one epoch, by the next config where a segment begins; False if it diverges."""
        trainer = self._trainer
        if self.divergence and trainer.epoch >= self.divergence.epoch:
            return False
        config = self.course.configs.get(trainer.epoch)
        if config and config != trainer.config:
            trainer = self._trainer = trainer.continued(config)
        trainer.train_epoch()
        if trainer.divergence:
            self.divergence = trainer.divergence
            if self._go_to(self.divergence.epoch) and self.latest < self.divergence.epoch:
                self._record()
            return False
        if trainer.epoch in self.course.given:
            self._resume(trainer.config, trainer.epoch, trainer.state)
        return True

    def _record(self) -> None:
        trainer = self._trainer
        self._rows.append(trainer.epoch, trainer.state, trainer.train_loss, trainer.test_loss())
