"""Pins: what the player is told of them, and which names they may have."""

import json

import numpy as np
import pytest

from playground.app.pins import LONGEST, fault_of, told
from playground.figures import MOST_PINS, Curve
from tests.app.test_comparison import pin

TWO = (pin("Run A", 0), pin("a <b>$x$</b> %{y}", 3, test=0.5)._replace(curve=Curve((0, 1, 2), (3, 2, 1), (4, 5, 6))))


def test_the_player_gets_lines_by_their_slots_and_names_that_are_nothing_but_text():
    head, arrays = told(TWO, "mse", 7, "")
    assert json.loads(json.dumps(head)) == head
    assert head["taken"] == 7 and head["full"] == ""
    assert head["names"]["pin 0"] == "Run A"
    assert "<" not in head["names"]["pin 3"] and "%{" not in head["names"]["pin 3"]
    assert arrays.keys() == {"pinned/pin 0", "pinned/pin 3", "pinned/pin 3 test"}
    assert arrays["pinned/pin 3"].tolist() == [[0, 1, 2], [3, 2, 1]]
    assert arrays["pinned/pin 3 test"].tolist() == [[0, 1, 2], [4, 5, 6]]
    assert arrays["pinned/pin 3"].dtype == np.float32


def test_what_the_player_holds_is_not_sent_again():
    key = told(TWO, "mse", 1, "")[0]["id"]
    head, arrays = told(TWO, "mse", 2, key)
    assert head == {"id": key, "taken": 2, "full": ""} and not arrays
    for others in (TWO[:1], (), (TWO[0]._replace(name="B"), TWO[1]), (TWO[0]._replace(epoch=3), TWO[1])):
        assert "names" in told(others, "mse", 2, key)[0]
    assert "names" in told(TWO, "half_mse", 2, key)[0], "the note is another"


def test_a_note_says_whose_losses_are_of_another_kind_and_what_thin_lines_are():
    others = (*TWO, pin("Run C", 4, loss="cross_entropy"))
    assert told(others[:1], "mse", 0, "")[0]["note"] == ""
    assert told(others, "mse", 0, "")[0]["note"] == "thin: test; Run C: cross entropy"
    assert told(others[:1], "half_mse", 0, "")[0]["note"] == "Run A: mse"


def test_there_is_an_end_to_pinning_which_is_said_in_a_sentence():
    many = tuple(pin(f"Run {slot}", slot) for slot in range(MOST_PINS))
    assert told(many[1:], "mse", 0, "")[0]["full"] == ""
    assert told(many, "mse", 0, "")[0]["full"].endswith("remove one below, under Compare.")


@pytest.mark.parametrize(("name", "fault"), [
    ("Run C", ""), ("x" * LONGEST, ""), ("", "A name is empty: type one."),
    ("x" * (LONGEST + 1), f"is too long: type at most {LONGEST} characters."), ("Run B", "the name of another run"),
])
def test_a_name_is_short_and_no_other_run_has_it(name, fault):
    assert (fault in fault_of(name, ["Run B"])) if fault else not fault_of(name, ["Run B"])
