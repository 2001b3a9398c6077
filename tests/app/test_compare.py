"""The compare tab: a run is pinned when the player asks for it, and stands in the table until it is removed."""

from itertools import islice
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from playground.app import compare as compare_module
from playground.app import page as page_module
from playground.app import pinning as pinning_module
from playground.app.comparison import NONE, written
from playground.app.player.request import read_request
from playground.figures import MOST_PINS
from playground.nn import Config, predict, train
from tests.app.browser import PEOPLE, losses, unpack
from tests.app.test_page import SCRIPT
from tests.browser.core import Core


class Player:
    """Stands in for the component: keeps what it is sent, and asks what a test lets it ask."""

    def __init__(self):
        self.asked, self.request, self.pinned = 0, {}, ""

    def __call__(self, data, on_request):
        self.header, self.arrays = unpack(data)
        self.pinned = self.header["pins"]["id"]
        st.button("ask", on_click=lambda: on_request(read_request(self.request)))


class Table:
    """Stands in for the component: keeps what it is shown, and does what a test lets it do."""

    def __call__(self, rows, settings, results, version, on_show, on_remove, on_rename):
        self.ids, self.version = [row.id for row in rows], version
        self.columns = {column.title: column for column in (*settings, *results)}
        self.rows = [{"name": row.name, **{title: column.texts[i] for title, column in self.columns.items()}}
                     for i, row in enumerate(rows)]
        self.calls = {"show": on_show, "remove": on_remove, "rename": on_rename}
        st.button("table", on_click=lambda: self.calls[self.what](*self.told))

    def do(self, page, what, *told):
        self.what, self.told = what, told
        next(button for button in page.button if button.label == "table").click()
        return rendered(page)


@pytest.fixture
def player(monkeypatch):
    player = Player()
    monkeypatch.setattr(page_module, "player", player)
    return player


@pytest.fixture
def table(monkeypatch):
    table = Table()
    monkeypatch.setattr(compare_module, "standings", table)
    return table


@pytest.fixture
def page(player, table):
    page = AppTest.from_file(SCRIPT, default_timeout=60)
    page.session_state["tab"] = "Compare"
    return rendered(page)


def rendered(page):
    page.run()
    assert not page.exception, page.exception[0].value
    return page


def ask(page, player, at=0, **asked):
    """The player asks, at rest on an epoch unless it says otherwise."""
    session = page.session_state.session
    session.recording.advance(at)
    player.asked += 1
    player.request = {"id": player.asked, "theme": "light", "scene": session.scene.id, "run": session.run, "at": at,
                      "pinned": player.pinned, **asked}
    next(button for button in page.button if button.label == "ask").click()
    return rendered(page)


def pin(page, player, epoch, number, **asked):
    session = page.session_state.session
    session.recording.advance(epoch)
    mark = {"id": number, "run": session.run, "epoch": epoch}
    return ask(page, player, epoch, pins=[mark], **asked)


def pins(page):
    return getattr(page.session_state, "pins", ())


def test_before_anything_is_pinned_the_tab_says_what_pins_are_for(page):
    assert any("Press **Pin run** above" in caption.value for caption in page.main.caption)
    assert pins(page) == ()


def test_a_pin_is_the_run_at_the_epoch_that_was_on_screen(page, player):
    pin(page, player, 30, 1)
    (made,) = pins(page)
    expected = losses(Config(), 30)
    assert (made.name, made.slot, made.epoch, made.loss, made.test) == ("Run A", 0, 30, "mse", None)
    assert made.train == expected[30] and list(made.curve.train) == expected
    state = next(islice(train(Config(), PEOPLE), 30, None))
    assert made.measures == (("train-accuracy", 100 * np.mean((predict(Config(), state, PEOPLE.X) > 0.5) == PEOPLE.y)),)
    assert made.snapshot.epoch == 30
    assert player.header["pins"]["taken"] == 1 and player.header["pins"]["names"]["pin 0"] == "Run A"
    assert player.arrays["pinned/pin 0"].shape == (2, 31)


def test_the_table_has_the_run_on_screen_and_lists_the_settings_that_differ_and_no_others(page, player, table):
    pin(page, player, 30, 1)
    page.selectbox(key="rate").set_value("0.3")
    rendered(page)
    page.number_input(key="seed").set_value(4)
    rendered(page)
    pin(page, player, 20, 2)
    ask(page, player, 12)
    first, second = losses(Config(), 30), losses(Config(learning_rate=0.3, seed=4), 20)
    assert [*table.columns] == ["Seed", "Learning rate", "Epoch", "Train loss", "Train accuracy"]
    assert [[*row.values()][:5] for row in table.rows] == [
        ["on screen", "4", "0.3", "12", written(second[12])], ["Run A", "0", "0.1", "30", written(first[30])],
        ["Run B", "4", "0.3", "20", written(second[20])]]
    assert table.ids == [None, 0, 1]


def test_a_request_that_comes_twice_pins_once_and_so_does_the_same_epoch_of_the_same_run(page, player, table):
    pin(page, player, 29, 1)
    table.do(page, "remove", 0)
    pin(page, player, 29, 1)
    assert pins(page) == ()
    pin(page, player, 30, 2)
    pin(page, player, 30, 3)
    assert [made.name for made in pins(page)] == ["Run A"]
    assert player.header["pins"]["taken"] == 3
    pin(page, player, 31, 4)
    assert [made.name for made in pins(page)] == ["Run A", "Run B"]


def test_a_run_that_is_gone_cannot_be_pinned_and_one_that_went_on_can_as_far_as_it_is_the_same(page, player):
    old = page.session_state.session.run
    ask(page, player, 20)
    page.selectbox(key="rate").set_value("0.3")
    rendered(page)
    ask(page, player, 25, pins=[{"id": 1, "run": "gone", "epoch": 3}, {"id": 2, "run": old, "epoch": 22},
                                {"id": 3, "run": old, "epoch": 15}])
    assert [made.epoch for made in pins(page)] == [15]
    assert player.header["pins"]["taken"] == 3


def test_there_are_at_most_so_many_pins_and_a_removed_one_leaves_its_name_and_its_line_to_the_next(
    page, player, table,
):
    for number in range(1, MOST_PINS + 3):
        pin(page, player, number, number)
    assert [made.name for made in pins(page)] == [f"Run {letter}" for letter in "ABCDEF"[:MOST_PINS]]
    assert player.header["pins"]["full"]
    table.do(page, "remove", 1)
    assert [made.slot for made in pins(page)] == [0, *range(2, MOST_PINS)]
    assert not player.header["pins"]["full"]
    pin(page, player, 40, 20)
    assert (pins(page)[1].name, pins(page)[1].slot, pins(page)[1].epoch) == ("Run B", 1, 40)


def test_pins_stay_as_they_are_with_other_data_and_another_network(page, player, table):
    pin(page, player, 30, 1)
    (before,) = pins(page)
    page.selectbox(key="data").set_value("hills")
    rendered(page)
    page.number_input(key="layers").set_value(2)
    rendered(page)
    pin(page, player, 3, 2)
    assert pins(page)[0] == before
    assert table.columns["Data set"].texts == ("Hills", "Four people", "Hills")
    assert table.columns["Train R²"].texts[1] == table.columns["Train accuracy"].texts[0] == NONE
    assert not any(any(column.best) for column in table.columns.values())


def test_show_leads_back_and_what_is_asked_of_a_run_that_is_gone_is_left_alone(page, player, table, monkeypatch):
    gone_to = []
    monkeypatch.setattr(compare_module, "go_to", gone_to.append)
    pin(page, player, 30, 1)
    pin(page, player, 40, 2)
    table.do(page, "show", 1)
    assert gone_to == [pins(page)[1].snapshot]
    for what, *told in (("show", 5), ("remove", 5), ("rename", 5, "x"), ("show", -1)):
        table.do(page, what, *told)
    assert len(gone_to) == 1 and [made.name for made in pins(page)] == ["Run A", "Run B"]


def test_a_page_that_knows_no_pins_takes_those_that_the_browser_has_kept_and_no_other_does(page, player, table):
    pin(page, player, 30, 1)
    pin(page, player, 40, 2)
    table.do(page, "rename", 1, "<b>$x$")
    copy, before = player.header["pins"]["copy"], pins(page)
    assert "copy" not in (ask(page, player) and player.header["pins"]), "it is held"
    table.do(page, "remove", 0)
    ask(page, player, copy=copy)
    assert pins(page) == before[1:]

    other = AppTest.from_file(SCRIPT, default_timeout=60)
    other.session_state["tab"] = "Compare"
    rendered(other)
    for junk in ("", "x", copy[:-9], copy.replace('"slot": 1', '"slot": "1"'), "[" * 99_999, "\ud800"):
        ask(other, player, copy=junk)
        assert pins(other) == ()
    ask(other, player, copy=copy)
    again = pins(other)
    assert [made.name for made in again] == ["Run A", "<b>$x$"]
    assert [made.snapshot for made in again] == [made.snapshot for made in before]
    assert [made.curve.train for made in again] == [made.curve.train for made in before]
    assert [row["name"] for row in table.rows] == ["on screen", "Run A", "<b>$x$"]
    table.do(other, "remove", 0)
    table.do(other, "remove", 1)
    assert player.header["pins"]["copy"] == ""


def test_a_name_that_is_typed_is_taken_and_one_that_cannot_be_used_gets_a_sentence(page, player, table):
    pin(page, player, 30, 1)
    pin(page, player, 40, 2)
    table.do(page, "rename", 1, "  fast   *one* ")
    assert [row["name"] for row in table.rows] == ["on screen", "Run A", "fast *one*"]
    assert player.header["pins"]["names"]["pin 1"] == "fast *one*"
    for name, fault in (("fast *one*", r"fast \*one\*” is the name of another"), (" ", "A name is empty"),
                        ("x" * 99, "is too long")):
        before = table.version
        table.do(page, "rename", 0, name)
        assert fault in page.error[0].value
        assert [made.name for made in pins(page)] == ["Run A", "fast *one*"] and table.version != before
    assert not rendered(page).error


@pytest.mark.parametrize(("asked", "follows"), [
    ({}, True), ({"playing": True}, False), ({"goal": {"epoch": 90}}, False), ({"goal": {"loss": 0.1}}, False),
])
def test_the_row_of_the_run_on_screen_follows_where_the_viewer_rests(page, player, monkeypatch, asked, follows):
    pin(page, player, 30, 1)
    session = page.session_state.session
    shown = page.session_state["compare seen"]
    assert shown == (session.run, 30)
    kept = {key: page.session_state[key] for key in ("pins", "compare seen")}
    for module in (compare_module, pinning_module):
        monkeypatch.setattr(module, "st", SimpleNamespace(session_state=kept))
    session.at = 12
    compare_module.hear(session, read_request({"id": 1, "run": session.run, **asked}))
    assert kept["compare seen"] == ((session.run, 12) if follows else shown)


def test_test_losses_and_measures_stand_beside_those_of_training(player, table):
    page = AppTest.from_file(SCRIPT, default_timeout=60)
    page.query_params.update({"data": "Circle", "samples": "100", "share": "50"})
    page.session_state["tab"] = "Compare"
    pin(rendered(page), player, 2, 1)
    state = Core(page.session_state.session.experiment.config, "circle", samples=100, share=50).state(2)
    assert table.columns["Test loss"].texts[1] == written(state.test_loss)
    assert [*table.columns] == ["Epoch", "Train loss", "Test loss", "Train accuracy", "Test accuracy"]
