"""Runs: weights set by hand, frozen and taken back, and where each run comes from."""

from dataclasses import replace

import numpy as np
import pytest

from playground.app.saved import Saved
from playground.app.session import Session
from playground.nn import OPTIMIZERS, Config, Dataset, Recording, train
from tests.app.browser import PEOPLE, Browser, experiment, losses


def at_epoch(epoch, config=None, trained=60):
    """A browser at rest on an epoch of a run that was trained further."""
    browser = Browser(Session(experiment(config), "light"))
    browser.ask((0, trained + 1, 1))
    browser.at = epoch
    browser.ask((epoch, 1, 1))
    return browser


def parameters(browser, epoch):
    return browser.session.recording.frames([epoch]).parameters[0]


def test_a_value_set_by_hand_is_that_of_the_epoch_and_training_goes_on_from_it():
    browser = at_epoch(30)
    before, run = parameters(browser, 30), browser.run
    header = browser.edit(4, 1.25)
    assert (header["run"]["lineage"][run], header["run"]["at"], header["epochs"]) == (30, 30, [30])
    assert header["edits"] == {"taken": 1, "steps": 1, "frozen": []}
    given = before.copy()
    given[4] = 1.25
    assert parameters(browser, 30).tolist() == given.tolist(), "and no other number changed"
    W, V = given[:6].reshape(3, 2), given[6:].reshape(3, 1)
    expected = losses(Config(), 20, weights=[W[:2], V[:2]], biases=[W[2], V[2]])
    browser.ask((25, 26, 1))
    assert [browser.frames[epoch] for epoch in range(30, 51)] == expected
    assert [browser.frames[epoch] for epoch in range(30)] == losses(Config(), 29)


def test_the_future_from_before_stays_as_a_ghost():
    browser = at_epoch(30)
    browser.edit(0, 3.0)
    epochs, ghost = browser.arrays["history/ghost"]
    np.testing.assert_allclose(ghost[epochs == 60], losses(Config(), 60)[60], rtol=1e-6)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_an_undo_restores_the_run_bit_for_bit_also_after_playing_on(optimizer):
    browser = at_epoch(30, Config(optimizer=optimizer))
    before = browser.session.recording.frames(range(80)).parameters
    browser.edit(7, -2.0)
    browser.ask((30, 60, 1))
    browser.at = 75
    header = browser.edit(0, undo=True)
    assert (browser.at, header["epochs"], header["edits"]["steps"]) == (30, [30], 0)
    assert browser.session.recording.frames(range(80)).parameters.tobytes() == before.tobytes()


def test_edits_are_taken_back_one_after_the_other_the_last_one_first():
    browser = at_epoch(10)
    values = [parameters(browser, 10)[2]]
    for value in (1.0, 2.0, 3.0):
        browser.edit(2, value)
        values.append(value)
    for expected in reversed(values[:-1]):
        browser.edit(0, undo=True)
        assert parameters(browser, 10)[2] == expected
    run = browser.run
    assert browser.edit(0, undo=True)["run"]["id"] == run, "there is nothing left to be taken back"


def test_after_a_changed_learning_rate_an_undo_brings_the_weights_back_and_keeps_the_rate():
    browser = at_epoch(10)
    original = parameters(browser, 10)
    browser.edit(2, 5.0)
    browser.show(experiment(Config(learning_rate=0.7)))
    browser.edit(0, undo=True)
    assert parameters(browser, 10).tolist() == original.tolist()
    faster = Recording(Config(), PEOPLE).branch(10, Config(learning_rate=0.7))
    assert parameters(browser, 30).tolist() == faster.frames([30]).parameters[0].tolist()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_frozen_weight_is_unchanged_after_200_epochs(optimizer):
    browser = at_epoch(5, Config(optimizer=optimizer, l2=0.01))
    before = parameters(browser, 5)
    assert browser.edit(3, frozen=True)["edits"]["frozen"] == [3]
    after = parameters(browser, 205)
    assert after[3] == before[3] and (np.delete(after, 3) != np.delete(before, 3)).all()
    assert browser.edit(3, frozen=False)["edits"]["frozen"] == []
    assert parameters(browser, 205)[3] != before[3]


def test_what_is_frozen_stays_so_when_the_training_changes_and_when_a_cell_is_edited():
    browser = at_epoch(5)
    browser.edit(3, frozen=True)
    kept = parameters(browser, 5)[3]
    browser.show(experiment(Config(optimizer="adam")))
    assert parameters(browser, 100)[3] == kept
    changed = experiment(Config(optimizer="adam"))
    y = changed.table.y.copy()
    y[0] = 0
    header = browser.show(changed._replace(table=replace(changed.table, y=y)))
    assert header["edits"]["frozen"] == [3]
    assert parameters(browser, 100)[3] == parameters(browser, 0)[3]


def test_start_weights_by_hand_outlive_a_changed_cell_but_not_new_weights():
    browser = at_epoch(0)
    browser.edit(0, 1.5)
    assert browser.session.runs.given[0] == 1.5 != browser.session.runs.drawn[0]
    other = experiment()
    X = other.table.X.copy()
    X[0] = 3, 4
    browser.show(other._replace(table=replace(other.table, X=X)))
    assert browser.at == 0 and parameters(browser, 0)[0] == 1.5
    data = Dataset([[3, 4], *PEOPLE.X[1:]], PEOPLE.y)
    W, V = parameters(browser, 0)[:6].reshape(3, 2), parameters(browser, 0)[6:].reshape(3, 1)
    assert browser.frames[0] == next(train(Config(), data, weights=[W[:2], V[:2]], biases=[W[2], V[2]])).train_loss
    browser.show(experiment(Config(seed=1)))
    assert browser.session.runs.given == browser.session.runs.drawn


def test_another_shape_of_the_network_begins_with_drawn_weights_and_nothing_frozen():
    browser = at_epoch(0)
    browser.edit(0, 1.5)
    browser.edit(0, frozen=True)
    header = browser.show(experiment(Config((3,))))
    assert browser.session.runs.given == browser.session.runs.drawn
    assert header["edits"] == {"taken": 2, "steps": 0, "frozen": []}


def test_an_edit_is_taken_once_however_often_it_is_sent():
    browser = at_epoch(10)
    edit = {"id": 1, "run": browser.run, "epoch": 10, "parameter": 0, "value": 2.0}
    later = {**edit, "id": 2, "parameter": 1}
    browser.ask(edits=[edit])
    header = browser.ask(edits=[edit, later])
    assert header["edits"]["steps"] == 2
    assert parameters(browser, 10)[:2].tolist() == [2.0, 2.0]


def test_an_edit_of_a_run_that_is_gone_or_of_a_parameter_that_is_not_there_is_left_out():
    browser = at_epoch(10)
    for change in ({"run": "another"}, {"parameter": 9}, {"run": "another", "undo": True}):
        browser.edited += 1
        edit = {"id": browser.edited, "run": browser.run, "epoch": 10, "parameter": 0, "value": 2.0}
        header = browser.ask(edits=[edit | change])
        assert header["edits"] == {"taken": browser.edited, "steps": 0, "frozen": []}


def test_a_player_that_missed_messages_knows_from_the_lineage_what_still_holds():
    browser = at_epoch(30)
    first = browser.run
    browser.edit(0, 1.0)
    browser.at = 20
    header = browser.edit(0, 2.0)
    browser.at = 50
    assert header["run"]["lineage"][first] == 20
    browser.edit(0, 3.0)
    assert browser.session.runs.lineage[first] == 20


def test_many_edits_of_long_runs_do_not_fill_the_memory():
    browser = at_epoch(0, Config((8,) * 6, batch_size=4), trained=4)
    browser.session.recording.advance(6000)
    for value in range(8):
        browser.edit(0, float(value))
        browser.session.recording.advance(2600)
    steps = browser.session.runs.steps
    assert 1 <= len(steps) < 8
    assert browser.session.recording.nbytes > 6_000_000, "the example is too small"
    assert sum(step.recording.nbytes for step in steps) <= 24_000_000


def test_a_parameter_varied_is_seen_at_many_values_at_the_epoch_on_screen():
    browser = at_epoch(30)
    header = browser.ask(vary={"parameter": 4, "reach": 4})
    varied, held = header["vary"], parameters(browser, 30)
    assert (varied["run"], varied["epoch"], varied["parameter"], varied["reach"]) == (browser.run, 30, 4, 4)
    values = varied["values"]
    assert (values[0], values[-1], len(values)) == (-4, 4, 81) and 0 in values
    for k in (0, 17, 80):
        held[4] = values[k]
        run = Recording(Config(), PEOPLE).branch(0, Config(), held).frames([0])
        assert browser.arrays["vary/readout/train-loss"][k] == run.train_loss[0]
    assert browser.arrays["vary/network/weights"].shape == (81, 6)
    assert parameters(browser, 30)[4] != values[0], "the run is as it was"
    assert "vary" not in browser.ask(vary={"parameter": 4, "reach": -1})


def test_a_session_varies_what_there_is_and_not_while_it_plays():
    browser = at_epoch(5, Config((8,) * 6), trained=6)
    header = browser.ask(vary={"parameter": 10**6, "reach": 2})
    assert header["vary"]["parameter"] == len(parameters(browser, 5)) - 1
    assert len(header["vary"]["values"]) == 29
    browser.playing = True
    assert "vary" not in browser.ask(vary={"parameter": 0, "reach": 2})


def test_runs_know_their_own_names_from_those_of_another_session():
    session, other = (Session(experiment(), "light") for _ in range(2))
    before = session.run
    session.start(experiment())
    assert session.run != before and session.runs.of(before) and session.runs.of(session.run)
    assert not session.runs.of(other.run) and not session.runs.of("")


def trained_otherwise():
    """Sessions of which each has numbers of its own, by what it differs in."""
    given = (0.5,) * 9
    cells = experiment().table
    return {
        "nothing": Session(experiment(), "light"),
        "seed": Session(experiment(Config(seed=1)), "light"),
        "rate": Session(experiment(Config(learning_rate=0.2)), "light"),
        "rate half way": Session(experiment(), "light", Saved(changes=((0, {}), (5, {"learning_rate": 0.2})))),
        "and later": Session(experiment(), "light", Saved(changes=((0, {}), (6, {"learning_rate": 0.2})))),
        "frozen": Session(experiment(), "light", Saved(changes=((0, {"frozen": (1,)}),))),
        "start weights": Session(experiment(), "light", Saved(given=((0, given),))),
        "weights half way": Session(experiment(), "light", Saved(given=((5, given),))),
        "a cell": Session(experiment()._replace(table=replace(cells, X=cells.X + np.eye(4)[:, :2])), "light"),
        "a class": Session(experiment()._replace(table=replace(cells, y=1 - cells.y)), "light"),
        "rows that test": Session(experiment(share=50), "light"),
        "inputs": Session(experiment(features=("x1", "x2", "x1_x2")), "light"),
    }


def test_runs_are_the_same_where_all_their_numbers_are_whatever_they_are_called():
    known = {what: session.runs.same for what, session in trained_otherwise().items()}
    assert len(set(known.values())) == len(known), "and nothing else is"
    assert {what: session.runs.same for what, session in trained_otherwise().items()} == known
    browser = at_epoch(30)
    before = browser.session.runs.same
    assert before == known["nothing"]
    browser.edit(4, 1.25)
    assert browser.session.runs.same != before
    browser.edit(0, undo=True)
    assert browser.session.runs.same == before
