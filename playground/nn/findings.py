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

EARLY, LATE, LONG = 20, 100, 200          # epochs: too few to see a course in, enough for a plateau, for two
FEW = 8                                   # recorded losses, likewise
RECENT, RISES = 20, 5                     # steps that are looked at, and how many of them rise
RISE, JOLT = 0.1, 0.05                    # such a rise, as a share of the loss before and of a guess's
LEARNED, POOR, WORSE = 0.1, 0.25, 1.05    # losses as shares of a guess's
NOTHING = 1e-9                            # a guess's loss where all targets are the same
STILL, RESTLESS = 0.02, 0.2               # a fall of the loss that is none, also where it jumps
FADED = 1e-2                              # a layer's gradient, as a share of the output's
MANY = 0.5                                # of a layer's neurons
SHRUNK = 0.3                              # the length of a neuron's weights


class Evidence(NamedTuple):
    """A run up to an epoch: its recorded train losses (rows,), and its health (k, n_layers), that epoch's last.

    `guess` is the loss of the best answer that is the same for every sample, `outputs` how many numbers an answer has,
    `epoch` the one that it is about.
    """

    config: Config
    losses: Array
    health: Health
    divergence: Divergence | None
    guess: float
    outputs: int
    epoch: int

    @property
    def level(self) -> float:
        """The usual loss of the last steps."""
        return float(np.median(self.losses[-min(RECENT, max(len(self.losses) // 4, 1)) :]))

    @property
    def stuck(self) -> bool:
        """Whether the loss neither falls nor is where it should: whatever is odd inside does no harm before."""
        return self.poor and not self.falls(STILL)

    @property
    def poor(self) -> bool:
        """Whether the loss is far from that of a network that has learned, and was so for half of the run."""
        good = LEARNED * self.guess + NOTHING
        seen = self.epoch > EARLY and len(self.losses) >= FEW
        return seen and self.level > POOR * self.guess + NOTHING and not (
            self.losses[len(self.losses) // 2 :] < good).any()

    def falls(self, share: float) -> bool:
        """Whether the last quarter's loss is lower, by more than a share, than that of the quarter before it."""
        quarter = len(self.losses) // 8 * 2                            # even, for a loss that jumps to and fro
        before, now = np.median(self.losses[-2 * quarter :].reshape(2, quarter), axis=1)
        return bool(now < (1 - share) * before)

    @property
    def shrunk(self) -> bool:
        """Whether a penalty has left nothing of the weights."""
        return bool(self.config.l1 or self.config.l2) and bool(self.health.weight[-1].max() < SHRUNK)


def findings(
    config: Config, dataset: Dataset, losses: Array, health: Health, divergence: Divergence | None = None,
    epoch: int | None = None,
) -> dict[str, str]:
    """What is wrong with a run of these data: sentences by the names of FINDINGS, none for a run on its way.

    losses (rows,) are the recorded train losses up to an epoch, at least one, and the last row of health is that
    epoch's. Pass a divergence only where the run ended there, and the `epoch` where not every loss was recorded. What
    may be the effect of another is not told beside it.
    """
    epoch = len(losses) - 1 if epoch is None else epoch
    run = Evidence(
        config, np.asarray(losses), health, divergence, guess_loss(config, dataset), dataset.y.shape[1], epoch)
    found: dict[str, str] = {}
    for name, symptom in FINDINGS.items():
        text = "" if found and name in EFFECTS else symptom(run)
        if text:
            found[name] = text
    return found


def guess_loss(config: Config, dataset: Dataset) -> float:
    """The loss of the mean target as the answer to every sample, which no constant answer beats."""
    loss, y = LOSSES[config.loss], dataset.y.T                         # (n_outputs, n)
    a = np.broadcast_to(y.mean(axis=1, keepdims=True), y.shape)
    if not loss.probabilities:
        return loss.value(a, a, y)                                     # which does not look at z
    a = np.clip(a, 1e-12, 1 - 1e-12)
    odds = a if loss.output_activation == "softmax" else a / (1 - a)
    return loss.value(np.log(odds), a, y)


def diverged(run: Evidence) -> str:
    return f"{run.divergence} Lower the learning rate and continue." if run.divergence else ""


def oscillation(run: Evidence) -> str:
    before, change = run.losses[-RECENT - 1 : -1], np.diff(run.losses[-RECENT - 1 :])
    rises = int(np.count_nonzero((change > RISE * before) & (change > JOLT * run.guess)))
    if rises < RISES or not run.poor or run.falls(RESTLESS):
        return ""
    low, high = run.losses[-RECENT:].min(), run.losses[-RECENT:].max()
    return (f"The loss jumps up and down between {low:.2g} and {high:.2g}: it rose by more than {RISE:.0%} in {rises} "
            f"of the last {len(change)} steps. Lower the learning rate, or take larger batches.")


def dead_relu(run: Evidence) -> str:
    dead = run.health.dead[-1, :-1]                                    # of the hidden layers
    harmful = 1 if run.epoch <= LATE else MANY                   # a whole layer lets nothing through at all
    if not run.stuck or not (dead >= harmful).any() or flat_slope(run.config.activation):
        return ""
    name = run.config.activation.replace("_", " ").replace("relu", "ReLU")
    return (f"{_neurons(run, dead, 'dead')}: on the flat part of {name} for every sample, so no gradient changes "
            "them any more. Start again with new weights or a lower learning rate, or try leaky ReLU.")


def saturation(run: Evidence) -> str:
    saturated = run.health.saturated[-1]
    if not run.stuck or not (saturated >= MANY).any():
        return ""
    remedy = "Standardise the inputs, or start again with smaller weights (Xavier) or a lower learning rate."
    if saturated.argmax() == len(run.config.hidden):
        remedy = "Start again with new weights or a lower learning rate, or try a cross-entropy loss."
    return (f"{_neurons(run, saturated, 'saturated')}: nearly flat for nearly every sample, so gradients hardly get "
            f"through. {remedy}")


def vanishing_gradients(run: Evidence) -> str:
    gradient = run.health.gradient[-1]
    layer, least, last = int(gradient.argmin()), gradient.min(), gradient[-1]
    if not run.stuck or run.shrunk or not 0 < least < FADED * last:    # exactly 0 is what dead neurons leave
        return ""
    return (f"The gradient falls from {last:.2g} in the output layer to {least:.2g} in hidden layer {layer + 1}, "
            f"{_round(last / least)} times less: layers far from the output hardly learn. Try fewer, or tanh or ReLU "
            "with matching start weights (Xavier, He).")


def underfitting(run: Evidence) -> str:
    if not run.stuck or run.epoch < LONG:
        return ""
    stays = f"The loss stays at {run.level:.2g}"
    if run.shrunk:
        return (f"{stays}: the penalty has shrunk all weights to almost nothing, and nearly the same answer goes to "
                "every sample. Lower the penalty rate.")
    if run.level > WORSE * run.guess:
        return (f"{stays}, worse than the {run.guess:.2g} of the best single answer to all samples. Lower the learning "
                "rate, take larger batches, or start from new weights.")
    return (f"{stays}, and the best single answer to all samples has {run.guess:.2g}. Try more neurons, another "
            "layer, more inputs or a higher learning rate.")


def _neurons(run: Evidence, shares: Array, state: str) -> str:
    """The start of a sentence: how many neurons of the layer with the greatest share are so."""
    layer, sizes = int(shares.argmax()), (*run.config.hidden, run.outputs)
    most, n = round(float(shares[layer]) * sizes[layer]), sizes[layer]
    where = f"hidden layer {layer + 1}" if len(sizes) > 2 else "the hidden layer"
    if layer == len(run.config.hidden):
        where = "the output layer"
    if n == 1:
        return f"The only neuron of {where} is {state}"
    every = "Both" if n == 2 else f"All {n}"
    return f"{every if most == n else f'{most} of the {n}'} neurons of {where} {'is' if most == 1 else 'are'} {state}"


def _round(ratio: float) -> str:
    """A large number by its first digit."""
    return f"{float(f'{ratio:.0e}'):,.0f}" if ratio < 1e7 else f"{ratio:.0e}"


FINDINGS: dict[str, Callable[[Evidence], str]] = {
    "divergence": diverged,
    "oscillation": oscillation,
    "dead relu": dead_relu,
    "saturation": saturation,
    "vanishing gradients": vanishing_gradients,
    "underfitting": underfitting,
}
EFFECTS = ("vanishing gradients", "underfitting")                       # that may be the effect of one before
