"""The training in a script: start weights, and a loop for each part of the run that was trained in one way."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from playground.exports.literal import vector
from playground.exports.network import scaled
from playground.exports.result import Result
from playground.exports.source import source
from playground.exports.update import UPDATES
from playground.nn import INITIALIZERS, OPTIMIZERS, Config
from playground.nn.parameters import blocks, initial_parameters
from playground.nn.randomness import INITIAL_WEIGHTS, SHUFFLE

Array = NDArray[np.float64]
LINES = 20                                                              # that tell a loss, at most about


def start(result: Result) -> str:
    """The start weights: drawn, and set by hand where somebody did."""
    config, draw = result.config, INITIALIZERS[result.config.initializer]
    weights, biases = draw.weights.__name__, draw.biases.__name__
    drawn = initial_parameters(config, result.sizes)
    return "\n\n\n".join([source(draw.weights), source(draw.biases), f'''\
rng = np.random.default_rng({[config.seed, INITIAL_WEIGHTS, 0]})
parameters = np.concatenate([
    np.vstack([{weights}(rng, inputs, neurons), {biases}(rng, neurons)]).ravel()
    for inputs, neurons in zip(sizes[:-1], sizes[1:])
])
layers = layers_of(parameters)  # what changes in one changes in the other''']) + _by_hand(
        result, drawn, result.recording.course.given[0])


def training(result: Result) -> list[tuple[str, str]]:
    """(what it is, code) of each part of the run."""
    parts: list[tuple[str, str]] = []
    before, by_hand = None, _given(result)
    edges = sorted({0, *(first for first, _ in result.segments()), *by_hand, result.epoch})
    for first, last in pairwise(edges):
        config = result.recording.course.config_until(first + 1)
        said, code = _part(config, before, first, last, result)
        parts.append((said, code + by_hand.get(last, "")))
        before = config
    return parts


def _part(config: Config, before: Config | None, first: int, last: int, result: Result) -> tuple[str, str]:
    """Epochs first + 1 to last, trained by a config, after others by the config `before`."""
    optimizer, lines, n = OPTIMIZERS[config.optimizer], UPDATES[config.optimizer], len(result.recording.dataset.X)
    epochs = f"Epochs {first + 1} to {last}" if last > first + 1 else f"Epoch {last}"
    said = f"{epochs} by {config.optimizer}: {optimizer.rule}."
    known = _settings(before) if before else []
    settings = [line for line in _settings(config) if line not in known]
    if before is None or before.optimizer != config.optimizer:
        settings += lines.start
    shuffles = config.shuffle and config.batch_size < n
    x, y = ("x_shuffled", "y_shuffled") if shuffles else ("x_train", "y_train")
    order = [f"order = np.random.default_rng([{config.seed}, {SHUFFLE}, epoch - 1]).permutation(len(x_train))",
             "x_shuffled, y_shuffled = x_train[order], y_train[order]"] if shuffles else []
    gradient = "change = backward(x, y, learning_rate)  # learning rate times gradient" if optimizer.takes_rate else (
        "gradient = backward(x, y, 1.0)" if scaled(result) else "gradient = backward(x, y)")
    update = [gradient, *_penalty(config), *_held(config, lines.step)]
    loop = [
        f"for epoch in range({first + 1}, {last + 1}):",
        *_in(order),
        "    for start in range(0, len(x_train), batch_size):",
        f"        x, y = {x}[start:start + batch_size].T, {y}[start:start + batch_size].T",
        *_in(_in(update)),
        f"    if epoch % {every(result.epoch)} == 0:",
        "        report(epoch)",
    ]
    return said, "\n".join([*settings, *([""] if settings else []), *loop])


def _settings(config: Config) -> list[str]:
    needed = ["learning_rate", *(["l2"] if OPTIMIZERS[config.optimizer].decays_weights else [])]
    rates = {"learning_rate": config.learning_rate, "l1": config.l1, "l2": config.l2}
    return [
        *(f"{name} = {rate!r}" for name, rate in rates.items() if rate or name in needed),
        f"batch_size = {config.batch_size}",
        *([f"frozen = {list(config.frozen)}  # these parameters stay as they are"] if config.frozen else []),
    ]


def _penalty(config: Config) -> list[str]:
    """What the penalty adds to the gradient."""
    optimizer = OPTIMIZERS[config.optimizer]
    name, of = ("change", "(learning_rate * {})") if optimizer.takes_rate else ("gradient", "{}")
    terms = [f"g[:-1] += np.sign(W[:-1]) * {of.format('l1')}"] if config.l1 else []
    if config.l2 and not optimizer.decays_weights:
        terms.append(f"g[:-1] += W[:-1] * {of.format('l2')}")
    return [f"for W, g in zip(layers, layers_of({name})):  # the penalty, on weights and not on biases",
            *_in(terms)] if terms else []


def _held(config: Config, step: tuple[str, ...]) -> list[str]:
    """A step that leaves frozen parameters, and what the optimizer remembers of them, as they were."""
    if not config.frozen:
        return list(step)
    memory = OPTIMIZERS[config.optimizer].memory
    if not memory:
        return ["kept = parameters[frozen]", *step, "parameters[frozen] = kept"]
    arrays = f"({', '.join(['parameters', *memory])})"
    return [f"kept = [array[frozen] for array in {arrays}]", *step,
            f"for array, values in zip({arrays}, kept):", "    array[frozen] = values"]


def _given(result: Result) -> dict[int, str]:
    """The statements that set parameters by hand, by epoch, without those of epoch 0."""
    found: dict[int, str] = {}
    later = {epoch: given for epoch, given in result.recording.course.given.items() if epoch > 0}
    for epoch, given in later.items():
        trainer = result.recording.trainer(epoch - 1)
        with np.errstate(all="ignore"):
            trainer.train_epoch()
        if text := _by_hand(result, trainer.parameters, given):
            found[epoch] = text
    return found


def _by_hand(result: Result, before: Array, given: Array) -> str:
    """The statements, each on a new line, that make the one vector the other."""
    changed = np.flatnonzero(before.view(np.int64) != given.view(np.int64))
    if len(changed) > max(9, len(given) // 2):
        return f"\nparameters[:] = {vector(given)}  # set by hand"
    places = [(layer, *place) for layer, block in enumerate(blocks(given, result.sizes))
              for place in np.ndindex(block.shape)]
    return "".join(f"\nlayers[{places[index][0]}][{places[index][1]}, {places[index][2]}] = {given[index].item()!r}"
                   "  # set by hand" for index in changed)


def every(epochs: int) -> int:
    """1, 2 or 5 times a power of ten: the step of the epochs that are told."""
    step, factors = 1, (2.0, 2.5, 2.0)
    k = 0
    while epochs > LINES * step:
        step, k = int(step * factors[k % 3]), k + 1
    return step


def _in(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]
