"""An account of a run: what its network is and which settings made it, in plain words."""

from __future__ import annotations

import numpy as np

from playground.app.boxes import title
from playground.exports import Result
from playground.nn import Config
from playground.nn.parameters import initial_parameters

UNUSUAL = ("no penalty", "not shuffled", "nothing frozen")              # said only where it was otherwise


def account(run: Result) -> str:
    """Sentences about the network, its data and its training, with every change half way."""
    config = run.config
    neurons = f"{title(config.activation)} neurons and " if config.hidden else ""
    inputs = f"{_listed(run.inputs)}{', standardised' if run.standardised else ''}"
    tested = f", {len(run.test)} test it" if len(run.test) else ""
    said = [
        f"Inputs: {inputs}. The network has {neurons}a {title(config.output_activation)} output, and start weights "
        f"{title(config.initializer)} with seed {config.seed}. {_points(len(run.train))} train it{tested}."]
    known: list[str] = []
    for first, segment in run.segments():
        trained = [title(config.loss), *_trained(segment)]
        changed = [words for words in trained if words not in (known or UNUSUAL)]
        said.append(f"{f'From epoch {first} on' if known else 'Training'}: {', '.join(changed)}.")
        known = trained
    if by_hand := _by_hand(run):
        said.append(f"Weights were set by hand at epoch{'s' if len(by_hand) > 1 else ''} {_listed(by_hand)}.")
    return " ".join(said)


def _trained(config: Config) -> list[str]:
    penalties = [f"{name} rate {rate:g}" for name, rate in (("L1", config.l1), ("L2", config.l2)) if rate]
    frozen = len(config.frozen)
    return [
        title(config.optimizer), f"learning rate {config.learning_rate:g}", f"batch size {config.batch_size}",
        " and ".join(penalties) or "no penalty", "shuffled every epoch" if config.shuffle else "not shuffled",
        f"{frozen} weight{'s' if frozen > 1 else ''} or biases frozen" if frozen else "nothing frozen",
    ]


def _by_hand(run: Result) -> list[str]:
    """The epochs at which somebody set parameters."""
    given = run.recording.course.given
    drawn = np.array_equal(given[0], initial_parameters(run.config, run.sizes))
    return [str(epoch) for epoch in given if epoch or not drawn]


def _points(count: int) -> str:
    return f"{count} point{'' if count == 1 else 's'}"


def _listed(words: tuple[str, ...] | list[str]) -> str:
    """One, two and three."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
