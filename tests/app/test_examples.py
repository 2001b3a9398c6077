"""The notebook's two networks that only answer: one click sets them up, and the page shows what the notebook prints."""

import pytest

from playground.data import Asked
from tests.app.test_page import chosen, experiment, opened, rendered

PRINTED = {"One neuron": "0.9990889488055994", "Three neurons": "0.7216325609518421"}


def pressed(page, label):
    next(button for button in page.sidebar.button if button.label == label).click()
    return rendered(page)


def said(page):
    return " ".join(caption.value for caption in page.sidebar.caption)


@pytest.mark.parametrize("title", PRINTED)
@pytest.mark.parametrize("link", [{}, {"layers": "3", "n1": "5", "activation": "relu", "share": "50", "seed": "4"},
                                  {"features": ["x₁²"], "standardise": "true", "output": "tanh"}], ids=str)
def test_one_click_shows_what_the_notebook_prints(title, link):
    page = pressed(opened(**link), title)
    assert PRINTED[title] in said(page)
    asked = page.session_state.session.scene.view.asked
    assert asked == Asked(("Emily", "Frank", "x"), ((-7.0, -3.0), (20.0, 2.0), (2.0, 3.0)))


def test_the_examples_can_be_taken_one_after_the_other_and_left_again():
    page = opened()
    drawn = page.session_state.session.runs.drawn
    for title in [*PRINTED, *PRINTED]:
        assert PRINTED[title] in said(pressed(page, title))
        assert sum(text in said(page) for text in PRINTED.values()) == 1
    assert "set by hand" in said(page)
    pressed(page, "Use the drawn ones")
    assert page.session_state.session.runs.given == drawn
    assert "set by hand" not in said(page) and "0.72" not in said(page)
    assert page.session_state.session.scene.view.asked.names == ("Emily", "Frank")


def test_what_the_example_says_is_computed_from_the_network_on_screen():
    page = pressed(opened(), "Three neurons")
    chosen(page, "activation", "tanh")
    assert "0.72" not in said(page), "it is another network now"
    assert experiment(page).config.activation == "tanh"


def test_other_data_have_no_example():
    page = opened(data="Circle")
    assert not {button.label for button in page.sidebar.button} & set(PRINTED)
