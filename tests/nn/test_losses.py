"""Losses as shown: textbook formulas, penalties left out, finite where probabilities are 0 or 1."""

import math

import numpy as np
import pytest

from playground.nn import Config, Dataset, EpochState, predict, train


def first_loss(config, X, y, weights, biases):
    return next(train(config, Dataset(X, y), weights=weights, biases=biases)).train_loss


def test_mse_is_the_mean_over_samples_and_outputs():
    config = Config((), output_activation="linear")
    y = [[0, 0], [4, 1]]
    loss = first_loss(config, [[1], [2]], y, [[[1, 2]]], [[0, 1]])     # predicts (1, 3) and (2, 5)
    assert loss == pytest.approx((1 + 9 + 4 + 16) / 4)
    half = Config((), output_activation="linear", loss="half_mse")
    assert first_loss(half, [[1], [2]], y, [[[1, 2]]], [[0, 1]]) == pytest.approx(loss / 2)


def test_cross_entropies_are_minus_the_log_of_the_probability_given_to_the_truth():
    p = 1 / (1 + math.exp(-0.5))
    binary = Config((), loss="binary_cross_entropy")
    assert first_loss(binary, [[0.5], [0.5]], [1, 0], [[[1]]], [[0]]) == pytest.approx(
        -(math.log(p) + math.log(1 - p)) / 2
    )
    softmax = Config((), output_activation="softmax", loss="cross_entropy")
    scores = [1.0, 2.0, -1.0]
    loss = first_loss(softmax, [[0]], [[0, 1, 0]], [[[0, 0, 0]]], [scores])
    assert loss == pytest.approx(-math.log(math.exp(2) / sum(map(math.exp, scores))))


def test_a_confident_mistake_costs_its_margin_and_not_infinity():
    binary = Config((), loss="binary_cross_entropy")
    assert first_loss(binary, [[1000]], [0], [[[1]]], [[0]]) == pytest.approx(1000)
    softmax = Config((), output_activation="softmax", loss="cross_entropy")
    assert first_loss(softmax, [[1000]], [[0, 1]], [[[1, 0]]], [[0, 0]]) == pytest.approx(1000)


def test_the_shown_loss_leaves_the_penalty_out():
    plain, penalised = (next(train(Config(l1=rate, l2=rate), Dataset([[1, 2]], [1]))) for rate in (0, 10))
    assert plain.train_loss == penalised.train_loss


def test_the_test_loss_is_that_of_the_test_set():
    test = Dataset([[3, 4], [5, 6], [0, 1]], [0, 1, 1])
    state = next(train(Config(), Dataset([[1, 2]], [1]), test))
    assert state.test_loss == pytest.approx(np.mean((predict(Config(), state, test.X) - test.y) ** 2))
    assert math.isnan(next(train(Config(), Dataset([[1, 2]], [1]))).test_loss)


def test_a_state_is_made_of_plain_arrays_that_later_epochs_leave_alone():
    run = train(Config(), Dataset([[1, 2]], [1]))
    first = next(run)
    assert isinstance(first, EpochState)
    kept = first.weights[0].copy()
    next(run)
    assert np.array_equal(first.weights[0], kept)
