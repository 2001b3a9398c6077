"""The predictions tab: points are typed or clicked, open or not, kept with their table, and never change the run."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from playground.app.drawing import rounded
from playground.app.player import Stroke
from playground.data import Asked
from tests.app.browser import Editor

SCRIPT = str(Path(__file__).resolve().parents[2] / "streamlit_app.py")
REFUSED = "No point was added to the predictions. "
EMILY, FRANK = (-7.0, -3.0), (20.0, 2.0)


@pytest.fixture
def editor(monkeypatch):
    return Editor(monkeypatch, "asked ")


@pytest.fixture
def page(editor):
    page = AppTest.from_file(SCRIPT, default_timeout=30)
    page.session_state["tab"] = "Predictions"
    return rendered(page)


def rendered(page):
    page.run()
    assert not page.exception, page.exception[0].value
    return page


def brought(page, tab):
    page.session_state["tab"] = tab
    return rendered(page)


def type_rows(editor, *rows):
    """What is in the editor when the page runs next."""
    editor.type(dict(zip(editor.shown, zip(*rows, strict=True), strict=True)))


def typed(page, editor, *rows):
    type_rows(editor, *rows)
    return rendered(page)


def clicked(page, *places, table=None):
    """The page as it runs after the player has sent clicks with the star in hand."""
    session = page.session_state.session
    plane = session.scene.view.axes
    page.session_state["asked clicks"] = [
        (table or session.table, rounded(Stroke(i, "", *place, None, False, True), plane))
        for i, place in enumerate(places)]
    return rendered(page)


def asked(page):
    return page.session_state.session.scene.view.asked


def plain(text):
    return re.sub(r"\\(.)", r"\1", text)


@pytest.mark.parametrize("tab", ["Predictions", "Data table"])
def test_a_click_adds_a_point_with_the_first_name_that_is_free_whether_the_tab_is_open_or_not(page, editor, tab):
    brought(page, tab)
    session = page.session_state.session
    run, recording, table = session.run, session.recording, session.experiment.table
    clicked(page, (3.14159, -2.71828), (0, 0))
    assert asked(page) == Asked(("Emily", "Frank", "point 1", "point 2"), (EMILY, FRANK, (3.1, -2.72), (0, 0)))
    assert session.run == run and session.recording is recording and session.experiment.table == table
    assert not page.session_state["tables"].popitem()[1].past, "nothing to be taken back"
    brought(page, "Predictions")
    assert list(editor.shown["name"]) == ["Emily", "Frank", "point 1", "point 2"]
    typed(page, editor, ("Emily", "-7", "-3"), ("point 2", "0,5", "0"))
    assert asked(page) == Asked(("Emily", "point 2"), (EMILY, (0.5, 0)))
    clicked(page, (1, 1))
    assert asked(page).names == ("Emily", "point 2", "point 1")


def test_an_edit_that_comes_together_with_a_click_is_kept(page, editor):
    type_rows(editor, ("Zoë", "1", "2"))
    clicked(page, (3, 3))
    assert asked(page) == Asked(("Zoë", "point 1"), ((1, 2), (3, 3)))
    assert list(editor.shown["name"]) == ["Zoë", "point 1"]
    rendered(page)
    assert asked(page).names == ("Zoë", "point 1")


def test_over_a_single_input_a_click_is_a_point_there(page, editor):
    page.selectbox(key="data").set_value("sine")
    rendered(page)
    clicked(page, (1.5, -0.5))
    assert asked(page) == Asked(("point 1",), ((1.5,),))
    assert list(editor.shown) == ["name", "input 1"] and editor.shown["input 1"] == ["1.5"]


def test_points_belong_to_their_data_set_and_a_click_on_another_table_is_left_out(page):
    clicked(page, (3, 3))
    page.selectbox(key="data").set_value("circle")
    rendered(page)
    clicked(page, (1, 1))
    clicked(page, (2, 2), table="gone")
    assert asked(page) == Asked(("point 1",), ((1, 1),))
    page.selectbox(key="data").set_value("people")
    rendered(page)
    assert asked(page) == Asked(("Emily", "Frank", "point 1"), (EMILY, FRANK, (3, 3)))


def test_the_fifty_first_point_is_refused_with_a_sentence_until_something_else_is_clicked(page):
    clicked(page, *[(step / 10, 1) for step in range(48)])
    session = page.session_state.session
    assert len(asked(page).names) == 50 and not session.fault
    clicked(page, (0, 0))
    assert len(asked(page).names) == 50 and not page.error, "what is typed is as good as before"
    sentence = f"{REFUSED}There can be 50 points to predict at most: delete rows to make room."
    assert session.fault == sentence
    rendered(page)
    assert session.fault == sentence, "a run of the page that overtakes the answer does not lose it"
    clicked(page)
    assert not session.fault


def test_while_a_cell_cannot_be_read_a_click_is_refused_and_what_was_typed_stays(page, editor):
    typed(page, editor, ("Emily", "-7", "-3"), ("Zoë", "*heavy*", "2"))
    (error,) = page.error
    assert plain(error.value).startswith("Row 2, weight: “*heavy*” is no number")
    clicked(page, (0, 0))
    assert asked(page) == Asked(("Emily", "Frank"), (EMILY, FRANK))
    assert page.session_state.session.fault.startswith(f"{REFUSED}Row 2, weight: “*heavy*”")
    assert page.error
    typed(page, editor, ("Emily", "-7", "-3"))
    assert not page.error and asked(page) == Asked(("Emily",), (EMILY,))


def test_points_outside_of_the_picture_are_named(page, editor):
    assert not page.info
    typed(page, editor, ("Emily", "-7", "-3"), ("*Zoë*", "99", "2"), ("Al", "0", "-40"))
    (info,) = page.info
    left, right, bottom, top = page.session_state.session.scene.view.axes
    shown = f"weight from {left:g} to {right:g} and height from {bottom:g} to {top:g}"
    assert plain(info.value) == f"Outside of the picture, which shows {shown}: *Zoë*, Al."
    assert "*Zoë*" not in info.value, "it is no markup"
