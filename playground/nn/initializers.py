"""Initial weights and biases of a layer, drawn from its size."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Initializer(NamedTuple):
    """weights(rng, fan_in, fan_out) -> (fan_in, fan_out); biases(rng, fan_out) -> (fan_out,)"""

    weights: Callable[[Generator, int, int], Array]
    biases: Callable[[Generator, int], Array]


def no_bias(rng: Generator, fan_out: int) -> Array:
    """0"""
    return np.zeros(fan_out)


def normal(rng: Generator, fan_in: int, fan_out: int) -> Array:
    """N(0, 1)"""
    return rng.normal(size=(fan_in, fan_out))


def normal_bias(rng: Generator, fan_out: int) -> Array:
    """N(0, 1), as in the notebook"""
    return rng.normal(size=fan_out)


def uniform(rng: Generator, fan_in: int, fan_out: int) -> Array:
    """U(-½, ½), as in TensorFlow Playground"""
    return rng.uniform(-0.5, 0.5, size=(fan_in, fan_out))


def uniform_bias(rng: Generator, fan_out: int) -> Array:
    """0.1, as in TensorFlow Playground"""
    return np.full(fan_out, 0.1)


def xavier(rng: Generator, fan_in: int, fan_out: int) -> Array:
    """U(-r, r), r = √(6 / (fan_in + fan_out)) (Glorot & Bengio 2010)"""
    r = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-r, r, size=(fan_in, fan_out))


def he(rng: Generator, fan_in: int, fan_out: int) -> Array:
    """N(0, 2 / fan_in) (He et al. 2015)"""
    return rng.normal(0.0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))


def zeros(rng: Generator, fan_in: int, fan_out: int) -> Array:
    """0: every neuron of a layer stays like its neighbour, which is what there is to see"""
    return np.zeros((fan_in, fan_out))


INITIALIZERS: dict[str, Initializer] = {
    "normal": Initializer(normal, normal_bias),
    "uniform": Initializer(uniform, uniform_bias),
    "xavier": Initializer(xavier, no_bias),
    "he": Initializer(he, no_bias),
    "zeros": Initializer(zeros, no_bias),
}
