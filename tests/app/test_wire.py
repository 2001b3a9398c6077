"""The wire: what is packed comes out again, and a picture loses only what the eye cannot tell."""

import json
import struct

import numpy as np
import pytest

from playground.app.player import pack
from playground.app.player.wire import ALIGNMENT
from playground.figures import Picture
from tests.app.browser import unpack

RNG = np.random.default_rng(0)


def expanded(arrays, name):
    """A picture as the browser reads it, (k, rows, columns)."""
    levels, scale = arrays[name], arrays[f"{name}:scale"]
    pictures = []
    for frame, (centre, reach) in zip(levels, scale, strict=True):
        s = (frame.astype(float) - 127) / 127
        pictures.append(centre + reach * s * np.abs(s))
    return np.array(pictures)


def sent(values, centre=0.0):
    return expanded(unpack(pack({}, {"p": Picture(np.asarray(values), centre)}))[1], "p")


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1,), (3,), (2, 5), (4, 3, 3), (0, 7), (1, 1, 1)])
def test_arrays_come_out_as_they_went_in(dtype, shape):
    array = (RNG.normal(size=shape) * 50 + 100).astype(dtype)
    header, arrays = unpack(pack({"a": 1}, {"first": array, "second": array[:1]}))
    assert header["a"] == 1
    assert header["arrays"]["first"]["type"] == {np.uint8: "u1", np.float32: "f4", np.float64: "f8"}[dtype]
    np.testing.assert_array_equal(arrays["first"], array)
    np.testing.assert_array_equal(arrays["second"], array[:1])


def test_arrays_need_not_be_contiguous_or_little_endian():
    array = np.arange(24.0).reshape(4, 6)
    swapped = array.astype(">f8"), array.astype(">f4")
    for given in (array.T, array[::2, ::-1], *swapped, np.broadcast_to(array[0], (3, 6))):
        np.testing.assert_array_equal(unpack(pack({}, {"a": given}))[1]["a"], given)


@pytest.mark.parametrize("length", range(10))
def test_arrays_are_aligned_however_long_the_header_is(length):
    message = pack({"x" * length: "ü" * length}, {"bytes": np.ones(length, np.uint8), "floats": np.ones(2)})
    header, arrays = unpack(message)  # asserts the alignment
    assert header["x" * length] == "ü" * length
    assert arrays["floats"].tolist() == [1, 1]


def test_the_documented_layout_is_kept():
    message = pack({}, {"a": np.array([1.5], np.float32)})
    (length,) = struct.unpack("<I", message[:4])
    assert (4 + length) % ALIGNMENT == 0
    assert json.loads(message[4:4 + length]) == {"arrays": {"a": {"type": "f4", "shape": [1], "at": 0}}}
    assert message[4 + length:] == struct.pack("<f", 1.5) + bytes(4)


def test_missing_losses_travel_as_such():
    assert np.isnan(unpack(pack({}, {"a": np.array([np.nan])}))[1]["a"]).all()


def test_a_header_that_is_not_json_is_refused():
    with pytest.raises(ValueError):
        pack({"loss": float("nan")}, {})


@pytest.mark.parametrize("centre", [0.0, 0.5, -3.0])
@pytest.mark.parametrize("reach", [1e-6, 0.5, 1.0, 300.0])
def test_a_picture_is_close_everywhere_closest_at_its_centre(centre, reach):
    values = centre + reach * RNG.uniform(-1, 1, (3, 20, 20)) ** 3
    values[:, 0, 0] = centre
    error = np.abs(sent(values, centre) - values)
    away = np.abs(values - centre)
    single = 4e-7 * (abs(centre) + away.max())                          # the wire's centre and reach are float32
    # A level is half a step of 1/127 wide in the square root s: |s² - s'²| <= (2 s + h) h with h = 1/254.
    s, h = np.sqrt(away / away.max(axis=(1, 2), keepdims=True)), 1 / 254
    bound = away.max(axis=(1, 2), keepdims=True) * (2 * s + h) * h
    assert (error <= bound * 1.001 + single).all()
    assert error.max() <= 0.008 * away.max() + single
    assert (error[:, 0, 0] <= single).all()


def test_the_centre_itself_is_exact():
    for centre in (0.0, 0.5, -1.0):
        picture = sent([[[centre, centre + 1], [centre - 0.3, centre]]], centre)
        assert picture[0, 0, 0] == picture[0, 1, 1] == centre


def test_no_value_changes_sides():
    values = 0.5 + RNG.normal(size=(5, 30, 30)) * np.geomspace(1e-6, 1, 5)[:, None, None]
    picture = sent(values, 0.5)
    assert ((picture - 0.5) * (values - 0.5) >= 0).all()


def test_each_frame_has_a_scale_of_its_own():
    values = np.array([[[0.0, 1e-3]], [[0.0, 50.0]]])
    picture = sent(values)
    np.testing.assert_allclose(picture[:, 0, 1], [1e-3, 50.0], rtol=1e-6)


def test_a_constant_picture_is_just_that():
    assert sent(np.full((2, 3, 3), 0.5), 0.5).tolist() == np.full((2, 3, 3), 0.5).tolist()
    np.testing.assert_allclose(sent(np.full((1, 3, 3), 0.9), 0.5), 0.9, rtol=1e-6)


def test_what_is_not_finite_still_makes_a_picture():
    picture = sent(np.array([[[np.inf, -np.inf], [np.nan, 1.0]]], np.float32))
    assert np.isfinite(picture).all()
    assert picture[0, 0, 0] > 1e38 > -1e38 > picture[0, 0, 1]
    assert picture[0, 1, 0] == 0
