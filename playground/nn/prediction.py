"""Prediction: what a network, or a whole row of recorded ones, makes of given inputs."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from playground.nn.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS
from playground.nn.config import Config
from playground.nn.network import with_ones
from playground.nn.parameters import blocks, flatten
from playground.nn.training import EpochState

CACHE = 500_000                           # bytes of activations that are worked on at a time


def predict(config: Config, state: EpochState, X: ArrayLike) -> NDArray[np.float64]:
    """The network's outputs (n, n_outputs) for inputs X (n, n_inputs)."""
    sizes = (len(state.weights[0]), *(W.shape[1] for W in state.weights))
    parameters = flatten(state.weights, state.biases)[None]            # (1, P)
    outputs: NDArray[np.float64] = layer_activations(config, sizes, parameters, X)[-1][0]
    return outputs


def layer_activations(
    config: Config, sizes: Sequence[int], parameters: NDArray[np.float64], X: ArrayLike, dtype: DTypeLike = np.float64
) -> list[NDArray[Any]]:
    """Outputs (k, n, fan_out) of every layer, for k networks with parameters (k, P), in one batched pass.

    The arrays are transposed views into one buffer that holds, per network, all layers one below the other, each
    with a row of ones for the next bias. Raises ValueError where X is not (n, n_inputs).
    """
    X = np.asarray(X, dtype)
    if X.ndim != 2 or X.shape[1] != sizes[0]:
        raise ValueError(f"X must have a row per sample and {sizes[0]} columns, not shape {X.shape}.")
    functions = [ACTIVATIONS[config.activation].function] * len(config.hidden)
    functions.append(OUTPUT_ACTIVATIONS[config.output_activation])
    stops = list(accumulate(fan_out + 1 for fan_out in sizes[1:]))
    outputs = np.empty((len(parameters), stops[-1], len(X)), dtype)
    outputs[:, [stop - 1 for stop in stops]] = 1.0
    layers = [outputs[:, stop - fan_out - 1 : stop] for stop, fan_out in zip(stops, sizes[1:], strict=True)]

    at_once = max(1, CACHE // outputs[:1].nbytes) if outputs.size else 1
    with np.errstate(all="ignore"):
        weights = [block.mT for block in blocks(np.asarray(parameters, dtype), sizes)]     # (k, fan_out, fan_in + 1)
        for start in range(0, len(parameters), at_once):
            some = slice(start, start + at_once)
            inputs = with_ones(X).T                                    # (n_inputs + 1, n), common to all
            for W, function, layer in zip(weights, functions, layers, strict=True):
                function(np.matmul(W[some], inputs), layer[some, :-1])
                inputs = layer[some]
    return [layer[:, :-1].mT for layer in layers]
