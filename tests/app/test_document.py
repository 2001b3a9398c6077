"""A document: the experiment in it is the one on screen, and no file can break the page."""

import json
import math
import random
from contextlib import suppress
from itertools import islice

import jsonschema
import numpy as np
import pytest

from playground.app.document import LARGEST, SCHEMA, DocumentError, document, opened
from playground.app.history import added, edited, restored
from playground.app.history import opened as draft_of
from playground.app.session import Session
from playground.app.snapshot import taken
from playground.data import DATASETS, TASKS, Asked, task
from playground.figures import Curve
from playground.nn import Config
from tests.app.browser import Browser, experiment
from tests.app.test_comparison import pin

QUERY = (("features", ("x1", "x2", "x1²")), ("rate", ("0.3",)))


def browser_of(name="people", config=None):
    preset = DATASETS[name]
    table = preset.make(40, 10, 0)
    inputs = ("x1", "x2")[: len(table.inputs)]
    browser = Browser(Session(experiment(config or Config(), name, features=inputs), "light"))
    browser.session.link.draft = draft_of(preset.title, table)
    return browser


def written(browser, query=QUERY, pins=()):
    session = browser.session
    text = document(session, query, session.link.draft, pins)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(text))
    return text


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_comes_back_with_its_rows(name):
    output = TASKS[task(DATASETS[name].make(40, 10, 0))].outputs[0]
    browser = browser_of(name, Config(output_activation=output, loss="cross_entropy" if output == "softmax" else "mse"))
    draft = browser.session.link.draft
    again = opened(written(browser).encode()).snapshot
    assert again.query == QUERY and again.epoch == 0
    assert restored(again.saved.table, draft) == draft


def test_an_experiment_that_was_changed_in_every_way_comes_back_bit_for_bit():
    browser = browser_of()
    session = browser.session
    for weight, value in ((0, 1 / 3), (5, -1e-300), (8, 0.1)):
        browser.at += 20
        session.recording.advance(browser.at)
        browser.ask()
        browser.edit(weight, value)
        browser.edit(weight, frozen=True)
        config = session.experiment.config
        browser.show(session.experiment._replace(config=Config(learning_rate=config.learning_rate * 1.7)))
    session.link.own = Asked(("Zoë", "b"), ((0.1, 2), (3, -4e5)))
    session.link.draft = edited(added(session.link.draft, (1, 2), 0), session.link.draft.columns)
    text = written(browser)
    again = opened(text.encode()).snapshot
    assert again.saved == session.link.saved(session.runs, session.experiment.config)._replace(
        table=session.link.draft.texts)
    assert again.epoch == session.here == 60
    other = Session(session.experiment, "light", again.saved)
    assert other.recording.state(60).train_loss == session.recording.state(60).train_loss
    layers = json.loads(text)["weights"]
    state = session.recording.state(60)
    for layer, W, b in zip(layers, state.weights, state.biases, strict=True):
        assert np.array_equal(layer["weights"], W) and np.array_equal(layer["biases"], b)


def pins_of(browser, *names):
    snapshot = taken(browser.session, QUERY)._replace(epoch=100)
    curve = Curve((0, 1, 2), (0.5, 1 / 3, math.inf), (1e300, 5e-324, 0))
    return tuple(pin(name, slot, test=0.1 + slot)._replace(curve=curve, snapshot=snapshot)
                 for slot, name in enumerate(names))


def test_pinned_runs_come_back_with_their_curves_and_their_ways_back():
    browser = browser_of()
    browser.edit(0, 1 / 3)
    pins = pins_of(browser, "Run A", "<b>$x$")
    pins = (pins[0]._replace(test=None, measures=(("train-accuracy", 75.0),)), pins[1])
    again = opened(written(browser, pins=pins).encode()).pins
    assert math.isnan(again[0].curve.train[-1]), "JSON has no infinity"
    curve = pins[0].curve
    assert tuple(pin._replace(curve=curve) for pin in again) == pins
    assert again[1].curve.test == curve.test and again[1].curve.train[:2] == curve.train[:2]


PINNED = browser_of()
GOOD = json.loads(written(PINNED, pins=pins_of(PINNED, "Run A", "Run B")))
PIN = GOOD["pins"][0]
BAD = {
    "nothing": b"", "not text": b"\xff\xfe\x00", "markup": b"<html><script>alert(1)</script>", "a list": b"[1]",
    "cut off": json.dumps(GOOD).encode()[:-9], "another file": b'{"cells": []}', "deep": b"[" * 100_000,
    "a number that is none": json.dumps({**GOOD, "epoch": float("nan")}).encode(),
    "another version": {**GOOD, "version": 2}, "an epoch of text": {**GOOD, "epoch": "9"},
    "a negative epoch": {**GOOD, "epoch": -1}, "a huge epoch": {**GOOD, "epoch": 10**12},
    "no settings": {"format": GOOD["format"], "version": 1, "epoch": 0},
    "settings of numbers": {**GOOD, "settings": {"rate": 0.3}},
    "a setting with a strange name": {**GOOD, "settings": {"<b>": "1"}},
    "a table of numbers": {**GOOD, "table": 3},
    "three inputs": {**GOOD, "table": {**GOOD["table"], "inputs": [*"abc"]}},
    "cells of numbers": {**GOOD, "table": {**GOOD["table"], "good": [[1], [2], [3], [4], [5]]}},
    "points without places": {**GOOD, "asked": {"names": ["a"], "places": []}},
    "epochs that fall": {**GOOD, "course": {"changes": [[5, {}], [3, {}]]}},
    "another network half way": {**GOOD, "course": {"changes": [[0, {"hidden": [3]}]]}},
    "weights of infinity": {**GOOD, "course": {"given": [[0, [1e300]]]}},
    "seven pins": {**GOOD, "pins": [{**PIN, "name": str(i)} for i in range(7)]},
    "two pins of one name": {**GOOD, "pins": [PIN, {**PIN, "slot": 3}]},
    "two pins of one colour": {**GOOD, "pins": [PIN, {**PIN, "name": "x"}]},
    "a pin without a curve": {**GOOD, "pins": [{**PIN, "curve": {"epochs": [1], "train": [1]}}]},
    "a curve that is cut off": {**GOOD, "pins": [{**PIN, "curve": {"epochs": [1, 2], "train": [1], "test": []}}]},
    "half a letter": {**GOOD, "pins": [{**PIN, "name": "\ud800"}]},
    "a pin of text": {**GOOD, "pins": ["Run A"]}, "a pin with a course of text": {
        **GOOD, "pins": [{**PIN, "course": {"changes": [[0, {"optimizer": 3}]]}}]},
    "too large": b" " * (LARGEST + 1),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_experiment_gets_one_short_sentence(name):
    data = BAD[name] if isinstance(BAD[name], bytes) else json.dumps(BAD[name]).encode()
    with pytest.raises(DocumentError, match=r"^The file cannot be opened: .*\. What was on screen stays\.$") as error:
        opened(data)
    assert len(str(error.value)) < 160


def mutated(rng):
    """Files with a value exchanged for another, at random, or with damaged bytes."""
    values = [None, True, -1, 10**30, 1e308, "", "x" * 1000, "<b>", [], [[]], {}, [0, {}], {"a": 1}]
    while True:
        content = json.loads(json.dumps(GOOD))
        place = content
        while True:
            key = rng.choice([*place] if isinstance(place, dict) else range(len(place)))
            if not isinstance(place[key], dict | list) or not place[key] or rng.random() < 0.3:
                break
            place = place[key]
        place[key] = rng.choice(values)
        data = bytearray(json.dumps(content).encode())
        for _ in range(rng.choice([0, 0, 1, 3])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        yield bytes(data)


def test_two_thousand_mutated_files_are_opened_or_refused():
    refused = 0
    for data in islice(mutated(random.Random(0)), 2000):
        try:
            found = opened(data)
        except DocumentError:
            refused += 1
            continue
        with suppress(ValueError):
            Session(experiment(), "light", found.snapshot.saved)
    assert 1000 < refused < 2000
