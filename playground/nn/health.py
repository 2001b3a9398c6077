"""Health: whether the signals that train a network reach its layers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.nn.activations import ACTIVATIONS
from playground.nn.config import Config
from playground.nn.dataset import Dataset
from playground.nn.losses import LOSSES
from playground.nn.network import Network, Pass, with_ones
from playground.nn.parameters import layer_sizes, unflatten

Array = NDArray[np.float64]

SAMPLES = 250                             # that are looked at, at most
FLAT, MOSTLY = 0.05, 0.95


class Health(NamedTuple):
    """Per recorded epoch and layer, the output last: (k, n_layers) each.

    `gradient` is the root mean square of ∂L/∂p over the layer's parameters, without the penalty. `saturated` is the
    share of units with |f'(z)| below 5 % of its maximum for at least 95 % of the samples; 0 where f does not flatten
    on both sides. `dead` is the share of units with f'(z) = 0 for every sample. An output that simplifies with its
    loss (the cross-entropies) needs no slope, so both are 0 there. `weight` is the length of a unit's weights, without
    its bias, the root mean square over the units.
    """

    gradient: Array
    saturated: Array
    dead: Array
    weight: Array


def health(config: Config, dataset: Dataset, parameters: Array) -> Health:
    """The health of recorded parameters (k, P), by the pass that trains, all samples at once.

    Of a dataset of more than 250 samples, 250 are looked at, at even distances in its order.
    """
    sizes = layer_sizes(config, dataset.X.shape[1], dataset.y.shape[1])
    rows = np.linspace(0, len(dataset.X) - 1, min(SAMPLES, len(dataset.X))).astype(np.intp)
    X, y = with_ones(dataset.X[rows]).T, dataset.y[rows].T             # (n_inputs + 1, n), (n_outputs, n)
    network = Network(replace(config, l1=0.0, l2=0.0), sizes, np.empty(parameters.shape[1]))
    traced, flat = Pass(network, len(rows)), _flat(config)
    measured = Health(*(np.empty((len(parameters), len(sizes) - 1)) for _ in Health._fields))
    with np.errstate(all="ignore"):
        for k, network.parameters[:] in enumerate(parameters):
            traced.forward(X)
            traced.backward(X, y)
            for i, (slope, gradient) in enumerate(zip(traced.slope, network.gradient_blocks, strict=True)):
                steepness = np.abs(slope)                              # (units, n)
                measured.gradient[k, i] = np.sqrt(np.mean(gradient * gradient))
                measured.saturated[k, i] = np.mean(np.mean(steepness < flat[i], axis=1) >= MOSTLY)
                measured.dead[k, i] = np.mean(steepness.max(axis=1) == 0)
        for i, W in enumerate(unflatten(parameters, sizes)[0]):        # (k, fan_in, fan_out)
            measured.weight[:, i] = np.sqrt(np.sum(W * W, axis=(1, 2)) / W.shape[2])
    return measured


def _flat(config: Config) -> Sequence[float]:
    """The slope below which a unit is saturated, per layer."""
    output = 0.0 if LOSSES[config.loss].output_activation else flat_slope(config.output_activation)
    return [flat_slope(config.activation)] * len(config.hidden) + [output]


def flat_slope(activation: str) -> float:
    """5 % of the greatest slope of an activation that flattens on both sides (sigmoid, tanh), else 0."""
    function, derivative = ACTIVATIONS[activation]
    z = np.linspace(-40.0, 40.0, 801)
    slope = np.abs(derivative(z, function(z, np.empty_like(z)), np.empty_like(z)))
    flat = FLAT * float(slope.max())
    return flat if max(slope[0], slope[-1]) < flat else 0.0
