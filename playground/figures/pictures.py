"""Pictures: what every neuron answers over the plane, as bytes with a colour each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.figures.evaluation import RESOLUTION, Evaluation, View
from playground.figures.theme import Theme

HALF, SHADES = 128, 21                                                  # bytes of a picture, see colorscale

# What a neuron's output is compared with to become a colour: its lowest and highest value, as far as it has them.
SPANS: dict[str, tuple[float, float]] = {"sigmoid": (0.0, 1.0)}          # of hidden neurons
SPAN = (-1.0, 1.0)


def pictures(view: View, evaluation: Evaluation) -> NDArray[np.uint8]:
    """Every neuron's output over the plane as bytes, 0 to 255 across its span: (k, n_neurons, p, p)."""
    stride = 4 if sum(view.sizes) <= 16 else 5
    k = len(evaluation.frames.epochs)
    inputs = view.fed(view.plane.points).reshape(RESOLUTION, RESOLUTION, -1)[::stride, ::stride]
    inputs = inputs / np.abs(inputs).max(axis=(0, 1), initial=1e-9)                       # (p, p, n_inputs)
    spans = [SPAN] + [SPANS.get(view.config.activation, SPAN)] * len(view.config.hidden)
    spans.append(view.span)
    layers = [np.broadcast_to(inputs, (k, *inputs.shape)),
              *(layer[:, ::stride, ::stride] for layer in evaluation.plane)]
    shares = [(layer.clip(low, high) - low) / (high - low) for layer, (low, high) in zip(layers, spans, strict=True)]
    values = np.concatenate([np.moveaxis(share, -1, 1) for share in shares], axis=1)      # (k, n_neurons, p, p)
    values = np.nan_to_num(values, nan=0.5)
    if view.task != "several classes":
        return np.asarray((255 * values).round(), np.uint8)
    outputs = view.sizes[-1]
    first = HALF + SHADES * np.arange(outputs)[:, np.newaxis, np.newaxis]                 # (n_outputs, 1, 1)
    hidden, winners = (HALF - 1) * values[:, :-outputs], first + (SHADES - 1) * values[:, -outputs:]
    return np.asarray(np.concatenate([hidden, winners], axis=1).round(), np.uint8)


def colorscale(view: View, theme: Theme) -> list[list[float | str]]:
    """The pictures' colours; where classes have outputs, bytes from HALF on are SHADES of each one's, palest first."""
    if view.task != "several classes":
        return theme.colorscale
    scale: list[list[float | str]] = [[share * (HALF - 1) / 255, colour] for share, colour in theme.stops]
    for c in range(view.sizes[-1]):
        first = HALF + SHADES * c
        scale += [[first / 255, theme.field[1]], [(first + SHADES - 1) / 255, theme.fields[c]]]
    return [*scale, [1.0, theme.paper]]
