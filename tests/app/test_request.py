"""A request from the browser: read where it makes sense, and never trusted."""

import math
import time

import pytest

from playground.app.player.request import (
    EDITS,
    FARTHEST,
    MOST,
    STROKES,
    Edit,
    Mark,
    Request,
    Stroke,
    Vary,
    Walk,
    read_request,
)
from playground.figures import Look

hypothesis = pytest.importorskip("hypothesis", reason="`bash tests/run` installs hypothesis, which this needs")
given, settings, st = hypothesis.given, hypothesis.settings, hypothesis.strategies

WELL_FORMED = {"id": 7, "theme": "dark", "scene": "abc", "run": "3", "at": 12, "playing": True, "promised": True,
               "want": [[10, 3, 1], [20, 2, 5]], "goal": None, "figure": "",
               "strokes": [{"id": 4, "table": "t", "x": 1, "y": -2.5, "value": 1},
                           {"id": 5, "table": "t", "x": 0, "y": 0, "erase": True},
                           {"id": 6, "table": "t", "x": 2, "y": 3, "asks": True}],
               "edits": [{"id": 6, "run": "3", "epoch": 12, "parameter": 2, "value": 0.5},
                         {"id": 7, "run": "3", "epoch": 12, "parameter": 0, "frozen": True}]}


def epochs(*want):
    return read_request({**WELL_FORMED, "want": list(want)}).epochs


def test_a_request_is_read():
    edits = Edit(6, "3", 12, 2, 0.5, None, False), Edit(7, "3", 12, 0, None, True, False)
    strokes = (Stroke(4, "t", 1.0, -2.5, 1.0, False), Stroke(5, "t", 0.0, 0.0, None, True),
               Stroke(6, "t", 2.0, 3.0, None, False, True))
    assert read_request(WELL_FORMED) == Request(
        7, "dark", "abc", "3", 12, True, True, (10, 11, 12, 20, 25), None, None, strokes, edits, None, None,
        None, "", ())


@pytest.mark.parametrize(("walk", "read"), [
    ({"sample": 3, "neuron": None}, Walk(3, None)), ({"sample": 0, "neuron": 4}, Walk(0, 4)),
    ({"sample": -1, "neuron": "4"}, Walk(0, None)), ({}, Walk(0, None)), (None, None), ([1], None), ("3", None),
])
def test_what_is_to_be_explained_is_a_sample_and_perhaps_a_neuron(walk, read):
    assert read_request({**WELL_FORMED, "walk": walk}).walk == read


@pytest.mark.parametrize(("look", "read"), [
    ({"panel": "hidden", "chosen": [3, 2]}, Look("hidden", (3, 2))), ({"panel": "hidden"}, Look("hidden", ())),
    ({"panel": "hidden", "chosen": [3, -1, "2", 4, 5]}, Look("hidden", (3,))), ({"chosen": 3}, Look("None", ())),
    (None, None), ([1], None), ("hidden", None),
])
def test_what_is_looked_at_is_a_panel_with_what_is_chosen_of_it(look, read):
    assert read_request({**WELL_FORMED, "look": look}).look == read


@pytest.mark.parametrize(("pointed", "read"), [
    ([1, -2.5], (1.0, -2.5)), ([3], (3.0,)), ([], ()), (None, ()), ([1, "2", 4], (1.0,)), ([math.nan, 10**400], ()),
])
def test_a_place_that_is_pointed_at_has_finite_coordinates(pointed, read):
    assert read_request({**WELL_FORMED, "pointed": pointed}).pointed == read


@pytest.mark.parametrize("change", [
    {"parameter": -1}, {"parameter": 1.5}, {"parameter": None}, {"epoch": "12"}, {"epoch": -1}, {"id": True},
    {"value": None}, {"value": "0.5"}, {"value": math.inf}, {"value": math.nan}, {"value": 1e7}, {"value": [1]},
    {"value": None, "frozen": 1},
], ids=str)
def test_an_edit_that_makes_no_sense_is_left_out(change):
    edit = WELL_FORMED["edits"][0]
    assert len(read_request({**WELL_FORMED, "edits": [edit]}).edits) == 1
    assert read_request({**WELL_FORMED, "edits": [{**edit, **change}]}).edits == ()


def test_an_undo_needs_no_value_and_no_request_carries_more_edits_than_a_person_makes():
    undo = {"id": 8, "run": "3", "epoch": 0, "parameter": 0, "undo": True}
    assert read_request({**WELL_FORMED, "edits": [undo]}).edits == (Edit(8, "3", 0, 0, None, None, True),)
    assert len(read_request({**WELL_FORMED, "edits": [undo] * 1000}).edits) == EDITS
    assert read_request({**WELL_FORMED, "edits": [None, 3, "edit", []]}).edits == ()


@pytest.mark.parametrize(("pins", "read"), [
    ([{"id": 4, "run": "3", "epoch": 12}], (Mark(4, "3", 12),)), (None, ()), ("pins", ()), ([], ()),
    ([{"id": 4, "run": "3"}, {"id": "4", "epoch": 1}, {"id": 4, "epoch": -1}, None, 3, {"id": 5, "epoch": 2}],
     (Mark(5, "None", 2),)),
])
def test_a_pin_is_an_epoch_of_a_run(pins, read):
    assert read_request({**WELL_FORMED, "pins": pins}).pins == read


def test_no_request_carries_more_pins_than_a_person_makes():
    pins = [{"id": number, "run": "3", "epoch": 1} for number in range(999)]
    assert len(read_request({**WELL_FORMED, "pins": pins}).pins) == EDITS


@pytest.mark.parametrize(("vary", "read"), [
    ({"parameter": 3, "reach": 4}, Vary(3, 4.0)), ({"parameter": 3}, None), ({"parameter": -3, "reach": 4}, None),
    ({"parameter": 3, "reach": 0}, None), ({"parameter": 3, "reach": -4}, None), ({"parameter": 3, "reach": 1e9}, None),
    ({"parameter": 3, "reach": "4"}, None), (None, None), ([3, 4], None),
])
def test_what_is_to_be_varied_is_a_parameter_and_how_far(vary, read):
    assert read_request({**WELL_FORMED, "vary": vary}).vary == read


@pytest.mark.parametrize(("goal", "epoch", "loss"), [
    (None, None, None), ({"epoch": 1000}, 1000, None), ({"loss": 0.01}, None, 0.01), ({"epoch": 5, "loss": 1}, 5, 1.0),
    ({"epoch": -5}, None, None), ({"epoch": FARTHEST + 1}, None, None), ({"epoch": "9"}, None, None),
    ([1, 2], None, None),
])
def test_a_goal_is_an_epoch_or_a_loss(goal, epoch, loss):
    request = read_request({**WELL_FORMED, "goal": goal})
    assert (request.goal_epoch, request.goal_loss) == (epoch, loss)


@pytest.mark.parametrize("loss", [10**400, -(10**400), True, False, math.nan],
                         ids=["huge", "hugely negative", "yes", "no", "nan"])
def test_a_loss_that_is_no_number_is_no_goal(loss):
    assert read_request({**WELL_FORMED, "goal": {"loss": loss}}).goal_loss is None


@pytest.mark.parametrize("value", [None, 3, "request", [], [WELL_FORMED], True])
def test_what_is_not_a_message_is_no_request(value):
    assert read_request(value) is None


def test_overlapping_spans_are_one_increasing_row():
    assert epochs([5, 3, 1], [3, 4, 1], [0, 2, 2]) == (0, 2, 3, 4, 5, 6, 7)


def test_an_integral_number_may_come_as_a_float():
    assert epochs([3.0, 2.0, 1.0]) == (3, 4)


@pytest.mark.parametrize("span", [
    [-1, 3, 1], [0, 0, 1], [0, 3, 0], [0, 3, -1], [0.5, 3, 1], ["0", 3, 1], [math.nan, 1, 1], [0, math.inf, 1],
    [0, 3], [], None, 5, {"first": 0}, [[0], 3, 1], [FARTHEST + 1, 3, 1], [10**400, 1, 1],
])
def test_a_span_that_makes_no_sense_is_left_out(span):
    assert epochs(span, [8, 1, 1]) == (8,)


def test_a_request_is_bounded():
    assert len(epochs([0, 10**6, 1])) == MOST == 240
    assert len(epochs(*[[1000 * i, 240, 1] for i in range(50)])) <= 240
    assert epochs([FARTHEST, 100, 100]) == (FARTHEST,)
    assert max(epochs([FARTHEST - 3, 240, 1])) <= FARTHEST


STROKE = WELL_FORMED["strokes"][0]


@pytest.mark.parametrize("change", [
    {"x": None}, {"y": "3"}, {"x": math.nan}, {"y": math.inf}, {"x": 10**400}, {"x": True}, {"id": -1}, {"id": 0.5},
    {"id": None}, {"id": FARTHEST + 1},
])
def test_a_stroke_that_is_nowhere_or_has_no_number_is_left_out(change):
    request = read_request({**WELL_FORMED, "strokes": [{**STROKE, **change}, None, 3, [1, 2], STROKE]})
    assert [stroke.id for stroke in request.strokes] == [4]


@pytest.mark.parametrize("value", [None, "1", math.nan, math.inf, 10**400, True, [1]])
def test_a_value_that_is_no_number_is_none(value):
    (stroke,) = read_request({**WELL_FORMED, "strokes": [{**STROKE, "value": value}]}).strokes
    assert stroke.value is None


def test_a_request_has_a_limited_number_of_strokes():
    strokes = [{**STROKE, "id": number} for number in range(1, 1000)]
    read = read_request({**WELL_FORMED, "strokes": strokes}).strokes
    assert [stroke.id for stroke in read] == [*range(1, STROKES + 1)]


def test_very_many_spans_do_not_hold_up_the_server():
    start = time.perf_counter()
    assert len(epochs(*[[241 * i, 240, 1] for i in range(30_000)])) <= 240
    assert time.perf_counter() - start < 0.5


def test_numbers_that_are_not_whole_or_very_large_do_not_hold_up_the_server():
    start = time.perf_counter()
    for epoch in (FARTHEST, FARTHEST - 0.5):
        read_request({**WELL_FORMED, "edits": [{**WELL_FORMED["edits"][0], "epoch": epoch}] * EDITS})
    assert time.perf_counter() - start < 0.5


KEYS = [*WELL_FORMED, *STROKE, "epoch", "loss"]
ODD = [FARTHEST - 1, FARTHEST, FARTHEST + 1, 10**400, 1.5, math.nan, math.inf, True, "1"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
)
NUMBER = st.integers(-5, 400) | st.sampled_from(ODD)
MESSAGES = st.fixed_dictionaries({}, optional={
    **dict.fromkeys(WELL_FORMED, JSON),
    "want": JSON | st.lists(st.lists(NUMBER, max_size=4), max_size=6),
    "strokes": JSON | st.lists(
        st.dictionaries(st.sampled_from([*STROKE, "erase", "asks"]), NUMBER, max_size=6), max_size=4),
    "goal": JSON | st.fixed_dictionaries({}, optional={"epoch": NUMBER, "loss": NUMBER}),
})


@settings(max_examples=300)
@given(MESSAGES | JSON)
def test_junk_is_read_without_an_error_and_stays_bounded(value):
    request = read_request(value)
    if not isinstance(value, dict):
        assert request is None
        return
    assert request.theme in ("light", "dark")
    assert type(request.playing) is type(request.promised) is bool
    assert isinstance(request.scene, str) and isinstance(request.run, str)
    for number in (request.id, request.at, *request.epochs):
        assert type(number) is int and 0 <= number <= FARTHEST
    assert len(request.epochs) <= 240
    assert list(request.epochs) == sorted(set(request.epochs))
    for stroke in request.strokes:
        assert type(stroke.erase) is type(stroke.asks) is bool and isinstance(stroke.table, str)
        assert all(math.isfinite(number) for number in (stroke.x, stroke.y, stroke.value or 0))
    assert request.goal_epoch is None or (type(request.goal_epoch) is int and 0 <= request.goal_epoch <= FARTHEST)
    assert request.goal_loss is None or type(request.goal_loss) is float
