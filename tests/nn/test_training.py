"""Training: batches, shuffling, determinism, divergence."""

import warnings
from dataclasses import replace
from itertools import islice, pairwise, permutations

import numpy as np
import pytest

from playground.nn import ACTIVATIONS, OPTIMIZERS, Config, Dataset, flatten, gradients, train

PEOPLE = Dataset([[-2, -1], [25, 6], [17, 4], [-15, -6]], [1, 0, 0, 1])
RNG = np.random.default_rng(0)
CLOUD = Dataset(RNG.uniform(-6, 6, (40, 2)), RNG.integers(0, 2, 40))


def vector(state):
    return flatten(state.weights, state.biases)


def epochs(config, data, last):
    return list(islice(train(config, data), last + 1))


def test_epoch_zero_is_untrained_and_epochs_count_passes():
    assert [s.epoch for s in epochs(Config(), PEOPLE, 3)] == [0, 1, 2, 3]


@pytest.mark.parametrize("batch_size", [1, 7, 40, 1000])
def test_an_epoch_is_a_step_per_batch_and_the_last_batch_may_be_short(batch_size):
    config = Config((3,), "tanh", batch_size=batch_size)
    state, after = epochs(config, CLOUD, 1)
    for start in range(0, 40, batch_size):
        batch = slice(start, start + batch_size)
        dW, db = gradients(config, state, CLOUD.X[batch], CLOUD.y[batch])
        state = state._replace(
            weights=tuple(W - 0.1 * d for W, d in zip(state.weights, dW, strict=True)),
            biases=tuple(b - 0.1 * d for b, d in zip(state.biases, db, strict=True)),
        )
    assert vector(after) == pytest.approx(vector(state), rel=1e-12, abs=1e-14)


def test_shuffling_takes_every_sample_once_in_an_order_of_its_own_each_epoch():
    """Only a bias trains, and each sample moves it half way to its target: the end of an epoch tells the order."""
    targets = [1.0, 2.31, 5.77, 11.9]
    data = Dataset(np.zeros((4, 1)), targets)
    config = Config((), output_activation="linear", shuffle=True, learning_rate=0.25)
    biases = [float(s.biases[0][0]) for s in epochs(config, data, 12)]
    orders = []
    for before, after in pairwise(biases):
        for order in permutations(targets):
            b = before
            for y in order:
                b = (b + y) / 2
            if abs(b - after) < 1e-9:
                orders.append(order)
    assert len(orders) == 12
    assert len(set(orders)) > 4


def test_a_run_of_three_classes_repeats_bit_for_bit():
    rng = np.random.default_rng(3)
    clouds = Dataset(rng.normal(size=(60, 2)), np.eye(3)[np.arange(60) % 3])
    config = Config((4,), "tanh", "softmax", "cross_entropy", optimizer="adam", batch_size=7, shuffle=True, seed=5)
    first, second = ([*islice(train(config, clouds), 40)][-1] for _ in range(2))
    for a, b in zip((*first.weights, *first.biases), (*second.weights, *second.biases), strict=True):
        assert a.tobytes() == b.tobytes()
    assert first.train_loss == second.train_loss


def test_shuffled_runs_differ_by_seed_and_repeat_with_it():
    config = Config(shuffle=True)
    again = [vector(epochs(config, CLOUD, 5)[-1]) for _ in range(2)]
    assert np.array_equal(*again)
    start = epochs(config, CLOUD, 0)[0]
    other = train(replace(config, seed=9), CLOUD, weights=start.weights, biases=start.biases)
    assert not np.array_equal(vector(next(islice(other, 5, None))), again[0])


@pytest.mark.parametrize("output", ["sigmoid", "tanh", "linear"])
def test_a_relu_network_at_an_absurd_rate_is_declared_diverged_within_three_epochs(output):
    config = Config(activation="relu", output_activation=output, learning_rate=1e6)
    for seed in range(200):
        run = train(replace(config, seed=seed), PEOPLE)
        states = list(islice(run, 4))
        assert run.divergence, seed
        assert run.divergence.epoch == states[-1].epoch
        assert np.isfinite(vector(states[-1])).all()
        assert "learning rate 1e+06 is too high" in run.divergence.cause


def test_a_run_that_diverged_has_ended():
    run = train(Config(activation="relu", output_activation="linear", learning_rate=1e6), PEOPLE)
    assert run.divergence is None
    assert list(run)
    assert list(run) == []
    assert str(run.divergence).startswith("Training diverged after epoch")
    assert str(run.divergence).endswith(".")


def test_a_divergence_names_large_inputs_and_overshooting_decay():
    far = Dataset(PEOPLE.X * 1e4, PEOPLE.y)
    run = train(Config(activation="relu", output_activation="linear"), far)
    assert len(list(run)) < 20
    assert "inputs as large as 250000" in run.divergence.cause
    decay = train(Config(learning_rate=10, l2=3), PEOPLE)
    assert len(list(decay)) < 20
    assert "L2 rate 3" in decay.divergence.cause


def test_targets_whose_squares_overflow_are_named():
    run = train(Config(output_activation="linear"), Dataset([[1, 2]], [1e200]))
    assert [s.epoch for s in run] == [0]
    assert "targets as large as 1e+200" in run.divergence.cause


def test_overflow_is_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for activation in ACTIVATIONS:
            for rate in (1e6, 1e300):
                list(islice(train(Config((3, 3), activation, "linear", learning_rate=rate), PEOPLE), 20))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_sane_runs_never_diverge(optimizer):
    rate = {"momentum": 0.003, "nesterov": 0.003}.get(optimizer, 0.03)
    for activation in ACTIVATIONS:
        config = Config((4, 2), activation, "sigmoid", "binary_cross_entropy", optimizer, rate, 10, True)
        assert len(epochs(config, CLOUD, 50)) == 51, activation


def test_adam_at_a_tenth_for_five_thousand_epochs_does_not_diverge():
    config = Config((4, 2), "tanh", "sigmoid", "binary_cross_entropy", "adam", 0.1, 10)
    assert len(epochs(config, CLOUD, 5000)) == 5001


def test_a_linear_network_may_grow_with_its_targets():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(30, 2))
    run = train(Config((), output_activation="linear", batch_size=10), Dataset(X, X @ [5e5, -3e5]))
    final = next(islice(run, 300, None))
    assert final.weights[0][:, 0] == pytest.approx([5e5, -3e5], rel=1e-3)


def test_huge_start_weights_are_the_users_choice():
    run = train(Config(learning_rate=0.01), PEOPLE, weights=[np.full((2, 2), 1e6), np.full((2, 1), 1e6)])
    assert len(list(islice(run, 20))) == 20


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [10, 40], ids=["batches", "all at once"])
def test_frozen_parameters_are_as_they_were_after_200_epochs_and_the_others_are_not(optimizer, batch_size):
    config = Config((3,), "tanh", optimizer=optimizer, batch_size=batch_size, l1=0.01, l2=0.1, frozen=(0, 7, 10))
    first, *_, last = epochs(config, CLOUD, 200)
    kept = vector(first) == vector(last)
    assert np.flatnonzero(kept).tolist() == [0, 7, 10]


def test_a_network_with_everything_frozen_does_not_learn():
    states = epochs(Config((2,), optimizer="adam", frozen=range(9)), CLOUD, 20)
    assert len({s.train_loss for s in states}) == 1


def test_a_frozen_parameter_that_the_network_has_not_got_is_named():
    with pytest.raises(ValueError, match=r"frozen parameter 9 does not exist: this network has 0 to 8\.$"):
        train(Config((2,), frozen=(3, 9)), CLOUD)
