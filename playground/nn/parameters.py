"""All parameters of a network as one flat vector of P numbers, and its layers as views into it.

Layer l is a block of shape (fan_in + 1, fan_out): the rows of W[l], then b[l] as the last row.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.nn.config import Config
from playground.nn.initializers import INITIALIZERS
from playground.nn.randomness import INITIAL_WEIGHTS, generator

Array = NDArray[Any]
Arrays = tuple[Array, ...]


def layer_sizes(config: Config, n_inputs: int, n_outputs: int) -> tuple[int, ...]:
    """Neurons per layer, inputs and outputs included: 2-4-2-1 is (2, 4, 2, 1)."""
    if config.output_activation == "softmax" and n_outputs < 2:
        raise ValueError("output_activation 'softmax' needs at least two outputs, one for each class, but y has one.")
    return (n_inputs, *config.hidden, n_outputs)


def parameter_count(sizes: Sequence[int]) -> int:
    """P = Σ (fan_in + 1) fan_out"""
    return sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(sizes))


def blocks(parameters: Array, sizes: Sequence[int]) -> Arrays:
    """Views (..., fan_in + 1, fan_out) into parameters (..., P), one per layer."""
    views, start = [], 0
    for fan_in, fan_out in pairwise(sizes):
        stop = start + (fan_in + 1) * fan_out
        views.append(parameters[..., start:stop].reshape(*parameters.shape[:-1], fan_in + 1, fan_out))
        start = stop
    return tuple(views)


def unflatten(parameters: Array, sizes: Sequence[int]) -> tuple[Arrays, Arrays]:
    """Weights (..., fan_in, fan_out) and biases (..., fan_out) as views into parameters (..., P)."""
    layers = blocks(parameters, sizes)
    return tuple(block[..., :-1, :] for block in layers), tuple(block[..., -1, :] for block in layers)


def flatten(weights: Sequence[ArrayLike], biases: Sequence[ArrayLike]) -> Array:
    """The inverse of `unflatten`, copied: (..., P)."""
    parts = []
    for W, b in zip(weights, biases, strict=True):
        block = np.concatenate([np.asarray(W), np.asarray(b)[..., None, :]], axis=-2)    # (..., fan_in + 1, fan_out)
        parts.append(block.reshape(*block.shape[:-2], -1))
    return np.concatenate(parts, axis=-1)


def initial_parameters(
    config: Config,
    sizes: Sequence[int],
    weights: Sequence[ArrayLike] | None = None,
    biases: Sequence[ArrayLike] | None = None,
) -> NDArray[np.float64]:
    """(P,): drawn by the config's initializer from its seed; given weights or biases take the place of drawn ones.

    Raises ValueError for arrays of another shape and for values that are not finite.
    """
    draw, rng = INITIALIZERS[config.initializer], generator(config, INITIAL_WEIGHTS, 0)
    layers = list(pairwise(sizes))
    drawn = [(draw.weights(rng, fan_in, fan_out), draw.biases(rng, fan_out)) for fan_in, fan_out in layers]
    return flatten(
        [W for W, _ in drawn] if weights is None else _given("weights", weights, layers),
        [b for _, b in drawn] if biases is None else _given("biases", biases, [(fan_out,) for _, fan_out in layers]),
    )


def _given(name: str, arrays: Sequence[ArrayLike], shapes: Sequence[tuple[int, ...]]) -> list[NDArray[np.float64]]:
    if len(arrays) != len(shapes):
        raise ValueError(f"{name} must hold one array per layer: {len(shapes)}, not {len(arrays)}.")
    given = [np.asarray(array, np.float64) for array in arrays]
    for layer, (array, shape) in enumerate(zip(given, shapes, strict=True), 1):
        if array.shape != shape:
            raise ValueError(f"{name} of layer {layer} must have shape {shape}, not {array.shape}.")
        if not np.isfinite(array).all():
            raise ValueError(f"{name} of layer {layer} must be finite numbers.")
    return given
