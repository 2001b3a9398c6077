"""The network diagram: sign, width and number of every edge, and the picture in every neuron."""

import colorsys
import math
from itertools import pairwise

import numpy as np
import pytest

from playground.figures import THEMES, Scene
from playground.nn import Config
from tests.figures.drawing import ALL_FEATURES, arrays_of, contrast, count, frames_of, panel_of, parsed, view_of

RNG = np.random.default_rng(1)
FLAT = [-5.0, -1.5, -0.1, 0.1, 0.3, -0.3, 1.5, 5.0, 0.7]  # of 2-2-1: W, W, W, W, b, b, V, V, c
SHAPES = [((), ("x1", "x2")), ((3,), ("x1", "x2")), ((2, 4), ("x1",)), ((8,) * 6, ("x1", "x2")), ((3,), ALL_FEATURES)]
every_shape = pytest.mark.parametrize(("hidden", "features"), SHAPES)


def drawn_edges(view, parameters, theme="light"):
    """(place of the start, place of the end, trace) of every edge in the first frame."""
    scene = Scene(view, theme)
    panel = parsed(scene)["panels"]["network"]
    channel = panel["channels"]["edges"]
    dealt = scene.frames(frames_of(parameters))["network/edges"][0]
    return [
        ((x[0], y[0]), (x[1], y[1]), panel["figure"]["data"][channel["traces"][byte]] if byte < 255 else None)
        for x, y, byte in zip(channel["x"], channel["y"], dealt, strict=True)
    ]


def neurons(panel):
    """The neuron drawn at each place, as (layer, index from the top), by place."""
    trace = panel["figure"]["data"][panel["channels"]["pictures"]["traces"][0]]
    places = list(zip(trace["x"], trace["y"], strict=True))
    return {(x, y): (sorted({p[0] for p in places}).index(x), sum(p[0] == x and p[1] > y for p in places))
            for x, y in places}


def layers_by_hand(parameters, sizes):
    """W[l][i][j] and b[l][j], dealt out one number at a time."""
    numbers = iter(parameters)
    W, b = [], []
    for fan_in, fan_out in pairwise(sizes):
        W.append([[next(numbers) for _ in range(fan_out)] for _ in range(fan_in)])
        b.append([next(numbers) for _ in range(fan_out)])
    return W, b


def hue(colour):
    return colorsys.rgb_to_hsv(*(int(colour[i: i + 2], 16) / 255 for i in (1, 3, 5)))[0]


def apart(one, other):
    return min(abs(hue(one) - hue(other)), 1 - abs(hue(one) - hue(other)))


def single(weight, theme="light"):
    """The trace that draws a weight."""
    return drawn_edges(view_of(Config(()), features=("x1",)), [weight, 0.0], theme)[0][2]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [1e-6, 0.1, 0.25, 0.4, 0.9, 1.7, 3.0, 4.0, 50.0])
def test_the_sign_of_a_weight_is_its_colour(theme, size):
    positive, negative = THEMES[theme].positive, THEMES[theme].negative
    for weight, same, other in ((size, positive, negative), (-size, negative, positive)):
        colour = single(weight, theme)["line"]["color"]
        assert apart(colour, same) < 0.06 < apart(colour, other), weight


@pytest.mark.parametrize("theme", THEMES)
def test_the_thinnest_edge_can_still_be_seen(theme):
    for sign in (1, -1):
        line = single(sign * 1e-9, theme)["line"]
        assert line["width"] >= 0.5
        assert contrast(line["color"], THEMES[theme].paper) >= 2


def test_the_width_grows_with_the_weight_and_is_clamped():
    sizes = np.geomspace(1e-3, 1e3, 60)
    for sign in (1, -1):
        widths = [single(sign * size)["line"]["width"] for size in sizes]
        assert widths == sorted(widths)
        assert len(set(widths)) >= 5
        assert widths[-1] == single(sign * 4.001)["line"]["width"] > single(sign * 3.9)["line"]["width"]
    assert [single(s)["line"]["width"] for s in sizes] == [single(-s)["line"]["width"] for s in sizes]


def test_the_scale_stays_the_same_from_frame_to_frame():
    view = view_of()
    small, large = np.full(9, 0.01), np.full(9, 1000.0)
    small[0] = large[0] = 1.2
    edges = arrays_of(view, frames_of(small, large))["network/edges"]
    assert edges[0, 0] == edges[1, 0]
    assert edges[0, 1] != edges[1, 1]


@every_shape
def test_every_edge_is_dealt_to_exactly_one_trace(hidden, features):
    view = view_of(Config(hidden), features=features)
    edges = drawn_edges(view, RNG.normal(0, 3, count(view)))
    assert all(trace is not None and trace["mode"] == "lines" for *_, trace in edges)
    assert len(edges) == len({(start, end) for start, end, _ in edges})
    assert len(edges) == sum(a * b for a, b in pairwise(view.sizes))


def test_a_weight_of_zero_is_drawn_and_one_that_is_no_number_is_not():
    edges = drawn_edges(view_of(), [0.0, math.nan, *FLAT[2:]])
    assert edges[0][2] is not None
    assert edges[1][2] is None


def test_there_is_no_trace_per_edge():
    traces = [len(panel_of(view_of(Config(hidden)), "network")["figure"]["data"]) for hidden in ((8,), (8,) * 6)]
    assert max(traces) <= 16


@every_shape
def test_an_edge_is_the_weight_between_the_neurons_it_joins(hidden, features):
    view = view_of(Config(hidden), features=features)
    parameters = RNG.normal(0, 2, count(view))
    W, _ = layers_by_hand(parameters, view.sizes)
    panel, arrays = panel_of(view, "network"), arrays_of(view, frames_of(parameters, -parameters))
    at, values = neurons(panel), arrays["network/weights"]
    for i, (start, end, trace) in enumerate(drawn_edges(view, parameters)):
        (layer, a), (after, b) = at[start], at[end]
        assert after == layer + 1
        assert values[0, i] == pytest.approx(W[layer][a][b], rel=1e-6)
        assert values[1, i] == -values[0, i]
        sign = THEMES["light"].positive if W[layer][a][b] > 0 else THEMES["light"].negative
        assert apart(trace["line"]["color"], sign) < 0.06


@every_shape
def test_a_label_stands_on_its_edge_and_names_its_ends(hidden, features):
    view = view_of(Config(hidden), features=features)
    panel = panel_of(view, "network")
    names = panel["figure"]["data"][panel["channels"]["pictures"]["traces"][0]]
    name_at = dict(zip(zip(names["x"], names["y"], strict=True), names["hovertext"], strict=True))
    labels = panel["figure"]["data"][panel["channels"]["weights"]["traces"][0]]
    for i, (start, end, _) in enumerate(drawn_edges(view, np.ones(count(view)))):
        assert labels["text"][i] == f"{name_at[start]} → {name_at[end]}"
        share = (labels["x"][i] - start[0]) / (end[0] - start[0])
        assert 0 < share < 1
        assert labels["y"][i] == pytest.approx(start[1] + share * (end[1] - start[1]))


def test_neurons_are_named_from_the_top_inputs_left_output_right():
    panel = panel_of(view_of(Config((2, 1))), "network")
    trace = panel["figure"]["data"][panel["channels"]["pictures"]["traces"][0]]
    named = dict(zip(neurons(panel).values(), trace["hovertext"], strict=True))
    assert named == {(0, 0): "weight", (0, 1): "height", (1, 0): "h1", (1, 1): "h2", (2, 0): "h3", (3, 0): "gender"}


def test_a_layer_of_eight_leaves_no_room_for_biases_between_its_neurons():
    channels = panel_of(view_of(Config((8,))), "network")["channels"]
    assert "weights" in channels and "biases" not in channels


@pytest.mark.parametrize(("hidden", "features", "printed"), [
    ((2,), 2, True), ((6,), 2, True), ((3,), 7, True), ((5,), 4, False), ((4, 4), 2, False), ((), 7, True),
])
def test_up_to_24_edges_carry_their_numbers_and_their_neurons_biases(hidden, features, printed):
    panel = panel_of(view_of(Config(hidden), features=ALL_FEATURES[:features]), "network")
    labels = panel["figure"]["data"][panel["channels"]["weights"]["traces"][0]]
    assert ("text" in labels["mode"]) == printed
    assert "weight" in labels["hovertemplate"]
    assert ("biases" in panel["channels"]) == printed


def test_numbers_are_printed_with_their_sign():
    panel = panel_of(view_of(), "network")
    for channel in ("weights", "biases"):
        assert panel["channels"][channel]["attr"] == "customdata"
        trace = panel["figure"]["data"][panel["channels"][channel]["traces"][0]]
        assert "%{customdata:+.2f}" in trace["texttemplate"]


@every_shape
def test_a_bias_stands_at_its_neuron(hidden, features):
    view = view_of(Config(hidden), features=features)
    parameters = RNG.normal(0, 2, count(view))
    _, b = layers_by_hand(parameters, view.sizes)
    panel, arrays = panel_of(view, "network"), arrays_of(view, frames_of(parameters))
    at = neurons(panel)
    for channel in {"biases", "pictured_biases"} & panel["channels"].keys():
        trace = panel["figure"]["data"][panel["channels"][channel]["traces"][0]]
        values = arrays[f"network/{channel}"][0]
        for x, y, value in zip(trace["x"], trace["y"], values, strict=True):
            layer, j = at[x, y]
            assert value == pytest.approx(b[layer - 1][j] if layer else 0.0, rel=1e-6)


def picture_by_hand(view, neuron, side):
    """Outputs of one neuron of the network FLAT at the points of its picture, (rows, columns)."""
    w00, w01, w10, w11, b0, b1, v0, v1, c = FLAT
    squash = {"sigmoid": lambda z: 1 / (1 + math.exp(-z)), "tanh": math.tanh, "relu": lambda z: max(z, 0.0),
              "linear": lambda z: z}
    f, g = squash[view.config.activation], squash[view.config.output_activation]
    box = view.domain
    rows = []
    for i in range(side):
        y = box.y_min + (box.y_max - box.y_min) * i / (side - 1)
        rows.append([])
        for j in range(side):
            x = box.x_min + (box.x_max - box.x_min) * j / (side - 1)
            h1, h2 = f(w00 * x + w10 * y + b0), f(w01 * x + w11 * y + b1)
            rows[-1].append({"h1": h1, "h2": h2, "out": g(v0 * h1 + v1 * h2 + c)}[neuron])
    return np.array(rows)


@pytest.mark.parametrize(("activation", "output", "low_of_hidden", "low_of_output"), [
    ("sigmoid", "sigmoid", 0, 0), ("tanh", "tanh", -1, -1), ("relu", "linear", -1, -1), ("tanh", "sigmoid", -1, 0),
])
def test_a_neuron_is_a_picture_of_its_output_lowest_y_first(activation, output, low_of_hidden, low_of_output):
    view = view_of(Config((2,), activation, output))
    pictures = arrays_of(view, frames_of(FLAT))["network/pictures"][0]
    side = pictures.shape[-1]
    assert pictures.shape == (5, side, side)
    for neuron, picture, low in (("h1", pictures[2], low_of_hidden), ("h2", pictures[3], low_of_hidden),
                                 ("out", pictures[4], low_of_output)):
        expected = picture_by_hand(view, neuron, side)
        share = np.clip((expected - low) / (1 - low), 0, 1)
        assert np.abs(picture - 255 * share).max() <= 0.51 + 1e-2, neuron
        assert np.ptp(picture) > 0, "the example shows nothing"


def test_an_input_is_a_picture_of_itself_with_zero_in_the_middle_of_the_colours():
    view = view_of(rows="spiral", features=("x1", "x2", "x1_squared"))
    pictures = arrays_of(view, frames_of(np.ones(count(view))))["network/pictures"][0].astype(int)
    assert (np.diff(pictures[0], axis=1) > 0).all() and (np.diff(pictures[0], axis=0) == 0).all()
    assert (np.diff(pictures[1], axis=0) > 0).all() and (np.diff(pictures[1], axis=1) == 0).all()
    assert pictures[2].min() >= 127


@pytest.mark.parametrize(("hidden", "features"), [((), ("x1", "x2")), ((3,), ("x1", "x2")), ((2, 4), ("x1",))])
def test_every_parameter_has_a_handle_which_is_the_number_that_the_diagram_shows(hidden, features):
    view = view_of(Config(hidden), features=features)
    scene = Scene(view, "light")
    handles = parsed(scene)["panels"]["network"]["handles"]
    parameters = RNG.normal(size=count(view))
    arrays = scene.frames(frames_of(parameters))
    shown = [arrays[f"network/{channel}"][0][item]
             for channel, item in zip(handles["channels"], handles["items"], strict=True)]
    np.testing.assert_allclose(shown, parameters, rtol=1e-6)
    assert len(set(handles["labels"])) == len(parameters)


def test_handles_are_numbered_as_in_the_notebook_neuron_after_neuron():
    handles = panel_of(view_of(), "network")["handles"]
    assert handles["labels"] == [
        "w1: weight → h1", "w3: weight → h2", "w2: height → h1", "w4: height → h2", "b1: bias of h1", "b2: bias of h2",
        "w5: h1 → gender", "w6: h2 → gender", "b3: bias of gender"]
