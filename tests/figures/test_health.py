"""Health: bars as long as the gradients of a layer are large, and as the share of its neurons that pass none on."""

from dataclasses import replace

import numpy as np
import pytest

from playground.figures import remarks
from playground.nn import Config, gradients
from tests.figures.drawing import arrays_of, count, frames_of, panel_of, recorded, view_of

DEEP = view_of(Config((4, 3), "tanh", batch_size=10), "circle", share=60)


def test_a_bar_is_the_root_mean_square_of_the_gradients_of_its_layer_over_the_rows_that_train():
    recording = recorded(DEEP)
    arrays = arrays_of(DEEP, recording.frames([0, 3, 40]))
    for row, epoch in enumerate([0, 3, 40]):
        weights, biases = gradients(DEEP.config, recording.state(epoch), recording.dataset.X, recording.dataset.y)
        sizes = [np.sqrt(np.mean(np.concatenate([W.ravel(), b]) ** 2)) for W, b in zip(weights, biases, strict=True)]
        np.testing.assert_allclose(arrays["health/gradients"][row], sizes, rtol=1e-5)
        np.testing.assert_allclose(arrays["health/levels"][row], (np.log10(sizes) + 7) / 8, rtol=1e-5)


@pytest.mark.parametrize(("share", "level"), [(0.0, 0.0), (1e-30, 0.0), (1e30, 1.0)])
def test_a_gradient_beyond_the_scale_is_a_bar_to_its_end(share, level):
    view = view_of(Config((), "tanh", "linear"), "slope", features=("x1",))
    scaled = view._replace(table=replace(view.table, y=share * view.table.y))
    arrays = arrays_of(scaled, frames_of(np.zeros(count(view))))
    assert arrays["health/levels"].tolist() == [[level]]
    assert np.isfinite(arrays["health/gradients"]).all()


def test_the_other_bars_are_the_shares_of_dead_or_saturated_neurons_and_are_labelled_in_percent():
    """Of h1 to h4 one relu is reached by some sample; the output is far to the right for all."""
    view = view_of(Config((4,), "relu", "sigmoid"))
    biases = [1e4, -1e4, -1e4, -1e4]
    arrays = arrays_of(view, frames_of([*np.zeros(8), *biases, *[0.001] * 4, 0.0]))
    assert arrays["health/shares"].tolist() == [[0.75, 1.0]]
    assert arrays["health/percents"].tolist() == [[75, 100]]
    assert (arrays["health/tops"] > arrays["health/shares"]).all(), "the label is above the bar"
    panel = panel_of(view, "health")
    traces = panel["figure"]["data"]
    assert traces[panel["channels"]["percents"]["traces"][0]]["texttemplate"] == "%{customdata:.0f} %"


@pytest.mark.parametrize(("hidden", "names"), [
    ((), ["output"]), ((2,), ["hidden", "output"]), ((2, 2), ["1", "2", "out"]),
    ((8,) * 6, ["1", "2", "3", "4", "5", "6", "out"]),
])
def test_every_layer_has_a_column_with_its_name_in_either_chart(hidden, names):
    panel = panel_of(view_of(Config(hidden)), "health")
    gradient, share, labels = panel["figure"]["data"]
    columns = gradient["x"] + share["x"]
    assert columns == sorted(columns) and share["x"] == labels["x"]
    said = {(label["x"], label["text"]) for label in panel["figure"]["layout"]["annotations"]}
    assert set(zip(columns, names * 2, strict=True)) <= said


def test_a_remark_has_a_title_and_the_sentences():
    assert remarks({}) == []
    assert remarks({"dead relu": "All are.", "oscillation": "It jumps."}) == [
        {"title": "Dead ReLU", "text": "All are."}, {"title": "Oscillation", "text": "It jumps."}]


def test_the_panel_has_words_of_its_own_while_nothing_is_found():
    assert panel_of(DEEP, "health")["remark"] == "Nothing looks wrong so far."
    assert panel_of(DEEP, "loss")["remark"] == ""
