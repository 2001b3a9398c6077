"""The export tab: every export is offered where one looks for it, and holds the run up to the epoch on screen."""

from dataclasses import replace

import pytest

from playground.app.export import result
from playground.app.session import Session
from playground.data import Asked
from playground.exports import EXPORTS
from playground.nn import Config
from tests.app.browser import Browser, experiment
from tests.app.test_page import opened, rendered
from tests.exports.runs import bits, parameters_at, run

TITLES = [export.title for export in EXPORTS.values()]


def offered(page):
    return [button.proto.label for button in page.get("download_button") if button.proto.label in TITLES]


def test_the_tab_describes_every_export_beside_its_button():
    page = opened()
    assert offered(page) == []                                          # a tab that is not open has nothing to do
    page.session_state["tab"] = "Export"
    rendered(page)
    assert offered(page) == TITLES
    assert {export.description for export in EXPORTS.values()} <= {caption.value for caption in page.main.caption}


@pytest.fixture
def browser():
    """At epoch 30 of 40."""
    browser = Browser(Session(experiment(Config((3,), "tanh"), "circle", share=70), "light"))
    browser.session.recording.advance(40)
    browser.at = 30
    browser.ask()
    return browser


def last(session):
    return bits(run(EXPORTS["script"].function(result(session, "circle")))[0][-1])


def test_the_result_is_the_run_up_to_the_epoch_on_screen(browser):
    session = browser.session
    assert result(session, "circle").epoch == 30
    assert last(session) == parameters_at(session.recording, 30)


def test_a_weight_by_hand_and_another_learning_rate_go_along(browser):
    session = browser.session
    before = session.recording
    browser.edit(2, 1.5)
    browser.edit(4, frozen=True)
    browser.show(session.experiment._replace(config=replace(session.experiment.config, learning_rate=0.3)))
    session.recording.advance(40)
    browser.at = 35
    browser.ask()
    assert last(session) == parameters_at(session.recording, 35) != parameters_at(before, 35)


def test_an_export_leaves_the_run_as_it_is(browser):
    recording = browser.session.recording
    before = recording.latest, recording.course, parameters_at(recording, 17)
    for export in EXPORTS.values():
        export.function(result(browser.session, "circle"))
    assert (recording.latest, recording.course, parameters_at(recording, 17)) == before


def test_points_that_were_asked_are_asked_again(browser):
    browser.session.ask(Asked(("Emily",), ((1.0, 2.0),)))
    assert result(browser.session, "circle").asked.names == ("Emily",)
    browser.session.ask(Asked(("of another table",), ((1.0,),)))
    assert not result(browser.session, "circle").asked.names
