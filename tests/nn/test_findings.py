"""Findings: each with a run that has the illness and one that has not."""

import re
from dataclasses import replace

import numpy as np
import pytest

from playground.nn import FINDINGS, Config, Dataset, Recording, findings, health
from playground.nn.findings import guess_loss

RNG = np.random.default_rng(0)
X = RNG.uniform(-1, 1, (60, 2))
XOR = Dataset(X, (X[:, 0] * X[:, 1] > 0).astype(float))
FAR = Dataset(1000 * XOR.X, XOR.y)
PEOPLE = Dataset([[-2, -1], [25, 6], [17, 4], [-15, -6]], [1, 0, 0, 1])

FITS = Config((8,), "tanh", "sigmoid", "binary_cross_entropy", "adam", 0.05, 10, initializer="xavier")
DEEP = replace(FITS, hidden=(8,) * 6, optimizer="sgd", learning_rate=0.1)
RELU = replace(FITS, activation="relu", initializer="he", optimizer="sgd", learning_rate=0.1)

# name: (config, data, epochs) of a run that has it, the same of one that has not, and what the sentence names
RUNS = {
    "vanishing gradients": (
        (replace(DEEP, activation="sigmoid"), XOR, 100), (DEEP, XOR, 100), r"in the output layer, \S+ in the first",
    ),
    "dead relu": ((replace(RELU, hidden=(8, 8), learning_rate=5), XOR, 20), (RELU, XOR, 20), "100% of .* layer [12]"),
    "saturation": ((FITS, FAR, 10), (FITS, XOR, 10), "100% of the units of hidden layer 1"),
    "oscillation": (
        (replace(FITS, learning_rate=2, batch_size=5), XOR, 60), (FITS, XOR, 60),
        r"\d+ of the last 20 .* more than 10%",
    ),
    "divergence": (
        (replace(FITS, optimizer="sgd", learning_rate=30, l2=3), XOR, 50), (FITS, XOR, 50), "after epoch .* L2 rate 3",
    ),
    "underfitting": ((replace(FITS, hidden=()), XOR, 300), (FITS, XOR, 300), r"stays at 0\.65, .* have 0\.68"),
}


def found_in(config, data, epoch):
    recording = Recording(config, data)
    reached = recording.advance(epoch)
    measured = health(config, data, recording.frames([reached]).parameters)
    return findings(config, data, recording.history()[1], measured, recording.divergence)


@pytest.mark.parametrize("name", FINDINGS)
def test_an_illness_is_found_where_it_is_and_not_where_it_is_not(name):
    ill, well, _ = RUNS[name]
    found = found_in(*ill)
    assert name in found
    assert name not in found_in(*well)


@pytest.mark.parametrize("name", FINDINGS)
def test_a_finding_says_what_is_wrong_with_its_numbers_and_what_to_try(name):
    ill, _, words = RUNS[name]
    sentence = found_in(*ill)[name]
    symptom, _, remedy = sentence.partition(". ")
    assert re.search(words, symptom), sentence
    assert remedy.endswith(".")


@pytest.mark.parametrize("epoch", [0, 1, 10, 100, 1000])
@pytest.mark.parametrize(
    ("config", "data"), [(Config(), PEOPLE), (FITS, XOR), (RELU, XOR)], ids=["people", "tanh", "relu"]
)
def test_a_healthy_run_has_no_findings(config, data, epoch):
    assert found_in(config, data, epoch) == {}


def test_what_is_odd_inside_a_network_that_has_learned_is_no_illness():
    """Two classes far apart, told at once by units that are saturated from the start."""
    data = Dataset([[-500.0], [-400.0], [400.0], [500.0]], [0, 0, 1, 1])
    recording = Recording(replace(FITS, batch_size=4), data)
    recording.advance(200)
    measured = health(recording.config, data, recording.frames([200]).parameters)
    assert measured.saturated[0, 0] == 1
    assert findings(recording.config, data, recording.history()[1], measured) == {}


def test_targets_that_are_all_the_same_are_not_underfitted():
    data = Dataset(XOR.X, np.full(60, 0.5))
    config = Config((), output_activation="linear", batch_size=60, learning_rate=0.4)
    assert found_in(config, data, 2000) == {}


@pytest.mark.parametrize(
    ("loss", "output"), [("mse", "linear"), ("half_mse", "tanh"), ("binary_cross_entropy", "sigmoid")]
)
def test_no_constant_answer_beats_a_guess(loss, output):
    """A network without inputs that count answers with its bias: the best of many is the guess."""
    data = Dataset(np.zeros((9, 1)), np.repeat([0.0, 1.0], [3, 6]))
    config = Config((), output_activation=output, loss=loss)
    answers = [Recording(config, data, weights=[[[0.0]]], biases=[[b]]).state(0).train_loss
               for b in np.linspace(-2, 2, 2001)]
    assert guess_loss(config, data) == pytest.approx(min(answers), rel=1e-5)
    assert guess_loss(config, data) <= min(answers) + 1e-15


def test_a_guess_among_classes_costs_their_entropy():
    y = np.eye(3)[[0, 0, 1, 2]]
    config = Config((), output_activation="softmax", loss="cross_entropy")
    entropy = 0.5 * np.log(2) + 2 * 0.25 * np.log(4)
    assert guess_loss(config, Dataset(np.zeros((4, 1)), y)) == pytest.approx(entropy)
