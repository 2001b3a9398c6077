"""A stand-in for the browser: takes messages apart, keeps frames by epoch, and asks as the player does."""

import json
import struct
from itertools import islice

import numpy as np
import streamlit as st
from streamlit.testing.v1 import AppTest

from playground.app.experiment import Experiment
from playground.app.player.request import read_request
from playground.app.session import Session
from playground.data import DATASETS
from playground.nn import Config, Dataset, train

# The notebook's four people, typed again.
PEOPLE = Dataset([[-2, -1], [25, 6], [17, 4], [-15, -6]], [1, 0, 0, 1])
BYTES = {"u1": (1, "B"), "f4": (4, "<f"), "f8": (8, "<d")}


def unpack(message):
    """(header, {name: nested list}) of a message, byte by byte; asserts that it is well formed."""
    (length,) = struct.unpack_from("<I", message)
    body = 4 + length
    assert body % 8 == 0, "typed arrays must start at a multiple of 8"
    header = json.loads(message[4:body].decode("utf-8"), parse_constant=lambda constant: 1 / 0)
    arrays, end = {}, body
    for name, entry in header["arrays"].items():
        size, code = BYTES[entry["type"]]
        count = int(np.prod(entry["shape"], dtype=int))
        start = body + entry["at"]
        assert start % 8 == 0 and start >= end, f"{name} is not aligned or overlaps"
        end = start + count * size
        assert end <= len(message), f"{name} is cut off"
        values = [value for (value,) in struct.iter_unpack(code, message[start:end])]
        arrays[name] = np.array(values).reshape(entry["shape"])
    assert end <= len(message) < end + 8, "bytes that nobody reads"
    return header, arrays


def experiment(config=None, rows="people", share=100, draw=0, features=("x1", "x2"), samples=40):
    preset = DATASETS[rows]
    return Experiment(config or Config(), preset.make(samples, 10, draw), preset.domain, share, draw, features, False)


def losses(config, last, dataset=PEOPLE, **start):
    """Train losses of epochs 0 to `last`, straight from train()."""
    return [state.train_loss for state in islice(train(config, dataset, **start), last + 1)]


class Browser:
    """Holds what the player holds, and answers a session's messages as it does."""

    def __init__(self, session=None, theme="light"):
        self.session, self.theme = session or Session(experiment(), theme), theme
        self.scene = self.run = ""
        self.edited, self.link = 0, ""
        self.at, self.asked, self.playing, self.promised = 0, 0, False, False
        self.frames = {}                                              # epoch: train loss
        self.receive()

    def show(self, changed):
        """The page ran again, with another experiment; returns the header of what it sends."""
        self.session.show(changed)
        return self.receive()

    def edit(self, parameter, value=None, *, frozen=None, undo=False, run=None):
        """The player sends what was done to a parameter at its epoch; returns the header of the answer."""
        self.edited += 1
        return self.ask(edits=[{"id": self.edited, "run": run or self.run, "epoch": self.at, "parameter": parameter,
                                "value": value, "frozen": frozen, "undo": undo}])

    def ask(self, *want, goal=None, run=None, strokes=(), edits=(), vary=None):
        """The player asks for spans (first, count, stride); returns the header of the answer.

        `strokes` are those that it has no answer to yet; `taken` are those that the session took of them.
        """
        self.asked += 1
        asked = {"id": self.asked, "theme": self.theme, "scene": self.scene, "run": self.run if run is None else run,
                 "at": self.at, "playing": self.playing, "promised": self.promised,
                 "want": [list(span) for span in want], "goal": goal, "strokes": list(strokes),
                 "edits": list(edits), "vary": vary, "link": self.link}
        self.taken = self.session.hear(read_request(json.loads(json.dumps(asked))))
        return self.receive()

    def receive(self):
        header, self.arrays = unpack(self.session.message())
        if header["scene"] is not None:
            self.scene = header["sceneId"]
        run, self.promised = header["run"], header["ask"]
        if run["id"] != self.run:
            first = run["lineage"].get(self.run, 0)
            goes_on = self.run in run["lineage"]
            self.frames = {epoch: loss for epoch, loss in self.frames.items() if epoch < first}
            self.at = min(self.at, run["at"]) if goes_on else 0
            self.run = run["id"]
        if header["epochs"]:
            self.frames |= dict(zip(header["epochs"], self.arrays["readout/train-loss"].tolist(), strict=True))
        return header


class Editor:
    """Stands in for Streamlit's data editor: one grid at a time, of those whose key begins like this.

    What is typed into it is there when the page runs next, and for as long as the page draws that grid.
    """

    def __init__(self, monkeypatch, beginning):
        self.beginning, self.key, self.shown, self.options, self.edits = beginning, "", {}, {}, None
        monkeypatch.setattr(st, "data_editor", self._draw)
        run = AppTest.run
        monkeypatch.setattr(AppTest, "run", lambda page: self._run(page, run))

    def type(self, columns):
        """Has the grid hold these columns: its own rows are deleted, and others added."""
        rows = zip(*columns.values(), strict=True)
        self.edits = {"edited_rows": {}, "deleted_rows": list(range(len(next(iter(self.shown.values()))))),
                      "added_rows": [dict(zip(columns, row, strict=True)) for row in rows]}

    def _draw(self, data, key, **options):
        if key.startswith(self.beginning):
            self.key, self.shown, self.options = key, data, options

    def _run(self, page, run):
        before, self.key = self.key, ""
        if self.edits is not None:
            page.session_state[before] = self.edits
        run(page)
        if self.edits is not None and self.key != before:
            del page.session_state[before]
            self.edits = None
        return page
