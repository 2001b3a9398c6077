"""What the tests of the figures share: views, frames with given parameters, and a scene as the browser gets it."""

import json

import numpy as np

from playground.data import DATASETS, Table, as_it_is, domain, split, standardising, targets
from playground.figures import Scene, View
from playground.nn import Config, Dataset, Frames, Recording, parameter_count

ALL_FEATURES = ("x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2")


def table(X=((1.0, 2.0), (-3.0, 4.0)), y=(0, 1), inputs=("x1", "x2"), target="class",
          classes=("class 0", "class 1"), names=None):
    return Table(inputs, target, classes, ("",) * len(y) if names is None else names, np.array(X), np.array(y))


def view_of(config=None, rows="people", share=100, features=("x1", "x2"), samples=60, standardise=False):
    if isinstance(rows, str):
        rows = DATASETS[rows].make(samples, 20, 0)
    train, test = split(rows.y, share, 0)
    scaling = (standardising if standardise else as_it_is)(rows.X[train])
    return View(config or Config(), rows, train, test, features, scaling, domain(rows))


def recorded(view, budget=8_000_000):
    X, y = view.fed(view.table.X), targets(view.table, view.config.output_activation)
    test = Dataset(X[view.test], y[view.test]) if len(view.test) else None
    return Recording(view.config, Dataset(X[view.train], y[view.train]), test, budget=budget)


def count(view):
    return parameter_count(view.sizes)


def frames_of(*parameters):
    """Frames with the given flat parameters, at epochs 0, 1, …"""
    k = len(parameters)
    return Frames(np.arange(k), np.array(parameters, float), np.full(k, 0.5), np.full(k, np.nan))


def parsed(scene):
    """The scene's JSON as JavaScript reads it: NaN and Infinity are errors there."""
    return json.loads(scene.json, parse_constant=_refuse)


def panel_of(view, name, theme="light"):
    return parsed(Scene(view, theme))["panels"][name]


def arrays_of(view, frames, theme="light"):
    return Scene(view, theme).frames(frames)


def strings(value):
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def linear(colour):
    """The light of #rrggbb, 0 to 1 each."""
    channels = [int(colour[i: i + 2], 16) / 255 for i in (1, 3, 5)]
    return np.array([c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels])


def luminance(colour):
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.1)."""
    return float(linear(colour) @ (0.2126, 0.7152, 0.0722))


def contrast(one, other):
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# What is left of linear RGB: all, or for those without red, green or blue cones (Machado, Oliveira, Fernandes 2009).
VISIONS = np.array([
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
])


def distance(one, other, vision):
    """How far two colours are apart as they are seen, in CIELAB."""
    rgb = np.clip([vision @ linear(colour) for colour in (one, other)], 0, 1)
    xyz = rgb @ np.transpose([[0.4339, 0.3762, 0.1899], [0.2126, 0.7152, 0.0722], [0.0177, 0.1095, 0.8728]])
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), xyz * 841 / 108 + 4 / 29).T
    return float(np.linalg.norm(np.subtract(*np.transpose([116 * y, 500 * (x - y), 200 * (y - z)]))))


def _refuse(constant):
    raise AssertionError(f"{constant} is not JSON")
