"""Health: gradients against finite differences, shares of units against networks set up by hand."""

from dataclasses import replace

import numpy as np
import pytest

from playground.nn import ACTIVATIONS, Config, Dataset, Recording, flatten, health, layer_activations
from playground.nn.health import flat_slope

RNG = np.random.default_rng(3)
DATA = Dataset(RNG.normal(size=(7, 2)), RNG.normal(size=(7, 2)))
CONFIG = Config((3, 2), "tanh", "sigmoid", "mse", l1=0.1, l2=0.3, batch_size=7)
LAYERS = [slice(0, 9), slice(9, 17), slice(17, 23)]                     # of the flat parameters of 2-3-2-2


def loss(parameters):
    predictions = layer_activations(CONFIG, (2, 3, 2, 2), parameters[None], DATA.X)[-1][0]
    return np.mean((predictions - DATA.y) ** 2)


def test_the_gradient_of_a_layer_is_the_root_mean_square_of_the_slopes_of_the_loss():
    """By central differences; the penalty has no part in it."""
    parameters = Recording(CONFIG, DATA).frames(range(4)).parameters
    found = health(CONFIG, DATA, parameters).gradient
    assert found.shape == (4, 3)
    for row, of_layers in zip(parameters, found, strict=True):
        steps = 1e-6 * np.eye(len(row))
        slopes = np.array([(loss(row + step) - loss(row - step)) / 2e-6 for step in steps])
        assert of_layers == pytest.approx([np.sqrt(np.mean(slopes[layer] ** 2)) for layer in LAYERS], rel=1e-6)


def test_the_length_of_the_weights_of_a_layer_is_that_of_its_units_without_their_biases():
    start = flatten([[[3.0, 0, 6], [4, 0, 8]], [[1.0, 0]] * 3, np.zeros((2, 2))], [[9] * 3, [9] * 2, [9] * 2])
    lengths = [np.sqrt((5**2 + 0 + 10**2) / 3), np.sqrt(3 / 2), 0]
    assert health(CONFIG, DATA, start[None]).weight == pytest.approx(np.array([lengths]))


def of_hidden_units(activation, weights, biases, X):
    """The shares (saturated, dead) in the one hidden layer of a network with these weights."""
    config = Config((len(biases),), activation, "linear")
    data = Dataset(X, np.zeros(len(X)))
    start = flatten([weights, np.ones((len(biases), 1))], [biases, [0.0]])
    found = health(config, data, start[None])
    return found.saturated[0, 0], found.dead[0, 0]


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_unit_is_saturated_when_it_is_flat_for_95_samples_of_100(activation):
    """The columns leave 0, 5 and 6 of 100 samples at z = 0, and the rest at 10 or -10; the last unit is always at 1."""
    X = np.ones((100, 3))
    X[:50] = -1
    X[:5, 1] = X[:6, 2] = 0
    weights = np.column_stack([10 * np.eye(3), np.zeros(3)])
    assert of_hidden_units(activation, weights, [0, 0, 0, 1], X) == (0.5, 0)


def test_a_relu_is_dead_when_no_sample_reaches_it_and_never_saturated():
    X = np.zeros((100, 1))
    X[0] = 1
    assert of_hidden_units("relu", [[2.0, 0.5, 0.0, 0.0]], [-1, -1, -1, 1], X) == (0, 0.5)


def test_an_activation_is_flat_where_it_has_a_twentieth_of_its_slope_if_it_flattens_on_both_sides():
    flat = {name: flat_slope(name) for name in ACTIVATIONS}
    assert {name for name, slope in flat.items() if slope} == {"sigmoid", "tanh"}
    assert (flat["sigmoid"], flat["tanh"]) == pytest.approx((0.0125, 0.05))


@pytest.mark.parametrize(("loss", "output"), [("binary_cross_entropy", "sigmoid"), ("cross_entropy", "softmax")])
def test_an_output_that_simplifies_with_its_loss_is_never_saturated(loss, output):
    config = Config((2,), "tanh", output, loss)
    data = Dataset(DATA.X, (DATA.y > 0).astype(float))
    found = health(config, data, np.full((1, 12), 100.0))
    assert (found.saturated[0, 1], found.dead[0, 1]) == (0, 0)
    plain = health(replace(config, loss="mse", output_activation="sigmoid"), data, np.full((1, 12), 100.0))
    assert plain.saturated[0, 1] == 1


def test_many_samples_are_represented_by_250_at_even_distances():
    few = Dataset(RNG.normal(size=(250, 2)), RNG.normal(size=(250, 2)))
    many = Dataset(np.repeat(few.X, 4, axis=0), np.repeat(few.y, 4, axis=0))
    parameters = Recording(CONFIG, few).frames(range(3)).parameters
    for ours, theirs in zip(health(CONFIG, few, parameters), health(CONFIG, many, parameters), strict=True):
        assert np.array_equal(ours, theirs)


def test_no_epochs_have_no_health():
    assert health(CONFIG, DATA, np.empty((0, 23))).dead.shape == (0, 3)
