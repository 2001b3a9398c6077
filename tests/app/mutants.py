"""Links as nobody's page writes them: settings and contents that were right once and have been changed at random."""

import base64
import copy
import json
import zlib
from contextlib import suppress

import numpy as np

from playground.data import DATASETS
from playground.nn import ACTIVATIONS, OPTIMIZERS

TABLE = {"title": "t", "own": True, "inputs": ["a", "b"], "target": "c", "classes": ["x", "y"], "typed": [],
         "good": [["", ""], ["1", "2"], ["3", "4"], ["x", "y"], ["", ""]], "plane": None}
ROW = base64.b64encode(np.zeros(9).tobytes()).decode()
ASKED = {"names": ["a", "b"], "places": [[1, 2], [3, 4]]}
CHANGES = [[0, {}], [5, {"learning_rate": 0.3}], [9, {"frozen": [0, 3], "optimizer": "adam"}]]
CONTENTS = (
    {"table": TABLE}, {"table": {**TABLE, "typed": [*TABLE["good"][:1], ["1", "oops"], *TABLE["good"][2:]]}},
    {"table": {**TABLE, "inputs": ["a"], "good": [["", ""], ["1", "2"], ["x", "y"], ["", "test"]]}}, {"asked": ASKED},
    {"course": {"given": [[0, ROW]], "changes": CHANGES}},
    {"table": {**TABLE, "plane": [0, 5, 0, 5]}, "asked": ASKED, "course": {"changes": CHANGES}},
)
STRANGE = (
    None, True, 0, -1, 2**70, 1.5, 1e308, float("nan"), float("-inf"), "", "<script>alert(1)</script>", "**b** $x$",
    "\N{RIGHT-TO-LEFT OVERRIDE}\0", "\ud800", "x" * 5000, [], {}, [[]], [None], "NaN", "1e999", "=1+1", {"a": [1]},
)
TEXTS = ("", "nan", "-1", "1e999", "<b>x</b>", "x" * 3000, "9" * 400, "\N{SUPERSCRIPT TWO}", "[]", "1,2", "true")
SETTINGS = {
    "data": [dataset.title for dataset in DATASETS.values()], "samples": ["20", "100"], "noise": ["20"], "draw": ["3"],
    "share": ["50", "100"], "split": ["by share", "in the table"], "layers": ["0", "1", "3"], "n1": ["1", "3"],
    "activation": [*ACTIVATIONS], "optimizer": [*OPTIMIZERS], "rate": ["0.003", "1000"], "batch": ["1", "10"],
    "penalty": ["L1"], "hide": ["data", "table,boundary"], "projector": ["true"], "tab": ["Export", "Compare"],
    "epoch": ["7", "60"],
}


def packed(content):
    """The field of a link that has this content, bytes or JSON values."""
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return "1." + base64.urlsafe_b64encode(zlib.compress(text)).decode().rstrip("=")


def content(rng):
    """A right content in which one to three values were deleted, repeated, shuffled, or became something else."""
    mutant = {"": copy.deepcopy(rng.choice(CONTENTS))}
    for _ in range(rng.randrange(1, 4)):
        inside, key = rng.choice([*_places(mutant)])
        value = inside[key]
        match rng.randrange(5):
            case 0 if inside is not mutant:
                del inside[key]
            case 1 if isinstance(value, list):
                inside[key] = value * rng.choice((2, 50, 500))
            case 2 if isinstance(value, list):
                rng.shuffle(value)
            case 3 if isinstance(value, int | float):
                inside[key] = rng.choice((value + 1, -value, 1e6 * value, 10**9))
            case _:
                inside[key] = copy.deepcopy(rng.choice(STRANGE))
    return mutant[""]


def link(rng):
    """The parameters of an address: some settings, one in three of them wrong, and most often a field."""
    parameters = {name: rng.choice(TEXTS if rng.random() < 0.3 else SETTINGS[name])
                  for name in rng.sample([*SETTINGS], rng.randrange(6))}
    kind = rng.random()
    if kind < 0.8:
        parameters["state"] = packed(content(rng))
    elif kind < 0.9:
        field = [*packed(rng.choice(CONTENTS))]
        field[rng.randrange(len(field))] = chr(rng.randrange(32, 500))
        parameters["state"] = "".join(field)[: rng.randrange(2, len(field) + 1)]
    return parameters


def _places(inside):
    """(what a value is in, its key or index), all the way down."""
    for key, value in [*(inside.items() if isinstance(inside, dict) else enumerate(inside))]:
        yield inside, key
        with suppress(TypeError):
            if not isinstance(value, str):
                yield from _places(value)
