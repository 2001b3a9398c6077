"""The loss curve: what it has been so far, where the viewer is, and the future that was abandoned."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from playground.data import apply_features, targets
from playground.figures import history
from playground.figures.loss import POINTS
from playground.nn import Config, Dataset, train
from tests.figures.drawing import arrays_of, panel_of, recorded, view_of

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
    styles = [(line["color"], line.get("dash")) for line in
              (panel["figure"]["data"][trace]["line"] for trace in channel["traces"])]
    assert len({dash for _, dash in styles}) == 3, "lines differ in more than colour"


@pytest.mark.parametrize(("share", "names"), [(100, ["train"]), (50, ["train", "test"])])
def test_the_legend_names_the_losses_that_there_are(share, names):
    traces = panel_of(view_of(share=share), "loss")["figure"]["data"]
    assert [trace["name"] for trace in traces if trace.get("showlegend", True)] == names


def test_the_axis_says_which_loss_it_is_and_may_be_logarithmic():
    panel = panel_of(view_of(Config(loss="binary_cross_entropy")), "loss")
    assert panel["figure"]["layout"]["yaxis"]["title"]["text"] == "binary cross entropy"
    assert panel["switches"] == ["yaxis"]
