"""Zoom: what is drawn for a projector is larger, and it is the same drawing."""

import json

import numpy as np
import pytest

from playground.figures import THEMES, Scene
from tests.figures.drawing import parsed, recorded
from tests.figures.test_scene import VIEWS, every_view

ZOOM = THEMES["projector"].zoom


def found(value, path=()):
    """Every number in a JSON value, by its path."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {path: value}
    return {found_path: number for key, part in pairs for found_path, number in found(part, (*path, key)).items()}


def panels(view, theme):
    return parsed(Scene(view, theme))["panels"]


def is_type(path):
    return path[-2:] in [("font", "size"), ("textfont", "size"), ("tickfont", "size")]


def is_line(path):
    return path[-2:] == ("line", "width")


@every_view
def test_all_type_and_all_lines_are_larger_by_the_same(view):
    plain, large = found(panels(view, "light")), found(panels(view, "projector"))
    for is_one, least in ((is_type, 15), (is_line, 8)):
        paths = [path for path in plain if is_one(path)]
        assert len(paths) > least
        for path in paths:
            assert large[path] == pytest.approx(ZOOM * plain[path], abs=0.5), path


@every_view
def test_what_is_drawn_stays_where_it_is(view):
    plain, large = found(panels(view, "light")), found(panels(view, "projector"))
    assert plain.keys() == large.keys()
    data = [path for path in plain if path[-2:-1] in [("x",), ("y",), ("z",), ("range",), ("customdata",)] or
            path[-1] in ("start", "end", "zmin", "zmax", "aspect", "y") or path[-3:-1] == ("x", "y")]
    assert len(data) > 20
    assert [large[path] for path in data] == [plain[path] for path in data]


def test_the_bars_of_a_chart_are_as_wide_as_its_columns():
    bars = panels(VIEWS["four people"], "projector")["health"]["figure"]["data"][0]
    assert bars["type"] == "bar" and bars["width"] < 1


def test_pictures_may_be_as_large_as_the_markers_that_hold_them():
    diagram = panels(VIEWS["four people"], "projector")["network"]
    ((traces, room),) = [(channel["traces"], channel["room"]) for channel in diagram["channels"].values()
                         if "room" in channel]
    assert room["most"] == diagram["figure"]["data"][traces[0]]["marker"]["size"] > 72


def test_a_frame_is_the_same_on_a_projector():
    view = VIEWS["four people"]
    frames = recorded(view).frames(range(3))
    plain, large = (Scene(view, theme).frames(frames) for theme in ("light", "projector"))
    assert plain.keys() == large.keys()
    for name, array in plain.items():
        assert np.array_equal(np.asarray(getattr(array, "values", array)),
                              np.asarray(getattr(large[name], "values", large[name])), equal_nan=True)


def test_a_small_projector_is_between_a_page_and_a_large_one():
    page, small, large = (json.dumps(THEMES[name].zoom) for name in ("light", "small projector", "projector"))
    assert page < small < large
