"""The sweep tab: all runs side by side, each the run that the page makes of its settings, which a click opens."""

from itertools import islice

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from playground.app import sweep as sweep_module
from playground.nn import Config, Dataset, flatten, train
from tests.app.test_page import SCRIPT, experiment, rendered

PEOPLE = Dataset([[-2, -1], [25, 6], [17, 4], [-15, -6]], [1, 0, 0, 1])
RATES, SEEDS = ("0.01", "0.03", "0.1", "0.3", "1", "3"), ("0", "1", "2", "3", "4", "5")


class Shown:
    """Stands in for the component: remembers what it was given, and has a button for each picture."""

    tiles = None

    def __call__(self, tiles, on_open):
        self.tiles = tiles
        for i in range(len(tiles.tiles)):
            st.button(f"open {i}", on_click=on_open, args=(i,))


@pytest.fixture
def shown(monkeypatch):
    shown = Shown()
    monkeypatch.setattr(sweep_module, "tiles", shown)
    return shown


def opened(**link):
    page = AppTest.from_file(SCRIPT, default_timeout=60)
    page.session_state["tab"] = "Sweep"
    for name, value in link.items():
        page.query_params[name] = value
    return rendered(page)


def chosen(page, first="rate", second=None, epochs=20, **values):
    page.selectbox(key="sweep: first").set_value(first)
    page.selectbox(key="sweep: second").set_value(second)
    page.number_input(key="sweep: epochs").set_value(epochs)
    rendered(page)
    for side, texts in values.items():
        box = page.multiselect(key=f"sweep: {side} {first if side == 'across' else second}")
        box.options.extend(text for text in texts if text not in box.options)    # AppTest knows the given ones only
        box.set_value(list(texts))
    return rendered(page)


def pressed(page, label):
    next(button for button in page.button if button.label == label).click()
    return rendered(page)


def alone(config, epochs, data=PEOPLE, test=None):
    return next(islice(train(config, data, test), epochs, None))


def test_nothing_is_trained_until_somebody_asks(shown):
    page = opened()
    assert shown.tiles is None
    assert not page.error
    assert not rendered(AppTest.from_file(SCRIPT, default_timeout=60)).multiselect


def test_a_sweep_of_two_settings_is_a_run_for_every_pair_and_each_is_the_run_alone(shown):
    page = pressed(chosen(opened(), "rate", "seed"), "Run sweep")
    assert (shown.tiles.across, shown.tiles.down) == ("Learning rate", "Seed")
    assert (shown.tiles.columns, shown.tiles.rows) == (RATES, SEEDS)
    outcomes = page.session_state["swept"].outcomes
    assert len(shown.tiles.tiles) == len(outcomes) == 36
    losses = []
    for i, (tile, outcome) in enumerate(zip(shown.tiles.tiles, outcomes, strict=True)):
        rate, seed = RATES[i % 6], SEEDS[i // 6]
        state = alone(Config(learning_rate=float(rate), seed=int(seed)), 20)
        assert np.allclose(outcome.parameters, flatten(state.weights, state.biases), rtol=1e-10, atol=1e-10)
        assert tile.lines == (f"train {state.train_loss:.4f}",)
        assert f"Learning rate {rate}, Seed {seed}: train {state.train_loss:.4f}" in tile.label
        losses.append(state.train_loss)
    assert [tile.best for tile in shown.tiles.tiles] == [loss == min(losses) for loss in losses]
    assert [i for i, tile in enumerate(shown.tiles.tiles) if tile.current] == [2], "the run on screen: rate 0.1, seed 0"
    assert len({tile.picture for tile in shown.tiles.tiles}) == 36


def test_a_sweep_of_one_setting_has_a_row_in_order_of_its_values(shown):
    pressed(chosen(opened(), "batch", across=("3", "1", "2")), "Run sweep")
    assert (shown.tiles.across, shown.tiles.down) == ("Batch size", "")
    assert (shown.tiles.columns, shown.tiles.rows) == (("1", "2", "3"), ("",))
    for tile, size in zip(shown.tiles.tiles, (1, 2, 3), strict=True):
        assert tile.lines == (f"train {alone(Config(batch_size=size), 20).train_loss:.4f}",)


def test_the_best_of_runs_with_test_points_has_the_lowest_test_loss(shown):
    page = pressed(chosen(opened(data="Circle", share="60", samples="100", batch="10"), "seed", epochs=5), "Run sweep")
    outcomes = page.session_state["swept"].outcomes
    best = min(range(6), key=lambda i: outcomes[i].test_loss)
    assert best != min(range(6), key=lambda i: outcomes[i].train_loss), "both say the same: no test"
    assert [tile.best for tile in shown.tiles.tiles] == [i == best for i in range(6)]
    assert shown.tiles.tiles[0].lines[1] == f"test {outcomes[0].test_loss:.4f}"


@pytest.mark.parametrize("number", [0, 8, 23])
def test_a_click_opens_the_run_it_shows_from_its_start(shown, number):
    page = pressed(chosen(opened(), "hidden", "optimizer"), "Run sweep")
    outcome = page.session_state["swept"].outcomes[number]
    pressed(page, f"open {number}")
    session = page.session_state.session
    assert experiment(page).config == outcome.config
    assert (session.here, session.recording.latest) == (0, 0)
    assert np.allclose(session.recording.frames([20]).parameters[0], outcome.parameters, rtol=1e-10, atol=1e-10)
    assert [i for i, tile in enumerate(shown.tiles.tiles) if tile.current] == [number]
    layers = outcome.config.hidden
    assert page.number_input(key="layers").value == len(layers)
    assert [page.number_input(key=f"n{i}").value for i in range(1, len(layers) + 1)] == list(layers)


def test_a_run_that_only_learns_otherwise_starts_again_too_and_one_after_the_other_can_be_opened(shown):
    page = pressed(chosen(opened(), "rate"), "Run sweep")
    session = page.session_state.session
    session.recording.advance(50)
    session.at = 50
    for number in (4, 2, 2, 0):
        run = session.run
        pressed(page, f"open {number}")
        assert session.run != run
        assert (session.here, session.runs.ghost) == (0, None)
        assert page.selectbox(key="rate").value == RATES[number]
        outcome = page.session_state["swept"].outcomes[number]
        assert np.allclose(session.recording.frames([20]).parameters[0], outcome.parameters, rtol=1e-10, atol=1e-10)


def test_start_weights_set_by_hand_and_frozen_ones_are_swept_and_opened(shown):
    page = pressed(opened(), "Three neurons")
    session = page.session_state.session
    session.runs.start(session.recording.branch(0, Config(frozen=(1, 7))), session.runs.given)
    given = session.runs.given
    pressed(chosen(page, "rate", "seed", down=("0", "1")), "Run sweep")
    outcomes = page.session_state["swept"].outcomes
    assert [outcome.config.frozen for outcome in outcomes] == [(1, 7)] * 6 + [()] * 6
    assert outcomes[0].parameters[[1, 7]].tolist() == [given[1], given[7]]
    for number in (10, 3):
        pressed(page, f"open {number}")
        assert np.allclose(session.recording.frames([20]).parameters[0], outcomes[number].parameters,
                           rtol=1e-10, atol=1e-10)
        assert session.recording.config == outcomes[number].config
    assert session.runs.given == given


def test_pictures_of_other_data_or_settings_are_put_away_until_those_come_back(shown):
    page = pressed(chosen(opened(), "rate"), "Run sweep")
    for kind, key, other, before in (("selectbox", "activation", "tanh", "sigmoid"), ("number_input", "seed", 3, 0),
                                     ("slider", "share", 70, 100)):
        shown.tiles = None
        getattr(page, kind)(key=key).set_value(other)
        assert "run it again" in rendered(page).info[-1].value
        assert shown.tiles is None
        getattr(page, kind)(key=key).set_value(before)
        rendered(page)
        assert shown.tiles and not page.info
    page.selectbox(key="rate").set_value("1")
    assert not rendered(page).info, "it is what was swept"
    assert [tile.current for tile in shown.tiles.tiles] == [rate == "1" for rate in RATES]


def test_runs_that_diverge_say_so_and_are_never_the_best(shown):
    page = pressed(chosen(opened(output="linear"), "rate", across=("0.001", "100")), "Run sweep")
    outcome = page.session_state["swept"].outcomes[1]
    fine, diverged = shown.tiles.tiles
    assert diverged.lines == (f"diverged after {outcome.epoch}",)
    assert "Training diverged" in diverged.label
    assert (fine.best, diverged.best) == (True, False)
    pressed(chosen(page, "rate", across=("100", "1000")), "Run sweep")
    assert not any(tile.best for tile in shown.tiles.tiles)


def test_when_time_is_up_the_epochs_reached_are_told(shown, monkeypatch):
    monkeypatch.setattr(sweep_module, "SECONDS", 0.0)
    page = pressed(chosen(opened(), "rate", "seed"), "Run sweep")
    assert "every run has 1 epochs, not 20" in page.info[0].value
    assert shown.tiles.tiles[0].lines == (f"train {alone(Config(learning_rate=0.01), 1).train_loss:.4f}",)


@pytest.mark.parametrize(("first", "texts", "said"), [
    ("rate", ("0.1", "fast*"), "Learning rate: “fast\\*” cannot be used"), ("seed", ("-3",), "whole number from 0"),
    ("hidden", ("4-99",), "each from 1 to 8, such as 4-2"), ("optimizer", (), "Optimizer: choose at least one value."),
])
def test_values_that_cannot_be_used_get_a_sentence_and_no_run(shown, first, texts, said):
    page = chosen(opened(), first, across=texts)
    (error,) = page.error
    assert said.replace("\\-", "-") in error.value.replace("\\-", "-").replace("\\.", ".")
    assert next(button for button in page.button if button.label == "Run sweep").disabled


def test_a_value_typed_twice_is_one_run(shown):
    pressed(chosen(opened(), "rate", across=("0.1", "0,1", "0.10", "0.2")), "Run sweep")
    assert len(shown.tiles.tiles) == 2


def test_the_two_penalties_exclude_each_other(shown):
    page = chosen(opened(), "l1")
    titles = page.selectbox(key="sweep: second").options
    assert "Learning rate" in titles and not {"L1 rate", "L2 rate"} & {*titles}


def test_what_was_chosen_and_found_is_still_there_when_the_tab_is_opened_again(shown):
    page = pressed(chosen(opened(), "seed", "batch", across=("7", "8"), down=("2", "4")), "Run sweep")
    before, shown.tiles = shown.tiles, None
    for tab in ("Data table", "Predictions"):
        page.session_state["tab"] = tab
        rendered(page)
    page.session_state["tab"] = "Sweep"
    rendered(page)
    assert page.multiselect(key="sweep: across seed").value == ["7", "8"]
    assert page.multiselect(key="sweep: down batch").value == ["2", "4"]
    assert shown.tiles == before


@pytest.mark.parametrize("data", ["Iris", "Hills", "Sine", "Cherry trees", "Three arms"])
def test_every_kind_of_table_has_pictures(shown, data):
    page = pressed(chosen(opened(data=data, share="60", batch="30"), "hidden", "activation", epochs=2), "Run sweep")
    assert not page.error
    assert len(shown.tiles.tiles) == 24
    assert len({tile.picture for tile in shown.tiles.tiles}) > 18, "two networks may answer alike"


def test_every_control_of_the_tab_says_what_it_does(shown):
    page = chosen(opened(), "rate", "seed")
    controls = [*page.main.selectbox, *page.main.multiselect, *page.main.number_input,
                next(button for button in page.main.button if button.label == "Run sweep")]
    assert len(controls) == 6
    assert all(len(control.proto.help) > 5 for control in controls)
