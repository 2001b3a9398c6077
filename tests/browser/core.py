"""What must be on screen: the same training, done here by the core alone."""

from __future__ import annotations

from itertools import islice

import numpy as np

from playground.data import DATASETS, apply_features, split, targets
from playground.nn import Config, Dataset, EpochState, train


class Core:
    """A run on a data set of the page; `settings` are the address bar's `samples`, `noise`, `draw` and `share`."""

    def __init__(
        self, config: Config | None = None, data: str = "people", samples: int = 500, noise: int = 0, draw: int = 0,
        share: int = 100, features: tuple[str, ...] = ("x1", "x2"),
    ) -> None:
        self.config = config or Config()
        self.table = DATASETS[data].make(samples, noise, draw)
        self.rows, self.held_back = split(self.table.y, share, draw)
        X, y = apply_features(features, self.table.X), targets(self.table, self.config.output_activation)
        self.dataset = Dataset(X[self.rows], y[self.rows])
        self.test = Dataset(X[self.held_back], y[self.held_back]) if len(self.held_back) else None
        self._run = train(self.config, self.dataset, self.test)
        self._states: list[EpochState] = []

    def state(self, epoch: int) -> EpochState:
        self._states += islice(self._run, max(epoch + 1 - len(self._states), 0))
        return self._states[epoch]

    def losses(self, epoch: int) -> tuple[str, str]:
        """Train and test loss as the page writes them."""
        state = self.state(epoch)
        return written(state.train_loss), written(state.test_loss)

    def final(self) -> EpochState:
        """The last epoch of a run that diverges."""
        self._states += self._run
        return self._states[-1]

    def changed(self, epoch: int, config: Config) -> tuple[EpochState, ...]:
        """This epoch and the next, trained by another config from here on; for optimizers without memory."""
        state = self.state(epoch)
        return tuple(islice(
            train(config, self.dataset, self.test, weights=state.weights, biases=state.biases), 2))


def written(value: float) -> str:
    """A loss with six decimals, or as a power of ten where those would say nothing."""
    if not np.isfinite(value):
        return "\N{EN DASH}"
    if value == int(value):
        return str(int(value))
    if 1e-3 <= abs(value) < 1e6:
        return f"{value:.6f}"
    digits, exponent = f"{value:.3e}".split("e")
    return f"{digits}e{int(exponent):+d}"
