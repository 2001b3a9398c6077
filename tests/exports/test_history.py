"""History: each row of the table is an epoch of the page."""

import csv
import io
from itertools import islice

import numpy as np
import pytest

from playground.data import decided
from playground.exports import history as module
from playground.exports.history import history
from playground.nn import Config, flatten, predict, train
from tests.exports.runs import result_of
from tests.exports.test_script import changed

SOFTMAX = {"output_activation": "softmax", "loss": "cross_entropy"}


def rows_of(result):
    header, *rows = csv.reader(io.StringIO(history(result)))
    return header, [[float(cell or "nan") for cell in row] for row in rows]


def test_a_row_has_the_losses_the_accuracies_and_every_weight_of_its_epoch():
    config = Config((2,), "tanh", **SOFTMAX)
    recording, result = result_of(config, "blobs", epoch=12, share=60)
    header, rows = rows_of(result)
    assert header[:5] == ["epoch", "train loss", "test loss", "train accuracy", "test accuracy"]
    assert header[5:8] == ["layer 1 weight 1 to 1", "layer 1 weight 1 to 2", "layer 1 weight 2 to 1"]
    assert header[-1] == "layer 2 bias 3" and len(set(header)) == len(header)
    for row, state in zip(rows, islice(train(config, recording.dataset, recording.test), 13), strict=True):
        right = [np.mean(decided(result.table, "softmax", predict(config, state, X)) == result.table.y[part]) * 100
                 for X, part in ((recording.dataset.X, result.train), (recording.test.X, result.test))]
        assert row[:3] == [state.epoch, state.train_loss, state.test_loss]
        assert row[3:5] == pytest.approx(right)
        assert np.array(row[5:]).tobytes() == flatten(state.weights, state.biases).tobytes()


def test_numbers_to_be_predicted_have_their_own_measures_and_what_is_not_tested_is_empty():
    _, result = result_of(Config((2,), output_activation="linear"), "sine", epoch=3)
    header, rows = rows_of(result)
    assert header[3:7] == ["train r2", "train mae", "test r2", "test mae"]
    assert np.isnan([row[k] for row in rows for k in (2, 5, 6)]).all()
    assert np.isfinite([row[k] for row in rows for k in (1, 3, 4)]).all()


def test_a_run_that_was_changed_half_way_has_the_weights_that_were_set_by_hand():
    recording, result = result_of(Config((3,), "tanh"), "moons", change=changed, epoch=20)
    _, rows = rows_of(result)
    assert [row[0] for row in rows] == list(range(21))
    frames = recording.frames(range(21))
    assert np.array([row[5:] for row in rows]).tobytes() == frames.parameters.tobytes()


def test_of_very_many_epochs_evenly_chosen_ones_are_told(monkeypatch):
    monkeypatch.setattr(module, "MOST", 11)
    _, result = result_of(epoch=1000)
    assert [row[0] for row in rows_of(result)[1]] == list(range(0, 1001, 100))
