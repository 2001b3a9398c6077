"""A session: each message brings what the player lacks, and a changed setting starts a run anew or continues it."""

import json
import re
import time
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from playground.app.experiment import Experiment
from playground.app.player.request import read_request
from playground.app.session import SECONDS, Session
from playground.nn import Config, Dataset, findings, health, train
from tests.app.browser import PEOPLE, Browser, experiment, losses, unpack

PATIENT = 0.6  # seconds: far more than a message takes, far less than one that waits for its goal
DIVERGING = Config((2,), "relu", learning_rate=1e6)


def test_an_update_is_explained_when_it_is_asked_for_and_the_viewer_rests():
    session = Session(experiment(), "light")
    asked = {"id": 1, "theme": "light", "scene": session.scene.id, "run": session.run, "at": 3, "walk": {"sample": 2}}
    session.recording.frames(range(10))
    session.hear(read_request(asked))
    told = unpack(session.message())[0]["walk"]
    assert (told["epoch"], told["sample"], told["samples"], told["batch"], told["batches"]) == (3, 2, 4, 2, 4)
    assert told["name"] == "Charlie" and [phase["name"] for phase in told["phases"]] == [
        "forward", "loss", "backward", "update"]
    session.hear(read_request({**asked, "walk": {"sample": 99, "neuron": 10**6}}))
    assert unpack(session.message())[0]["walk"]["sample"] == 3
    session.hear(read_request({**asked, "playing": True}))
    assert unpack(session.message())[0].get("walk") is None
    session.hear(read_request({**asked, "walk": None}))
    assert unpack(session.message())[0].get("walk") is None


def test_a_batch_is_explained_by_one_of_its_samples_and_a_diverged_epoch_does_not_break_it():
    config = Config((4,), "relu", "linear", learning_rate=1e6, batch_size=16)
    session = Session(experiment(config, "circle"), "light")
    session.hear(read_request({"id": 1, "theme": "light", "scene": session.scene.id, "run": session.run, "at": 0,
                               "walk": {"sample": 17}}))
    told = unpack(session.message())[0]["walk"]
    assert (told["sample"], told["batch"], told["batches"], told["samples"]) == (17, 1, 3, 40)


def test_the_first_message_has_the_figures_and_the_untrained_network():
    session = Session(experiment(), "dark")
    header, arrays = unpack(session.message())
    scene = json.loads(header["scene"])
    assert list(scene["panels"]) == ["network", "boundary", "loss", "confusion", "health", "walk", "hidden", "neuron"]
    assert header["theme"] == "dark"
    assert header["run"]["lineage"] == {} and header["run"]["end"] is None
    assert header["run"]["id"] not in ("", None)
    assert (header["epochs"], header["latest"], header["answers"], header["ask"]) == ([0], 0, None, False)
    state = next(train(Config(), PEOPLE))
    assert arrays["readout/train-loss"].tolist() == [state.train_loss]
    W, V = state.weights
    np.testing.assert_allclose(arrays["network/weights"][0], [*W.ravel(), *V.ravel()], rtol=1e-6)
    assert re.fullmatch(r"component/[\w.]+/plotly-[0-9a-f]{16}\.js", header["plotly"])


def test_epochs_asked_for_come_with_their_losses():
    browser = Browser()
    header = browser.ask((0, 5, 1), (20, 3, 10))
    assert header["epochs"] == [0, 1, 2, 3, 4, 20, 30, 40]
    assert header["answers"] == browser.asked
    expected = losses(Config(), 40)
    assert [browser.frames[epoch] for epoch in header["epochs"]] == [expected[epoch] for epoch in header["epochs"]]
    assert browser.arrays["readout/epoch"].tolist() == header["epochs"]
    assert header["latest"] == 40


def test_each_array_has_a_row_for_each_epoch():
    browser = Browser()
    header = browser.ask((3, 6, 2))
    for name, array in browser.arrays.items():
        assert name.startswith("history/") or len(array) == len(header["epochs"]) == 6, name


def test_going_back_gives_the_same_losses_again():
    browser = Browser()
    browser.ask((0, 30, 1))
    before = dict(browser.frames)
    browser.ask((10, 12, 1))
    assert browser.frames == before


def test_test_losses_travel_where_there_are_test_points():
    browser = Browser(Session(experiment(rows="gauss", share=50), "light"))
    browser.ask((0, 3, 1))
    assert np.isfinite(browser.arrays["readout/test-loss"]).all()
    alone = Browser()
    assert np.isnan(alone.arrays["readout/test-loss"]).all()


def test_figures_that_the_player_holds_are_not_sent_again():
    browser = Browser()
    assert browser.ask((0, 2, 1))["scene"] is None
    browser.scene = ""                                                  # it was reloaded
    header = browser.ask((0, 2, 1))
    assert header["scene"] is not None and browser.scene == header["sceneId"]


def test_another_theme_brings_other_figures_and_leaves_the_run_alone():
    browser = Browser()
    browser.ask((0, 20, 1))
    browser.theme, light, run = "dark", browser.scene, browser.run
    header = browser.ask((0, 2, 1))
    assert header["theme"] == "dark" and header["scene"] is not None
    assert browser.scene != light and browser.run == run


def test_a_request_that_asks_for_no_epochs_is_answered_without_frames():
    browser = Browser()
    browser.ask((0, 10, 1))
    header = browser.ask()
    assert header["answers"] == browser.asked
    assert header["epochs"] == []


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_learning_rate_changed_at_rest_goes_on_from_the_epoch_on_screen(optimizer):
    first = Config(optimizer=optimizer)
    browser = Browser(Session(experiment(first), "light"))
    browser.ask((0, 60, 1))
    browser.at, old = 30, browser.run
    browser.ask((25, 3, 1))                                             # it came to rest there, and says so
    header = browser.show(experiment(replace(first, learning_rate=0.5)))
    assert header["run"]["id"] != old
    assert (header["run"]["lineage"][old], header["run"]["at"]) == (31, 30)
    assert header["epochs"] == [30] and header["answers"] is None
    assert sorted(browser.frames) == list(range(31)), "frames up to there still hold"

    browser.ask((0, 60, 1))
    was = losses(first, 59)
    assert [browser.frames[epoch] for epoch in range(31)] == was[:31]
    assert browser.frames[31] != was[31]
    if optimizer == "sgd":                                              # it has no memory, so this is another route
        state = next(islice(train(first, PEOPLE), 30, None))
        on = losses(replace(first, learning_rate=0.5), 29, weights=state.weights, biases=state.biases)
        assert [browser.frames[epoch] for epoch in range(30, 60)] == on


def test_the_abandoned_future_stays_as_a_ghost():
    browser = Browser()
    browser.ask((0, 60, 1))
    assert "history/ghost" not in browser.arrays
    browser.at = 30
    browser.ask((30, 1, 1))
    browser.show(experiment(Config(learning_rate=0.5)))
    epochs, values = browser.arrays["history/ghost"]
    assert epochs.tolist() == list(range(60))
    np.testing.assert_allclose(values, losses(Config(), 59), rtol=1e-6)
    assert browser.arrays["history/train"][0].tolist() == list(range(31))


@pytest.mark.parametrize("change", [
    {"learning_rate": 1.0}, {"optimizer": "adam"}, {"batch_size": 4}, {"l1": 0.1}, {"l2": 0.1}, {"shuffle": True},
])
def test_how_it_is_trained_can_change_half_way(change):
    browser = Browser()
    browser.at = 5
    browser.ask((0, 10, 1))
    old = browser.run
    header = browser.show(experiment(replace(Config(), **change)))
    assert (header["run"]["lineage"][old], header["run"]["at"]) == (6, 5)
    assert browser.ask((0, 12, 1))["epochs"] == list(range(12))


def test_several_changes_one_after_the_other_go_on():
    browser = Browser()
    expected = losses(Config(), 8)
    for number, rate in enumerate([0.2, 0.4, 0.1, 0.3], 1):
        browser.at = 2 * number
        browser.ask((0, 12, 1))
        assert [browser.frames[epoch] for epoch in range(3)] == expected[:3]
        assert browser.show(experiment(Config(learning_rate=rate)))["run"]["at"] == 2 * number
    browser.ask((0, 12, 1))
    assert len(set(browser.frames.values())) == 12


def test_while_it_plays_the_server_asks_which_epoch_is_on_screen():
    browser = Browser()
    browser.playing, browser.at = True, 10
    browser.ask((0, 40, 1))
    old = browser.run
    header = browser.show(experiment(Config(learning_rate=0.5)))
    assert header["ask"] is True
    assert header["run"]["id"] == old, "nothing is cut before the player has answered"

    browser.at = 17                                                     # it went on meanwhile
    header = browser.ask((17, 20, 1))
    assert (header["run"]["lineage"][old], header["run"]["at"]) == (18, 17)
    assert header["ask"] is False and header["answers"] == browser.asked
    assert header["epochs"] == list(range(17, 37))
    was = losses(Config(), 40)
    assert [browser.frames[epoch] for epoch in range(18)] == was[:18]
    assert browser.frames[18] != was[18]
    assert not browser.show(experiment(Config(learning_rate=0.5)))["ask"], "it is asked once"


def test_a_request_sent_before_the_server_asked_does_not_say_where_to_go_on():
    browser = Browser()
    browser.playing, browser.at = True, 10
    browser.ask((0, 40, 1))
    old = browser.run
    browser.show(experiment(Config(learning_rate=0.5)))
    browser.at, browser.promised = 12, False                            # on its way meanwhile; the viewer is at 15
    header = browser.ask((40, 10, 1))
    assert header["run"]["id"] == old and header["ask"] is True
    assert header["answers"] == browser.asked and header["epochs"] == list(range(40, 50))
    browser.at = 15
    assert browser.ask((16, 5, 1))["run"]["at"] == 15


def test_a_change_taken_back_before_the_player_answered_is_none():
    browser = Browser()
    browser.playing = True
    browser.ask((0, 10, 1))
    old = browser.run
    browser.show(experiment(Config(learning_rate=0.5)))
    assert browser.show(experiment())["ask"] is False
    browser.ask((10, 10, 1))
    assert browser.run == old
    assert [browser.frames[epoch] for epoch in range(20)] == losses(Config(), 19)


OTHERS = {
    "data": experiment(rows="spiral"), "draw": experiment(rows="circle", draw=1), "network": experiment(Config((3,))),
    "activation": experiment(Config(activation="tanh")), "loss": experiment(Config(loss="half_mse")),
    "start weights": experiment(Config(initializer="he")), "seed": experiment(Config(seed=1)),
    "inputs": experiment(features=("x1",)), "share": experiment(share=50),
}


@pytest.mark.parametrize("playing", [False, True], ids=["at rest", "playing"])
@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_another_problem_or_network_starts_again(other, playing):
    browser = Browser()
    browser.playing, browser.at = playing, 5
    browser.ask((0, 10, 1))
    old = browser.run
    header = browser.show(other)
    assert header["run"]["id"] != old
    assert header["run"]["lineage"] == {}
    assert header["epochs"] == [0] and header["latest"] == 0 and not header["ask"]
    assert "history/ghost" not in browser.arrays
    assert list(browser.frames) == [0]
    assert browser.ask((0, 3, 1))["epochs"] == [0, 1, 2]


def test_a_run_that_starts_again_has_no_ghost_of_the_one_before():
    browser = Browser()
    browser.ask((0, 10, 1))
    browser.show(experiment(Config(learning_rate=0.5)))
    assert "history/ghost" in browser.arrays
    browser.show(experiment(Config(learning_rate=0.5, seed=1)))
    assert "history/ghost" not in browser.arrays


def test_a_changed_cell_starts_again_with_the_same_weights():
    browser = Browser()
    before = browser.arrays["network/weights"].tolist()
    first = experiment()
    X = first.table.X.copy()
    X[0, 0] = 9
    header = browser.show(first._replace(table=replace(first.table, X=X)))
    assert header["run"]["lineage"] == {} and header["scene"] is not None
    assert browser.arrays["network/weights"].tolist() == before
    moved = Dataset([[9, -1], [25, 6], [17, 4], [-15, -6]], [1, 0, 0, 1])
    browser.ask((0, 5, 1))
    assert [browser.frames[epoch] for epoch in range(5)] == losses(Config(), 4, moved)


def test_the_same_experiment_again_changes_nothing():
    browser = Browser()
    browser.ask((0, 10, 1))
    run, frames = browser.run, dict(browser.frames)
    header = browser.show(experiment())
    assert header["run"]["id"] == run and browser.frames == frames


def reached(browser, goal, most=100):
    """Asks until the goal is reached; the headers, after checking that no message took long."""
    headers, slowest = [], 0.0
    while not headers or not headers[-1]["goal"]["reached"]:
        assert len(headers) < most, "the goal is never reached"
        start = time.thread_time()
        headers.append(browser.ask(goal=goal))
        slowest = max(slowest, time.thread_time() - start)
        browser.at = headers[-1]["epochs"][0]
    assert slowest < PATIENT
    return headers


def test_a_far_epoch_is_reached_in_several_short_messages():
    session = Session(experiment(Config((8, 8), "tanh"), "spiral", samples=300), "light")
    headers = reached(Browser(session), {"epoch": 60})
    assert len(headers) > 1 and SECONDS < 60 * 300 * 10e-6, "the example is too short"
    epochs = [header["goal"]["epoch"] for header in headers]
    assert epochs == sorted(set(epochs)) and epochs[-1] == 60
    assert [header["epochs"] for header in headers] == [[epoch] for epoch in epochs]


def test_an_epoch_run_to_has_the_loss_of_training():
    browser = Browser()
    reached(browser, {"epoch": 1000})
    assert browser.frames[1000] == losses(Config(), 1000)[-1]


def test_a_goal_loss_is_reached_at_the_first_epoch_below_it():
    browser = Browser()
    headers = reached(browser, {"loss": 0.05})
    last = headers[-1]["goal"]["epoch"]
    expected = losses(Config(), last)
    assert expected[-1] < 0.05 <= min(expected[:-1])
    assert browser.frames[last] == expected[-1]


def test_a_goal_loss_is_looked_for_from_the_epoch_on_screen_on():
    browser = Browser()
    browser.session.recording.advance(200)
    expected = losses(Config(), 200)
    assert expected == sorted(expected, reverse=True), "the example should fall all the way"
    goal = {"loss": (expected[20] + expected[21]) / 2}
    for at, epoch in ((0, 21), (20, 21), (21, 21), (150, 150)):
        browser.at = at
        assert browser.ask(goal=goal)["goal"] == {"epoch": epoch, "reached": True}


def test_an_epoch_that_was_trained_already_is_gone_back_to():
    browser = Browser()
    browser.ask((0, 200, 1))
    header = browser.ask(goal={"epoch": 30})
    assert header["goal"] == {"epoch": 30, "reached": True} and header["epochs"] == [30]


def test_a_goal_loss_out_of_reach_ends_every_message_in_time():
    browser = Browser()
    for _ in range(2):
        start = time.thread_time()
        header = browser.ask(goal={"loss": 0})
        assert header["goal"]["reached"] is False
        assert time.thread_time() - start < PATIENT


def test_a_chunk_of_slow_epochs_is_cut_short_and_the_rest_comes_later():
    session = Session(experiment(Config((8,) * 6, "tanh"), "spiral", samples=500), "light")
    browser = Browser(session)
    start = time.thread_time()
    header = browser.ask((0, 240, 1))
    assert time.thread_time() - start < PATIENT
    got = header["epochs"]
    assert 0 < len(got) < 240 and got == list(range(len(got)))
    assert browser.ask((len(got), 5, 1))["epochs"][0] == len(got)


def test_one_message_never_trains_for_long_however_far_the_epoch():
    browser = Browser()
    start = time.thread_time()
    browser.ask((60_000, 1, 1))
    assert time.thread_time() - start < PATIENT


def diverged():
    browser = Browser(Session(experiment(DIVERGING), "light"))
    header = browser.ask((0, 50, 1))
    return browser, header


def test_divergence_is_reported_with_its_epoch_and_why():
    browser, header = diverged()
    end, run = header["run"]["end"], train(DIVERGING, PEOPLE)
    expected = [state.train_loss for state in run]
    assert end["epoch"] == len(expected) - 1 == run.divergence.epoch
    assert "diverged" in end["text"] and f"epoch {end['epoch']}" in end["text"]
    assert "learning rate 1e+06 is too high" in end["text"]
    assert header["epochs"] == list(range(len(expected)))
    assert [browser.frames[epoch] for epoch in header["epochs"]] == expected
    assert np.isfinite(expected).all()


def test_asking_beyond_the_end_of_a_run_is_answered_without_frames():
    browser, header = diverged()
    beyond = browser.ask((header["run"]["end"]["epoch"] + 1, 10, 1))
    assert beyond["epochs"] == [] and beyond["answers"] == browser.asked
    assert beyond["run"]["end"] == header["run"]["end"]


def test_a_goal_beyond_the_end_of_a_run_stops_there():
    browser, _ = diverged()
    header = browser.ask(goal={"epoch": 1000})
    assert header["goal"]["reached"] is False
    assert header["goal"]["epoch"] == header["run"]["end"]["epoch"] == header["epochs"][0]


def test_a_lower_learning_rate_continues_what_diverged():
    browser, header = diverged()
    browser.at = header["run"]["end"]["epoch"]
    browser.ask((browser.at, 1, 1))
    gentle = replace(DIVERGING, learning_rate=1e-4)
    header = browser.show(experiment(gentle))
    assert header["run"]["end"] is None and header["run"]["at"] == browser.at
    header = browser.ask((browser.at, 40, 1))
    assert len(header["epochs"]) == 40 and header["run"]["end"] is None
    assert all(np.isfinite(list(browser.frames.values())))


def test_two_sessions_do_not_see_each_other():
    one, two = Browser(), Browser()
    one.ask((0, 30, 1))
    one.at = 20
    one.ask((20, 1, 1))
    one.show(experiment(Config(learning_rate=0.5)))
    one.show(experiment(rows="spiral"))
    header = two.ask((0, 3, 1))
    assert header["latest"] == 2 and header["run"]["at"] is None
    assert "history/ghost" not in two.arrays
    assert [two.frames[epoch] for epoch in range(3)] == losses(Config(), 2)


def test_a_request_about_another_run_is_not_taken_for_one_about_this():
    browser = Browser()
    browser.ask((0, 5, 1))
    browser.at, old = 3, browser.run
    browser.ask((3, 1, 1))
    browser.show(experiment(Config(seed=5)))
    run = browser.run
    assert run != old

    browser.at, browser.playing = 4, True                               # sent before the new run was heard of
    header = browser.ask((0, 200, 1), run=old)
    assert header["answers"] is None
    assert header["run"]["id"] == run and header["epochs"] == [0] and header["latest"] == 0
    header = browser.ask(goal={"epoch": 500}, run="no such run")
    assert header["goal"] is None and header["latest"] == 0
    # What it said of the other run's screen is not believed of this one: a change goes on from epoch 0, at once.
    assert browser.show(experiment(Config(seed=5, learning_rate=0.5)))["run"]["at"] == 0


def test_a_run_of_a_lost_session_is_not_taken_for_one_of_its_successor():
    browser = Browser(Session(experiment(rows="spiral"), "light"))
    browser.ask((0, 5, 1))
    browser.session = Session(experiment(), "light")                    # the server was restarted
    header = browser.ask((5, 5, 1))
    assert header["answers"] is None and header["epochs"] == [0]
    assert sorted(browser.frames) == [0], "frames of another run must not be kept"


def test_a_request_about_another_run_leaves_a_waiting_change_waiting():
    browser = Browser()
    browser.playing = True
    browser.ask((0, 10, 1))
    run = browser.run
    browser.show(experiment(Config(learning_rate=0.5)))
    header = browser.ask((0, 5, 1), run="no such run")
    assert header["run"]["id"] == run and header["ask"] is True


def test_an_epoch_on_screen_that_was_never_trained_is_not_believed():
    browser = Browser()
    browser.ask((0, 5, 1))
    browser.at = 20_000
    browser.ask((4, 1, 1))
    start = time.thread_time()
    assert browser.show(experiment(Config(learning_rate=0.5)))["run"]["at"] == 4
    assert time.thread_time() - start < PATIENT


def test_a_message_that_overtakes_an_answer_says_what_was_answered():
    session = Session(experiment(), "light")
    run = unpack(session.message())[0]["run"]["id"]
    session.hear(read_request({"id": 5, "run": run, "want": [[0, 3, 1]]}))
    assert unpack(session.message())[0]["answers"] == 5
    session.show(experiment())
    again = unpack(session.message())[0]
    assert again["answers"] == 5 and again["epochs"] == [0], "the frames are asked for again, at once"
    session.show(experiment(Config(seed=1)))
    assert unpack(session.message())[0]["answers"] is None, "nothing was asked about the new run"


def test_a_run_continues_another_only_where_its_training_alone_differs():
    first = experiment()
    assert experiment(Config(learning_rate=9, l2=1, optimizer="adam", batch_size=2, shuffle=True)).continues(first)
    assert isinstance(first, Experiment)
    assert not any(other.continues(first) for other in OTHERS.values())


def strokes(*numbers):
    return [{"id": number, "table": "t", "x": 1, "y": 2, "value": 0} for number in numbers]


def test_every_stroke_is_taken_once_however_often_it_is_sent():
    browser = Browser()
    assert browser.receive()["drawn"] == 0
    taken = []
    for sent in (strokes(1), strokes(1, 2, 3), strokes(2, 3), strokes(3, 4), strokes(), strokes(1, 2, 3, 4)):
        header = browser.ask(strokes=sent)
        taken += [stroke.id for stroke in browser.taken]
        assert header["drawn"] == max(taken)
    assert taken == [1, 2, 3, 4]


def test_a_stroke_is_taken_even_if_it_comes_with_what_is_asked_about_a_run_that_is_gone():
    browser = Browser()
    assert browser.ask((0, 3, 1), run="gone", strokes=strokes(1))["drawn"] == 1
    assert len(browser.taken) == 1


def test_a_message_says_which_table_is_shown_and_what_is_wrong_with_it():
    browser = Browser()
    browser.session.table, browser.session.fault = "people", "The table is empty."
    header = browser.receive()
    assert (header["table"], header["fault"]) == ("people", "The table is empty.")


PLATEAU = Config((4,))                                                  # of XOR: left at a higher learning rate


def titles(header):
    return [remark["title"] for remark in header["remarks"]["health"]]


def test_what_is_wrong_at_the_epoch_on_screen_comes_with_every_message():
    browser = Browser(Session(experiment(PLATEAU, "xor_table"), "light"))
    seen = []
    for browser.at in (0, 30, 220, 230, 40, 220):
        header = browser.ask((max(browser.at - 10, 0), 20, 1), goal=None if browser.at else {"epoch": 240})
        assert header["remarks"]["epoch"] == browser.at
        seen.append(titles(header))
    assert seen == [[], [], ["Underfitting"], ["Underfitting"], [], ["Underfitting"]]
    recording = experiment(PLATEAU, "xor_table").record()
    recording.advance(220)
    measured = health(PLATEAU, recording.dataset, recording.frames([220]).parameters)
    (sentence,) = findings(PLATEAU, recording.dataset, recording.history()[1], measured).values()
    assert header["remarks"]["health"] == [{"title": "Underfitting", "text": sentence}]


def test_a_run_that_is_cured_or_starts_again_has_nothing_wrong():
    browser = Browser(Session(experiment(PLATEAU, "xor_table"), "light"))
    browser.ask(goal={"epoch": 220})
    browser.at = 220
    assert titles(browser.ask((220, 5, 1))) == ["Underfitting"]
    faster = experiment(replace(PLATEAU, learning_rate=1.0), "xor_table")
    assert titles(browser.show(faster)) == ["Underfitting"]
    browser.ask(goal={"epoch": 300})
    browser.at = 300
    assert titles(browser.ask()) == []
    browser.at = 220
    assert titles(browser.ask()) == ["Underfitting"]
    assert titles(browser.show(experiment(replace(PLATEAU, seed=1), "xor_table"))) == []


def test_divergence_is_remarked_where_the_run_ended_and_not_before():
    browser = Browser(Session(experiment(Config(learning_rate=1.0, l2=2.5)), "light"))
    header = browser.ask((0, 20, 1))
    assert header["run"]["end"]["epoch"] == 5
    seen = []
    for browser.at in (0, 3, 4):
        seen += titles(browser.ask())
    assert seen == []
    browser.at = 5
    header = browser.ask()
    assert titles(header) == ["Divergence"]
    assert header["remarks"]["health"][0]["text"] == header["run"]["end"]["text"]


def test_a_panel_is_drawn_only_while_it_is_in_front_and_its_figure_is_sent_once():
    session = Session(experiment(Config((4, 3))), "light")
    asked = {"id": 1, "theme": "light", "scene": session.scene.id, "run": session.run, "at": 0, "want": [[0, 5, 1]]}

    def answer(**change):
        session.hear(read_request({**asked, **change}))
        header, arrays = unpack(session.message())
        return header["look"], [name for name in arrays if name.startswith("hidden/")]

    assert answer() == (None, [])
    look, names = answer(look={"panel": "hidden", "chosen": [2, 4]})
    figure = json.loads(look["figure"])
    assert look["panel"] == "hidden" and {f"hidden/{name}" for name in figure["channels"]} == {
        name.removesuffix(":scale") for name in names}
    again, _ = answer(look={"panel": "hidden", "chosen": [2, 4]}, figure=look["id"])
    assert again == {**look, "figure": None}
    other, _ = answer(look={"panel": "hidden", "chosen": [3, 4]}, figure=look["id"])
    assert other["key"] != look["key"] and json.loads(other["figure"])["choices"][0]["chosen"] == 3
    session.show(experiment(Config((5, 3))))                            # another scene, before the player asks again
    header, arrays = unpack(session.message())
    assert header["look"]["key"] == other["key"] and header["look"]["figure"] and "hidden/ground" in arrays
    assert answer() == (None, [])


@pytest.mark.parametrize("look", [{"panel": "boundary"}, {"panel": "nothing", "chosen": [1]}, {}, {"panel": None}])
def test_what_cannot_be_looked_at_is_not_drawn(look):
    for hidden in ((), (2,)):
        session = Session(experiment(Config(hidden)), "light")
        session.hear(read_request({"id": 1, "scene": session.scene.id, "run": session.run, "look": look}))
        assert unpack(session.message())[0]["look"] is None
    session.show(experiment(Config(())))
    session.hear(read_request({"id": 1, "scene": session.scene.id, "run": session.run, "look": {"panel": "hidden"}}))
    assert unpack(session.message())[0]["look"] is None


def test_a_neuron_says_what_it_computes_where_the_viewer_points_once_the_viewer_rests():
    session = Session(experiment(), "light")
    state = list(islice(train(Config(), PEOPLE), 4))[3]
    asked = {"id": 1, "theme": "light", "scene": session.scene.id, "run": session.run, "at": 3, "want": [[0, 5, 1]],
             "look": {"panel": "neuron", "chosen": [3]}}

    def said(**change):
        session.hear(read_request({**asked, **change}))
        return unpack(session.message())[0]["look"]["said"]

    assert said()["place"] == [-2, -1]                                  # Alice, the first row
    told = said(pointed=[5.5, -3])
    assert (told["place"], told["epoch"], told["run"]) == ([5.5, -3], 3, session.run)
    z = 5.5 * state.weights[0][0, 1] - 3 * state.weights[0][1, 1] + state.biases[0][1]
    assert f'data-value="{float(1 / (1 + np.exp(-z)))!r}"'[:24] in told["html"]
    assert said(pointed=[1e300, "x"])["place"] == [-2, -1]
    assert said(playing=True) is None
    assert said(look={"panel": "hidden"}) is None


def test_what_is_looked_at_is_there_too_for_every_value_of_a_weight_that_is_dragged():
    session = Session(experiment(), "light")
    session.hear(read_request({"id": 1, "scene": session.scene.id, "run": session.run, "look": {"panel": "hidden"},
                               "vary": {"parameter": 2, "reach": 4}}))
    header, arrays = unpack(session.message())
    assert header["vary"]["look"] == header["look"]["key"]
    assert len(arrays["vary/hidden/ground"]) == len(header["vary"]["values"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_request_that_was_under_way_when_the_projector_was_turned_on_or_off_does_not_turn_the_figures_back(theme):
    browser = Browser(Session(experiment(), theme), theme)
    browser.session.trim(frozenset(), projected=True)
    assert browser.ask()["theme"] == "projector", "the request still has the theme from before"
    browser.theme = "small projector"
    assert browser.ask()["theme"] == "small projector"
    browser.session.trim(frozenset(), projected=False)
    assert "projector" not in browser.ask()["theme"]
    browser.theme = theme
    assert browser.ask()["theme"] == theme
