"""Activation functions and their derivatives, as a learner writes them; bit for bit what trains."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from playground.exports.source import returning
from playground.nn import ACTIVATIONS, OUTPUT_ACTIVATIONS


class Plain(NamedTuple):
    """Bodies of f(z) and f'(z), given a = f(z); the derivative is "" where none is needed."""

    function: str
    derivative: str = ""


def activation(name: str) -> str:
    """The definition of an activation function, of z (neurons, n)."""
    function, plain = OUTPUT_ACTIVATIONS[name], PLAIN.get(name)
    return _definition(function, f"{name}(z)", plain.function) if plain else returning(function, name)


def derivative(name: str) -> str:
    """The definition of its derivative, deriv_<name>(z, a)."""
    function, plain = ACTIVATIONS[name].derivative, PLAIN.get(name)
    called = f"deriv_{name}"
    return _definition(function, f"{called}(z, a)", plain.derivative) if plain else returning(function, called)


def _definition(function: Callable[..., Any], signature: str, body: str) -> str:
    said = "" if isinstance(function, np.ufunc) else inspect.getdoc(function) or ""
    body = f'"""{said.partition(". ")[0]}"""\n{body}' if said else body
    return f"def {signature}:\n" + textwrap.indent(body, "    ")


_GELU = "t = np.tanh((z * z * 0.044715 + 1) * z * np.sqrt(2 / np.pi))\n"

# An entry of the registry that is not here is exported as it stands there.
PLAIN: dict[str, Plain] = {
    "sigmoid": Plain("return 1 / (1 + np.exp(-z))", "return a - a * a"),
    "tanh": Plain("return np.tanh(z)", "return 1 - a * a"),
    "relu": Plain("return np.maximum(z, 0.0)", "return np.sign(a)"),
    "leaky_relu": Plain("return np.maximum(z, 0.01 * z)", "return np.where(z > 0, 1.0, 0.01)"),
    "elu": Plain("return np.maximum(z, np.expm1(np.minimum(z, 0.0)))", "return np.minimum(a, 0.0) + 1"),
    "gelu": Plain(
        _GELU + "return 0.5 * (z * (1 + t))",
        _GELU + "z = np.clip(z, -20.0, 20.0)\n"
        "slope = z * (z * z * (3 * 0.044715) + 1) * ((1 - t) * np.sqrt(2 / np.pi)) + 1\n"
        "return slope * (0.5 * (1 + t))",
    ),
    "softplus": Plain("return np.logaddexp(z, 0.0)", "return 1 / (1 + np.exp(-z))"),
    "sine": Plain("return np.sin(z)", "return np.cos(z)"),
    "linear": Plain("return z", "return np.ones_like(z)"),
    "softmax": Plain("e = np.exp(z - z.max(axis=0))\nreturn e / e.sum(axis=0)"),
}
