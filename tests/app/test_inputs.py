"""The network's inputs on the page: what fits the table is offered, and the numbers that arrive are told."""

import statistics

import pytest

from playground.app.inputs import fed_in
from playground.data import Table
from playground.nn import Config
from tests.app.test_page import chosen, experiment, opened, rendered
from tests.figures.drawing import view_of

PEOPLE = {"weight": [-2.0, 25.0, 17.0, -15.0], "height": [-1.0, 6.0, 4.0, -6.0]}


def told(page):
    text = next(caption.value for caption in page.sidebar.caption if "Fed in" in caption.value)
    return text.replace("\\", "").replace("\N{MINUS SIGN}", "-")


def test_the_notebooks_people_are_fed_in_as_they_are():
    page = opened()
    assert not experiment(page).standardise
    assert told(page) == "Fed in: weight -15 to 25, height -6 to 6."


def test_standardised_inputs_show_mean_and_standard_deviation_of_each_column():
    page = opened(standardise="true")
    assert experiment(page).standardise
    for name, values in PEOPLE.items():
        mean, deviation = statistics.fmean(values), statistics.pstdev(values)
        low, high = ((end - mean) / deviation for end in (min(values), max(values)))
        assert f"{name} {mean:.3g} ± {deviation:.3g}" in told(page)
        assert f"{name} {low:.3g} to {high:.3g}" in told(page)
    assert page.session_state.session.recording.dataset.X.std(axis=0) == pytest.approx([1, 1])


def test_a_feature_says_what_it_feeds_in():
    page = opened(features="x₁²")
    assert experiment(page).features == ("x1_squared",)
    assert told(page) == "Fed in: weight² 4 to 625."


def test_a_table_with_one_input_offers_what_can_be_made_of_it_and_both_choices_are_kept():
    page = opened(features=["x₁", "x₂", "x₁²"])
    chosen(page, "data", "sine")
    pills = page.sidebar.button_group(key="input")
    assert pills.options == ["x₁", "x₁²", "sin x₁"] and experiment(page).features == ("x1",)
    pills.set_value(["x1", "sin_x1"])
    rendered(page)
    assert experiment(page).features == ("x1", "sin_x1")
    assert experiment(chosen(page, "data", "circle")).features == ("x1", "x2", "x1_squared")


def test_without_an_input_the_last_choice_stays_and_a_sentence_says_what_to_do():
    page = opened()
    page.sidebar.button_group(key="features").set_value([])
    rendered(page)
    assert [error.value for error in page.error] == [
        "Choose at least one input: without any, the network has nothing to learn from."]
    assert experiment(page).features == ("x1", "x2")


def test_names_from_outside_are_no_markup():
    table = Table(("<b>a</b>", "$x$ :red[b]"), "c", ("no", "yes"), ("",) * 2, [[1, 2], [3, 4]], [0, 1])
    text = fed_in(view_of(Config(), table, standardise=True), True)
    assert "<b>" not in text and "$x" not in text.replace("\\$", "") and ":red" not in text.replace("\\:", "")
