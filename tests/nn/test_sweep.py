"""A sweep: runs trained side by side are the runs that each would be alone."""

from dataclasses import replace

import numpy as np
import pytest

from playground.nn import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    OUTPUT_ACTIVATIONS,
    Config,
    Dataset,
    Recording,
    Sweep,
    unflatten,
)

RNG = np.random.default_rng(0)
X = RNG.normal(size=(23, 2))                                            # batches of 5 leave 3 for the last one
DATA = Dataset(X[:13], (X[:13, 0] * X[:13, 1] > 0).astype(float))
TEST = Dataset(X[13:], (X[13:, 0] * X[13:, 1] > 0).astype(float))
CLASSES = RNG.integers(0, 3, 23)
THREE, THREE_TEST = (Dataset(X[part], np.eye(3)[CLASSES[part]]) for part in (slice(13), slice(13, 23)))
CONFIG = Config((4, 3), "tanh", learning_rate=0.05, batch_size=5)
EPOCHS = 40


def swept(configs, data=DATA, test=TEST, epochs=EPOCHS, starts=None):
    sweep = Sweep(configs, data, test, starts)
    assert sweep.advance(epochs) == epochs
    return sweep.outcomes()


def assert_alone(outcomes, configs, data=DATA, test=TEST, epochs=EPOCHS, starts=None):
    """Each run is what `Recording` makes of its config by itself."""
    assert [outcome.config for outcome in outcomes] == list(configs)
    for r, (outcome, config) in enumerate(zip(outcomes, configs, strict=True)):
        alone = Recording(config, data, test)
        if starts and starts[r] is not None:
            weights, biases = unflatten(np.array(starts[r]), alone.sizes)
            alone = Recording(config, data, test, weights=weights, biases=biases)
        last = alone.advance(epochs)
        frame = alone.frames([last])
        assert (outcome.epoch, outcome.divergence is None) == (last, alone.divergence is None), config
        assert np.allclose(outcome.parameters, frame.parameters[0], rtol=1e-10, atol=1e-10), config
        losses = frame.train_loss[0], frame.test_loss[0]
        assert np.allclose((outcome.train_loss, outcome.test_loss), losses, rtol=1e-10, atol=1e-10, equal_nan=True)


def output_of(loss):
    return LOSSES[loss].output_activation or "sigmoid"


@pytest.mark.parametrize("batch_size", [1, 5, 13, 50])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_each_run_of_a_sweep_is_the_run_alone_with_every_optimizer_and_batch_size(optimizer, batch_size):
    common = replace(CONFIG, optimizer=optimizer, batch_size=batch_size)
    configs = [replace(common, learning_rate=rate, seed=seed, l1=l1, l2=l2, shuffle=seed > 1)
               for seed, (rate, l1, l2) in enumerate([(0.01, 0, 0), (0.03, 0.01, 0), (0.1, 0, 0.1), (0, 0.1, 0.01)])]
    assert_alone(swept(configs), configs)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_each_run_of_a_sweep_is_the_run_alone_with_every_activation_and_loss(activation, loss):
    configs = [replace(CONFIG, activation=activation, loss=loss, output_activation=output_of(loss), initializer=start)
               for start in INITIALIZERS]
    assert_alone(swept(configs, THREE, THREE_TEST), configs, THREE, THREE_TEST)


@pytest.mark.parametrize("output", OUTPUT_ACTIVATIONS)
def test_each_run_of_a_sweep_is_the_run_alone_with_every_output(output):
    loss = "cross_entropy" if output == "softmax" else "mse"
    configs = [replace(CONFIG, output_activation=output, loss=loss, seed=seed) for seed in range(3)]
    assert_alone(swept(configs, THREE, THREE_TEST), configs, THREE, THREE_TEST)


def test_runs_of_every_structure_are_swept_together_and_stay_in_order():
    configs = [replace(CONFIG, hidden=hidden, optimizer=optimizer, batch_size=size, activation=activation)
               for size in (4, 2) for optimizer in ("adam", "sgd") for activation in ("relu", "tanh")
               for hidden in ((), (1,), (2, 2, 2))]
    assert_alone(swept(configs), configs)


def test_runs_that_are_shuffled_alike_or_not_at_all_keep_their_own_order():
    configs = [replace(CONFIG, seed=seed, shuffle=shuffle, learning_rate=rate)
               for seed in (0, 7) for shuffle in (True, False) for rate in (0.1, 0.3)]
    outcomes = swept(configs)
    assert_alone(outcomes, configs)
    assert not np.allclose(outcomes[0].parameters, outcomes[2].parameters), "the order made no difference"


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_frozen_parameters_stay_in_the_runs_that_froze_them(optimizer):
    configs = [replace(CONFIG, optimizer=optimizer, frozen=frozen, l2=0.1) for frozen in ((), (0, 5), (30,))]
    outcomes = swept(configs)
    assert_alone(outcomes, configs)
    drawn = Recording(CONFIG, DATA).frames([0]).parameters[0]
    assert np.array_equal(outcomes[1].parameters[[0, 5]], drawn[[0, 5]])
    assert not (outcomes[0].parameters == drawn).any()


def test_runs_start_from_what_they_are_given():
    configs, given = [replace(CONFIG, seed=seed) for seed in range(3)], RNG.normal(size=31)
    starts = [None, given.tolist(), None]
    outcomes = swept(configs, starts=starts)
    assert_alone(outcomes, configs, starts=starts)
    assert np.array_equal(swept(configs, epochs=0, starts=starts)[1].parameters, given)


def test_a_sweep_without_test_data_has_no_test_loss():
    outcomes = swept([CONFIG, replace(CONFIG, seed=1)], test=None)
    assert_alone(outcomes, [CONFIG, replace(CONFIG, seed=1)], test=None)
    assert np.isnan([outcome.test_loss for outcome in outcomes]).all()


@pytest.mark.parametrize(("changes", "rates"), [
    ({"activation": "relu", "output_activation": "linear", "batch_size": 13}, (0.01, 5, 0.02, 80, 1000, 0.03)),
    ({"activation": "relu", "output_activation": "linear"}, (1e9, 0.01, 1, 2, 3, 4)),
    ({"l2": 2.2, "batch_size": 13}, (1, 0.1, 1.1, 0.2, 0, 1)),
    ({"optimizer": "adam"}, (1e5, 0.01, 1e8, 100, 0.1, 1e6)),
    ({"activation": "sine", "output_activation": "linear", "optimizer": "momentum"},
     (1e300, 0.01, 50, 500, 0.1, 1e200)),
    # One large step into saturation, from where the weights shrink to their old size again, as if nothing had been.
    ({"hidden": (), "output_activation": "tanh", "frozen": (2,), "l2": 5e-5, "batch_size": 13}, (1e4, 0.01, 1.2e4)),
], ids=str)
def test_a_run_that_diverges_ends_where_it_would_alone_and_disturbs_no_other(changes, rates):
    configs = [replace(CONFIG, **changes, learning_rate=rate, seed=i) for i, rate in enumerate(rates)]
    outcomes = swept(configs, epochs=120)
    assert {outcome.divergence is None for outcome in outcomes} == {True, False}, "one case of each"
    assert_alone(outcomes, configs, epochs=120)
    for outcome in outcomes:
        assert np.isfinite(outcome.parameters).all() and np.isfinite(outcome.train_loss)
        if outcome.divergence:
            alone = Recording(outcome.config, DATA, TEST)
            alone.advance(120)
            assert str(outcome.divergence) == str(alone.divergence)


def test_a_sweep_of_nothing_but_divergent_runs_ends():
    configs = [replace(CONFIG, output_activation="linear", learning_rate=1e9, seed=seed) for seed in range(3)]
    assert_alone(swept(configs), configs)


def test_training_can_go_on_and_stops_when_time_is_up_with_all_runs_at_one_epoch():
    configs = [replace(CONFIG, seed=seed, optimizer=optimizer) for seed in range(2) for optimizer in ("sgd", "adam")]
    sweep = Sweep(configs, DATA, TEST)
    assert sweep.advance(100, seconds=0) == 1
    early = sweep.outcomes()
    assert_alone(early, configs, epochs=1)
    sweep.advance(EPOCHS)
    assert_alone(sweep.outcomes(), configs)
    assert_alone(early, configs, epochs=1)


@pytest.mark.parametrize(("start", "said"), [
    ([1.0], "31 parameters"), (np.zeros((31, 1)), "31 parameters"), ([np.nan] * 31, "finite"),
])
def test_a_start_that_does_not_fit_gets_a_sentence(start, said):
    with pytest.raises(ValueError, match=said):
        Sweep([CONFIG], DATA, None, [start])


def test_data_that_do_not_fit_get_the_sentence_of_a_single_run():
    for config, data in ((CONFIG, THREE_TEST), (replace(CONFIG, frozen=(31,)), None)):
        with pytest.raises(ValueError, match=r"the test set has|frozen parameter 31"):
            Sweep([CONFIG, config], DATA, data)
