"""Activation functions a = f(z), each one value with its derivative f'(z)."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy import (  # as bare names: looking one up in np costs a sixth of a call
    add,
    cos,
    exp,
    expm1,
    heaviside,
    logaddexp,
    maximum,
    minimum,
    multiply,
    negative,
    reciprocal,
    sign,
    subtract,
    tanh,
)
from numpy.typing import NDArray

Array = NDArray[Any]                      # float64 in training, float32 allowed for pictures
Constant = dict[str, NDArray[Any]]


class Activation(NamedTuple):
    """An elementwise function with its derivative.

    function(z, out) writes f(z); derivative(z, a, out) writes f'(z), given a = f(z), float64 only.
    Both return out, which overlaps neither z nor a. Callers silence overflow (np.errstate): it is harmless here.
    """

    function: Callable[[Array, Array], Array]
    derivative: Callable[[Array, Array, Array], Array]


def _constant(value: float) -> Constant:
    """`value` as a 0-d array per dtype: a ufunc call with a Python float costs twice one with an array."""
    return {dtype: np.array(value, dtype) for dtype in "fd"}


_ONE = _constant(1.0)
_1 = _ONE["d"]


def sigmoid(z: Array, out: Array) -> Array:
    """1 / (1 + e⁻ᶻ), exact in both tails: e⁻ᶻ = ∞ gives 0"""
    negative(z, out)
    exp(out, out)
    add(out, _ONE[out.dtype.char], out)
    return reciprocal(out, out)


def sigmoid_derivative(z: Array, a: Array, out: Array) -> Array:
    """a (1 - a) = a - a²"""
    multiply(a, a, out)
    return subtract(a, out, out)


def tanh_derivative(z: Array, a: Array, out: Array) -> Array:
    """1 - a²"""
    multiply(a, a, out)
    return subtract(_1, out, out)


_ZERO = _constant(0.0)
_0 = _ZERO["d"]


def relu(z: Array, out: Array) -> Array:
    """max(z, 0)"""
    return maximum(z, _ZERO[out.dtype.char], out=out)


def relu_derivative(z: Array, a: Array, out: Array) -> Array:
    """1 where z > 0, else 0 (also at the kink), which is the sign of a"""
    return sign(a, out)


_LEAK = _constant(0.01)


def leaky_relu(z: Array, out: Array) -> Array:
    """z where z > 0, else z / 100 (Maas et al. 2013)"""
    multiply(z, _LEAK[out.dtype.char], out)
    return maximum(z, out, out=out)


def leaky_relu_derivative(z: Array, a: Array, out: Array) -> Array:
    """1 where z > 0, else 1 / 100"""
    heaviside(z, _0, out)
    return maximum(out, _LEAK["d"], out=out)


def elu(z: Array, out: Array) -> Array:
    """z where z > 0, else eᶻ - 1 (Clevert et al. 2016)"""
    minimum(z, _ZERO[out.dtype.char], out=out)
    expm1(out, out)
    return maximum(z, out, out=out)        # eᶻ - 1 >= z, and 0 was left where z > 0


def elu_derivative(z: Array, a: Array, out: Array) -> Array:
    """1 where z > 0, else eᶻ = a + 1"""
    minimum(a, _0, out=out)
    return add(out, _1, out)


_CUBIC, _SLOPE, _HALF = _constant(0.044715), _constant(np.sqrt(2 / np.pi)), _constant(0.5)
_CUBIC_SLOPE = 3 * float(_CUBIC["d"])


def _gelu_tanh(z: Array, out: Array) -> Array:
    """t = tanh(√(2/π) (z + 0.044715 z³))"""
    kind = out.dtype.char
    multiply(z, z, out)
    multiply(out, _CUBIC[kind], out)
    add(out, _ONE[kind], out)
    multiply(out, z, out)
    multiply(out, _SLOPE[kind], out)
    return tanh(out, out)


def gelu(z: Array, out: Array) -> Array:
    """½ z (1 + t), t = tanh(√(2/π) (z + 0.044715 z³)): the approximation of Hendrycks & Gimpel 2016"""
    kind = out.dtype.char
    _gelu_tanh(z, out)
    add(out, _ONE[kind], out)
    multiply(out, z, out)
    return multiply(out, _HALF[kind], out)


def gelu_derivative(z: Array, a: Array, out: Array) -> Array:
    """½ (1 + t) (1 + z (1 - t) √(2/π) (1 + 3·0.044715 z²)); the one derivative that needs a temporary"""
    t = _gelu_tanh(z, np.empty_like(out))
    z = np.clip(z, -20.0, 20.0)           # beyond, 1 ± t is 0 and must not meet an infinite z³
    multiply(z, z * z * _CUBIC_SLOPE + 1, out)
    out *= (1 - t) * _SLOPE["d"]
    out += 1
    out *= 0.5 * (1 + t)
    return out


def softplus(z: Array, out: Array) -> Array:
    """ln(1 + eᶻ)"""
    return logaddexp(z, _ZERO[out.dtype.char], out)


def softplus_derivative(z: Array, a: Array, out: Array) -> Array:
    """sigmoid(z)"""
    return sigmoid(z, out)


def sine_derivative(z: Array, a: Array, out: Array) -> Array:
    """cos z"""
    return cos(z, out)


def linear(z: Array, out: Array) -> Array:
    """z"""
    return np.positive(z, out)


def linear_derivative(z: Array, a: Array, out: Array) -> Array:
    """1"""
    out.fill(1.0)
    return out


def softmax(z: Array, out: Array) -> Array:
    """eᶻ / Σ eᶻ over the outputs, which are the last axis but one. Not elementwise: it has no derivative here."""
    subtract(z, z.max(-2, keepdims=True), out)
    exp(out, out)
    out /= out.sum(-2, keepdims=True)
    return out


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "tanh": Activation(tanh, tanh_derivative),
    "relu": Activation(relu, relu_derivative),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative),
    "elu": Activation(elu, elu_derivative),
    "gelu": Activation(gelu, gelu_derivative),
    "softplus": Activation(softplus, softplus_derivative),
    "sine": Activation(np.sin, sine_derivative),
    "linear": Activation(linear, linear_derivative),
}

OUTPUT_ACTIVATIONS: dict[str, Callable[[Array, Array], Array]] = {
    **{name: activation.function for name, activation in ACTIVATIONS.items()},
    "softmax": softmax,
}
