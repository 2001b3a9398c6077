"""Optimizers: how a flat parameter vector p moves, given its gradient g and the learning rate η."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from playground.nn.config import Config
    from playground.nn.network import Network

Array = NDArray[np.float64]
Step = Callable[[], object]


class Optimizer(NamedTuple):
    """prepare(config, network, memory, count) returns the step: one update of network.parameters in place.

    memory, one row (P,) for each name here, and count (1,), the number of updates, are all that an optimizer
    remembers; both start at zero, and putting them back resumes it exactly. The step may overwrite network.gradient.
    For R networks side by side, read (R, P) for (P,); amounts of the config are then columns (R, 1).
    """

    prepare: Callable[[Config, Network, Array, Array], Step]
    memory: tuple[str, ...] = ()          # by the names they have in the rule
    takes_rate: bool = False              # linear in g: it is given η g, which saves a call per step
    decays_weights: bool = False          # applies l2 itself, apart from the gradient

    @property
    def rule(self) -> str:
        """The update in symbols, formulas parted by "; ": the first paragraph of prepare's docstring, but its source.

        p is any parameter, w a weight and no bias, g the gradient of loss and penalty, η the learning rate, and t the
        number of this update.
        """
        paragraph, _, _ = (self.prepare.__doc__ or "").partition("\n\n")
        formulas, _, _ = paragraph.partition("  (")
        return " ".join(formulas.split())


def sgd(config: Config, network: Network, memory: Array, count: Array) -> Step:
    """p ← p - η g"""
    p, g, subtract = network.parameters, network.gradient, np.subtract
    return lambda: subtract(p, g, p)


MOMENTUM = np.array(0.9)


def momentum(config: Config, network: Network, memory: Array, count: Array) -> Step:
    """v ← 0.9 v + η g;  p ← p - v  (Polyak 1964)"""
    p, g, v = network.parameters, network.gradient, memory[0]

    def step() -> None:
        np.multiply(v, MOMENTUM, v)
        np.add(v, g, v)
        np.subtract(p, v, p)

    return step


def nesterov(config: Config, network: Network, memory: Array, count: Array) -> Step:
    """v ← 0.9 v + η g;  p ← p - (0.9 v + η g)  (Nesterov 1983, as written by Bengio et al. 2013)"""
    p, g, v = network.parameters, network.gradient, memory[0]
    ahead = np.empty_like(p)

    def step() -> None:
        np.multiply(v, MOMENTUM, v)
        np.add(v, g, v)
        np.multiply(v, MOMENTUM, ahead)
        np.add(ahead, g, ahead)
        np.subtract(p, ahead, p)

    return step


TINY = np.array(1e-8)
KEEP, TAKE = np.array(0.9), np.array(1 - 0.9)


def rmsprop(config: Config, network: Network, memory: Array, count: Array) -> Step:
    """v ← 0.9 v + 0.1 g²;  p ← p - η g / (√v + 10⁻⁸)  (Hinton 2012)"""
    p, g, v, rate = network.parameters, network.gradient, memory[0], np.array(config.learning_rate)
    square = np.empty_like(p)

    def step() -> None:
        np.multiply(v, KEEP, v)
        np.multiply(g, g, square)
        np.multiply(square, TAKE, square)
        np.add(v, square, v)
        _scaled_step(p, g, v, rate, square)

    return step


def adagrad(config: Config, network: Network, memory: Array, count: Array) -> Step:
    """v ← v + g²;  p ← p - η g / (√v + 10⁻⁸)  (Duchi et al. 2011)"""
    p, g, v, rate = network.parameters, network.gradient, memory[0], np.array(config.learning_rate)
    square = np.empty_like(p)

    def step() -> None:
        np.multiply(g, g, square)
        np.add(v, square, v)
        _scaled_step(p, g, v, rate, square)

    return step


def _scaled_step(p: Array, g: Array, v: Array, rate: Array, change: Array) -> None:
    """p ← p - rate g / (√v + 10⁻⁸), computed in `change`"""
    np.sqrt(v, change)
    np.add(change, TINY, change)
    np.divide(g, change, change)
    np.multiply(change, rate, change)
    np.subtract(p, change, p)


BETA_1, BETA_2 = 0.9, 0.999


def adam(config: Config, network: Network, memory: Array, count: Array) -> Step:
    """m ← 0.9 m + 0.1 g;  v ← 0.999 v + 0.001 g²;  m̂ = m / (1 - 0.9ᵗ);  v̂ = v / (1 - 0.999ᵗ);
    p ← p - η m̂ / (√v̂ + 10⁻⁸)  (Kingma & Ba 2015)

    m̂ and v̂ are the two means, corrected for their start at zero.
    """
    p, g, (m, v) = network.parameters, network.gradient, memory
    square, rate, correction = np.empty_like(p), np.empty(np.shape(config.learning_rate)), np.empty(())
    keep_m, take_m, keep_v, take_v = (np.array(x) for x in (BETA_1, 1 - BETA_1, BETA_2, 1 - BETA_2))

    def step() -> None:
        t = count.item() + 1.0
        count[0] = t
        rate[...] = config.learning_rate / (1 - BETA_1**t)
        correction[()] = 1 / (1 - BETA_2**t)
        np.multiply(g, g, square)
        np.multiply(square, take_v, square)
        np.multiply(v, keep_v, v)
        np.add(v, square, v)
        np.multiply(g, take_m, g)
        np.multiply(m, keep_m, m)
        np.add(m, g, m)
        np.multiply(v, correction, g)
        _scaled_step(p, m, g, rate, square)

    return step


def adamw(config: Config, network: Network, memory: Array, count: Array) -> Step:
    """w ← (1 - η l2) w;  m ← 0.9 m + 0.1 g;  v ← 0.999 v + 0.001 g²;  m̂ = m / (1 - 0.9ᵗ);  v̂ = v / (1 - 0.999ᵗ);
    p ← p - η m̂ / (√v̂ + 10⁻⁸)  (Loshchilov & Hutter 2019)

    Adam, with l2 taken out of the gradient g and applied to the weights themselves.
    """
    p, kept = network.parameters, 1 - config.learning_rate * config.l2 * network.is_weight
    adam_step = adam(config, network, memory, count)

    def step() -> None:
        np.multiply(p, kept, p)
        adam_step()

    return step


OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": Optimizer(sgd, takes_rate=True),
    "momentum": Optimizer(momentum, memory=("v",), takes_rate=True),
    "nesterov": Optimizer(nesterov, memory=("v",), takes_rate=True),
    "rmsprop": Optimizer(rmsprop, memory=("v",)),
    "adagrad": Optimizer(adagrad, memory=("v",)),
    "adam": Optimizer(adam, memory=("m", "v")),
    "adamw": Optimizer(adamw, memory=("m", "v"), decays_weights=True),
}
