"""What a link says that a control cannot take: a sentence names it, and the page is what it usually is."""

import pytest

from playground.app.refused import MENTIONED
from playground.nn import Config
from tests.app.test_page import experiment, opened

WHOLE = "layers", "n1", "seed", "batch", "share"
NAMED = "data", "activation", "output", "start", "optimizer", "loss", "penalty", "split", "standardise", "features"
HUGE = "9" * 400
HOSTILE = HUGE, "nan", "inf", "-inf", "1e309", "-7", "<b>x</b>", "[1]", "x" * 5000, "\x00", "‮", "0x10"
TAKEN = [
    {"data": "Four people"}, {"data": "Circle", "samples": "300", "noise": "20"}, {"layers": "1"}, {"seed": "0.0"},
    {"activation": "leaky ReLU"}, {"activation": "sigmoid"}, {"features": ["x₂", "x₁"]}, {"features": ["x₁", "sin x₁"]},
    {"share": "100"}, {"standardise": "FALSE"}, {"split": "by share"}, {"loss": "mean squared error"}, {"epoch": "50"},
    {"rate": "0.10"}, {"rate": "0,3"}, {"penalty": "L2", "penalty_rate": "2"}, {"utm_source": "mail"},
]


def sentences(page):
    return [warning.value for warning in page.warning]


@pytest.mark.parametrize("name", WHOLE + NAMED)
def test_a_value_that_a_control_cannot_take_is_named_and_the_page_is_the_usual_one(name):
    page = opened(**{name: "<b>x</b>"})
    [sentence] = sentences(page)
    assert f"“{name}=" in sentence and "<" not in sentence.replace("\\<", "")
    assert experiment(page).config == Config()
    page.run()
    assert not page.exception and not sentences(page)


@pytest.mark.parametrize("value", HOSTILE)
def test_values_that_no_control_can_take_are_counted_and_the_page_is_the_usual_one(value):
    page = opened(**dict.fromkeys(WHOLE + NAMED, value))
    [sentence] = sentences(page)
    assert f"and {len(WHOLE + NAMED) - MENTIONED} more" in sentence
    assert len(sentence) < 500
    assert experiment(page).config == Config()


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["rate", "penalty_rate"])
def test_a_rate_that_is_no_amount_is_named_although_its_box_keeps_it(name, value):
    page = opened(**{"penalty": "L2", name: value})
    [sentence] = sentences(page)
    assert f"“{name}=" in sentence.replace("\\", "") and "<" not in sentence.replace("\\<", "") and len(sentence) < 200
    assert experiment(page).config == Config(l2=0.001)


@pytest.mark.parametrize("value", [HUGE, "inf", "-inf", "1e309"])
def test_endless_numbers_of_a_generated_set_are_named(value):
    [sentence] = sentences(opened(data="Circle", samples=value, draw=value))
    assert "“samples=" in sentence and "“draw=" in sentence


@pytest.mark.parametrize("link", TAKEN, ids=str)
def test_what_a_control_takes_is_not_named_also_where_it_is_usual(link):
    assert not sentences(opened(**link))


@pytest.mark.parametrize("epoch", ["NaN", "-1", "1e99", "ten"])
def test_an_epoch_that_there_cannot_be_is_named(epoch):
    assert f"“epoch={epoch}”" in sentences(opened(epoch=epoch))[0].replace("\\", "")


def test_endless_numbers_are_named_with_the_others():
    [sentence] = sentences(opened(data="moons", layers="inf", seed=HUGE))
    assert all(f"“{name}=" in sentence for name in ("data", "layers", "seed"))


def test_several_are_named_in_one_sentence_beside_what_is_wrong_with_the_rest():
    [sentence] = sentences(opened(layers="x", n1="x", seed="x", batch="x", state="garbage"))
    assert "cannot be read" in sentence
    assert "“batch=x”, “layers=x”, “n1=x” and 1 more. That cannot be used" in sentence
