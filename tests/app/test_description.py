"""A description: every setting in the words of the page, as it was while the run trained up to an epoch."""

from dataclasses import replace

import numpy as np
import pytest

from playground.app.description import described
from playground.app.history import edited, opened
from playground.nn import Config
from tests.app.browser import experiment


def texts(config=None, epoch=0, changes=(), data="people", noise="0", draft=None, **options):
    """By title, of a run whose `changes` are (epoch, parameters or None, fields)."""
    one = experiment(config, data, **options)
    recording, drawn = one.drawn()
    for at, parameters, fields in changes:
        recording.frames([at])
        recording = recording.branch(at, replace(recording.config, **fields), parameters)
    draft = draft or opened("Four people", one.table)
    return {title: text for title, text, _ in described(one, draft, noise, recording.course, drawn, epoch)}


def test_the_settings_of_the_first_page_are_called_as_the_page_calls_them():
    assert texts() == {
        "Data set": "Four people", "Points": "4", "Noise": "0 %", "Draw": "0", "Share for training": "100 %",
        "Inputs": "x₁, x₂", "Standardise inputs": "off", "Hidden layers": "2", "Activation": "sigmoid",
        "Output activation": "sigmoid", "Start weights": "normal (0, 1)", "Seed": "0", "Learning rate": "0.1",
        "Optimizer": "SGD", "Batch size": "1", "Loss": "mean squared error", "Penalty on weights": "none",
        "Shuffle every epoch": "off", "Frozen": "none", "Set by hand": "none"}


@pytest.mark.parametrize(("config", "title", "text"), [
    (Config((8, 4)), "Hidden layers", "8-4"), (Config(()), "Hidden layers", "none"),
    (Config(activation="leaky_relu"), "Activation", "leaky ReLU"), (Config(initializer="he"), "Start weights", "He"),
    (Config(learning_rate=1e-5), "Learning rate", "1e-05"), (Config(l2=0.01), "Penalty on weights", "L2 0.01"),
    (Config(l1=0.3), "Penalty on weights", "L1 0.3"), (Config(shuffle=True), "Shuffle every epoch", "on"),
    (Config(optimizer="adamw"), "Optimizer", "AdamW"), (Config(loss="binary_cross_entropy"), "Loss",
                                                         "binary cross entropy"),
])
def test_a_setting_has_its_value(config, title, text):
    assert texts(config)[title] == text


def test_without_hidden_layers_there_is_no_activation():
    assert "Activation" not in texts(Config(()))


def test_the_data_are_the_set_its_size_and_how_it_was_drawn_and_split():
    found = texts(data="circle", samples=40, draw=7, share=60, noise="10", features=("x1_squared", "x1"))
    assert [found[title] for title in ("Points", "Noise", "Draw", "Share for training", "Inputs")] == [
        "40", "10 %", "7", "60 %", "x₁, x₁²"]


def test_a_table_that_was_edited_says_so_and_which_way_it_was_edited_makes_a_difference():
    one = experiment()
    draft = opened("Four people", one.table)
    recording, drawn = one.drawn()
    names, *rest = draft.columns
    drafts = [edited(draft, (names, (value, *rest[0][1:]), *rest[1:])) for value in ("3", "4", "3")]
    found = [described(one, each, "0", recording.course, drawn, 0)[0] for each in drafts]
    assert {setting.text for setting in found} == {"Four people, edited"}
    assert found[0] == found[2] != found[1]


def test_what_changed_half_way_is_told_with_its_epoch_once_it_has_had_an_effect():
    changes = [(20, None, {"learning_rate": 0.5}), (50, None, {"learning_rate": 0.5, "l2": 0.1})]
    assert texts(epoch=60, changes=changes)["Learning rate"] == "0.1, 0.5 from epoch 20"
    assert texts(epoch=60, changes=changes)["Penalty on weights"] == "none, L2 0.1 from epoch 50"
    assert texts(epoch=20, changes=changes)["Learning rate"] == "0.1"
    assert texts(epoch=21, changes=changes[:1])["Penalty on weights"] == "none"


def test_a_change_before_the_first_epoch_is_all_that_counts():
    assert texts(epoch=9, changes=[(0, None, {"learning_rate": 3.0})])["Learning rate"] == "3"


def test_of_many_changes_the_first_and_the_last_are_told():
    changes = [(10 * i, None, {"batch_size": i + 1}) for i in range(1, 6)]
    assert texts(epoch=99, changes=changes)["Batch size"] == "1, 2 from epoch 10, …, 6 from epoch 50"


def test_weights_set_by_hand_and_frozen_are_told():
    ones = np.ones(9)
    changes = [(0, ones, {}), (30, 2 * ones, {"frozen": (1, 4)})]
    assert texts(epoch=30, changes=changes)["Set by hand"] == "start weights, epoch 30"
    assert texts(epoch=29, changes=changes)["Set by hand"] == "start weights"
    assert texts(epoch=31, changes=changes)["Frozen"] == "none, 2 of 9 from epoch 30"
