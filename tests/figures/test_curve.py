"""The curve over a single input: lines through the predictions, points at their targets."""

import numpy as np
import pytest

from playground.data import Table
from playground.nn import Config, EpochState, predict, unflatten
from tests.figures.drawing import arrays_of, count, frames_of, panel_of, strings, view_of

RNG = np.random.default_rng(5)
LINEAR = {"output_activation": "linear"}
AGES = np.array([[31.0], [44.0], [52.0], [67.0]])


def single(classes, y):
    return Table(("age",), "<b>kind</b>", classes, ("",) * 4, AGES, np.array(y))


def outputs(view, parameters, x):
    """(len(x), n_outputs), the scaling by hand."""
    weights, biases = unflatten(np.asarray(parameters, float), view.sizes)
    x = (np.asarray(x) - view.scaling.mean[0]) / view.scaling.deviation[0]
    columns = {"x1": x, "x1_squared": x**2}
    X = np.column_stack([columns[feature] for feature in view.features])
    return predict(view.config, EpochState(0, weights, biases, 0.0, 0.0), X)


@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize(("config", "rows"), [
    (Config((3,), "tanh", **LINEAR), "sine"),
    (Config((2,), "tanh"), single(("no", "yes"), [0, 0, 1, 1])),
    (Config((2,), "tanh", "softmax", "cross_entropy"), single(("a", "b", "c"), [0, 1, 2, 1])),
])
def test_every_output_is_a_line_through_its_predictions(config, rows, standardise):
    view = view_of(config, rows, features=("x1", "x1_squared"), standardise=standardise)
    many = RNG.normal(size=(2, count(view)))
    lines = [trace for trace in panel_of(view, "boundary")["figure"]["data"] if trace["mode"] == "lines"]
    arrays = arrays_of(view, frames_of(*many))
    for i in range(view.sizes[-1]):
        for frame, parameters in enumerate(many):
            expected = outputs(view, parameters, lines[i]["x"])[:, i]
            np.testing.assert_allclose(arrays[f"boundary/output {i}"][frame], expected, atol=5e-5)
    assert [lines[0]["x"][0], lines[0]["x"][-1]] == panel_of(view, "boundary")["figure"]["layout"]["xaxis"]["range"]


def test_a_regressions_points_stand_at_their_numbers():
    view = view_of(Config(**LINEAR), "sine", 50, ("x1",))
    train, test = (trace for trace in panel_of(view, "boundary")["figure"]["data"] if trace["mode"] == "markers")
    for trace, rows in ((train, view.train), (test, view.test)):
        assert trace["x"] == view.table.X[rows, 0].tolist() and trace["y"] == view.table.y[rows].tolist()
    assert train["marker"]["color"] != test["marker"]["color"], "those that only test are hollow"


def test_two_classes_stand_at_their_targets_and_a_dashed_line_half_way():
    view = view_of(Config(output_activation="tanh"), single(("no", "yes"), [0, 1, 0, 1]), features=("x1",))
    panel = panel_of(view, "boundary")
    no, yes = (trace for trace in panel["figure"]["data"] if trace.get("text"))
    assert (no["y"], yes["y"]) == ([-1, -1], [1, 1])
    (half,) = (trace for trace in panel["figure"]["data"] if trace.get("line", {}).get("dash"))
    assert half["y"] == [0, 0]
    low, high = panel["figure"]["layout"]["yaxis"]["range"]
    assert low < -1 and high > 1


def test_wrong_points_get_a_ring():
    view = view_of(Config((), "tanh", "tanh"), single(("no", "yes"), [0, 1, 0, 1]), features=("x1",))
    arrays = arrays_of(view, frames_of(np.array([0.0, 1.0])))            # says yes to everybody
    ringed = np.flatnonzero(arrays["boundary/wrong"][0] == 0)
    places = np.array(panel_of(view, "boundary")["channels"]["wrong"]["x"])[ringed, 0]
    assert sorted(places) == [31, 52]


def test_names_from_outside_are_no_markup():
    panel = panel_of(view_of(Config(), single(("<i>no</i>", "%{y}"), [0, 1, 0, 1]), features=("x1",)), "boundary")
    assert not any("<i>" in text or "<b>" in text or "%{y}" in text.replace("%{y:", "").replace("%{x}, %{y}", "")
                   for text in strings(panel["figure"]))
