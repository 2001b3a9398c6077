"""A comparison: the settings in which runs differ, and which of them did best at what."""

from itertools import zip_longest

import pytest

from playground.app.comparison import NONE, differences, results, written
from playground.app.description import Setting
from playground.app.pins import Pin
from playground.app.saved import EMPTY
from playground.app.snapshot import Snapshot
from playground.figures import Curve


def pin(name="Run A", slot=0, epoch=100, loss="mse", train=0.1, test=None, measures=(), **settings):
    made = tuple(Setting(title.replace("_", " "), *([text] if isinstance(text, str) else text))
                 for title, text in settings.items())
    return Pin(name, slot, made, epoch, loss, train, test, tuple(measures), Curve((0.0, epoch), (0.5, train), ()),
               Snapshot((), EMPTY, epoch))


def listed(columns):
    """The texts by title, with a star before the best."""
    return {title: [f"★ {text}" if best else text for text, best in zip_longest(texts, best, fillvalue=False)]
            for title, texts, best in columns}


def test_only_what_differs_is_listed_in_the_order_of_the_page():
    runs = [pin(Seed="0", Learning_rate="0.1", Batch_size="1"), pin(Seed="0", Learning_rate="0.3", Batch_size="2"),
            pin(Seed="0", Learning_rate="0.1", Batch_size="1")]
    assert [*listed(differences(runs)).items()] == [
        ("Learning rate", ["0.1", "0.3", "0.1"]), ("Batch size", ["1", "2", "1"])]
    assert differences(runs[:1]) == differences([runs[0], runs[2]]) == []


def test_a_setting_that_a_run_has_not_got_is_listed_only_if_others_differ_in_it():
    without, tanh, relu = pin(Layers="0"), pin(Layers="1", Activation="tanh"), pin(Layers="2", Activation="ReLU")
    assert listed(differences([without, tanh])) == {"Layers": ["0", "1"]}
    assert listed(differences([without, tanh, relu]))["Activation"] == [NONE, "tanh", "ReLU"]


def test_what_differs_though_it_is_called_the_same_gets_a_number():
    runs = [pin(Data_set=("Four people, edited", mark)) for mark in ("a", "b", "a", "c")]
    assert listed(differences(runs)) == {"Data set": [
        "Four people, edited", "Four people, edited (2)", "Four people, edited", "Four people, edited (3)"]}


def test_the_lowest_loss_and_the_highest_accuracy_are_the_best():
    runs = [pin(train=0.25, test=0.5, measures=[("train-accuracy", 90.0), ("test-accuracy", 80.04)]),
            pin(train=0.125, test=0.75, measures=[("train-accuracy", 90.04), ("test-accuracy", 90.0)])]
    assert [*listed(results(runs)).items()] == [
        ("Epoch", ["100", "100"]), ("Train loss", ["0.250000", "★ 0.125000"]),
        ("Test loss", ["★ 0.500000", "0.750000"]),
        ("Train accuracy", ["90.0 %", "90.0 %"]), ("Test accuracy", ["80.0 %", "★ 90.0 %"])], "what looks the same is"


def test_the_lowest_mean_error_is_best():
    found = listed(results([pin(measures=[("train-r2", 0.5), ("train-mae", 2.0)]),
                            pin(measures=[("train-r2", 0.75), ("train-mae", 1.0)])]))
    assert (found["Train R²"], found["Train MAE"]) == (["0.500", "★ 0.750"], ["2.000", "★ 1.000"])


def test_what_cannot_be_compared_has_no_best():
    good = [("train-accuracy", 99.0)]
    other_loss = listed(results([pin(train=0.1, loss="mse"), pin(train=0.2, loss="half_mse", measures=good),
                                 pin(measures=[("train-accuracy", 50.0)])]))
    assert not any("★" in text for text in other_loss["Train loss"])
    assert other_loss["Train accuracy"] == [NONE, "★ 99.0 %", "50.0 %"]
    bad = [("train-accuracy", 9.0)]
    other_data = listed(results([pin(train=0.1, Noise="0 %", measures=bad),
                                 pin(train=0.2, Noise="10 %", measures=good)]))
    assert not any("★" in text for texts in other_data.values() for text in texts)


def test_there_are_no_columns_for_what_no_run_has():
    assert [*listed(results([pin(), pin()]))] == ["Epoch", "Train loss"]
    assert listed(results([pin(), pin(test=0.3)]))["Test loss"] == [NONE, "0.300000"]


@pytest.mark.parametrize(("loss", "text"), [
    (0.0, "0"), (0.336577, "0.336577"), (1.0, "1"), (0.00045678, "4.568e-4"), (12345678.5, "1.235e+7"),
    (2e12, "2.000e+12"),
])
def test_a_loss_is_written_as_above_the_figures(loss, text):
    assert written(loss) == text
