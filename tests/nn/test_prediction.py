"""Predictions, one network or many at a time."""

import numpy as np
import pytest

from playground.nn import ACTIVATIONS, Config, Dataset, Recording, layer_activations, predict, train

RNG = np.random.default_rng(0)
DATA = Dataset(RNG.normal(size=(9, 2)), np.eye(3)[RNG.integers(0, 3, 9)])


def by_hand(config, state, X):
    """Layer outputs, one neuron of one sample at a time for the sums."""
    layers, a = [], X
    for i, (W, b) in enumerate(zip(state.weights, state.biases, strict=True)):
        z = np.array([[sum(x * w for x, w in zip(row, column, strict=True)) for column in W.T] for row in a]) + b
        name = config.activation if i < len(config.hidden) else config.output_activation
        softmax = np.exp(z) / np.exp(z).sum(1, keepdims=True)
        a = softmax if name == "softmax" else ACTIVATIONS[name].function(z, z.copy())
        layers.append(a)
    return layers


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_all_layers_of_all_epochs_are_what_each_network_computes(activation, dtype):
    config = Config((4, 3), activation, "softmax", "cross_entropy")
    recording = Recording(config, DATA)
    frames = recording.frames(range(0, 40, 8))
    X = RNG.normal(size=(6, 2))
    layers = layer_activations(config, recording.sizes, frames.parameters, X, dtype)
    assert [a.shape for a in layers] == [(5, 6, 4), (5, 6, 3), (5, 6, 3)]
    for k, epoch in enumerate(frames.epochs):
        for ours, theirs in zip(layers, by_hand(config, recording.state(int(epoch)), X), strict=True):
            assert ours.dtype == dtype
            assert ours[k] == pytest.approx(theirs, rel=1e-4 if dtype == np.float32 else 1e-12, abs=1e-6)


def test_predictions_have_a_row_per_sample_and_a_column_per_output():
    config = Config((4,), "tanh", "softmax", "cross_entropy")
    state = next(train(config, DATA))
    outputs = predict(config, state, DATA.X)
    assert outputs.shape == (9, 3)
    assert outputs.sum(1) == pytest.approx(np.ones(9))


def test_inputs_of_another_width_are_refused():
    state = next(train(Config(), Dataset([[1, 2]], [1])))
    for X in ([[1, 2, 3]], [1, 2]):
        with pytest.raises(ValueError, match="2 columns"):
            predict(Config(), state, X)


def test_networks_that_overflow_in_single_precision_do_not_warn():
    config = Config((3,), "relu", "linear")
    parameters = np.full((2, 13), 1e30)
    assert layer_activations(config, (2, 3, 1), parameters, [[1.0, 2.0]], np.float32)[-1].shape == (2, 1, 1)
