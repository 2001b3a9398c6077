"""Measures: accuracy, R² and mean absolute error of the epoch on screen, each against its definition."""

import numpy as np
import pytest

from playground.data import DATASETS
from playground.figures import Scene
from playground.nn import Config, EpochState, predict, unflatten
from tests.figures.drawing import arrays_of, count, frames_of, parsed, view_of

RNG = np.random.default_rng(5)
SOFTMAX = {"output_activation": "softmax", "loss": "cross_entropy"}
TASKS = {"gauss": {}, "blobs": SOFTMAX, "iris": SOFTMAX, "hills": {"output_activation": "linear"}}


def predictions(view, parameters, rows):
    weights, biases = unflatten(np.asarray(parameters, float), view.sizes)
    return predict(view.config, EpochState(0, weights, biases, 0.0, 0.0), view.table.X[rows])


def by_definition(view, parameters, rows):
    """{measure: value}, in scalar loops."""
    outputs, y = predictions(view, parameters, rows).tolist(), view.table.y[rows].tolist()
    if not view.table.classes:
        mean = sum(y) / len(y)
        missed = [truth - output for truth, (output,) in zip(y, outputs, strict=True)]
        return {"r2": 1 - sum(e * e for e in missed) / sum((truth - mean) ** 2 for truth in y),
                "mae": sum(map(abs, missed)) / len(y)}
    answers = [int(o[0] > 0.5) if len(o) == 1 else o.index(max(o)) for o in outputs]
    return {"accuracy": 100 * sum(a == truth for a, truth in zip(answers, y, strict=True)) / len(y)}


@pytest.mark.parametrize("rows", TASKS)
def test_a_measure_of_each_epoch_is_that_of_its_predictions(rows):
    view = view_of(Config((3,), "tanh", **TASKS[rows]), rows, share=70)
    many = RNG.normal(size=(3, count(view)))
    arrays = arrays_of(view, frames_of(*many))
    for of, part in (("train", view.train), ("test", view.test)):
        for k, parameters in enumerate(many):
            for name, value in by_definition(view, parameters, part).items():
                assert arrays[f"readout/{of}-{name}"][k] == pytest.approx(value, rel=1e-9)


def test_what_is_not_tested_has_no_measure():
    view = view_of(rows="circle")
    assert np.isnan(arrays_of(view, frames_of(np.zeros(count(view))))["readout/test-accuracy"]).all()


def test_numbers_that_are_all_the_same_have_no_variation_to_predict():
    same = DATASETS["slope"].make(10, 0, 0)
    same = type(same)(same.inputs, same.target, (), same.names, same.X, np.full(10, 2.0))
    view = view_of(Config((), output_activation="linear"), same)
    arrays = arrays_of(view, frames_of(np.zeros(count(view))))
    assert np.isnan(arrays["readout/train-r2"]).all() and arrays["readout/train-mae"].tolist() == [2.0]


def test_measures_stand_below_the_loss_of_their_rows_and_say_what_they_are():
    notes = {readout["name"]: readout["notes"] for readout in parsed(Scene(view_of(), "light"))["readouts"]}
    assert notes["epoch"] == []
    for of in ("train", "test"):
        (note,) = notes[f"{of}-loss"]
        assert note["name"] == f"{of}-accuracy" and note["unit"] == " %" and "share of points" in note["help"]
