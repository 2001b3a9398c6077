"""The penalty on large weights, which is kept apart from the loss that is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from playground.nn.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from playground.nn.config import Config
    from playground.nn.network import Network


def penalty(config: Config, weights: Sequence[ArrayLike]) -> float:
    """l1·Σ|w| + ½·l2·Σw² over all weights; biases go free."""
    return sum(config.l1 * float(np.abs(W).sum()) + 0.5 * config.l2 * float(np.square(W).sum()) for W in weights)


def penalty_gradient(config: Config, network: Network) -> Callable[[], None] | None:
    """What adds l1·sign(w) + l2·w to the gradient; None where there is nothing to add.

    An optimizer that decays weights itself (adamw) takes l2 out of the gradient.
    """
    p, g, term = network.parameters, network.gradient, np.empty_like(network.gradient)
    l1 = network.scale * config.l1 * network.is_weight                 # (P,)
    l2 = network.scale * config.l2 * network.is_weight
    if OPTIMIZERS[config.optimizer].decays_weights:
        l2 = 0 * l2

    def add() -> None:
        np.sign(p, term)
        np.multiply(term, l1, term)
        np.add(g, term, g)
        np.multiply(p, l2, term)
        np.add(g, term, g)

    return add if l1.any() or l2.any() else None
