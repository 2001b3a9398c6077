"""The link: any state that can be reached comes back from it bit for bit, and no text can break the page."""

import base64
import random
import string
import time
import tracemalloc
import zlib
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from playground.app.history import edited, opened, renamed, restored
from playground.app.link import LinkError, read, written
from playground.app.saved import EMPTY, saved
from playground.app.session import Session
from playground.data import DATASETS, Asked, Domain
from playground.nn import OPTIMIZERS, Config
from tests.app import mutants
from tests.app.browser import Browser, experiment
from tests.app.mutants import ROW, TABLE, packed

hypothesis = pytest.importorskip("hypothesis", reason="`bash tests/run` installs hypothesis, which this needs")
given, settings, st = hypothesis.given, hypothesis.settings, hypothesis.strategies

# A link that version 1 has made: w1 was set to 1.5 at epoch 50 of the four people and frozen there.
VERSION_1 = ("1.eNotiV0LgjAYRv_LezthQqwP7yZZWEZGGJHswmypWa5mfkzZf8-i5-ZwztNDLCpZcrB6iNOoSHgJVhiaRq-ZEZKBcJWi48VQTaYZMyD"
             "J6p9-X6D_oTmWaPHCKjmKeuy-zZl_oNMce94eqU3D2zNeBSoSo0D6dUfvF3LLS-Ri1xF5nJVb6tDm8bRPZCLs3TqVrVoSiSsMjGn9AUqsNes")


def kept(session):
    """What the session's link holds, read back."""
    what = session.link.saved(session.runs, session.experiment.config)
    assert read(written(what)) == what
    return what


CHANGES = st.one_of(
    st.tuples(st.just("edit"), st.integers(0, 8), st.floats(-1e6, 1e6)),
    st.tuples(st.just("freeze"), st.integers(0, 8), st.booleans()),
    st.tuples(st.just("train"), st.integers(0, 30), st.just(None)),
    st.tuples(st.just("rate"), st.floats(1e-6, 3), st.just(None)),
    st.tuples(st.just("optimizer"), st.sampled_from([*OPTIMIZERS]), st.just(None)),
    st.tuples(st.just("undo"), st.just(0), st.just(None)),
)


@settings(max_examples=60)
@given(st.lists(CHANGES, max_size=12))
def test_every_course_that_can_be_reached_comes_back_bit_for_bit(changes):
    browser = Browser(Session(experiment(), "light"))
    for kind, what, value in changes:
        latest = browser.session.recording.latest
        browser.at = min(browser.at, latest)
        if kind == "edit":
            browser.edit(what, value)
        elif kind == "freeze":
            browser.edit(what, frozen=value)
        elif kind == "undo":
            browser.edit(0, undo=True)
        elif kind == "train":
            browser.ask((0, browser.at + what + 1, 1))
            browser.at = min(browser.at + what, browser.session.recording.latest)
            browser.ask()
        else:
            field = {"rate": "learning_rate"}.get(kind, kind)
            config = replace(browser.session.experiment.config, **{field: what})
            browser.show(browser.session.experiment._replace(config=config))
    session = browser.session
    again = Session(session.experiment, "light", kept(session))
    epochs = range(min(session.recording.latest, 80) + 1)
    theirs, ours = session.recording.frames(epochs), again.recording.frames(epochs)
    assert ours.parameters.tobytes() == theirs.parameters.tobytes()
    assert ours.train_loss.tobytes() == theirs.train_loss.tobytes()
    assert again.runs.drawn == session.runs.drawn and again.runs.same == session.runs.same
    assert kept(again) == kept(session)


CELLS = st.text(max_size=6) | st.floats(-1e6, 1e6).map(str) | st.sampled_from(["", "0", "1", "F", "M", "train", "test"])
NAMES = st.text(min_size=1, max_size=8).filter(lambda name: name not in ("name", "set"))


@settings(max_examples=60)
@given(st.sampled_from([*DATASETS]), st.booleans(), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), CELLS),
                                                             max_size=5), st.lists(NAMES, min_size=3, max_size=3,
                                                                                   unique=True))
def test_every_table_comes_back_with_its_cells_its_names_and_what_is_wrong_with_it(data, own, changes, names):
    preset = DATASETS[data].make(12, 10, 3)
    start = opened(DATASETS[data].title, preset)
    draft = opened("mine.csv", preset, own=True) if own else start
    *inputs, target = names[-len(preset.inputs) - 1:]
    draft = renamed(draft, tuple(inputs), target, preset.classes)
    for column, row, cell in changes:
        columns = [list(cells) for cells in draft.columns]
        columns[column % len(columns)][row] = cell
        draft = edited(draft, tuple(map(tuple, columns)))
    draft = draft._replace(plane=Domain(-1.5, 2.5, -3, 1e-3))
    what = saved(draft, None, Config(), Session(experiment(), "light").recording.course, [])
    table = read(written(what)).table
    if not (own or draft.edited):
        assert table is None
        return
    again = restored(table, start)
    assert again.table == draft.table and again.fault == draft.fault and again.columns == draft.columns
    assert (again.title, again.own, again.plane) == (draft.title, draft.own, draft.plane)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=5, alphabet=string.ascii_letters), st.floats(-1e5, 1e5),
                          st.floats(-1e5, 1e5)), max_size=8))
def test_points_that_are_asked_come_back(points):
    asked = Asked(tuple(name for name, *_ in points), tuple((x, y) for _, x, y in points))
    what = EMPTY._replace(asked=asked)
    assert read(written(what)) == what


def test_plain_settings_need_no_field():
    browser = Browser(Session(experiment(Config(learning_rate=0.3)), "light"))
    browser.ask((0, 40, 1))
    assert written(kept(browser.session)) == ""
    header = browser.ask()
    assert header["link"]["field"] == "" and header["link"]["why"] == ""


def test_a_link_of_version_1_can_still_be_read():
    session = Session(experiment(Config(learning_rate=0.3)), "light", read(VERSION_1))
    course = session.recording.course
    assert list(course.given) == [0, 50] and course.given[50][0] == 1.5
    assert course.config_until(80).frozen == (0,)
    assert f"{session.recording.state(80).train_loss:.6f}" == "0.021663"


def test_a_field_that_the_player_holds_is_not_sent_again_and_one_too_long_says_so():
    session = Session(experiment(), "light")
    browser = Browser(session)
    link = browser.ask()["link"]
    browser.link = link["id"]
    assert "field" not in browser.ask()["link"]
    session.link.draft = opened("big.csv", DATASETS["gauss"].make(1000, 50, 0), own=True)
    link = browser.ask()["link"]
    assert "too much for a link" in link["why"] and read(link["field"]).table.title == "big.csv"


INFINITE = base64.b64encode(np.full(9, np.inf).tobytes()).decode()
BAD = {
    "another version": "2.abc", "no version": "abc", "not base64": "1.???", "no stream": "1.YWJj", "nothing": "1.",
    "a list": packed([1, 2]), "a number": packed(3), "no JSON": packed(b"{"), "not text": packed(b"\xff\xfe"),
    "deep": packed(b"[" * 100_000), "nan": packed(b'{"course":{"changes":[[NaN,{}]]}}'),
    "a zip bomb": packed(b" " * 300_000_000), "a table of numbers": packed({"table": 3}),
    "a title of numbers": packed({"table": {**TABLE, "title": 3}}), "three inputs": packed(
        {"table": {**TABLE, "inputs": ["a", "b", "c"]}}), "half a letter": packed(
            {"table": {**TABLE, "inputs": ["\ud800", "b"]}}), "cells of numbers": packed(
            {"table": {**TABLE, "good": [[1], [2], [3], [4], [5]]}}),
    "a plane of infinity": packed({"table": {**TABLE, "plane": [0, 1e400, 0, 1]}}),
    "a plane of three": packed({"table": {**TABLE, "plane": [0, 1, 2]}}),
    "points of text": packed({"asked": {"names": ["a"], "places": [["x", "y"]]}}),
    "points without places": packed({"asked": {"names": ["a"]}}),
    "a thousand points": packed({"asked": {"names": ["a"] * 1000, "places": [[1, 2]] * 1000}}),
    "epochs that fall": packed({"course": {"changes": [[5, {}], [3, {}]]}}),
    "an epoch of text": packed({"course": {"changes": [["0", {}]]}}),
    "a huge epoch": packed({"course": {"changes": [[10**9, {}]]}}),
    "changes of the network": packed({"course": {"changes": [[0, {"hidden": [9] * 9}]]}}),
    "changes that are none": packed({"course": {"changes": [[0, 3]]}}),
    "weights of infinity": packed({"course": {"given": [[0, INFINITE]]}}),
    "points of one input and of two": packed({"asked": {"names": ["a", "b"], "places": [[1, 2], [3]]}}),
    "frozen without a list": packed({"course": {"changes": [[0, {"frozen": 3}]]}}),
    "half a number": packed({"course": {"given": [[0, "AAAA"]]}}),
    "very many changes": packed({"course": {"changes": [[i, {}] for i in range(5000)]}}),
}


@pytest.mark.parametrize("name", BAD)
def test_a_field_that_cannot_be_used_gets_one_sentence(name):
    with pytest.raises(LinkError) as error:
        read(BAD[name])
    assert str(error.value).startswith("The link cannot be read in full: ")
    assert len(str(error.value)) < 150


def test_a_table_of_more_classes_than_there_are_colours_is_a_value_error_in_a_sentence():
    field = packed({"table": {**TABLE, "classes": ["a", "b", "c", "d", "e", "f", "g"], "good": [
        [""] * 7, ["1"] * 7, ["2"] * 7, [*"abcdefg"], [""] * 7]}})
    with pytest.raises(ValueError, match=r"^A table has 6 classes at most, not 7\.$"):
        restored(read(field).table, opened("Four people", DATASETS["people"].make(4, 0, 0)))


COURSES = {
    "too few weights": {"given": [[0, ROW[:32]]]}, "frozen nothing": {"changes": [[0, {"frozen": [99]}]]},
    "an optimizer that is not there": {"changes": [[0, {"optimizer": 3}]]},
    "a rate of text": {"changes": [[0, {"learning_rate": "fast"}]]},
    "a start half way": {"changes": [[5, {}]]}, "a negative rate": {"changes": [[0, {}], [9, {"learning_rate": -1}]]},
    "frozen text": {"changes": [[0, {"frozen": "abc"}]]},
}


@pytest.mark.parametrize("name", COURSES)
def test_a_course_that_does_not_go_with_the_network_is_a_value_error_in_a_sentence(name):
    with pytest.raises(ValueError, match=r"\w+ .*\.$"):
        Session(experiment(), "light", read(packed({"course": COURSES[name]})))


def test_ten_thousand_random_and_mutated_fields_are_read_or_refused_in_bounded_time_and_memory():
    rng = random.Random(0)
    sources = [VERSION_1, *(packed(content) for content in (
        {"table": TABLE}, {"asked": {"names": ["a"], "places": [[1, 2]]}}, {"course": {"given": [[0, ROW]]}}))]
    plain = [zlib.decompress(base64.urlsafe_b64decode(source[2:] + "=" * (-len(source[2:]) % 4))) for source in sources]
    started = time.perf_counter()
    tracemalloc.start()
    for turn in range(10_000):
        if turn % 4 == 0:                                               # the characters of a field
            text = list(rng.choice(sources))
            for _ in range(rng.randrange(1, 4)):
                text[rng.randrange(len(text))] = rng.choice(string.printable)
            field = "".join(text)[: rng.randrange(len(text)) if turn % 2 else None]
        elif turn % 4 == 1:                                             # the content, packed again
            content = bytearray(rng.choice(plain))
            for _ in range(rng.randrange(1, 4)):
                content[rng.randrange(len(content))] = rng.randrange(256)
            field = packed(bytes(content))
        elif turn % 4 == 2:                                             # the values in it
            field = packed(mutants.content(rng))
        else:
            field = "".join(rng.choices(string.printable, k=rng.randrange(200)))
        with suppress(LinkError):
            read(field)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50e6
    assert time.perf_counter() - started < 60
