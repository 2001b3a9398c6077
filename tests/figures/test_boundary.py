"""The decision boundary: predictions as colours, and every point once, with a ring where it is wrong."""

import html
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from playground.data import Asked, apply_features
from playground.figures import THEMES, Scene
from playground.nn import Config, EpochState, predict, unflatten
from tests.figures.drawing import (
    arrays_of,
    count,
    frames_of,
    panel_of,
    parsed,
    recorded,
    strings,
    table,
    view_of,
)

RNG = np.random.default_rng(2)
OUTPUTS = {"sigmoid": 0.5, "tanh": 0.0, "linear": 0.0}
SOFTMAX = Config(output_activation="softmax", loss="cross_entropy")
ALIEN = table(inputs=("<b>x</b>", "%{alien}"), target="<i>t & u</i>", classes=("<u>no</u>", "%{alien} $x$"),
              names=("<s>Al</s>", "%{alien}"))


def predicted(view, parameters, x, y):
    """The output at one point."""
    weights, biases = unflatten(np.asarray(parameters, float), view.sizes)
    state = EpochState(0, weights, biases, 0.0, 0.0)
    return predict(view.config, state, apply_features(view.features, np.array([[x, y]])))[0, 0]


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_node_of_the_plane_is_the_prediction_there(output):
    view = view_of(Config((3,), "tanh", output), "gauss", features=("x1", "x2", "x1_x2"))
    many = RNG.normal(size=(2, count(view)))
    trace = panel_of(view, "boundary")["figure"]["data"][0]
    plane = arrays_of(view, frames_of(*many))["boundary/plane"]
    assert plane.centre == OUTPUTS[output]
    assert plane.values.shape == (2, len(trace["y"]), len(trace["x"]))
    for frame, parameters in enumerate(many):
        for row, column in [(0, 0), (0, -1), (-1, 0), (-1, -1), (7, 40), (33, 12)]:
            expected = predicted(view, parameters, trace["x"][column], trace["y"][row])
            assert plane.values[frame, row, column] == pytest.approx(expected, abs=2e-5)


def test_the_plane_reaches_from_edge_to_edge_of_its_axes():
    panel = panel_of(view_of(), "boundary")
    heatmap, layout = panel["figure"]["data"][0], panel["figure"]["layout"]
    assert [heatmap["x"][0], heatmap["x"][-1]] == layout["xaxis"]["range"]
    assert [heatmap["y"][0], heatmap["y"][-1]] == layout["yaxis"]["range"]


@pytest.mark.parametrize("output", OUTPUTS)
def test_it_is_palest_at_the_threshold_and_a_line_marks_it(output):
    panel = panel_of(view_of(Config(output_activation=output)), "boundary")
    assert panel["channels"]["plane"] == {"kind": "values", "traces": [0, 1], "attr": "z", "glimpse": True}
    heatmap, contour = panel["figure"]["data"][:2]
    assert (heatmap["type"], contour["type"]) == ("heatmap", "contour")
    scale = heatmap["colorscale"]
    assert (heatmap["zmin"] + heatmap["zmax"]) / 2 == OUTPUTS[output]
    assert [share for share, _ in scale] == [0, 0.5, 1]
    assert scale[1][1] == THEMES["light"].field[1]
    assert contour["contours"]["start"] == contour["contours"]["end"] == OUTPUTS[output]
    assert contour["line"]["color"] == THEMES["light"].ink


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("share", [100, 50])
def test_a_point_has_a_ring_where_its_prediction_is_wrong(output, share):
    view = view_of(Config((3,), "tanh", output), "xor", share=share)
    many = RNG.normal(size=(3, count(view)))
    channel = panel_of(view, "boundary")["channels"]["wrong"]
    marks = arrays_of(view, frames_of(*many))["boundary/wrong"]
    assert (len(view.test) > 0) == (share < 100)
    table = view.table
    for parameters, marked in zip(many, marks, strict=True):
        ringed = sorted((channel["x"][i][0], channel["y"][i][0]) for i in range(len(marked)) if marked[i] == 0)
        wrong = sorted((x, y) for (x, y), label in zip(table.X.tolist(), table.y, strict=True)
                       if (predicted(view, parameters, x, y) > OUTPUTS[output]) != (label == 1))
        assert 0 < len(wrong) < len(table)
        assert ringed == wrong
        assert set(marked.tolist()) == {0, 255}


SEVERAL = {"softmax": "cross_entropy", "sigmoid": "mse", "tanh": "mse", "linear": "mse"}


@pytest.mark.parametrize("output", SEVERAL)
def test_of_several_classes_each_place_has_the_colour_of_the_winner_paler_where_it_leads_by_less(output):
    theme = THEMES["light"]
    view = view_of(Config((3,), "tanh", output, loss=SEVERAL[output]), "blobs")
    parameters = RNG.normal(size=count(view))
    trace = panel_of(view, "boundary")["figure"]["data"][0]
    (plane,) = arrays_of(view, frames_of(parameters))["boundary/plane"]
    assert (trace["zmin"], trace["zmax"], plane.dtype) == (0, 255, np.uint8)
    scale = dict(trace["colorscale"])
    weights, biases = unflatten(parameters, view.sizes)
    state, leads = EpochState(0, weights, biases, 0.0, 0.0), []
    for row, column in np.ndindex(plane.shape):
        if (row + column) % 7:
            continue
        place = np.array([[trace["x"][column], trace["y"][row]]])
        *_, second, first = sorted(predict(view.config, state, place)[0].tolist())
        winner = predict(view.config, state, place)[0].tolist().index(first)
        byte = int(plane[row, column])
        leads.append((byte - 42 * winner, first / second if output == "softmax" else first - second))
        assert 0 <= leads[-1][0] < 42
        assert scale[42 * winner / 255] == theme.field[1] and scale[(42 * winner + 41) / 255] == theme.fields[winner]
    by_lead = sorted(leads, key=lambda lead: lead[1])
    assert all(a[0] <= b[0] + 1 for a, b in pairwise(by_lead))
    assert by_lead[0][0] < 10 < by_lead[-1][0]


@pytest.mark.parametrize("output", SEVERAL)
def test_hovering_says_who_wins_and_how_far_it_leads(output):
    view = view_of(Config((3,), "tanh", output, loss=SEVERAL[output]), "blobs")
    parameters = 0.4 * RNG.normal(size=count(view))
    panel = panel_of(view, "boundary")
    trace, texts = panel["figure"]["data"][0], panel["channels"]["plane"]["texts"]
    assert "%{hovertext}" in trace["hovertemplate"] and len(texts) == 3 * 42
    (plane,) = arrays_of(view, frames_of(parameters))["boundary/plane"]
    weights, biases = unflatten(parameters, view.sizes)
    state = EpochState(0, weights, biases, 0.0, 0.0)
    for row, column in [(0, 0), (60, 60), (30, 30), (10, 50), (55, 3)]:
        outputs = predict(view.config, state, [[trace["x"][column], trace["y"][row]]])[0].tolist()
        *_, second, first = sorted(outputs)
        winner, lead = texts[plane[row, column]].split("<br>")
        assert winner == f"{view.table.classes[outputs.index(first)]} wins"
        number = float(lead.split()[0] if output == "softmax" else lead.split()[4])
        if lead.endswith("or more"):
            assert number <= (first / second if output == "softmax" else first - second) * 1.05
        elif output == "softmax":
            assert number == pytest.approx(first / second, rel=0.1)
        else:
            assert number == pytest.approx(first - second, abs=0.04)


def test_numbers_have_a_continuous_scale_without_a_line_or_rings():
    view = view_of(Config((3,), "tanh", "linear"), "hills", share=70)
    panel = panel_of(view, "boundary")
    heatmap, *points = panel["figure"]["data"]
    low, high = float(view.table.y.min()), float(view.table.y.max())
    assert (heatmap["zmin"], heatmap["zmax"]) == (low, high)
    assert panel["channels"].keys() == {"plane"} and "contour" not in {trace["type"] for trace in points}
    drawn = {(x, y): value for trace in points if trace["x"] != [None]
             for x, y, value in zip(trace["x"], trace["y"], trace["marker"]["color"], strict=True)}
    rows = zip(view.table.X.tolist(), view.table.y.tolist(), strict=True)
    assert drawn == {(x, y): value for (x, y), value in rows}


def test_rings_go_away_as_the_network_learns():
    view = view_of(Config((4,), "tanh", optimizer="adam", learning_rate=0.03), "gauss")
    wrong = arrays_of(view, recorded(view).frames([0, 100]))["boundary/wrong"]
    assert (wrong[1] == 0).sum() < (wrong[0] == 0).sum()


@pytest.mark.parametrize("share", [100, 40])
def test_every_row_is_one_point_by_class_and_use(share):
    view = view_of(rows="spiral", share=share)
    theme = THEMES["light"]
    drawn = {}
    for trace in panel_of(view, "boundary")["figure"]["data"]:
        hover = trace.get("hovertemplate", "")
        if trace["type"] != "scatter" or not trace["x"] or "<extra>" not in hover:
            continue
        use = "test" if ", test<" in hover else "train"
        marker = trace["marker"]
        label = theme.classes.index(marker["color"] if use == "train" else marker["line"]["color"])
        assert (marker["color"] == theme.paper) == (use == "test"), "test points are hollow"
        spots = zip(trace["x"], trace["y"], strict=True)
        drawn |= dict.fromkeys(spots, (label, use, marker["symbol"]))
    rows = view.table.X.tolist()
    assert len(drawn) == len({tuple(row) for row in rows})
    assert {symbol for label, _, symbol in drawn.values() if label == 0}.isdisjoint(
        symbol for label, _, symbol in drawn.values() if label == 1), "classes differ in shape, not in colour alone"
    for use, indices in (("train", view.train), ("test", view.test)):
        for i in indices:
            assert drawn[tuple(rows[i])][:2] == (view.table.y[i], use)


def test_the_legend_explains_test_points_only_where_there_are_some():
    for share, there in ((100, False), (50, True)):
        names = {trace.get("name") for trace in panel_of(view_of(share=share), "boundary")["figure"]["data"]}
        assert ("test" in names) == there
        assert "wrong" in names


def test_the_axes_carry_the_columns_of_the_table_and_a_point_its_row():
    panel = panel_of(view_of(), "boundary")
    layout = panel["figure"]["layout"]
    assert layout["xaxis"]["title"]["text"] == "weight"
    assert layout["yaxis"]["title"]["text"] == "height"
    texts = [text for trace in panel["figure"]["data"] for text in trace.get("text", [])]
    assert sorted(texts) == ["Alice", "Bob", "Charlie", "Diana"]
    unnamed = panel_of(view_of(rows=table()), "boundary")["figure"]["data"]
    assert sorted(text for trace in unnamed for text in trace.get("text", [])) == ["row 1", "row 2"]


@pytest.mark.parametrize("features", [("x1", "x2"), ("x1_squared", "x1_x2", "sin_x2")])
@pytest.mark.parametrize("share", [100, 50])
@pytest.mark.parametrize("several", [False, True])
def test_text_from_outside_is_neither_markup_nor_a_template(features, share, several):
    rows = replace(ALIEN, classes=(*ALIEN.classes, "<b>third</b>")) if several else ALIEN
    view = view_of(SOFTMAX if several else Config(), rows, features=features, share=share)
    panels = parsed(Scene(view, "light"))["panels"]
    panels.pop("neuron")                                                # the player shows its choices as plain text
    panels["network"].pop("handles")                                    # and these
    labels = [tool["label"] for tool in panels["boundary"].pop("tools")]
    assert labels == [*(f"Draw {name}" for name in rows.classes), "Erase", "Ask what is predicted"]
    for text in strings(panels):
        for alien in ("<b>", "<i>", "<u>", "<s>", "%{alien}"):
            assert alien not in text, text
    shown = html.unescape(" ".join(strings(panels))).replace("\u200b", "")
    target = [] if several else [rows.target]                            # its classes have an output each
    for original in (*rows.inputs, *target, *rows.classes, *rows.names):
        assert original in shown, "the text is still there to read"


@pytest.mark.parametrize(("config", "rows"), [(Config(), "people"), (SOFTMAX, "iris")])
def test_there_is_a_tool_per_class_that_looks_like_its_points_an_eraser_and_a_star_that_asks(config, rows):
    view = view_of(config, rows)
    panel = panel_of(view, "boundary")
    *drawing, erase, ask = panel["tools"]
    assert [(tool["label"], tool["value"]) for tool in drawing] == [
        (f"Draw {name}", label) for label, name in enumerate(view.table.classes)]
    assert (erase["label"], erase["erases"], erase["asks"]) == ("Erase", True, False)
    assert (ask["erases"], ask["asks"], ask["marker"]["symbol"]) == (False, True, "star")
    points = [trace["marker"] for trace in panel["figure"]["data"] if trace.get("text")]
    for tool, marker in zip(drawing, points, strict=True):
        assert (tool["marker"]["symbol"], tool["marker"]["color"]) == (marker["symbol"], marker["color"])


def test_points_of_a_regression_get_the_number_in_a_field():
    view = view_of(Config((3,), "tanh", "linear"), "hills")
    draw, erase, _ = panel_of(view, "boundary")["tools"]
    assert (draw["label"], draw["value"], erase["label"]) == ("Draw", None, "Erase")
    assert view.table.y.min() < draw["field"]["value"] < view.table.y.max()
    assert view.table.target in draw["field"]["help"]


@pytest.mark.parametrize("classes", [2, 3, 0])
def test_more_than_a_thousand_points_are_painted_once_and_their_rings_never_handed_over(classes):
    many = table(RNG.uniform(-6, 6, (1001, 2)), np.arange(1001) % max(classes, 2),
                 classes=tuple(f"class {label}" for label in range(classes)))
    softmax = Config((2,), "tanh", "softmax", "cross_entropy")
    config = {0: Config(output_activation="linear"), 2: Config(), 3: softmax}[classes]
    panel = panel_of(view_of(config, many, share=50), "boundary")
    traces = panel["figure"]["data"]
    assert sum(len(traces[i]["x"]) for i in panel["still"]) == 1001
    assert all(panel["channels"]["wrong"]["painted"] for _ in range(classes > 0))
    assert panel_of(view_of(config, "iris" if classes == 3 else "hills" if not classes else "circle"),
                    "boundary")["still"] == []


@pytest.mark.parametrize(("config", "rows", "features"), [
    (Config(), "people", ("x1", "x2")), (Config((2,), "tanh", "softmax", "cross_entropy"), "iris", ("x1", "x2")),
    (Config(), table(np.array([[1.0], [2.0]]), inputs=("age",)), ("x1",)),
])
def test_the_rings_are_dealt_to_the_trace_of_rings_and_the_texts_to_those_beside_the_stars(config, rows, features):
    view = view_of(config, rows, features=features)
    view = view._replace(asked=Asked(("p",), ((1.0, 2.0)[: len(view.table.inputs)],)))
    panel = panel_of(view, "boundary")
    traces, channels = panel["figure"]["data"], panel["channels"]
    (trace,) = channels["wrong"]["traces"]
    assert traces[trace]["marker"]["symbol"] == "circle-open" and traces[trace]["x"] == []
    for i, name in enumerate(view.table.classes):
        (trace,) = channels[f"said {i}"]["traces"]
        assert traces[trace]["texttemplate"].startswith(f"%{{text}}: {name}")
