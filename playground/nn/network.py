"""A network: one flat parameter vector, its gradient, and passes of batches through it.

Inside, columns are samples: a layer's values are one contiguous (units, n) piece of a buffer that holds all
layers one below the other, so that the derivatives of all layers are one call. A row of ones under each layer
meets the bias row of the next block. R networks that train side by side have parameters (R, P), and their arrays a
first axis R: see `Sweep`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.nn.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS
from playground.nn.config import Config
from playground.nn.dataset import Dataset
from playground.nn.losses import LOSSES
from playground.nn.parameters import blocks, initial_parameters, layer_sizes, unflatten
from playground.nn.penalty import penalty_gradient

if TYPE_CHECKING:
    from playground.nn.training import EpochState

Array = NDArray[np.float64]
Arrays = tuple[Array, ...]


class Network:
    """Parameters (P,), `scale` times the gradient of loss and penalty (P,), and per layer a block of each.

    With parameters (R, P), the amounts of the config and `scale` may be columns (R, 1).
    """

    def __init__(self, config: Config, sizes: Sequence[int], parameters: Array, scale: float | Array = 1.0) -> None:
        self.config, self.sizes, self.scale = config, tuple(sizes), scale
        self.parameters = parameters
        self.gradient = np.zeros_like(parameters)
        self.blocks = blocks(self.parameters, sizes)                   # (fan_in + 1, fan_out) per layer
        self.gradient_blocks = blocks(self.gradient, sizes)
        self.is_weight = np.ones_like(self.gradient)                   # (P,), 0 for biases
        for block in blocks(self.is_weight, sizes):
            block[..., -1, :] = 0.0
        self.add_penalty = penalty_gradient(config, self)


def with_ones(X: NDArray[Any]) -> NDArray[Any]:
    """(n, n_inputs + 1): samples with the constant input that the bias row multiplies."""
    return np.column_stack([X, np.ones(len(X), X.dtype)])


class Pass:
    """Forward and backward through a network for n samples, on buffers that every batch of this size shares.

    After `forward`, z and a hold (fan_out, n) per layer, before and after the activation. After `backward`,
    slope holds f'(z) and delta ∂L/∂z (times network.scale), and network.gradient is that of loss and penalty.
    """

    def __init__(self, network: Network, n: int) -> None:
        self.network = network
        config, units = network.config, network.sizes[1:]
        starts = [sum(units[:i]) + i for i in range(len(units))]       # each layer is followed by a row of ones
        rows = [slice(start, start + fan_out) for start, fan_out in zip(starts, units, strict=True)]
        shape = (*network.parameters.shape[:-1], rows[-1].stop, n)
        Z, A, slopes, deltas = np.zeros(shape), np.ones(shape), np.ones(shape), np.zeros(shape)
        self.z, self.a, self.slope, self.delta = (
            [buffer[..., r, :] for r in rows] for buffer in (Z, A, slopes, deltas)
        )

        loss, output = LOSSES[config.loss], units[-1]
        self._error = loss.error
        weight = np.array(network.scale * loss.weight(n, output))
        self._weight = weight[..., np.newaxis] if weight.ndim else weight
        self._simplified = bool(loss.output_activation)                # the error is ∂L/∂z already
        self._derivatives = [
            (ACTIVATIONS[name].derivative, Z[..., part, :], A[..., part, :], slopes[..., part, :])
            for name, part in _derivatives(config, rows, self._simplified)
        ]

        functions = [ACTIVATIONS[config.activation].function] * len(config.hidden)
        functions.append(OUTPUT_ACTIVATIONS[config.output_activation])
        inputs = [A[..., r.start : r.stop + 1, :] for r in rows]       # (fan_out + 1, n): what the next layer sees
        weighted_sums = [_times(block.mT) for block in network.blocks]
        self._forward = list(zip(weighted_sums, self.z, functions, self.a, inputs, strict=True))
        self._backward = [
            (
                _times(inputs[i - 1]), self.delta[i].mT, network.gradient_blocks[i],
                _times(network.blocks[i][..., :-1, :]), self.delta[i], self.delta[i - 1], self.slope[i - 1],
            )
            for i in range(len(units) - 1, 0, -1)
        ]
        self._first = _product(self.delta[0]), self.delta[0].mT, network.gradient_blocks[0]
        self._add_penalty = network.add_penalty

    def forward(self, inputs: Array) -> Array:
        """z = Wᵀ [a; 1], a = f(z), layer after layer, from inputs (n_inputs + 1, n); returns the last a."""
        for weighted_sum, z, function, a, next_inputs in self._forward:
            weighted_sum(inputs, z)
            function(z, a)
            inputs = next_inputs
        return a

    def backward(self, inputs: Array, y: Array) -> None:
        """δ = ∂L/∂a ⊙ f'(z), ∂L/∂W = a δᵀ, and W δ to the layer before; y is (n_outputs, n)."""
        multiply = np.multiply
        delta = self.delta[-1]
        self._error(self.a[-1], y, delta)
        multiply(delta, self._weight, delta)
        for derivative, z, a, slope in self._derivatives:
            derivative(z, a, slope)
        if not self._simplified:
            multiply(delta, self.slope[-1], delta)
        for outer, delta_T, gradient, weigh, delta, delta_before, slope in self._backward:
            outer(delta_T, gradient)
            weigh(delta, delta_before)
            multiply(delta_before, slope, delta_before)
        outer_first, delta_T, gradient = self._first
        outer_first(inputs, delta_T, gradient)
        if self._add_penalty:
            self._add_penalty()


def _product(array: Array) -> Callable[[Array, Array, Array], object]:
    """What multiplies two such arrays into a third: a matrix each, or one for each of R networks."""
    return np.ndarray.dot if array.ndim == 2 else np.matmul


def _times(left: Array) -> Callable[[Array, Array], object]:
    """The product with `left`, bound to it: half the cost of np.dot."""
    return left.dot if left.ndim == 2 else partial(np.matmul, left)


def _derivatives(config: Config, rows: Sequence[slice], simplified: bool) -> list[tuple[str, slice]]:
    """Which derivative is needed over which rows: one call where hidden and output activation are the same."""
    names = [config.activation] * len(config.hidden) + ([] if simplified else [config.output_activation])
    if len(set(names)) <= 1:
        return [(name, slice(0, rows[len(names) - 1].stop)) for name in set(names)]
    return [(config.activation, slice(0, rows[-2].stop)), (config.output_activation, rows[-1])]


def trace(config: Config, state: EpochState, X: ArrayLike, y: ArrayLike) -> Pass:
    """One forward and backward pass of a batch through a state, with every intermediate array (see `Pass`)."""
    batch = Dataset(X, y)
    sizes = layer_sizes(config, batch.X.shape[1], batch.y.shape[1])
    return sent_through(
        Network(config, sizes, initial_parameters(config, sizes, state.weights, state.biases)), batch.X, batch.y
    )


def sent_through(network: Network, X: Array, y: Array) -> Pass:
    """A batch X (n, n_inputs), y (n, n_outputs), sent forward and backward."""
    traced, inputs = Pass(network, len(X)), with_ones(X).T             # inputs: (n_inputs + 1, n)
    with np.errstate(all="ignore"):
        traced.forward(inputs)
        traced.backward(inputs, y.T)
    return traced


def gradients(config: Config, state: EpochState, X: ArrayLike, y: ArrayLike) -> tuple[Arrays, Arrays]:
    """∂(loss + penalty)/∂W[l] and ∂/∂b[l] of a state for a batch X (n, n_inputs), y (n, n_outputs): what trains.

    Without the l2 term for adamw, which decays the weights apart from the gradient.
    """
    network = trace(config, state, X, y).network
    return unflatten(network.gradient, network.sizes)
