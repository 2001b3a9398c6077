"""The response of one neuron: its picture is its output, and its formula is true where one points."""

import json
import math
import re

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.data import Table
from playground.figures import Look, Picture, Scene
from playground.figures.response import pointed
from playground.nn import Config
from tests.figures.drawing import count, frames_of, strings, table, view_of

RNG = np.random.default_rng(7)
NAMED = re.compile(r'data-name="([^"]+)" data-value="([^"]+)"')
NUMBER = re.compile(r'title="([^"]+)"')
FUNCTIONS = {"sigmoid": lambda z: 1 / (1 + math.exp(-z)), "tanh": math.tanh, "relu": lambda z: max(z, 0.0),
             "linear": lambda z: z}
ONE = Table(("hours",), "passed", ("no", "yes"), ("",) * 4, np.array([[1.0], [2.0], [4.0], [5.0]]),
            np.array([0, 0, 1, 1]))
MANY = table(X=RNG.normal(0, 1, (1200, 2)), y=np.arange(1200) % 2)
SOFTMAX = Config((3,), "tanh", "softmax", "cross_entropy")


def panel(view, *chosen):
    return json.loads(Scene(view, "light").looked_json(Look("neuron", chosen)))


def forward(view, p, x):
    """Weighted sums and outputs of all layers for features x, one number at a time."""
    found, at, inputs = [], 0, list(x)
    for layer, (n, m) in enumerate(zip(view.sizes, view.sizes[1:], strict=False)):
        sums = [math.fsum(inputs[i] * p[at + i * m + j] for i in range(n)) + p[at + n * m + j] for j in range(m)]
        at += (n + 1) * m
        name = view.config.output_activation if layer == len(view.config.hidden) else view.config.activation
        if name == "softmax":
            outputs = [math.exp(z) / math.fsum(map(math.exp, sums)) for z in sums]
        else:
            outputs = [FUNCTIONS[name](z) for z in sums]
        found.append((sums, outputs))
        inputs = outputs
    return found


CASES = [
    (view_of(), (2,), 0, 0, "h1"), (view_of(), (3,), 0, 1, "h2"), (view_of(), (4,), 1, 0, "ŷ"),
    (view_of(), (), 0, 0, "h1"), (view_of(), (0,), 0, 0, "h1"), (view_of(), (10**6,), 0, 0, "h1"),
    (view_of(Config((4, 3), "tanh"), "circle"), (7,), 1, 1, "h6"),
    (view_of(Config((3, 2), "relu"), "circle", features=("x1", "x2", "x1_squared", "sin_x2")), (4,), 0, 0, "h1"),
    (view_of(SOFTMAX, "iris", standardise=True), (6,), 1, 1, "ŷ2"),
    (view_of(Config(()), "circle"), (2,), 0, 0, "ŷ"),
    (view_of(Config((3,), output_activation="linear"), "hills"), (5,), 1, 0, "ŷ"),
]


def fed(view, place):
    """The features of a place, by hand."""
    a, b = ((value - mean) / deviation for value, mean, deviation in
            zip(place, view.scaling.mean, view.scaling.deviation, strict=True))
    return [{"x1": a, "x2": b, "x1_squared": a * a, "sin_x2": math.sin(b)}[name] for name in view.features]


@pytest.mark.parametrize(("view", "chosen", "layer", "j", "name"), CASES)
def test_the_formula_is_the_weighted_sum_and_the_output_at_the_place(view, chosen, layer, j, name):
    parameters, domain = RNG.normal(0, 1, count(view)), view.domain
    for along, up in ((0.3, 0.8), (0.5, 0.1)):
        place = domain.x_min + along * (domain.x_max - domain.x_min), domain.y_min + up * (domain.y_max - domain.y_min)
        told = pointed(view, parameters, chosen, place)
        assert told["place"] == pytest.approx(place)
        sums, outputs = forward(view, parameters, fed(view, place))[layer]
        shown = {key: float(value) for key, value in NAMED.findall(told["html"])}
        assert shown == {f"sum_{name}": pytest.approx(sums[j], abs=1e-12), name: pytest.approx(outputs[j], abs=1e-12)}
        numbers = [float(value) for value in NUMBER.findall(told["html"])][len(place) : -2]
        assert math.fsum([w * x for w, x in zip(numbers[::2], numbers[1::2], strict=False)] + numbers[-1:]) == (
            pytest.approx(sums[j], abs=1e-12))


@pytest.mark.parametrize(("view", "chosen", "layer", "j", "name"), CASES)
def test_the_picture_is_the_neurons_output_over_the_plane(view, chosen, layer, j, name):
    frames = frames_of(*RNG.normal(0, 1, (2, count(view))))
    picture = Scene(view, "light").frames(frames, Look("neuron", chosen))["neuron/output"]
    assert isinstance(picture, Picture) and picture.values.shape == (2, 61, 61)
    x, y = view.plane.x, view.plane.y
    for k, row, column in ((0, 0, 0), (1, 30, 7), (0, 60, 41)):
        _, outputs = forward(view, frames.parameters[k], fed(view, (x[column], y[row])))[layer]
        assert picture.values[k, row, column] == pytest.approx(outputs[j], rel=1e-4, abs=1e-4)


def test_a_place_outside_the_plane_is_taken_at_its_edge_and_without_one_it_is_that_of_the_first_row():
    view, parameters = view_of(), RNG.normal(0, 1, 9)
    domain = view.domain
    assert pointed(view, parameters, (), (1e300, -1e300))["place"] == [domain.x_max, domain.y_min]
    for nothing in ((), (3.0,)):
        assert pointed(view, parameters, (), nothing)["place"] == [-2, -1]


def test_over_a_single_input_the_output_is_a_curve():
    view = view_of(Config((2,), "relu"), ONE, features=("x1",))
    frames = frames_of(RNG.normal(0, 1, count(view)))
    curve = Scene(view, "light").frames(frames, Look("neuron", (2,)))["neuron/output"]
    for i in (0, 25, 60):
        _, outputs = forward(view, frames.parameters[0], [view.plane.x[i]])[0]
        assert curve[0, i] == pytest.approx(outputs[1], abs=1e-5)
    told = pointed(view, frames.parameters[0], (2,), (3.5, 77.0))
    assert told["place"] == [3.5] and "hours = " in told["html"]


def test_the_line_is_where_the_weighted_sum_is_0_and_only_where_that_is_one():
    def line(config, place, rows="circle"):
        found = [trace for trace in panel(view_of(config, rows), place)["figure"]["data"] if trace["type"] == "contour"]
        return [trace["contours"]["start"] for trace in found]

    assert line(Config(), 2) == line(Config(), 4) == [0.5]
    assert line(Config((2,), "tanh"), 2) == line(Config(output_activation="tanh"), 4) == [0]
    assert line(Config((2,), "relu"), 2) == line(Config((2,), "sine"), 2) == line(SOFTMAX, 6, "iris") == []


def test_colours_are_those_of_the_diagram_and_ends_that_hold_more_say_so():
    def colours(config, place, rows="circle"):
        return panel(view_of(config, rows), place)["figure"]["data"][0]

    relu, sigmoid, winner = colours(Config((2,), "relu"), 2), colours(Config(), 2), colours(SOFTMAX, 6, "iris")
    assert (relu["zmin"], relu["zmax"], relu["colorbar"]["ticktext"]) == (-1, 1, ["≤ -1", "0", "≥ 1"])
    assert (sigmoid["zmin"], sigmoid["zmax"]) == (0, 1) and "ticktext" not in sigmoid["colorbar"]
    assert winner["colorscale"][1][1] != sigmoid["colorscale"][-1][1] or winner["colorscale"][0] != [0, "#f4a968"]


@pytest.mark.parametrize("view", [case[0] for case in CASES] + [
    view_of(Config((2,)), ONE, features=("x1",)), view_of(rows=MANY)])
def test_the_figure_is_one_that_plotly_accepts_and_any_neuron_can_be_chosen(view):
    shown = panel(view)
    figure = go.Figure(shown["figure"])
    for channel in shown["channels"].values():
        assert set(channel["traces"]) <= set(range(len(figure.data)))
    options = [value for _, group in shown["choices"][0]["groups"] for value, _ in group]
    assert options == list(range(view.sizes[0], sum(view.sizes)))


def test_names_are_escaped():
    alien = table(inputs=("<b>a</b>", "%{b}"), target="<i>t</i>", classes=("<u>no</u>", "yes"), names=("<s>x</s>", "y"))
    view = view_of(rows=alien)
    for place in (2, 4):
        for text in strings(panel(view, place)["figure"]):
            assert not [mark for mark in ("<b>a", "<i>t", "<u>n", "<s>x", "%{b}") if mark in text]
        html = pointed(view, RNG.normal(0, 1, 9), (place,), ())["html"]
        assert "&lt;b&gt;a" in html and "<b>a" not in html and "<i>t" not in html
