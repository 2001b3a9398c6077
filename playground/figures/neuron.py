"""Neurons: how the diagram and the formulas know each of them, its weights and its bias."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from playground.figures.choice import plain_names
from playground.figures.evaluation import View
from playground.figures.layout import words
from playground.figures.panel import Handles


class Neuron(NamedTuple):
    """Neuron j of layer l (0: the first after the inputs) and how the diagram and the formulas know it."""

    layer: int
    j: int
    place: int                                                          # in the diagram
    name: str                                                           # h1, or ŷ for an output
    inputs: tuple[str, ...]
    sources: tuple[int, ...]                                            # in the diagram
    weights: tuple[int, ...]                                            # numbers of its weights: w5 is 5
    bias: int
    edges: tuple[int, ...]


def neurons_of(view: View) -> Iterator[Neuron]:
    """All neurons but the inputs, layer after layer; weights and biases are numbered in this order, from 1."""
    sizes, names = view.sizes, list(neuron_names(view))
    outputs = sizes[-1]
    names[-outputs:] = ["ŷ"] if outputs == 1 else [f"ŷ{i + 1}" for i in range(outputs)]
    starts = [0, *accumulate(sizes)]
    w = b = edge = 0
    for layer, (fan_in, fan_out) in enumerate(pairwise(sizes)):
        sources = range(starts[layer], starts[layer + 1])
        for j in range(fan_out):
            place = starts[layer + 1] + j
            yield Neuron(layer, j, place, names[place], tuple(_factor(names[i]) for i in sources), tuple(sources),
                         tuple(range(w + 1, w + 1 + fan_in)), b + 1,
                         tuple(edge + i * fan_out + j for i in range(fan_in)))
            w, b = w + fan_in, b + 1
        edge += fan_in * fan_out


def activation(view: View, neuron: Neuron) -> str:
    """What the neuron's activation function is called."""
    output = neuron.layer == len(view.sizes) - 2
    return words((view.config.output_activation if output else view.config.activation).replace("_", " "))


def _factor(name: str) -> str:
    """A name as a factor of a product."""
    return f"({name})" if " \N{MULTIPLICATION SIGN} " in name else name


def neuron_names(view: View) -> list[str]:
    """A name per neuron: the features, h1, h2 … counted through the hidden layers, and the target or its classes."""
    return [*map(words, plain_names(view))]


def handles(view: View, weights: str, biases: str) -> Handles:
    """The parameters, in the order of the flat vector, as items of a channel of all edges and one of all neurons."""
    names, found = plain_names(view), []
    for n in neurons_of(view):
        ends = zip(n.weights, n.sources, n.edges, strict=True)
        found += [((n.layer, i, n.j), f"w{w}: {names[source]} → {names[n.place]}", weights, edge)
                  for i, (w, source, edge) in enumerate(ends)]
        found.append(((n.layer, len(n.sources), n.j), f"b{n.bias}: bias of {names[n.place]}", biases, n.place))
    _, labels, channels, items = zip(*sorted(found), strict=True)
    return Handles(labels, channels, items)
