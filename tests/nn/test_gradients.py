"""Backpropagation against central differences of the loss, computed from predictions alone."""

import itertools

import numpy as np
import pytest

from playground.nn import (
    ACTIVATIONS,
    LOSSES,
    Config,
    Dataset,
    EpochState,
    flatten,
    gradients,
    layer_sizes,
    penalty,
    predict,
    train,
    unflatten,
)

PENALTIES = {"none": {}, "L1": {"l1": 0.3}, "L2": {"l2": 0.7}}
PAIRS = [(loss, "softmax" if loss == "cross_entropy" else "sigmoid") for loss in LOSSES]
PAIRS += [("mse", output) for output in ACTIVATIONS if output != "sigmoid"]


def plain_loss(name, p, y):
    """The textbook formula, from predictions."""
    if name == "binary_cross_entropy":
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    if name == "cross_entropy":
        return -np.mean(np.sum(y * np.log(p), axis=1))
    return np.mean((y - p) ** 2) * (0.5 if name == "half_mse" else 1)


def start(config, X, y, rng):
    """A state with random weights and biases."""
    sizes = layer_sizes(config, X.shape[1], y.shape[1])
    state = next(train(config, Dataset(X, y)))
    parameters = rng.normal(scale=0.8, size=flatten(state.weights, state.biases).shape)
    return EpochState(0, *unflatten(parameters, sizes), 0.0, 0.0), parameters


def numerical(config, state, parameters, X, y, h=1e-6):
    """Central differences; the state's arrays are views into `parameters`."""

    def objective():
        return plain_loss(config.loss, predict(config, state, X), y) + penalty(config, state.weights)

    slopes = np.empty_like(parameters)
    for i, p in enumerate(parameters.copy()):
        parameters[i] = p + h
        above = objective()
        parameters[i] = p - h
        slopes[i] = (above - objective()) / (2 * h)
        parameters[i] = p
    return slopes


@pytest.mark.parametrize("hidden", [(), (3,), (4, 2, 3)], ids=str)
@pytest.mark.parametrize("penalised", PENALTIES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_are_the_slopes_of_loss_and_penalty(activation, penalised, hidden):
    for (loss, output), seed in zip(PAIRS, itertools.count()):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(5, 2))
        y = np.eye(2)[rng.integers(0, 2, 5)]
        config = Config(hidden, activation, output, loss, **PENALTIES[penalised])
        state, parameters = start(config, X, y, rng)
        expected = numerical(config, state, parameters, X, y)
        found = flatten(*gradients(config, state, X, y))
        assert found == pytest.approx(expected, rel=1e-5, abs=2e-8), (loss, output)


def test_one_step_of_sgd_is_the_learning_rate_times_the_gradients():
    rng = np.random.default_rng(3)
    X, y = rng.normal(size=(6, 2)), rng.normal(size=(6, 1))
    config = Config((3,), "tanh", "linear", batch_size=6, learning_rate=0.05, l1=0.01, l2=0.02)
    run = train(config, Dataset(X, y))
    before, after = next(run), next(run)
    step = flatten(before.weights, before.biases) - flatten(after.weights, after.biases)
    assert step == pytest.approx(0.05 * flatten(*gradients(config, before, X, y)), rel=1e-12)


def test_the_penalty_is_that_of_its_formula_and_spares_biases():
    weights = [np.array([[1.0, -2.0]]), np.array([[3.0], [0.0]])]
    assert penalty(Config(l1=0.5, l2=0.1), weights) == pytest.approx(0.5 * 6 + 0.5 * 0.1 * 14)
    config = Config(l1=5.0, l2=5.0)
    state = EpochState(0, (np.zeros((1, 2)), np.zeros((2, 1))), (np.ones(2), np.ones(1)), 0.0, 0.0)
    without, with_penalty = (gradients(c, state, [[0.0]], [[1.0]]) for c in (Config(), config))
    assert flatten(*with_penalty).tolist() == flatten(*without).tolist()


def test_adamw_keeps_l2_out_of_the_gradient():
    config = Config(optimizer="adamw", l2=9.0)
    state = next(train(config, Dataset([[1, 2]], [1])))
    plain = gradients(Config(), state, [[1, 2]], [1])
    assert flatten(*gradients(config, state, [[1, 2]], [1])).tolist() == flatten(*plain).tolist()


def test_gradients_leave_the_state_alone():
    config = Config()
    state = next(train(config, Dataset([[1, 2]], [1])))
    before = flatten(state.weights, state.biases)
    gradients(config, state, [[1, 2]], [1])
    assert flatten(state.weights, state.biases).tolist() == before.tolist()
