"""Controls that have got other values: the browser's next request may still carry the ones before."""

from __future__ import annotations

import pytest

from playground.app.controls import keep_replaced, note_replaced, replace

BEFORE = {"activation": "sigmoid", "rate": "0.1", "seed": 0}


@pytest.fixture
def state(monkeypatch):
    controls = {"activation": "tanh", "rate": "0.1", "n2": 3, "seed": 0}
    monkeypatch.setattr("streamlit.session_state", controls)
    return controls


@pytest.mark.parametrize("requests", [1, 3])
def test_what_an_address_says_outlasts_requests_that_carry_what_the_browser_had(state, requests):
    note_replaced(["activation", "rate", "n2", "n3"], BEFORE)
    for _ in range(requests):
        state["activation"] = "sigmoid"
        keep_replaced()
        assert (state["activation"], state["rate"]) == ("tanh", "0.1")


def test_one_address_after_the_other_outlasts_a_browser_that_has_heard_of_neither(state):
    note_replaced(["activation"], BEFORE)
    state["activation"] = "relu"
    note_replaced(["activation"], {"activation": "tanh"})
    for behind in ("sigmoid", "tanh"):
        state["activation"] = behind
        keep_replaced()
        assert state["activation"] == "relu"


def test_a_person_who_chooses_a_third_value_or_goes_back_later_is_heard(state):
    note_replaced(["activation"], BEFORE)
    state["activation"] = "relu"
    keep_replaced()
    assert state["activation"] == "relu"
    state["activation"] = "sigmoid"
    keep_replaced()
    assert state["activation"] == "sigmoid"


def test_a_control_that_is_gone_stays_so(state):
    note_replaced(["n2"], {"n2": 1})
    del state["n2"]
    keep_replaced()
    assert "n2" not in state


def test_a_replaced_value_outlasts_a_request_that_carries_the_one_before(state):
    replace("seed", 1)
    state["seed"] = 0
    keep_replaced()
    assert state["seed"] == 1
