"""The loss curve: what it has been so far, where the viewer is, the future that was abandoned, and pinned runs."""

from dataclasses import replace
from itertools import combinations, islice
from xml.etree import ElementTree

import numpy as np
import pytest

from playground.data import apply_features, targets
from playground.figures import MOST_PINS, THEMES, Curve, history, loss_curve, overlay, series, swatch
from playground.figures.loss import POINTS
from playground.nn import Config, Dataset, train
from tests.figures.drawing import VISIONS, arrays_of, contrast, distance, panel_of, recorded, view_of

SPLIT = view_of(Config((3,), "tanh", batch_size=10), "gauss", share=50)


def losses(view, last):
    """Train and test losses of epochs 0 to last, by another route."""
    X, y = apply_features(view.features, view.table.X), targets(view.table, view.config.output_activation)
    run = train(view.config, Dataset(X[view.train], y[view.train]), Dataset(X[view.test], y[view.test]))
    return np.array([(state.train_loss, state.test_loss) for state in islice(run, last + 1)])


def test_a_short_history_has_every_epoch():
    recording = recorded(SPLIT)
    recording.advance(40)
    curves, expected = history(recording, None), losses(SPLIT, 40)
    assert curves.keys() == {"train", "test"}
    for name, column in (("train", 0), ("test", 1)):
        assert curves[name][0].tolist() == list(range(41))
        np.testing.assert_allclose(curves[name][1], expected[:, column], rtol=1e-6)


@pytest.mark.parametrize("last", [POINTS - 1, POINTS, 5000])
def test_a_long_history_keeps_both_ends_and_is_bounded(last):
    recording = recorded(view_of())
    recording.advance(last)
    epochs, values = history(recording, None)["train"]
    assert (epochs[0], epochs[-1]) == (0, last)
    assert len(epochs) <= 600
    assert (np.diff(epochs) > 0).all()
    assert np.diff(epochs).max() <= 2 * last / 599 + 1, "no long gaps"
    at = recording.frames(epochs.astype(int).tolist())
    np.testing.assert_allclose(values, at.train_loss, rtol=1e-6)


def test_the_history_of_a_thinned_recording_keeps_both_ends():
    recording = recorded(view_of(), budget=20_000)
    recording.advance(3000)
    epochs = history(recording, None)["train"][0]
    assert (epochs[0], epochs[-1]) == (0, 3000)


def test_a_ghost_is_there_only_where_a_future_was_abandoned():
    recording = recorded(SPLIT)
    recording.advance(30)
    branch = recording.branch(10, replace(SPLIT.config, learning_rate=0.5))
    branch.advance(20)
    assert "ghost" not in history(branch, None)
    curves = history(branch, recording)
    assert curves["ghost"][0].tolist() == list(range(31))
    np.testing.assert_allclose(curves["ghost"][1], losses(SPLIT, 30)[:, 0], rtol=1e-6)
    assert curves["train"][0].tolist() == list(range(21))
    assert curves["train"][1][:11].tolist() == curves["ghost"][1][:11].tolist()
    assert (curves["train"][1][11:] != curves["ghost"][1][11:21]).all()


def test_the_marker_is_at_the_epoch_and_losses_of_its_frame():
    panel = panel_of(SPLIT, "loss")
    arrays = arrays_of(SPLIT, recorded(SPLIT).frames([0, 5, 12]))
    assert arrays["loss/at_epoch"].tolist() == [[0, 0], [5, 5], [12, 12]]
    np.testing.assert_allclose(arrays["loss/at_loss"], losses(SPLIT, 12)[[0, 5, 12]], rtol=1e-6)
    (marker,) = {panel["channels"][name]["traces"][0] for name in ("at_epoch", "at_loss")}
    assert panel["channels"]["history"]["marker"] == marker
    assert panel["figure"]["data"][marker]["mode"] == "markers"


def test_each_curve_of_the_history_has_its_own_trace():
    panel = panel_of(SPLIT, "loss")
    channel = panel["channels"]["history"]
    assert channel["series"] == ["train", "test", "ghost"]
    assert channel["whole"] == ["ghost"]
    names = [panel["figure"]["data"][trace]["name"] for trace in channel["traces"]]
    assert names == ["train", "test", "before the change"]


@pytest.mark.parametrize("theme", THEMES)
def test_every_line_has_a_dash_and_a_colour_of_its_own_that_can_be_seen(theme):
    panel = panel_of(SPLIT, "loss", theme)
    data, pinned = panel["figure"]["data"], panel["channels"]["pinned"]
    lines = {name: data[trace]["line"] for name, trace in zip(pinned["series"], pinned["traces"], strict=True)}
    assert list(lines) == [name for slot in range(MOST_PINS) for name in series(slot)]
    styles = [data[trace]["line"] for trace in panel["channels"]["history"]["traces"]]
    styles += [lines[series(slot)[0]] for slot in range(MOST_PINS)]
    assert len({line["color"] for line in styles}) == len({line.get("dash") for line in styles}) == 3 + MOST_PINS
    for slot in range(MOST_PINS):
        train, test = (lines[name] for name in series(slot))
        assert train["color"] == test["color"] and test["width"] < train["width"] < data[0]["line"]["width"]
        assert contrast(train["color"], THEMES[theme].paper) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_colours_of_lines_stay_apart_for_those_who_see_fewer(theme):
    colours = [*THEMES[theme].losses, *THEMES[theme].pins]
    assert min(distance(one, other, seen) for seen in VISIONS for one, other in combinations(colours, 2)) >= 18


def test_a_dash_is_as_much_larger_as_its_line_is_wider():
    small, large = (panel_of(SPLIT, "loss", theme)["figure"]["data"][-1]["line"] for theme in ("light", "projector"))
    assert large["width"] / small["width"] == pytest.approx(THEMES["projector"].zoom)
    for one, other in zip(small["dash"].split(","), large["dash"].split(","), strict=True):
        assert float(other.removesuffix("px")) / float(one.removesuffix("px")) == pytest.approx(1.5, rel=0.01)


@pytest.mark.parametrize(("share", "names"), [(100, ["train"]), (50, ["train", "test"])])
def test_the_legend_names_the_losses_that_there_are_and_then_pinned_runs(share, names):
    panel = panel_of(view_of(share=share), "loss")
    data, pinned = panel["figure"]["data"], panel["channels"]["pinned"]
    assert [data[trace]["name"] for trace in pinned["key"]] == names + [""] * MOST_PINS
    shown = [pinned["series"][pinned["traces"].index(trace)] for trace in pinned["key"][len(names):]]
    assert shown == [series(slot)[0] for slot in range(MOST_PINS)]


@pytest.mark.parametrize("epoch", [0, 1, 17, 30])
def test_a_curve_goes_up_to_its_epoch_and_not_on(epoch):
    recording = recorded(SPLIT)
    recording.advance(30)
    curve, expected = loss_curve(recording, epoch), losses(SPLIT, epoch)
    assert curve.epochs == tuple(range(epoch + 1))
    assert (curve.train, curve.test) == tuple(map(tuple, expected.T.tolist()))


def test_a_curve_of_a_long_run_is_bounded_and_ends_at_its_epoch_even_if_that_was_thinned_out():
    recording = recorded(view_of(), budget=20_000)
    recording.advance(5000)
    missing = next(epoch for epoch in range(4000, 5000) if epoch not in recording.history()[0])
    curve = loss_curve(recording, missing)
    assert len(curve.epochs) <= POINTS and (curve.epochs[0], curve.epochs[-1]) == (0, missing)
    assert curve.train[-1] == recording.state(missing).train_loss
    assert curve.test == ()


def test_a_pinned_run_has_a_line_for_its_test_losses_only_if_it_has_some():
    lines = overlay(2, Curve((0, 5), (0.5, 0.25), (0.75, 0.5)))
    assert {name: line.tolist() for name, line in lines.items()} == {
        "pin 2": [[0, 5], [0.5, 0.25]], "pin 2 test": [[0, 5], [0.75, 0.5]]}
    assert overlay(2, Curve((0, 5), (0.5, 0.25), ())).keys() == {"pin 2"}


@pytest.mark.parametrize("slot", [None, 0, 5])
def test_a_swatch_is_the_line_as_it_is_drawn(slot):
    picture = ElementTree.fromstring(swatch(slot, THEMES["dark"]))
    (path,) = picture
    data, pinned = (panel_of(SPLIT, "loss", "dark")[key] for key in ("figure", "channels"))
    trace = 0 if slot is None else pinned["pinned"]["traces"][2 * slot]
    line = data["data"][trace]["line"]
    assert (path.get("stroke"), float(path.get("stroke-width"))) == (line["color"], line["width"])
    assert path.get("stroke-dasharray") == line.get("dash", "none")


def test_the_axis_says_which_loss_it_is_and_may_be_logarithmic():
    panel = panel_of(view_of(Config(loss="binary_cross_entropy")), "loss")
    assert panel["figure"]["layout"]["yaxis"]["title"]["text"] == "binary<br>cross<br>entropy"
    assert panel["logScale"]
