"""A sweep: many runs on the same data, trained side by side.

Runs whose networks have the same shape and rules train in one batched pass: parameters (R, P), layers (R, fan_out, n).
What differs among them is a column (R, 1), or the order in which each takes the samples. The formulas are those of a
single run: `Network`, `Pass` and the registries work on either.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.nn.config import Config
from playground.nn.dataset import Dataset
from playground.nn.divergence import Divergence, diagnose, parameter_limit
from playground.nn.examples import Examples
from playground.nn.network import Network
from playground.nn.optimizers import OPTIMIZERS
from playground.nn.parameters import initial_parameters, parameter_count, unflatten
from playground.nn.randomness import SHUFFLE, generator
from playground.nn.training import fit, holding, state_size

Array = NDArray[np.float64]

SHARED = ("hidden", "activation", "output_activation", "loss", "optimizer", "batch_size")    # in one batched pass
COLUMNS = ("learning_rate", "l1", "l2")


class Outcome(NamedTuple):
    """Where a run is, or, if it diverged, the last finite epoch; test_loss is nan without a test set."""

    config: Config
    epoch: int
    parameters: Array                     # (P,)
    train_loss: float
    test_loss: float
    divergence: Divergence | None


class Sweep:
    """A run per config, all at the same `epoch`; each starts from its `starts` (P,), where None is what it draws.

    Raises ValueError where data, configs and starts do not fit together.
    """

    def __init__(
        self,
        configs: Sequence[Config],
        dataset: Dataset,
        test: Dataset | None = None,
        starts: Sequence[ArrayLike | None] | None = None,
    ) -> None:
        self.epoch = 0
        rows: dict[tuple[Any, ...], list[int]] = {}
        for i, config in enumerate(configs):
            rows.setdefault(tuple(getattr(config, name) for name in SHARED), []).append(i)
        given = [None] * len(configs) if starts is None else starts
        self._rows = [i for group in rows.values() for i in group]
        with np.errstate(all="ignore"):
            self._groups = [
                _Group([configs[i] for i in group], dataset, test, [given[i] for i in group])
                for group in rows.values()
            ]

    def advance(self, until: int, *, seconds: float | None = None) -> int:
        """Trains every run up to an epoch, or till time is up; returns the epoch reached."""
        deadline = np.inf if seconds is None else perf_counter() + seconds
        with np.errstate(all="ignore"):
            while self.epoch < until:
                for group in self._groups:
                    group.train_epoch(self.epoch)
                self.epoch += 1
                if perf_counter() >= deadline:
                    break
        return self.epoch

    def outcomes(self) -> list[Outcome]:
        """Of every run, in the order of the configs."""
        with np.errstate(all="ignore"):
            found = [outcome for group in self._groups for outcome in group.outcomes(self.epoch)]
        return [found[place] for place in np.argsort(self._rows)]


class _Group:
    """R runs that have everything SHARED in common. What one computes after it diverged is never read."""

    def __init__(
        self, configs: Sequence[Config], dataset: Dataset, test: Dataset | None, starts: Sequence[ArrayLike | None]
    ) -> None:
        self._configs, self._dataset, self._test = configs, dataset, test
        common, R = configs[0], len(configs)
        sizes, *_ = (fit(config, dataset, test) for config in configs)
        initial = np.array([_start(config, sizes, start) for config, start in zip(configs, starts, strict=True)])
        P = initial.shape[1]
        state = np.zeros(state_size(common, R * P))                    # laid out as Trainer.state
        parameters, memory, count = state[: R * P].reshape(R, P), state[R * P : -1].reshape(-1, R, P), state[-1:]
        parameters[:] = initial

        columns = {name: np.array([[getattr(config, name)] for config in configs]) for name in COLUMNS}
        rules: Any = SimpleNamespace(**{name: getattr(common, name) for name in SHARED}, **columns)
        optimizer = OPTIMIZERS[common.optimizer]
        scale = columns["learning_rate"] if optimizer.takes_rate else np.ones((R, 1))
        self._network = Network(rules, sizes, parameters, scale)
        self._update = optimizer.prepare(rules, self._network, memory, count)
        if frozen := [r * P + i for r, config in enumerate(configs) for i in config.frozen]:
            self._update = holding(self._update, state, R * P, frozen)
        self._examples = Examples(dataset, self._network, common.batch_size)
        shuffles = common.batch_size < len(dataset.X)
        self._shuffled = [r for r, config in enumerate(configs) if shuffles and config.shuffle]
        self._limits = np.array([
            parameter_limit(config, dataset, float(np.linalg.norm(start)))
            for config, start in zip(configs, initial, strict=True)
        ])
        self._train_losses, self._last = self._examples.losses(), initial      # of each run's last finite epoch
        self._ends: dict[int, Divergence] = {}

    def train_epoch(self, epoch: int) -> None:
        """One pass over the data, from the state after `epoch`."""
        network, update = self._network, self._update
        if len(self._ends) == len(self._configs):
            return
        self._shuffle(epoch)
        for forward, backward, X, y in self._examples.batches:
            forward(X)
            backward(X, y)
            update()
        losses = self._examples.losses()
        finite = (np.square(network.parameters).sum(axis=1) <= np.square(self._limits)) & (losses < np.inf)
        for r in np.flatnonzero(~finite).tolist():
            if r not in self._ends:
                self._ends[r] = diagnose(self._configs[r], self._dataset, epoch, network.parameters[r])
        finite[[*self._ends]] = False                                  # of a run that came back from there, too
        self._train_losses[finite] = losses[finite]
        self._last[finite] = network.parameters[finite]

    def _shuffle(self, epoch: int) -> None:
        orders: dict[int, NDArray[np.intp]] = {}                       # by seed
        for r in self._shuffled:
            config = self._configs[r]
            if config.seed not in orders:
                orders[config.seed] = generator(config, SHUFFLE, epoch).permutation(len(self._dataset.X))
            self._examples.arrange(orders[config.seed], r)

    def outcomes(self, epoch: int) -> list[Outcome]:
        network, test_losses = self._network, np.full(len(self._configs), np.nan)
        if self._test:
            last = Network(network.config, network.sizes, self._last)
            test_losses = Examples(self._test, last, batch_size=len(self._test.X)).losses()
        ends = [self._ends.get(r) for r in range(len(self._configs))]
        return [
            Outcome(config, end.epoch if end else epoch, parameters, float(train_loss), float(test_loss), end)
            for config, end, parameters, train_loss, test_loss in zip(
                self._configs, ends, self._last.copy(), self._train_losses, test_losses, strict=True)
        ]


def _start(config: Config, sizes: Sequence[int], given: ArrayLike | None) -> Array:
    """(P,): what the config draws, or what is given, checked; ValueError for another number of them or not finite."""
    if given is None:
        return initial_parameters(config, sizes)
    given = np.asarray(given, np.float64)
    count = parameter_count(sizes)
    if given.shape != (count,):
        raise ValueError(f"each start must be {count} parameters, not an array of shape {given.shape}.")
    return initial_parameters(config, sizes, *unflatten(given, sizes))
