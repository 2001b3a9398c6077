"""Every optimizer against its published rule, written here for one number at a time."""

import math
from itertools import islice

import numpy as np
import pytest

from playground.nn import OPTIMIZERS, Config, Dataset, flatten, gradients, train

RATE, L2 = 0.02, 0.3


def sgd(p, g, s, t):
    return p - RATE * g


def momentum(p, g, s, t):
    s["v"] = 0.9 * s.get("v", 0) + RATE * g
    return p - s["v"]


def nesterov(p, g, s, t):
    s["v"] = 0.9 * s.get("v", 0) + RATE * g
    return p - (0.9 * s["v"] + RATE * g)


def rmsprop(p, g, s, t):
    s["v"] = 0.9 * s.get("v", 0) + 0.1 * g * g
    return p - RATE * g / (math.sqrt(s["v"]) + 1e-8)


def adagrad(p, g, s, t):
    s["v"] = s.get("v", 0) + g * g
    return p - RATE * g / (math.sqrt(s["v"]) + 1e-8)


def adam(p, g, s, t):
    s["m"] = 0.9 * s.get("m", 0) + 0.1 * g
    s["v"] = 0.999 * s.get("v", 0) + 0.001 * g * g
    m, v = s["m"] / (1 - 0.9**t), s["v"] / (1 - 0.999**t)
    return p - RATE * m / (math.sqrt(v) + 1e-8)


RULES = {
    "sgd": sgd, "momentum": momentum, "nesterov": nesterov, "rmsprop": rmsprop, "adagrad": adagrad, "adam": adam,
    "adamw": adam,
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_follows_its_published_rule(name):
    rng = np.random.default_rng(5)
    X, y = rng.normal(size=(6, 2)), rng.normal(size=(6, 1))
    config = Config((3,), "tanh", "linear", optimizer=name, learning_rate=RATE, batch_size=4, l2=L2)
    states = list(islice(train(config, Dataset(X, y)), 13))

    state, t = states[0], 0
    memory = [{} for _ in flatten(state.weights, state.biases)]
    is_weight = flatten([np.ones_like(W) for W in state.weights], [np.zeros_like(b) for b in state.biases])
    for expected in states[1:]:
        for batch in (slice(0, 4), slice(4, 6)):
            t += 1
            before = flatten(state.weights, state.biases)
            g = flatten(*gradients(config, state, X[batch], y[batch]))
            if name == "adamw":
                before = before * np.where(is_weight, 1 - RATE * L2, 1)
            after = [RULES[name](*row, t) for row in zip(before.tolist(), g.tolist(), memory, strict=True)]
            state = with_parameters(state, np.array(after))
        assert after == pytest.approx(flatten(expected.weights, expected.biases), rel=1e-10, abs=1e-12)


def with_parameters(state, flat):
    weights, biases, start = [], [], 0
    for W, b in zip(state.weights, state.biases, strict=True):
        weights.append(flat[start : start + W.size].reshape(W.shape))
        start += W.size
        biases.append(flat[start : start + b.size])
        start += b.size
    return state._replace(weights=tuple(weights), biases=tuple(biases))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_rule_of_an_optimizer_says_how_its_memory_and_then_the_parameter_change(name):
    changed = [formula.partition(" ← ")[0] for formula in OPTIMIZERS[name].rule.split("; ") if "←" in formula]
    assert changed == [*(["w"] if name == "adamw" else []), *OPTIMIZERS[name].memory, "p"]
    assert OPTIMIZERS["momentum"].rule == "v ← 0.9 v + η g; p ← p - v"


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_learns_xor(name):
    data = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    rate = {"sgd": 0.5, "momentum": 0.1, "nesterov": 0.1, "adagrad": 0.5}.get(name, 0.05)
    config = Config((4,), "tanh", "sigmoid", "binary_cross_entropy", name, rate)
    assert next(islice(train(config, data), 1000, None)).train_loss < 0.05


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_learning_rate_of_zero_changes_nothing(name):
    first, *_, last = islice(train(Config(optimizer=name, learning_rate=0), Dataset([[1, 2]], [1])), 5)
    assert flatten(first.weights, first.biases).tolist() == flatten(last.weights, last.biases).tolist()
