"""The walk: one update of the network in formulas and numbers, phase by phase, as HTML to be read and checked by hand.

Weights and biases are numbered as in the notebook, neuron after neuron through the layers: w1 and w2 lead to h1. Every
number is the core's own or a product of named factors of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

import numpy as np

from playground.figures.evaluation import View
from playground.figures.formula import MINUS, PRIME, bias, computed, number, partial, result, signed, weight
from playground.figures.layout import words
from playground.figures.network import LABELLED
from playground.figures.neuron import Neuron, activation, neurons_of
from playground.nn import LOSSES, OPTIMIZERS, Update


class Line(NamedTuple):
    """A formula with its numbers in HTML, and the edges and neurons of the diagram, by index, that it is about."""

    html: str
    edges: tuple[int, ...] = ()
    neurons: tuple[int, ...] = ()


def walk(view: View, update: Update, sample: int, chosen: int | None, then: str = "") -> dict[str, Any]:
    """The phases of an update for row number `sample` of its batch, as JSON; the last one ends with a sentence `then`.

    A network with many edges is shown by one neuron: number `chosen` of the diagram, else the first output.
    """
    neurons = list(neurons_of(view))
    wide = sum(len(neuron.edges) for neuron in neurons) > LABELLED
    if wide:
        outputs = [neuron for neuron in neurons if neuron.layer == len(view.sizes) - 2]
        neurons = [neuron for neuron in neurons if neuron.place == chosen] or outputs[:1]
    phases = {name: [*lines(view, update, sample, neurons)] for name, lines in PHASES.items()}
    if then:
        phases["update"].append(Line(words(then)))
    return {
        "neuron": neurons[0].name if wide else "",
        "phases": [{"name": name, "lines": [line._asdict() for line in lines]} for name, lines in phases.items()],
    }


def _forward(view: View, update: Update, sample: int, neurons: list[Neuron]) -> Iterator[Line]:
    for n in neurons:
        block, inputs = update.blocks[n.layer], _inputs(update, n.layer, sample)
        z, a = update.z[n.layer][n.j, sample], update.a[n.layer][n.j, sample]
        yield Line(computed(n, activation(view, n), block[:, n.j], inputs, z, a),
                   n.edges, (n.place, *n.sources))


def _loss(view: View, update: Update, sample: int, neurons: list[Neuron]) -> Iterator[Line]:
    outputs = [n for n in neurons_of(view) if n.layer == len(view.sizes) - 2]
    for n in outputs:
        yield Line(f"<b>{n.name}</b>: wanted y = {result(update.y[sample, n.j], 'y_true')}, "
                   f"predicted {n.name} = {result(update.a[-1][n.j, sample], 'y_pred')}", (), (n.place,))
    formula = (LOSSES[view.config.loss].value.__doc__ or "").strip().replace("a)", "ŷ)")
    of = "this sample" if len(update.rows) == 1 else f"the {len(update.rows)} samples of this batch"
    yield Line(f"<b>L</b> = {escape(formula)}<br>= {result(update.loss, 'L')} for {of}", (),
               tuple(n.place for n in outputs))


def _backward(view: View, update: Update, sample: int, neurons: list[Neuron]) -> Iterator[Line]:
    last = len(view.sizes) - 2
    chain = update.error_output is not None and view.sizes[-1] == 1 and last <= 1
    if update.error_output is not None:
        for n in [n for n in neurons if n.layer == last]:
            error = result(update.error_output[n.j, sample], "d_L_d_ypred")
            yield Line(f"{partial('L', n.name)} = {_error(update, sample, n)} = {error}", (), (n.place,))
    ordered = sorted(neurons, key=lambda n: -n.layer)
    for n in ordered if chain else ():
        yield from _factors(view, update, sample, n)
    for n in ordered:
        yield from _delta(view, update, sample, n)
    for n in ordered:
        yield from _gradients(update, sample, n, chain)


def _error(update: Update, sample: int, n: Neuron) -> str:
    factor, a, y = LOSSES[update.config.loss].weight(*update.y.shape), update.a[-1][n.j, sample], update.y[sample, n.j]
    return f"{factor:g}·({n.name} {MINUS} y)<br>= {factor:g}·({number(a)} {MINUS} {signed(y)})"


def _delta(view: View, update: Update, sample: int, n: Neuron) -> Iterator[Line]:
    """δ = ∂L/∂sum: at the output from the loss, before it from the layer after."""
    slope, delta = update.slope[n.layer][n.j, sample], update.delta[n.layer][n.j, sample]
    after = [m for m in neurons_of(view) if m.layer == n.layer + 1]
    edges = tuple(m.edges[n.j] for m in after)
    bend = f"{activation(view, n)}{PRIME}(sum)"
    if after:
        symbols = " + ".join(f"{weight(m.weights[n.j])}·δ({m.name})" for m in after)
        numbers = " + ".join(f"{signed(update.blocks[m.layer][n.j, m.j])}·{signed(update.delta[m.layer][m.j, sample])}"
                             for m in after)
        formula = f"{bend}·({symbols})<br>= {number(slope)}·({numbers})"
    elif update.error_output is None:
        formula = _error(update, sample, n)
    else:
        formula = f"{partial('L', n.name)}·{bend}<br>= {number(update.error_output[n.j, sample])}·{signed(slope)}"
    yield Line(f"<b>δ({n.name})</b> = {formula} = {result(delta, f'delta_{n.name}')}", edges,
               (n.place, *(m.place for m in after)))


def _factors(view: View, update: Update, sample: int, n: Neuron) -> Iterator[Line]:
    """∂ŷ/∂w, ∂ŷ/∂b and ∂ŷ/∂h at the output, ∂h/∂w and ∂h/∂b before it: the notebook's factors."""
    slope, inputs = update.slope[n.layer][n.j, sample], _inputs(update, n.layer, sample)
    named = "ypred" if n.name == "ŷ" else n.name
    bend = f"{activation(view, n)}{PRIME}(sum)"
    for i, w in enumerate(n.weights):
        yield Line(f"{partial(n.name, weight(w))} = {n.inputs[i]}·{bend} = {number(inputs[i])}·{signed(slope)} = "
                   f"{result(inputs[i] * slope, f'd_{named}_d_w{w}')}", (n.edges[i],), (n.sources[i], n.place))
    yield Line(f"{partial(n.name, bias(n.bias))} = {bend} = {result(slope, f'd_{named}_d_b{n.bias}')}", (), (n.place,))
    if n.layer == 0:
        return
    for i, w in enumerate(n.weights):
        value = update.blocks[n.layer][i, n.j]
        yield Line(f"{partial(n.name, n.inputs[i])} = {weight(w)}·{bend} = {number(value)}·{signed(slope)} = "
                   f"{result(value * slope, f'd_{named}_d_{n.inputs[i]}')}", (n.edges[i],), (n.sources[i], n.place))


def _gradients(update: Update, sample: int, n: Neuron, chain: bool) -> Iterator[Line]:
    """∂L/∂w as a product of its factors; of a batch, what this sample adds to it."""
    delta, slope = update.delta[n.layer][n.j, sample], update.slope[n.layer][n.j, sample]
    inputs = [*_inputs(update, n.layer, sample), 1.0]
    block = _block(update.loss_gradient, update, n.layer)
    for i, (name, symbol, source, edges, ends) in enumerate(_incoming(n)):
        factors, numbers = f"{source}·δ({n.name})", f"{number(inputs[i])}·{signed(delta)}"
        if chain and update.error_output is not None:
            factors, numbers = partial("L", "ŷ"), number(update.error_output[0, sample])
            if n.name != "ŷ":
                after = update.blocks[1][n.j, 0] * update.slope[1][0, sample]
                factors, numbers = f"{factors}·{partial('ŷ', n.name)}", f"{numbers}·{signed(after)}"
            factors, numbers = f"{factors}·{partial(n.name, symbol)}", f"{numbers}·{signed(inputs[i] * slope)}"
        if len(update.rows) > 1:
            numbers += f" = {number(inputs[i] * delta)}<br>all {len(update.rows)} samples of the batch together"
        total = result(block[i, n.j], f"d_L_d_{name}")
        yield Line(f"<b>{partial('L', symbol)}</b> = {factors}<br>= {numbers} = {total}", edges, ends)


def _incoming(n: Neuron) -> Iterator[tuple[str, str, str, tuple[int, ...], tuple[int, ...]]]:
    """Name, symbol, input, edges and ends of every weight of a neuron, and of its bias, whose input is 1."""
    for i, w in enumerate(n.weights):
        yield f"w{w}", weight(w), n.inputs[i], (n.edges[i],), (n.sources[i], n.place)
    yield f"b{n.bias}", bias(n.bias), "1", (), (n.place,)


def _update(view: View, update: Update, sample: int, neurons: list[Neuron]) -> Iterator[Line]:
    """Old weight, gradient and the optimizer's memory -> new weight, which is the one that was recorded."""
    config, optimizer = update.config, OPTIMIZERS[update.config.optimizer]
    t = f", t = {update.t}" if update.t else ""
    yield Line(f"<b>{escape(config.optimizer)}</b>: {escape(optimizer.rule)}<br>with η = {config.learning_rate:g}{t}")
    for n in neurons:
        arrays = {name: _block(array, update, n.layer) for name, array in {
            "old": update.parameters, "new": update.new_parameters, "g": update.loss_gradient,
            "penalty": update.penalty_gradient, "number": np.arange(len(update.parameters)),
            **update.new_memory}.items()}
        for i, (name, symbol, _, edges, ends) in enumerate(_incoming(n)):
            entry = {key: array[i, n.j] for key, array in arrays.items()}
            penalty = f" + {signed(entry['penalty'])} (penalty)" if entry["penalty"] else ""
            gradient, new = f"{number(entry['g'])}{penalty}", result(entry["new"], f"new_{name}")
            html = f"<b>{symbol}</b> ← {number(entry['old'])} {MINUS} {config.learning_rate:g}·({gradient}) = {new}"
            if entry["number"] in config.frozen:
                html = f"<b>{symbol}</b> is frozen: training leaves it at {new}"
            elif optimizer.memory:
                memory = ", ".join(f"{slot} = {result(entry[slot], f'{slot}_{name}')}" for slot in optimizer.memory)
                html = f"<b>{symbol}</b>: g = {gradient}, {memory}<br>{number(entry['old'])} → {new}"
            yield Line(html, edges, ends)


def _inputs(update: Update, layer: int, sample: int) -> Any:
    return update.X[sample] if layer == 0 else update.a[layer - 1][:, sample]


def _block(flat: Any, update: Update, layer: int) -> Any:
    """The layer's piece of an array (P,), shaped like its block."""
    start = sum(block.size for block in update.blocks[:layer])
    return flat[start : start + update.blocks[layer].size].reshape(update.blocks[layer].shape)


PHASES = {"forward": _forward, "loss": _loss, "backward": _backward, "update": _update}
