"""Findings: what is wrong with a run, in sentences with its numbers, and what to try."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.nn.config import Config
from playground.nn.dataset import Dataset
from playground.nn.divergence import Divergence
from playground.nn.health import Health, flat_slope
from playground.nn.losses import LOSSES

Array = NDArray[np.float64]


class Evidence(NamedTuple):
    """A run up to an epoch: its recorded train losses (rows,), that epoch's last, and its health (k, n_layers),
    likewise; `guess` is the loss of the best answer that is the same for every sample.
    """

    config: Config
    losses: Array
    health: Health
    divergence: Divergence | None
    guess: float

    @property
    def learned(self) -> bool:
        """Whether the loss is below a tenth of that of a guess: whatever is odd inside then does no harm."""
        return bool(self.losses[-1] < LEARNED * self.guess + NOTHING)


class Finding(NamedTuple):
    """symptom(evidence) says what is wrong, "" where nothing is; remedy says what to try."""

    symptom: Callable[[Evidence], str]
    remedy: str


LEARNED, NOTHING = 0.1, 1e-9              # of a guess's loss; a loss of nothing, where all targets are the same
FADED = 1e-3                              # the first layer's gradient, as a share of the output's
MANY = 0.5                                # of a layer's units
RECENT, RISES = 20, 5                     # steps that are looked at, and how many of them
RISE, JOLT = 0.1, 0.01                    # rise, as a share of the loss before and of a guess's
LONG, STILL, POOR = 100, 0.01, 0.4        # rows; the later half gains less than this; the loss as a share of a guess's


def findings(
    config: Config, dataset: Dataset, losses: Array, health: Health, divergence: Divergence | None = None
) -> dict[str, str]:
    """What is wrong with a run of these data: sentences by the names of FINDINGS, none for a healthy run.

    losses (rows,) are the recorded train losses up to an epoch, at least one, and the last row of health is that
    epoch's. Pass a divergence only where the run ended there.
    """
    evidence = Evidence(config, np.asarray(losses), health, divergence, guess_loss(config, dataset))
    symptoms = {name: finding.symptom(evidence) for name, finding in FINDINGS.items()}
    return {name: f"{symptom} {FINDINGS[name].remedy}" for name, symptom in symptoms.items() if symptom}


def guess_loss(config: Config, dataset: Dataset) -> float:
    """The loss of the mean target as the answer to every sample, which no constant answer beats."""
    loss, y = LOSSES[config.loss], dataset.y.T                         # (n_outputs, n)
    a = np.broadcast_to(y.mean(axis=1, keepdims=True), y.shape)
    if not loss.probabilities:
        return loss.value(a, a, y)                                     # which does not look at z
    a = np.clip(a, 1e-12, 1 - 1e-12)
    odds = a if loss.output_activation == "softmax" else a / (1 - a)
    return loss.value(np.log(odds), a, y)


def vanishing_gradients(run: Evidence) -> str:
    first, last = run.health.gradient[-1, 0], run.health.gradient[-1, -1]
    if run.learned or not 0 < first < FADED * last:                    # exactly 0 is what dead units leave
        return ""
    return f"The gradient vanishes on its way back: {last:.2g} in the output layer, {first:.2g} in the first layer."


def dead_relu(run: Evidence) -> str:
    layer, share = _worst(run, run.health.dead)
    if run.learned or share < MANY or flat_slope(run.config.activation):
        return ""
    return f"{share:.0%} of the units of hidden layer {layer} are dead: for every sample their slope is 0."


def saturation(run: Evidence) -> str:
    layer, share = _worst(run, run.health.saturated)
    if run.learned or share < MANY:
        return ""
    return f"{share:.0%} of the units of hidden layer {layer} are saturated: almost flat for almost every sample."


def _worst(run: Evidence, shares: Array) -> tuple[int, float]:
    """The hidden layer, counted from 1, with the greatest share now, and that share."""
    hidden = shares[-1, :-1]
    return (int(hidden.argmax()) + 1, float(hidden.max())) if len(hidden) else (0, 0.0)


def oscillation(run: Evidence) -> str:
    before, change = run.losses[-RECENT - 1 : -1], np.diff(run.losses[-RECENT - 1 :])
    rises = int(np.count_nonzero((change > RISE * before) & (change > JOLT * run.guess)))
    if rises < RISES:
        return ""
    return (f"The loss oscillates: in {rises} of the last {len(change)} recorded steps it rose by more than "
            f"{RISE:.0%}, up to {run.losses[-RECENT:].max():.2g}.")


def diverged(run: Evidence) -> str:
    return str(run.divergence or "")


def underfitting(run: Evidence) -> str:
    earlier, later = np.array_split(run.losses, 2)
    if run.learned or len(run.losses) < LONG:
        return ""
    if run.losses[-1] < POOR * run.guess or later.min() < (1 - STILL) * earlier.min():
        return ""
    return (f"The network underfits: the loss stays at {run.losses[-1]:.2g}, "
            f"and the same answer to every sample would have {run.guess:.2g}.")


FINDINGS: dict[str, Finding] = {
    "divergence": Finding(diverged, "Lower the learning rate and continue."),
    "oscillation": Finding(oscillation, "Lower the learning rate, or take larger batches."),
    "vanishing gradients": Finding(
        vanishing_gradients, "Try fewer layers, relu or tanh, and the initializer that goes with it (he or xavier)."
    ),
    "dead relu": Finding(
        dead_relu, "Start again with a lower learning rate or other weights, or try leaky_relu, which never goes dead."
    ),
    "saturation": Finding(saturation, "Standardise the inputs, start from smaller weights (xavier), or try relu."),
    "underfitting": Finding(
        underfitting, "Give it more units, another layer or another input, or raise the learning rate."
    ),
}
