"""Formulas: the pieces of which a line of the walk is made, as HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from playground.figures.neuron import Neuron

MINUS, PRIME = "\N{MINUS SIGN}", "\N{PRIME}"


def weight(i: int) -> str:
    """Weight number i."""
    return f"w<sub>{i}</sub>"


def bias(i: int) -> str:
    """Bias number i."""
    return f"b<sub>{i}</sub>"


def partial(of: str, by: str) -> str:
    """∂of/∂by as a fraction."""
    return f'<span class="frac"><span>∂{of}</span><span>∂{by}</span></span>'


def _text(value: float) -> str:
    small = value != 0 and abs(value) < 1e-3
    text = f"{value:.3e}" if small or abs(value) >= 1e5 else f"{value:.4f}"
    return text.replace("-", MINUS)


def number(value: float) -> str:
    """A number in fixed digits, with all of them on hovering."""
    return f'<span class="number" title="{float(value)!r}">{_text(float(value))}</span>'


def signed(value: float) -> str:
    """A number that follows an operator: negative ones in brackets."""
    return f"({number(value)})" if value < 0 else number(value)


def result(value: float, name: str) -> str:
    """A result, with its name and all its digits for who wants to check it."""
    return (f'<span class="number result" data-name="{escape(name)}" data-value="{float(value)!r}" '
            f'title="{float(value)!r}">{_text(float(value))}</span>')


def computed(n: Neuron, function: str, weights: Any, inputs: Any, z: float, a: float) -> str:
    """A neuron's output a of its weighted sum z, in symbols and numbers; weights (fan_in + 1,), the bias last."""
    products = [f"{weight(w)}·{name}" for w, name in zip(n.weights, n.inputs, strict=True)]
    symbols = " + ".join([*products, bias(n.bias)])
    terms = [f"{signed(w) if i else number(w)}·{signed(x)}"
             for i, (w, x) in enumerate(zip(weights[:-1], inputs, strict=True))]
    numbers = " + ".join([*terms, signed(weights[-1])])
    return (f"<b>{n.name}</b> = {function}({symbols})<br>= {function}({numbers})<br>"
            f"= {function}({result(z, f'sum_{n.name}')}) = {result(a, n.name)}")
