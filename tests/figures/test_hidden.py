"""Hidden space: the points are the layer's outputs, and the lines are where the next layer's weighted sums are 0."""

import json
import math

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.figures import Look, Picture, Scene, evaluate
from playground.figures.hidden import extent, rest
from playground.figures.lines import ends, spots
from playground.nn import Config
from tests.figures.drawing import count, frames_of, strings, table, view_of

RNG = np.random.default_rng(5)
SOFTMAX = Config((3,), output_activation="softmax", loss="cross_entropy")
MANY = table(X=RNG.normal(0, 1, (5000, 2)), y=np.arange(5000) % 2)    # every other row is of the other class
LINEAR = Config((3,), output_activation="linear")


def panel(view, *chosen):
    """The panel as the browser gets it."""
    return json.loads(Scene(view, "light").looked_json(Look("hidden", chosen)))


def shown(view, *chosen):
    """The panel of the chosen neurons, its arrays in three random frames by channel, and these frames."""
    frames = frames_of(*RNG.normal(0, 1, (3, count(view))))
    arrays = Scene(view, "light").frames(frames, Look("hidden", chosen))
    found = {name.removeprefix("hidden/"): array for name, array in arrays.items() if name.startswith("hidden/")}
    return panel(view, *chosen), found, frames


FUNCTIONS = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0),
             "sine": np.sin, "linear": lambda z: z}


def layers(view, parameters, inputs):
    """The outputs (n, units) of every hidden layer and the output layer's weighted sums, by matrices written out."""
    found, at = [], 0
    for fan_in, fan_out in zip(view.sizes, view.sizes[1:], strict=False):
        W = parameters[at : at + fan_in * fan_out].reshape(fan_in, fan_out)
        at += fan_in * fan_out
        sums = inputs @ W + parameters[at : at + fan_out]
        at += fan_out
        inputs = FUNCTIONS[view.config.activation](sums)
        found.append(inputs)
    return [*found[:-1], sums]


def sums(view, frames, k, layer, units, place):
    """The weighted sums after a layer in frame k at a place, other neurons at their mean, one number at a time."""
    outputs = layers(view, frames.parameters[k], view.fed(view.table.X[view.rows]))[layer - 1]
    n, m = view.sizes[layer : layer + 2]
    at = sum((a + 1) * b for a, b in zip(view.sizes[:layer], view.sizes[1 : layer + 1], strict=True))
    numbers = frames.parameters[k][at : at + (n + 1) * m]
    values = [place[units.index(i)] if i in units else math.fsum(outputs[:, i]) / len(outputs) for i in range(n)]
    return [math.fsum(values[i] * numbers[i * m + j] for i in range(n)) + numbers[n * m + j] for j in range(m)]


@pytest.mark.parametrize(("view", "chosen", "layer", "units"), [
    (view_of(), (), 1, [0, 1]), (view_of(), (3, 2), 1, [1, 0]),
    (view_of(Config((4, 3), "tanh"), "circle", share=60), (), 2, [0, 1]),
    (view_of(Config((4, 3), "tanh"), "circle", share=60), (8, 6), 2, [2, 0]),
    (view_of(Config((4, 3), "tanh"), "circle", share=60), (4, 2), 1, [2, 0]),
    (view_of(Config((3, 2), "sine"), "spiral"), (3, 9), 1, [1, 2]),   # a neuron that is not there
    (view_of(SOFTMAX, "iris", share=60, standardise=True), (2, 4), 1, [0, 2]),
    (view_of(LINEAR, "hills", share=60), (), 1, [0, 1]), (view_of(Config((2,)), MANY, share=60), (), 1, [0, 1])])
def test_every_point_is_at_the_outputs_of_the_chosen_neurons(view, chosen, layer, units):
    panel, arrays, frames = shown(view, *chosen)
    found = []
    for i in range(sum(name.startswith("x of points") for name in arrays)):
        trace = panel["figure"]["data"][panel["channels"][f"x of points {i}"]["traces"][0]]
        rows = [int(name.removeprefix("row ")) - 1 if name.startswith("row") else view.table.names.index(name)
                for name in trace["text"]]
        drawn = np.stack([arrays[f"{attr} of points {i}"] for attr in "xy"], axis=-1)
        for k in range(3):
            outputs = layers(view, frames.parameters[k], view.fed(view.table.X[rows]))[layer - 1]
            np.testing.assert_allclose(drawn[k], outputs[:, units], atol=1e-6)
        found += rows
    assert set(found) <= set(view.rows.tolist()) and len(set(found)) == len(found)
    assert len(found) == len(view.rows) or 250 < len(found) <= 304
    assert set(view.table.y[found].tolist()) == set(view.table.y.tolist()) or view.task == "regression"


@pytest.mark.parametrize(("config", "chosen", "layer", "units"), [
    (Config(), (), 1, [0, 1]), (Config((2, 2), "tanh", "tanh"), (2, 3), 1, [0, 1]),
    (Config((5,), "relu"), (6, 3), 1, [4, 1]), (Config((4, 3), "tanh"), (3, 5), 1, [1, 3]),
    (Config((1,), "tanh"), (), 1, [0])])
def test_every_line_passes_where_a_weighted_sum_of_the_next_layer_is_0(config, chosen, layer, units):
    view = view_of(config, "circle")
    _, arrays, frames = shown(view, *chosen)
    lines = np.stack([arrays["x of lines"], arrays["y of lines"]], axis=-1).reshape(3, -1, 3, 2)
    assert lines.shape[1] == view.sizes[layer + 1]
    for k in range(3):
        for j, (start, end, gap) in enumerate(lines[k].astype(float)):
            assert np.isnan(gap).all()
            assert np.abs(end - start).max() > 1
            for share in (0, 0.3, 1):
                place = start + share * (end - start)
                assert sums(view, frames, k, layer, units, place)[j] == pytest.approx(0, abs=1e-4)


def test_names_stand_where_their_lines_leave_the_plane():
    view = view_of(Config((4, 3), "tanh"), "circle")
    panel, arrays, frames = shown(view, 2, 3)
    trace = panel["figure"]["data"][panel["channels"]["x of names"]["traces"][0]]
    assert trace["text"] == ["h5", "h6", "h7"]
    low, high = extent(view)
    seen = 0
    for k in range(3):
        for j, place in enumerate(zip(arrays["x of names"][k], arrays["y of names"][k], strict=True)):
            if np.isfinite(place).all():
                seen += 1
                assert low < min(place) and max(place) < high
                assert max(abs(p - (low + high) / 2) for p in place) == pytest.approx(0.45 * (high - low), abs=1e-5)
                assert sums(view, frames, k, 1, [0, 1], place)[j] == pytest.approx(0, abs=1e-4)
    assert seen


def test_a_line_crosses_the_whole_plane_and_one_of_sums_that_never_change_is_out_of_sight():
    found = ends(np.array([[[1.0, 0.0, 1.0], [1.0, 0.0, 0.0]]]), np.array([[-1.0, 0.5, -9.0]]), 0.0, 1.0)[0]
    assert (found[0].min(axis=0) < 0).all() and (found[0].max(axis=0) > 1).all()
    assert (found[1] < 0).all()
    assert np.isfinite(spots(found, 0.0, 1.0)).all(axis=1).tolist() == [True, False, False]


@pytest.mark.parametrize(("config", "chosen", "layer"), [
    (Config((3,), "tanh", "tanh"), (2, 4), 1), (Config((4, 3), "tanh", "tanh"), (2, 4), 1)])
def test_the_ground_is_the_prediction_that_the_outputs_there_give(config, chosen, layer):
    view = view_of(config, "circle")
    panel, arrays, frames = shown(view, *chosen)
    nodes = panel["figure"]["data"][0]["x"]
    assert isinstance(arrays["ground"], Picture) and arrays["ground"].centre == view.threshold
    for k, row, column in ((0, 0, 0), (1, 12, 30), (2, 40, 5)):
        outputs = np.tanh(sums(view, frames, k, layer, [0, 2], (nodes[column], nodes[row])))
        if layer < len(config.hidden):
            numbers = frames.parameters[k][-4:]
            outputs = [math.tanh(math.fsum(outputs * numbers[:3]) + numbers[3])]
        assert arrays["ground"].values[k, row, column] == pytest.approx(outputs[0], abs=1e-5)


def test_several_classes_have_their_territories_and_neither_they_nor_numbers_have_a_line():
    view = view_of(SOFTMAX, "iris")
    panel, arrays, frames = shown(view)
    nodes = panel["figure"]["data"][0]["x"]
    for row, column in ((3, 7), (20, 33), (38, 2)):
        place = nodes[column], nodes[row]
        assert arrays["ground"][1, row, column] // 42 == np.argmax(sums(view, frames, 1, 1, [0, 1], place))
    for other in (view, view_of(LINEAR, "hills")):
        assert "x of lines" not in shown(other)[1]


def test_a_single_neuron_has_a_number_line_and_a_network_without_hidden_layers_has_no_such_panel():
    view = view_of(Config((3, 1), "tanh"), "circle")
    panel, arrays, _ = shown(view)
    assert panel["figure"]["layout"]["yaxis"]["visible"] is False
    assert panel["figure"]["layout"]["xaxis"]["title"]["text"] == "h4"
    assert np.ptp(arrays["y of points 0"]) == 0 < np.ptp(arrays["x of points 0"])
    assert np.nanmax(arrays["x of lines"], axis=1) == pytest.approx(np.nanmin(arrays["x of lines"], axis=1), abs=1e-6)
    assert Scene(view_of(Config(())), "light").looks == ["neuron"]


def test_any_neuron_of_a_hidden_layer_can_be_chosen_and_with_it_any_other_of_its_layer():
    view = view_of(Config((4, 3)), "circle")
    for across, up, others in ((2, 3, [3, 4, 5]), (5, 3, [2, 3, 4]), (6, 8, [7, 8]), (8, 2, [6, 7]), (3, 3, [2, 4, 5])):
        first, second = panel(view, across, up)["choices"]
        assert [value for _, options in first["groups"] for value, _ in options] == [2, 3, 4, 5, 6, 7, 8]
        assert [title for title, _ in first["groups"]] == ["hidden 1", "hidden 2"]
        assert first["chosen"] == across and [value for value, _ in second["groups"][0][1]] == others
        assert second["chosen"] == (up if up in others else second["chosen"]) and second["chosen"] in others
    first, second = panel(view, 0, 10**6)["choices"]                    # an input, and what is not there
    assert (first["chosen"], second["chosen"]) == (6, 7)
    names = {value: text for _, options in first["groups"] for value, text in options}
    assert names[2] == "h1" and names[8] == "h7"
    axes = panel(view, 5, 3)["figure"]["layout"]
    assert (axes["xaxis"]["title"]["text"], axes["yaxis"]["title"]["text"]) == ("h4", "h2")


@pytest.mark.parametrize(("activation", "low", "high"), [
    ("sigmoid", 0, 1), ("tanh", -1, 1), ("sine", -1, 1), ("relu", 0, 5), ("elu", -5, 5), ("linear", -5, 5)])
def test_axes_hold_the_outputs_that_there_can_be_or_those_up_to_a_scale(activation, low, high):
    view = view_of(Config((2,), activation), "circle")                  # inputs up to 5
    panel, arrays, _ = shown(view)
    margin = 0.06 * (high - low)
    for name in ("xaxis", "yaxis"):
        assert panel["figure"]["layout"][name]["range"] == pytest.approx([low - margin, high + margin])
    said = panel["figure"]["layout"]["annotations"][0]["text"]
    assert ("Outputs beyond 5 are drawn at the edge." in said) == (high == 5)
    for i in range(2):
        assert extent(view)[0] - 1e-6 <= arrays[f"x of points {i}"].min()
        assert arrays[f"x of points {i}"].max() <= extent(view)[1] + 1e-6


def test_words_say_what_is_left_out_and_names_are_escaped():
    alien = table(inputs=("<b>a</b>", "%{b}"), target="<i>t</i>", classes=("<u>no</u>", "yes"), names=("<s>x</s>", "y"))
    for hidden, section in (((2,), False), ((3,), True), ((4, 2), False), ((1,), False)):
        shown_ = panel(view_of(Config(hidden), alien))
        (said,) = shown_["figure"]["layout"]["annotations"]
        assert ("other neurons are at their mean" in said["text"]) == section
        for text in strings(shown_):
            assert not [mark for mark in ("<b>a", "<i>t", "<u>n", "<s>x", "%{b}") if mark in text]
    assert "other neurons" in panel(view_of(Config((4, 2))), 2, 3)["figure"]["layout"]["annotations"][0]["text"]
    many = panel(view_of(rows=MANY))["figure"]["layout"]["annotations"][0]["text"]
    assert "of the 5000 points are drawn." in many


def test_the_figure_is_one_that_plotly_accepts_and_every_channel_has_an_array():
    for view in (view_of(), view_of(Config((8, 8), "relu"), "spiral"), view_of(SOFTMAX, "iris", share=60),
                 view_of(LINEAR, "hills"), view_of(Config((1,))), view_of(rows=table(X=[(2.0, 3.0)], y=[1]))):
        panel, arrays, _ = shown(view)
        figure = go.Figure(panel["figure"])
        assert arrays.keys() == panel["channels"].keys()
        for channel in panel["channels"].values():
            assert set(channel["traces"]) <= set(range(len(figure.data)))


def test_nothing_of_it_is_there_unless_it_is_looked_at():
    scene = Scene(view_of(Config((4, 3)), "circle"), "light")
    frames = frames_of(RNG.normal(0, 1, count(scene.view)))
    assert not [name for name in scene.frames(frames) if name.startswith("hidden/")]
    placeholder = json.loads(scene.json)["panels"]["hidden"]
    assert placeholder["looked"] and placeholder["figure"]["data"] == [] and placeholder["channels"] == {}


def test_other_neurons_are_at_their_mean_over_all_rows_also_of_those_that_are_not_drawn():
    view = view_of(Config((3,)), "spiral", samples=1000)
    frames = frames_of(RNG.normal(0, 1, count(view)))
    weights, biases = rest(evaluate(view, frames), 1, [0, 1])
    assert weights.shape == (1, 2, 1)
    assert biases[0, 0] == pytest.approx(sums(view, frames, 0, 1, [0, 1], (0, 0))[0], abs=1e-12)
