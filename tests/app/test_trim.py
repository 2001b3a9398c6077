"""Trim: what a link leaves out is out of sight, and all that it says still holds."""

import pytest

from playground.app.parts import HIDEABLE
from tests.app.test_page import experiment, opened, rendered

EVERYTHING = ",".join(HIDEABLE)


def pressed(page, label):
    next(button for button in page.main.button if button.label == label).click()
    return rendered(page)


def texts(page):
    """What can be copied from the dialog: the link and the frame."""
    return [code.value for code in page.get("code")]


def test_settings_hold_whether_their_controls_are_hidden_or_not():
    link = {"data": "Spiral", "samples": "300", "share": "80", "layers": "2", "n1": "8", "activation": "tanh",
            "rate": "0.003", "optimizer": "Adam", "loss": "half mean squared error", "seed": "7"}
    assert experiment(opened(**link, hide=EVERYTHING)) == experiment(opened(**link))


@pytest.mark.parametrize("hide", ["table", "table,predictions", "predictions", EVERYTHING])
def test_a_hidden_table_and_hidden_predictions_still_count(hide):
    session = opened(hide=hide).session_state.session
    assert (session.experiment.table, session.asked) == (
        opened().session_state.session.experiment.table, opened().session_state.session.asked)


def test_what_is_hidden_is_not_in_the_scene():
    scene = opened(hide="loss, UPDATE neuron").session_state.session.scene
    assert "loss" not in scene.panels and not {"neuron", "walk"} & {*scene.looks, *scene.panels}
    assert scene.hidden == {"loss", "walk", "neuron"}


@pytest.mark.parametrize(("hide", "said"), [
    ("nonsense", ["nonsense"]), ("loss,<b>x</b>", ["x"]), ("a b c d e", ["a, b, c and 2 more"]), ("x" * 5000, ["xxx"]),
])
def test_a_name_that_is_unknown_gets_one_sentence_and_the_rest_works(hide, said):
    page = opened(hide=f"{hide},health")
    (warning,) = page.warning
    assert all(text in warning.value for text in said) and "<b>" not in warning.value and len(warning.value) < 400
    assert "health" not in page.session_state.session.scene.panels
    assert not page.error


@pytest.mark.parametrize("hide", ["", ",,", " "])
def test_no_name_at_all_hides_nothing(hide):
    page = opened(hide=hide)
    assert not page.warning and page.session_state.session.scene.hidden == frozenset()


def test_the_projector_is_one_click_away_and_one_click_back():
    page = opened(seed="3")
    session, run = page.session_state.session, page.session_state.session.run
    pressed(page, "Projector")
    assert page.query_params["projector"] == "true"
    assert session.theme == "projector" and not session.scene.panels["boundary"].tools
    pressed(page, "Exit")
    assert "projector" not in page.query_params and page.query_params["seed"] == "3"
    assert session.theme == "light" and session.scene.panels["boundary"].tools
    assert page.session_state.session is session and session.run == run


def test_the_dialog_has_a_box_for_every_part_ticked_unless_it_is_hidden():
    page = pressed(opened(hide="data,table"), "Link for class")
    boxes = {box.key.removeprefix("link "): box for box in page.checkbox}
    assert boxes.keys() == {*HIDEABLE, "projector"}
    data = {"data", "data-set", "test-points", "inputs", "examples"}
    assert {name for name, box in boxes.items() if not box.value} == {*data, "table", "projector"}
    assert {name for name, box in boxes.items() if box.disabled} == data - {"data"}


def test_the_dialog_shows_the_link_and_the_frame():
    page = pressed(opened(seed="3", hide="data,loss"), "Link for class")
    link, frame = texts(page)
    assert link.endswith("?seed=3&hide=data,loss")
    assert "seed=3&amp;hide=data,loss&amp;embed=true" in frame
