"""Thumbnails: what a network predicts, in the colours of the boundary, with a line where two classes part."""

import re
import struct
import zlib
from base64 import b64decode
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from playground.figures import THEMES, specks, thumbnail
from playground.nn import Config, EpochState, predict, unflatten
from tests.figures.drawing import count, table, view_of

OUTPUTS = {"sigmoid": 0.5, "tanh": 0.0, "linear": 0.0}
SOFTMAX = Config((4,), output_activation="softmax", loss="cross_entropy")
LINE = Config((4,), "tanh", "linear")
FEATURES = {"sine": ("x1",)}


def pixels(svg):
    """The picture in an SVG document as colours (rows, columns, 3), highest row first, decoded here."""
    (address,) = re.findall(r'href="data:image/png;base64,([^"]+)"', svg)
    data = b64decode(address)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + body),)
        chunks[kind], at = body, at + 12 + length
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colour, list(chunks)[-1]) == (8, 3, b"IEND")
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, width + 1)
    assert not lines[:, 0].any()
    return np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)[lines[:, 1:]]


def middles(view, n):
    """The places (n, n, 2) in the middle of each pixel, highest row first."""
    x_min, x_max, y_min, y_max = view.domain
    across = x_min + (np.arange(n) + 0.5) / n * (x_max - x_min)
    up = y_max - (np.arange(n) + 0.5) / n * (y_max - y_min)
    return np.stack(np.meshgrid(across, up), axis=-1)


def outputs(view, parameters, places):
    weights, biases = unflatten(np.asarray(parameters), view.sizes)
    X = view.fed(places.reshape(-1, places.shape[-1]))
    return predict(view.config, EpochState(0, weights, biases, 0.0, 0.0), X).reshape(*places.shape[:-1], -1)


def drawn(view, size):
    """Parameters (P,) of about this size."""
    return size * np.random.default_rng(3).normal(size=count(view))


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def blended(theme, share):
    """The field's colours (..., 3) at shares (...) of the way from the lowest to the highest output."""
    low, middle, high = (rgb(colour) for colour in theme.field)
    share = np.clip(share, 0, 1)[..., np.newaxis]
    return np.where(share < 0.5, low + 2 * share * (middle - low), middle + (2 * share - 1) * (high - middle))


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize("output", OUTPUTS)
def test_a_pixel_has_the_colour_of_what_is_predicted_in_its_middle_and_a_line_parts_the_classes(output, theme):
    view = view_of(Config((4,), "tanh", output), "circle")
    parameters = drawn(view, 1 / 2)
    picture = pixels(thumbnail(view, parameters, theme))
    predicted = outputs(view, parameters, middles(view, len(picture)))[..., 0]
    low, high = view.span
    expected = blended(theme, (predicted - low) / (high - low))
    off = np.abs(picture - expected).max(axis=-1)
    side = predicted > OUTPUTS[output]
    near = np.zeros_like(side)                                          # within two pixels of the other side
    for shift in range(1, 3):
        for axis in (0, 1):
            differs = np.diff(np.take(side, range(0, len(side), 1), axis), axis=axis) != 0
            for move in range(-shift, shift + 1):
                index = np.argwhere(differs)
                index[:, axis] = np.clip(index[:, axis] + move, 0, len(side) - 1)
                near[tuple(index.T)] = True
    assert near.any() and not near.all()
    assert off[~near].max() < 6
    inked = np.abs(picture - rgb(theme.ink)).max(axis=-1) < 100
    crossing = side[:, :-1] != side[:, 1:]
    assert (inked[:, :-1] | inked[:, 1:])[crossing].mean() > 0.9, "the line has gaps"


def test_numbers_have_a_continuous_scale_and_no_line():
    theme, view = THEMES["light"], view_of(LINE, "hills")
    parameters = drawn(view, 1 / 3)
    picture = pixels(thumbnail(view, parameters, theme))
    predicted = outputs(view, parameters, middles(view, len(picture)))[..., 0]
    low, high = view.span
    assert np.abs(picture - blended(theme, (predicted - low) / (high - low))).max() < 6


@pytest.mark.parametrize("config", [SOFTMAX, Config((4,), output_activation="tanh")], ids=["softmax", "tanh"])
def test_of_several_classes_every_pixel_is_of_the_colour_of_the_winner(config):
    theme, view = THEMES["light"], view_of(config, "iris", standardise=True)
    parameters = drawn(view, 3 if config == SOFTMAX else 1)
    picture = pixels(thumbnail(view, parameters, theme)).astype(float)
    values = outputs(view, parameters, middles(view, len(picture)))
    winner = values.argmax(axis=-1)
    assert len({*winner.ravel().tolist()}) > 1
    pale, full = rgb(theme.field[1]), np.array([rgb(colour) for colour in theme.fields])[winner]
    strength = ((picture - pale) * (full - pale)).sum(axis=-1) / ((full - pale) ** 2).sum(axis=-1)
    assert np.abs(picture - pale - strength[..., np.newaxis] * (full - pale)).max() < 2, "another class's colour"
    assert strength.max() > 0.3


@pytest.mark.parametrize(("config", "classes"), [(Config((3,)), 2), (SOFTMAX, 3), (LINE, 0)], ids=str)
def test_over_a_single_input_every_output_is_a_line(config, classes):
    rng = np.random.default_rng(0)
    y = rng.integers(0, classes, 20) if classes else rng.normal(size=20)
    rows = table(rng.normal(size=(20, 1)), y, ("x",), classes=tuple("abc"[:classes]))
    view = view_of(config, rows, features=("x1",))
    parameters = drawn(view, 1 / 2)
    lines = re.findall(r'<polyline[^>]* points="([^"]+)"', thumbnail(view, parameters, THEMES["light"]))
    assert len(lines) == max(1, classes if classes > 2 else 1)
    x_min, x_max, y_min, y_max = view.axes
    for i, line in enumerate(lines):
        x, y = np.array([[float(number) for number in point.split(",")] for point in line.split()]).T
        places = x_min + x[:, np.newaxis] / 100 * (x_max - x_min)
        expected = 100 * (y_max - outputs(view, parameters, places)[:, i]) / (y_max - y_min)
        assert np.allclose(y, np.clip(expected, -100, 200), atol=0.5)


@pytest.mark.parametrize("share", [100, 60])
@pytest.mark.parametrize("rows", ["circle", "iris", "hills", "sine"])
def test_every_point_stands_once_where_the_axes_put_it(rows, share):
    theme = THEMES["light"]
    config = {"iris": SOFTMAX, "circle": Config()}.get(rows, LINE)
    view = view_of(config, rows, share, FEATURES.get(rows, ("x1", "x2")))
    spots = ElementTree.fromstring(specks(view, theme)).findall("{*}circle")
    assert len(spots) == len(view.rows)
    hollow = [spot for spot in spots if spot.get("fill") == theme.paper]
    assert len(hollow) == len(view.test)
    x_min, x_max, y_min, y_max = view.axes
    x, y = view.table.X[view.rows, 0], (view.table.y if rows in FEATURES else view.table.X[:, 1])[view.rows]
    for key, expected in (("cx", (x - x_min) / (x_max - x_min)), ("cy", (y_max - y) / (y_max - y_min))):
        assert np.allclose(sorted(float(spot.get(key)) for spot in spots), np.sort(100 * expected), atol=0.06)
    if view.table.classes:
        colours = [spot.get("stroke" if spot in hollow else "fill") for spot in spots]
        for label in range(len(view.table.classes)):
            assert colours.count(theme.classes[label]) == (view.table.y[view.rows] == label).sum()


@pytest.mark.parametrize("rows", ["circle", "iris", "hills", "sine"])
@pytest.mark.parametrize("size", [0.0, 1e30, 1e300])
def test_networks_that_went_astray_have_a_picture(rows, size):
    view = view_of({"iris": SOFTMAX, "circle": Config()}.get(rows, LINE), rows, 100, FEATURES.get(rows, ("x1", "x2")))
    ElementTree.fromstring(thumbnail(view, np.full(count(view), size), THEMES["dark"]))
    ElementTree.fromstring(thumbnail(view, drawn(view, size), THEMES["dark"]))


def test_a_picture_is_small_enough_for_many_on_a_page():
    view = view_of(replace(SOFTMAX, hidden=(8, 8)), "iris")
    assert len(thumbnail(view, drawn(view, 1), THEMES["light"])) < 12_000
