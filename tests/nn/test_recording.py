"""A recording: any epoch, in any order, within a budget, and with another future."""

import math
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from playground.nn import OPTIMIZERS, Config, Dataset, Recording, flatten, train, unflatten

RNG = np.random.default_rng(0)
DATA = Dataset(RNG.normal(size=(10, 2)), RNG.integers(0, 2, 10))
TEST = Dataset(RNG.normal(size=(7, 2)), RNG.integers(0, 2, 7))
CONFIG = Config((3,), "tanh", learning_rate=0.05, batch_size=4)
BLOWS_UP = replace(CONFIG, learning_rate=1.0, l2=2.2, batch_size=10)  # each epoch turns w into about -1.2 w


def straight(config, last, data=DATA, test=TEST):
    """Parameters (last + 1, P) and losses (last + 1, 2) of a run from its start, by train()."""
    states = list(islice(train(config, data, test), last + 1))
    return (
        np.array([flatten(s.weights, s.biases) for s in states]),
        np.array([(s.train_loss, s.test_loss) for s in states]),
    )


def assert_same(frames, parameters, losses):
    assert np.array_equal(frames.parameters, parameters[frames.epochs])
    assert np.array_equal(frames.train_loss, losses[frames.epochs, 0])
    assert np.array_equal(frames.test_loss, losses[frames.epochs, 1])


@pytest.mark.parametrize("shuffle", [False, True], ids=["in order", "shuffled"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_any_epoch_comes_back_bit_for_bit_in_any_order(optimizer, shuffle):
    config = replace(CONFIG, optimizer=optimizer, shuffle=shuffle, l1=1e-3, l2=1e-3)
    expected = straight(config, 400)
    recording = Recording(config, DATA, TEST, budget=20_000)
    assert recording.advance(400) == 400
    assert len(recording.history()[0]) < 300, "nothing was thinned"
    for asked in (range(150, 250, 7), [3], range(401), [400], range(100, 140), [0]):
        frames = recording.frames(asked)
        assert frames.epochs.tolist() == list(asked)
        assert_same(frames, *expected)


def test_frames_train_on_and_record_only_what_was_asked_for():
    recording = Recording(CONFIG, DATA, TEST)
    frames = recording.frames(range(100, 200, 5))
    assert_same(frames, *straight(CONFIG, 200))
    assert recording.latest == 195
    assert recording.history()[0].tolist() == [0, *range(100, 200, 5)]
    assert_same(recording.frames(range(90, 110)), *straight(CONFIG, 200))


def test_a_state_is_a_frame_with_its_layers():
    state = Recording(CONFIG, DATA).state(5)
    expected = next(islice(train(CONFIG, DATA), 5, None))
    assert state.epoch == 5
    assert np.array_equal(flatten(state.weights, state.biases), flatten(expected.weights, expected.biases))
    assert state.train_loss == expected.train_loss
    assert math.isnan(state.test_loss)


def test_frames_must_be_asked_for_in_order():
    recording = Recording(CONFIG, DATA)
    for asked in ([2, 1], [1, 1], [-1]):
        with pytest.raises(ValueError, match="increase"):
            recording.frames(asked)
    assert recording.frames([]).parameters.shape == (0, 13)


def test_a_recording_starts_from_given_weights():
    weights, biases = [np.ones((2, 3)), np.ones((3, 1))], [np.zeros(3), np.zeros(1)]
    state = Recording(CONFIG, DATA, weights=weights, biases=biases).state(0)
    assert np.array_equal(flatten(state.weights, state.biases), flatten(weights, biases))


@pytest.mark.parametrize("budget", [0, 3_000, 30_000, 200_000])
def test_memory_stays_within_the_budget_and_both_ends_stay_dense(budget):
    recording = Recording(CONFIG, DATA, budget=budget)
    recording.advance(3000)
    rows = recording._rows
    assert rows.nbytes <= max(budget, 16 * 8 * (1 + 14 + 2))
    epochs = recording.history()[0]
    assert (epochs[0], epochs[-1]) == (0, 3000)
    assert (np.diff(epochs) > 0).all()
    quarter = rows._most // 4
    assert epochs[:quarter].tolist() == list(range(quarter))
    assert np.array_equal(epochs[-quarter // 2 :], np.arange(3001)[-quarter // 2 :])


def test_the_middle_of_a_long_run_has_no_large_gap():
    recording = Recording(Config((), learning_rate=0.01, batch_size=10), DATA, budget=8_000)
    recording.advance(10_000)
    epochs = recording.history()[0]
    assert np.diff(epochs).max() < 6 * 10_000 / len(epochs)


def test_advance_stops_at_a_loss_or_when_time_is_up():
    _, losses = straight(CONFIG, 300)
    recording = Recording(CONFIG, DATA)
    goal = float(losses[120, 0]) * 1.0000001
    first = int(np.argmax(losses[:, 0] < goal))
    assert recording.advance(300, loss=goal) == first == recording.latest
    assert recording.advance(300, loss=goal) == first
    reached = recording.advance(10**9, seconds=0.02)
    assert first < reached < 10**6
    assert recording.advance(5) == reached


@pytest.mark.parametrize("budget", [0, 200_000], ids=["thinned", "whole"])
def test_the_first_epoch_below_a_loss_is_found_also_where_its_row_was_thinned_out(budget):
    _, losses = straight(CONFIG, 600)
    recording = Recording(CONFIG, DATA, budget=budget)
    recording.advance(600)
    assert (len(recording.history()[0]) < 601) == (budget == 0)
    for epoch in (1, 77, 301, 512):
        goal = float(losses[epoch, 0]) * 1.0000001
        assert recording.first_below(goal) == int(np.argmax(losses[:, 0] < goal))
        assert recording.first_below(goal, 550) == 550
    assert recording.first_below(float(losses[:, 0].min())) is None
    assert recording.first_below(1e9) == 0


def test_frames_stop_when_time_is_up_and_what_was_trained_is_not_lost():
    recording = Recording(CONFIG, DATA)
    assert len(recording.frames([10**9], seconds=0.02).epochs) == 0
    reached = recording.latest
    assert reached > 1
    assert len(recording.frames([10**9], seconds=0.02).epochs) == 0
    assert recording.latest > reached
    assert 1 < len(recording.frames(range(10**4), seconds=0.02).epochs) < 10**4


def test_a_limit_of_time_counts_what_the_processor_did_for_this_thread(monkeypatch):
    spent = iter(range(10**6))
    monkeypatch.setattr("playground.nn.recording.thread_time", lambda: next(spent) / 1000)
    assert Recording(CONFIG, DATA, TEST).advance(10**9, seconds=0.05) == 50


def test_a_branch_with_the_same_config_repeats_the_run():
    config = replace(CONFIG, optimizer="adam", shuffle=True)
    recording = Recording(config, DATA, TEST)
    recording.advance(60)
    for epoch in (0, 17, 60):
        branch = recording.branch(epoch, config)
        assert branch.latest == epoch
        assert_same(branch.frames(range(90)), *straight(config, 90))
        assert branch.segments == (((0, config), (epoch, config)) if epoch else ((0, config),))


@pytest.mark.parametrize(
    "change",
    [{"learning_rate": 0.2}, {"l2": 0.1}, {"l1": 0.1}, {"batch_size": 3}, {"shuffle": True}, {"frozen": (0, 12)}],
    ids=str,
)
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_a_branch_shares_its_past_and_has_another_future(optimizer, change):
    config = replace(CONFIG, optimizer=optimizer)
    changed = replace(config, **change)
    recording = Recording(config, DATA, TEST)
    recording.advance(50)
    before = recording.frames(range(51))
    branch = recording.branch(20, changed)
    branch.advance(60)
    assert (branch.config, branch.segments) == (changed, ((0, config), (20, changed)))
    assert_same(branch.frames(range(21)), *straight(config, 50))
    assert not np.array_equal(branch.state(21).weights[0], recording.state(21).weights[0])
    assert np.array_equal(recording.frames(range(51)).parameters, before.parameters)
    assert recording.config == config


def test_a_branch_without_memory_is_a_run_started_from_those_weights():
    changed = replace(CONFIG, learning_rate=0.3, batch_size=3)
    recording = Recording(CONFIG, DATA)
    state = recording.state(30)
    afresh = train(changed, DATA, weights=state.weights, biases=state.biases)
    expected = next(islice(afresh, 10, None))
    assert np.array_equal(recording.branch(30, changed).state(40).weights[1], expected.weights[1])


def test_another_optimizer_starts_without_memory_and_the_same_one_keeps_it():
    recording = Recording(replace(CONFIG, optimizer="momentum"), DATA)
    state = recording.state(30)
    adam = replace(CONFIG, optimizer="adam")
    afresh = next(islice(train(adam, DATA, weights=state.weights, biases=state.biases), 10, None))
    assert np.array_equal(recording.branch(30, adam).state(40).weights[0], afresh.weights[0])
    faster = replace(CONFIG, optimizer="momentum", learning_rate=0.06)
    rolling = recording.branch(30, faster).state(31)
    forgetful = next(islice(train(faster, DATA, weights=state.weights, biases=state.biases), 1, None))
    assert not np.array_equal(rolling.weights[0], forgetful.weights[0])


def test_epochs_of_a_thinned_run_with_three_configs_come_back_bit_for_bit():
    full, thin = (Recording(CONFIG, DATA, TEST, budget=b) for b in (10**7, 12_000))
    for recording in (full, thin):
        recording.advance(200)
    second, third = replace(CONFIG, optimizer="adam", batch_size=3), replace(CONFIG, learning_rate=0.01, shuffle=True)
    full, thin = (r.branch(150, second) for r in (full, thin))
    for recording in (full, thin):
        recording.advance(300)
    full, thin = (r.branch(250, third) for r in (full, thin))
    for recording in (full, thin):
        recording.advance(500)
    assert thin.segments == ((0, CONFIG), (150, second), (250, third))
    assert len(thin.history()[0]) < 150
    for asked in (range(140, 170), range(501), range(240, 260)):
        ours, theirs = thin.frames(asked), full.frames(asked)
        assert np.array_equal(ours.parameters, theirs.parameters)
        assert np.array_equal(ours.test_loss, theirs.test_loss)


def test_a_branch_from_before_an_earlier_one_forgets_it():
    recording = Recording(CONFIG, DATA)
    recording.advance(30)
    slow, fast = replace(CONFIG, learning_rate=0.01), replace(CONFIG, learning_rate=0.1)
    assert recording.branch(20, slow).branch(10, fast).segments == ((0, CONFIG), (10, fast))
    assert recording.branch(20, slow).branch(20, fast).segments == ((0, CONFIG), (20, fast))


@pytest.mark.parametrize(
    "change",
    [{"hidden": (4,)}, {"activation": "relu"}, {"seed": 1}, {"initializer": "he"}, {"loss": "half_mse"}],
    ids=str,
)
def test_what_needs_a_new_recording_cannot_be_branched(change):
    with pytest.raises(ValueError, match=next(iter(change))):
        Recording(CONFIG, DATA).branch(0, replace(CONFIG, **change))


def test_a_recording_ends_at_the_last_finite_epoch_whatever_its_stride():
    dense, sparse = Recording(BLOWS_UP, DATA), Recording(BLOWS_UP, DATA)
    last = dense.advance(1000)
    frames = sparse.frames(range(0, 1000, 4))
    assert 20 < last < 100
    assert dense.divergence == sparse.divergence
    assert dense.divergence.epoch == last == dense.latest == sparse.latest
    assert frames.epochs.tolist() == list(range(0, last + 1, 4))
    assert np.isfinite(frames.parameters).all()
    assert len(sparse.frames([last, last + 1]).epochs) == 1
    assert dense.advance(2000) == last
    with pytest.raises(ValueError, match="diverged"):
        dense.state(last + 1)


def test_a_diverged_recording_goes_on_from_any_finite_epoch():
    recording = Recording(BLOWS_UP, DATA)
    last = recording.advance(1000)
    for epoch in (0, last // 2, last):
        branch = recording.branch(epoch, replace(BLOWS_UP, learning_rate=1e-4))
        assert branch.divergence is None
        assert branch.advance(last + 50) == last + 50
    assert recording.divergence
    with pytest.raises(ValueError, match="diverged"):
        recording.branch(last + 1, BLOWS_UP)


def parameters_at(recording, epoch):
    return recording.frames([epoch]).parameters[0]


def edited(recording, epoch, index, value):
    """The parameters of an epoch with one of them, or a slice, changed."""
    changed = parameters_at(recording, epoch)
    changed[index] = value
    return changed


@pytest.mark.parametrize("batch_size", [4, 10], ids=["batches", "all at once"])
def test_edited_parameters_take_the_place_of_an_epochs_own_and_training_goes_on_from_them(batch_size):
    config = replace(CONFIG, batch_size=batch_size)
    recording = Recording(config, DATA, TEST)
    recording.advance(40)
    before = recording.frames(range(41))
    branch = recording.branch(20, config, edited(recording, 20, 3, -2.5))
    weights, biases = unflatten(edited(recording, 20, 3, -2.5), branch.sizes)
    afresh = list(islice(train(config, DATA, TEST, weights=weights, biases=biases), 31))
    after = branch.frames(range(51))
    assert np.array_equal(after.parameters[:20], before.parameters[:20])
    for state, epoch in zip(afresh, range(20, 51), strict=True):
        assert np.array_equal(flatten(state.weights, state.biases), after.parameters[epoch])
        assert (state.train_loss, state.test_loss) == (after.train_loss[epoch], after.test_loss[epoch])
    assert np.array_equal(recording.frames(range(41)).parameters, before.parameters)
    assert (list(branch.course.given), list(recording.course.given)) == ([0, 20], [0])


def test_the_optimizers_memory_outlives_an_edit():
    """Setting the parameters to what they are changes nothing; other memory would."""
    config = replace(CONFIG, optimizer="momentum")
    recording = Recording(config, DATA)
    recording.advance(40)
    same = recording.branch(30, config, parameters_at(recording, 30))
    assert np.array_equal(parameters_at(same, 40), parameters_at(recording, 40))


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_epochs_of_a_thinned_run_with_edits_come_back_bit_for_bit(optimizer):
    """The edits at 150 and 151 lie where rows are thinned out, and one comes with another config."""
    first = replace(CONFIG, optimizer=optimizer, shuffle=True)
    second = replace(first, learning_rate=0.02)
    full, thin = (Recording(first, DATA, TEST, budget=b) for b in (10**7, 0))
    for epoch, config, index in ((0, first, 1), (150, second, 2), (151, second, 5), (400, first, 0)):
        for recording in (full, thin):
            recording.advance(epoch)
        changed = edited(full, epoch, index, 1.5 + index)
        full, thin = full.branch(epoch, config, changed), thin.branch(epoch, config, changed)
    for recording in (full, thin):
        recording.advance(600)
    assert not {150, 151} & set(thin.history()[0].tolist())
    for asked in (range(145, 155), [150], [151], range(601), range(398, 403), [0]):
        ours, theirs = thin.frames(asked), full.frames(asked)
        assert np.array_equal(ours.parameters, theirs.parameters)
        assert np.array_equal(ours.train_loss, theirs.train_loss)
        assert np.array_equal(ours.test_loss, theirs.test_loss)
    assert parameters_at(thin, 151)[5] == 6.5


def test_edits_of_one_epoch_replace_each_other_and_go_with_the_future_they_began():
    recording = Recording(CONFIG, DATA)
    recording.advance(30)
    once = recording.branch(20, CONFIG, edited(recording, 20, 0, 1.0))
    twice = once.branch(20, CONFIG, edited(recording, 20, 1, 2.0))
    directly = recording.branch(20, CONFIG, edited(recording, 20, 1, 2.0))
    assert np.array_equal(parameters_at(twice, 30), parameters_at(directly, 30))
    assert parameters_at(once.branch(20, replace(CONFIG, learning_rate=0.01)), 20)[0] == 1.0
    assert np.array_equal(parameters_at(once.branch(10, CONFIG), 30), parameters_at(recording, 30))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_may_be_edited_at_its_start_and_go_on_by_another_optimizer(optimizer):
    recording = Recording(replace(CONFIG, optimizer="adam"), DATA)
    other = replace(CONFIG, optimizer=optimizer)
    branch = recording.branch(0, other, np.full(13, 0.4))
    weights, biases = unflatten(np.full(13, 0.4), branch.sizes)
    expected = next(islice(train(other, DATA, weights=weights, biases=biases), 10, None))
    assert np.array_equal(parameters_at(branch, 10), flatten(expected.weights, expected.biases))


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        (np.zeros(12), "13 numbers"),
        (np.zeros((1, 13)), "13 numbers"),
        ([0.0] * 12 + [math.nan], "number 12 is nan"),
        ([math.inf] + [0.0] * 12, "number 0 is inf"),
        (["heavy"] * 13, "list of numbers"),
    ],
    ids=["short", "table", "nan", "infinite", "words"],
)
def test_parameters_that_cannot_be_trained_from_are_refused_in_a_sentence(parameters, words):
    with pytest.raises(ValueError, match=words) as caught:
        Recording(CONFIG, DATA).branch(0, CONFIG, parameters)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("rate", [0.05, 1e6], ids="rate {:g}".format)
def test_a_large_weight_set_by_hand_is_no_divergence(rate):
    """At a rate of 10⁶ the limit falls to about twice the length that training started from."""
    recording = Recording(replace(CONFIG, learning_rate=rate), DATA)
    branch = recording.branch(0, recording.config, np.full(13, 500.0))  # saturated: almost no gradient
    assert branch.advance(20) == 20
    assert branch.divergence is None


def test_after_a_large_weight_was_set_small_again_growth_is_measured_from_the_small_one():
    recording = Recording(replace(CONFIG, learning_rate=1e6), DATA)
    large = recording.branch(0, recording.config, np.full(13, 1e9))
    large.advance(20)
    assert large.divergence is None
    small = large.branch(20, recording.config, np.full(13, 0.1))
    assert small.advance(40) < 40
    assert small.divergence


def test_a_thinned_run_diverges_at_the_same_epoch_after_an_edit():
    dense, sparse = (Recording(CONFIG, DATA, budget=b) for b in (10**7, 0))
    ends = []
    for recording in (dense, sparse):
        recording.advance(100)
        wild = recording.branch(60, replace(CONFIG, l2=45.0, batch_size=10), np.full(13, 3.0))
        ends.append(wild.advance(1000))
        assert wild.divergence.epoch == wild.latest == ends[-1] > 62
        assert parameters_at(wild, 60).tolist() == [3.0] * 13
        assert wild.frames(range(0, 2000, 7)).epochs[-1] <= wild.latest
    assert ends[0] == ends[1]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_parameters_can_be_frozen_half_way_and_set_free_again_which_repeats_when_thinned(optimizer):
    free = replace(CONFIG, optimizer=optimizer, l2=0.1)
    frozen = replace(free, frozen=(1, 7))
    full, thin = (Recording(free, DATA, budget=b) for b in (10**7, 0))
    for epoch, config in ((50, frozen), (150, free), (300, free)):
        for recording in (full, thin):
            recording.advance(epoch)
        full, thin = full.branch(epoch, config), thin.branch(epoch, config)
    ours, theirs = thin.frames(range(301)).parameters, full.frames(range(301)).parameters
    assert np.array_equal(ours, theirs)
    moved = np.diff(theirs, axis=0) != 0
    assert not moved[50:150, [1, 7]].any()
    assert moved[50:150, [0, 2, 8]].all()
    assert moved[:50, [1, 7]].all()
    assert moved[150:, [1, 7]].all()
    before, after = (full.branch(at, frozen).trainer(at).memory() for at in (50, 150))
    for name, values in before.items():
        assert np.array_equal(values[[1, 7]], after[name][[1, 7]]), name


def test_a_frozen_parameter_can_still_be_set_by_hand():
    config = replace(CONFIG, optimizer="momentum", frozen=(4,))
    recording = Recording(config, DATA)
    branch = recording.branch(20, config, edited(recording, 20, 4, 0.75))
    assert parameters_at(branch, 60)[4] == 0.75
    assert parameters_at(branch, 19)[4] == parameters_at(recording, 0)[4] != 0.75


def test_what_is_frozen_half_way_must_exist():
    with pytest.raises(ValueError, match="frozen parameter 13 does not exist"):
        Recording(CONFIG, DATA).branch(0, replace(CONFIG, frozen=(13,)))
