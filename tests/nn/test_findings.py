"""Findings: each with a run that has the illness and one that has not."""

import re
from dataclasses import replace

import numpy as np
import pytest

from playground.data import DATASETS, targets
from playground.nn import FINDINGS, Config, Dataset, Health, Recording, findings, health
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
        (replace(DEEP, activation="sigmoid"), XOR, 100), (DEEP, XOR, 100),
        r"\S+ in the output layer to \S+ in hidden layer 1, [\d,]+ times less",
    ),
    "dead relu": (
        (replace(RELU, hidden=(8, 8), learning_rate=5), XOR, 25), (RELU, XOR, 25),
        "All 8 neurons of hidden layer 2 are dead",
    ),
    "saturation": ((FITS, FAR, 40), (FITS, XOR, 40), "All 8 neurons of the hidden layer are saturated"),
    "oscillation": (
        (replace(FITS, learning_rate=2, batch_size=5), XOR, 60), (FITS, XOR, 60),
        r"between \S+ and \S+: it rose by more than 10% in \d+ of the last 20 steps",
    ),
    "divergence": (
        (replace(FITS, optimizer="sgd", learning_rate=30, l2=3), XOR, 50), (FITS, XOR, 50), "after epoch .* L2 rate 3",
    ),
    "underfitting": (
        (replace(FITS, hidden=()), XOR, 300), (FITS, XOR, 300), r"stays at 0\.65, .* to all samples has 0\.68",
    ),
}


def drawn(name, config):
    table = DATASETS[name].make(200, 0, 0)
    return Dataset(table.X, targets(table, config.output_activation))


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


SOFTMAX = {"output_activation": "softmax", "loss": "cross_entropy"}
HALF = {"activation": "tanh", "output_activation": "tanh", "loss": "half_mse"}
DEEP_RELU = replace(RELU, hidden=(8,) * 6, optimizer="adam", learning_rate=0.003)
LEARNING = {                                                            # config, data set or data
    "the people": (Config(), PEOPLE),
    "a layer of tanh": (FITS, XOR),
    "a layer of relu": (RELU, XOR),
    "six layers of relu": (DEEP_RELU, "circle"),
    "clusters, by a straight line": (Config((), **HALF, learning_rate=0.03, batch_size=10), "gauss"),
    "the spiral": (Config((8, 8, 8), **HALF, optimizer="adam", learning_rate=0.01, batch_size=10), "spiral"),
    "three arms": (
        Config((8, 8), "tanh", **SOFTMAX, optimizer="adam", learning_rate=0.01, batch_size=10), "three_arms",
    ),
    "a wave": (Config((8,), "tanh", "linear", optimizer="adam", learning_rate=0.01, batch_size=10), "sine"),
}


@pytest.mark.parametrize(("config", "data"), LEARNING.values(), ids=LEARNING)
def test_a_run_on_its_way_has_no_findings_at_any_epoch(config, data):
    recording = Recording(config, drawn(data, config) if isinstance(data, str) else data)
    recording.advance(300)
    frames, losses = recording.frames(range(0, 301, 5)), recording.history()[1]
    measured = health(config, recording.dataset, frames.parameters)
    for row, epoch in enumerate(frames.epochs):
        until = Health(*(values[: row + 1] for values in measured))
        assert findings(config, recording.dataset, losses[: epoch + 1], until) == {}, epoch
    assert losses[-1] < 0.3 * losses[0]


def test_dead_neurons_are_no_illness_while_the_loss_falls():
    config, data = replace(DEEP_RELU, seed=1), drawn("circle", DEEP_RELU)
    recording = Recording(config, data)
    recording.advance(30)
    measured = health(config, data, recording.frames([30]).parameters)
    half_dead = measured._replace(dead=np.where(measured.dead >= 0, 0.5, 0))
    losses = np.geomspace(0.6, 0.3, 150)
    assert findings(config, data, losses, half_dead) == {}
    assert [*findings(config, data, np.full(150, 0.6), half_dead)] == ["dead relu"]


@pytest.mark.parametrize("epochs", [0, 1, 10, 19])
def test_a_course_too_short_to_be_seen_has_no_findings(epochs):
    for name, ((config, data, _), *_) in RUNS.items():
        if name != "divergence":
            assert found_in(config, data, epochs) == {}, name


def test_a_restless_loss_that_is_low_does_not_oscillate():
    measured = health(FITS, XOR, Recording(FITS, XOR).frames([0]).parameters)
    restless = np.tile([1.0, 0.5], 50)
    assert "oscillation" in findings(FITS, XOR, restless, measured)
    assert findings(FITS, XOR, 0.05 * restless, measured) == {}


def test_where_a_penalty_has_shrunk_all_weights_no_depth_is_blamed():
    found = found_in(replace(DEEP, l2=0.3), XOR, 300)
    assert [*found] == ["underfitting"]
    assert "penalty has shrunk all weights" in found["underfitting"]
    assert found["underfitting"].endswith("Lower the penalty rate.")
    assert [*found_in(replace(DEEP, activation="sigmoid", l2=1e-5), XOR, 300)] == ["vanishing gradients"]


def test_a_loss_worse_than_a_guess_asks_for_smaller_steps():
    measured = health(FITS, XOR, Recording(FITS, XOR).frames([0]).parameters)
    sentence = findings(FITS, XOR, np.full(250, 0.9), measured)["underfitting"]
    assert sentence.startswith("The loss stays at 0.9, worse than the 0.68 of")
    assert "Lower the learning rate" in sentence


@pytest.mark.parametrize(("hidden", "share", "words"), [
    ((1,), 1, "The only neuron of the hidden layer is dead"), ((2,), 1, "Both neurons of the hidden layer are dead"),
    ((2,), 0.5, "1 of the 2 neurons of the hidden layer is dead"),
    ((3, 8), 0.625, "5 of the 8 neurons of hidden layer 2 are dead"),
    ((8, 3), 1, "All 3 neurons of hidden layer 2 are dead"),
])
def test_a_finding_counts_the_neurons_of_its_layer(hidden, share, words):
    config, n = replace(RELU, hidden=hidden), len(hidden) + 1
    dead = np.zeros((1, n))
    dead[0, n - 2] = share
    measured = Health(np.ones((1, n)), np.zeros((1, n)), dead, np.ones((1, n)))
    assert findings(config, XOR, np.full(150, 0.68), measured)["dead relu"].startswith(words + ":")


def test_an_output_that_is_stuck_at_the_wrong_end_is_saturated():
    config = Config((2,), batch_size=4)
    start = {"weights": [np.ones((2, 2)), np.ones((2, 1))], "biases": [[0, 0], [30]]}
    recording = Recording(config, Dataset(PEOPLE.X, [0, 0, 0, 1]), **start)
    recording.advance(50)
    measured = health(config, recording.dataset, recording.frames([50]).parameters)
    sentence = findings(config, recording.dataset, recording.history()[1], measured)["saturation"]
    assert sentence.startswith("The only neuron of the output layer is saturated")


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


def test_a_deep_sigmoid_network_that_does_not_move_is_told_of_its_gradients_and_not_to_grow():
    circle = DATASETS["circle"].make(200, 0, 0)
    data = Dataset(circle.X, targets(circle, "sigmoid"))
    found = found_in(Config((8, 8, 8, 2, 2, 2), batch_size=10), data, 300)
    assert set(found) == {"vanishing gradients"}
    assert re.search(r"to \S+ in hidden layer \d, [\d,]+ times less", found["vanishing gradients"])
