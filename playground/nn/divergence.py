"""Divergence: what counts as a run that blew up, and what it most likely died of."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.nn.config import Config
from playground.nn.dataset import Dataset


class Divergence(NamedTuple):
    """The last finite epoch of a run, and the likely cause as the end of a sentence."""

    epoch: int
    cause: str

    def __str__(self) -> str:
        return f"Training diverged after epoch {self.epoch}: {self.cause}."


def parameter_limit(config: Config, dataset: Dataset, given_length: float) -> float:
    """The length of the parameter vector beyond which a run has diverged: 10⁴ max(1, |y|), less at absurd rates.

    A saturated network does not overflow: after one enormous step it has no gradient left and sits still for
    ever. The higher the learning rate, the shorter the step that gives it away, so above 10 the limit falls with
    the rate, though not below what training started from: the parameters last drawn or set by hand.
    """
    scale = max(1.0, float(np.abs(dataset.y).max()))
    return max(1e4 * scale / max(1.0, config.learning_rate / 10), 2 * (given_length + scale))


def diagnose(config: Config, dataset: Dataset, epoch: int, parameters: NDArray[np.float64]) -> Divergence:
    """The likely cause, with its numbers, for a run whose parameters or loss went too far after `epoch`."""
    largest, X, y = (float(np.abs(values).max()) for values in (parameters, dataset.X, dataset.y))
    grown, rate = f"the weights grew to {largest:.2g}", config.learning_rate
    if not np.isfinite(largest):
        grown = "the weights overflowed"
    if y > 1e100:
        return Divergence(epoch, f"the loss overflowed; targets as large as {y:.2g} are too large to square")
    if rate * config.l2 > 2:
        cause = f"learning rate {rate:g} times L2 rate {config.l2:g} is above 2, so each update overshoots zero"
    elif X > 100:
        cause = f"learning rate {rate:g} is too high for inputs as large as {X:g}"
    else:
        cause = f"learning rate {rate:g} is too high"
    return Divergence(epoch, f"{grown}; {cause}")
