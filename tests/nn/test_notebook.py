"""The notebook this grew from, number by number, with its training loop written as plain scalars."""

import math
from itertools import islice

import numpy as np
import pytest

from playground.nn import Config, Dataset, EpochState, predict, train

PEOPLE = [(-2, -1), (25, 6), (17, 4), (-15, -6)]
FEMALE = [1, 0, 0, 1]
DATA = Dataset(PEOPLE, FEMALE)


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def notebook_loop(p, rate, epochs):
    """Nine parameters w1..w6, b1..b3 after training, and the loss after each pass."""
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = p

    def forward(x):
        h1 = sigmoid(w1 * x[0] + w2 * x[1] + b1)
        h2 = sigmoid(w3 * x[0] + w4 * x[1] + b2)
        return h1, h2, sigmoid(w5 * h1 + w6 * h2 + b3)

    losses = []
    for _ in range(epochs):
        for x, y in zip(PEOPLE, FEMALE, strict=True):
            h1, h2, o = forward(x)
            d_o = -2 * (y - o) * o * (1 - o)
            d_h1, d_h2 = d_o * w5 * h1 * (1 - h1), d_o * w6 * h2 * (1 - h2)
            w1, w2, b1 = w1 - rate * d_h1 * x[0], w2 - rate * d_h1 * x[1], b1 - rate * d_h1
            w3, w4, b2 = w3 - rate * d_h2 * x[0], w4 - rate * d_h2 * x[1], b2 - rate * d_h2
            w5, w6, b3 = w5 - rate * d_o * h1, w6 - rate * d_o * h2, b3 - rate * d_o
        losses.append(sum((y - forward(x)[2]) ** 2 for x, y in zip(PEOPLE, FEMALE, strict=True)) / 4)
    return [w1, w2, w3, w4, w5, w6, b1, b2, b3], losses


def in_notebook_order(state):
    (W1, W2), (b1, b2) = state.weights, state.biases
    return [*W1[:, 0], *W1[:, 1], *W2[:, 0], *b1, *b2]


def test_the_neuron_of_the_notebook():
    state = EpochState(0, (np.array([[0.0], [1.0]]),), (np.array([4.0]),), 0.0, 0.0)
    assert predict(Config(hidden=()), state, [[2, 3]])[0, 0] == pytest.approx(0.9990889488055994, abs=1e-15)


def test_the_simple_network_of_the_notebook():
    W1, W2 = np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([[0.0], [1.0]])
    state = EpochState(0, (W1, W2), (np.zeros(2), np.zeros(1)), 0.0, 0.0)
    assert predict(Config(), state, [[2, 3]])[0, 0] == pytest.approx(0.7216325609518421, abs=1e-15)


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_epochs_end_at_the_parameters_and_losses_of_the_notebook_loop(seed):
    states = list(islice(train(Config(seed=seed), DATA), 1001))
    parameters, losses = notebook_loop(in_notebook_order(states[0]), 0.1, 1000)
    assert in_notebook_order(states[-1]) == pytest.approx(parameters, abs=1e-12, rel=1e-12)
    assert [f"{s.train_loss:.3f}" for s in states[1:]] == [f"{loss:.3f}" for loss in losses]


def test_the_loop_can_start_from_given_weights():
    p = [0.3, -1.2, 0.5, 0.1, 1.1, -0.7, 0.2, -0.4, 0.6]
    run = train(
        Config(), DATA,
        weights=[[[p[0], p[2]], [p[1], p[3]]], [[p[4]], [p[5]]]],
        biases=[[p[6], p[7]], [p[8]]],
    )
    states = list(islice(run, 51))
    assert in_notebook_order(states[0]) == p
    assert in_notebook_order(states[-1]) == pytest.approx(notebook_loop(p, 0.1, 50)[0], abs=1e-13)


def test_emily_is_predicted_female_and_frank_male():
    state = next(islice(train(Config(), DATA), 1000, None))
    emily, frank = predict(Config(), state, [[-7, -3], [20, 2]])[:, 0]
    assert emily == pytest.approx(0.966, abs=0.02)
    assert frank == pytest.approx(0.039, abs=0.02)
