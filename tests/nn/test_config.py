"""Config and Dataset: what they accept, and what they say when they do not."""

import dataclasses

import numpy as np
import pytest

from playground.nn import ACTIVATIONS, Config, Dataset, train


def test_the_defaults_are_those_of_the_notebook():
    config = Config()
    assert (config.hidden, config.activation, config.output_activation) == ((2,), "sigmoid", "sigmoid")
    assert (config.loss, config.optimizer, config.learning_rate) == ("mse", "sgd", 0.1)
    assert (config.batch_size, config.shuffle, config.initializer) == (1, False, "normal")
    assert (config.l1, config.l2, config.seed) == (0.0, 0.0, 0)


def test_equal_settings_are_one_key_of_a_dictionary():
    assert len({Config(hidden=[4, 2]), Config(hidden=(4, 2)), Config(hidden=(np.int64(4), 2))}) == 1


def test_frozen_indices_are_kept_sorted_and_once():
    assert Config(frozen=[5, np.int64(2), 5]) == Config(frozen=(2, 5))
    assert Config().frozen == ()


def test_a_config_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Config().seed = 1


def test_an_unknown_name_is_answered_with_the_choices():
    with pytest.raises(ValueError, match="swish") as caught:
        Config(activation="swish")
    assert all(name in str(caught.value) for name in ACTIVATIONS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hidden": (0,)},
        {"hidden": (2.5,)},
        {"hidden": "42"},
        {"hidden": 3},
        {"activation": "softmax"},
        {"activation": ["tanh"]},
        {"output_activation": "step"},
        {"loss": "hinge"},
        {"optimizer": "lion"},
        {"initializer": "ones"},
        {"learning_rate": -0.1},
        {"learning_rate": float("nan")},
        {"learning_rate": float("inf")},
        {"learning_rate": "fast"},
        {"batch_size": 0},
        {"batch_size": True},
        {"l1": -1},
        {"l2": float("nan")},
        {"seed": -1},
        {"seed": 1.5},
        {"frozen": 3},
        {"frozen": "12"},
        {"frozen": (-1,)},
        {"frozen": (0.5,)},
        {"frozen": (True,)},
    ],
    ids=str,
)
def test_a_wrong_value_is_refused_in_one_sentence_that_names_it(wrong):
    with pytest.raises(ValueError, match="hidden layer 1|" + next(iter(wrong))) as caught:
        Config(**wrong)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("loss", "output"),
    [
        ("cross_entropy", "sigmoid"),
        ("mse", "softmax"),
        ("half_mse", "softmax"),
        ("binary_cross_entropy", "softmax"),
        ("binary_cross_entropy", "tanh"),
    ],
)
def test_a_loss_and_an_output_that_do_not_go_together_are_refused(loss, output):
    with pytest.raises(ValueError, match="needs"):
        Config(loss=loss, output_activation=output)


def test_a_dataset_keeps_contiguous_read_only_copies():
    X = np.arange(8, dtype=np.float32).reshape(2, 4).T
    data = Dataset(X, [0, 1, 0, 1])
    X[0, 0] = 99
    assert data.X[0, 0] == 0
    assert data.X.dtype == data.y.dtype == np.float64
    assert data.X.flags.c_contiguous
    assert not data.X.flags.writeable
    assert data.y.shape == (4, 1)


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        ([[1, 2], [3, 4]], [1], "2 samples but y has 1"),
        ([1, 2], [1, 2], "row per sample"),
        (np.empty((0, 2)), [], "at least one row"),
        ([[1, 2], [3, float("nan")]], [0, 1], "row 1, column 1 is nan"),
        ([[1, 2], [3, 4]], [0, float("inf")], "y must be finite, but row 1"),
        ([["a", "b"]], [1], "table of numbers"),
        ([[1, 2], [3]], [0, 1], "table of numbers"),
    ],
)
def test_a_dataset_that_cannot_be_trained_on_is_refused(X, y, words):
    with pytest.raises(ValueError, match=words):
        Dataset(X, y)


def test_data_that_do_not_fit_the_loss_or_each_other_are_refused():
    data = Dataset([[0, 1]], [2])
    with pytest.raises(ValueError, match="between 0 and 1, but y has 2 in row 0"):
        train(Config(loss="binary_cross_entropy"), data)
    with pytest.raises(ValueError, match="at least two outputs"):
        train(Config(loss="cross_entropy", output_activation="softmax"), Dataset([[0, 1]], [1]))
    with pytest.raises(ValueError, match="test set has 1 inputs"):
        train(Config(), data, Dataset([[0]], [2]))


def test_start_weights_of_another_shape_are_refused():
    data = Dataset([[0, 1]], [1])
    with pytest.raises(ValueError, match=r"weights of layer 1 must have shape \(2, 2\)"):
        train(Config(), data, weights=[np.zeros((3, 2)), np.zeros((2, 1))])
    with pytest.raises(ValueError, match="one array per layer: 2, not 1"):
        train(Config(), data, biases=[np.zeros(2)])
    with pytest.raises(ValueError, match="finite"):
        train(Config(), data, biases=[np.zeros(2), np.array([np.nan])])
