"""A file is made in a thread of its own: it and the page wait for each other, and neither disturbs the other."""

from threading import Event, Thread

import pytest

from playground.app.alone import TURN
from playground.app.export import result
from playground.app.session import Session
from playground.nn import Config
from tests.app.browser import Browser, experiment
from tests.exports.runs import parameters_at


@pytest.fixture
def browser():
    return Browser(Session(experiment(Config((3,), "tanh"), "circle"), "light"))


@pytest.mark.parametrize("act", [
    lambda session: session.message(),
    lambda session: session.show(session.experiment),
    lambda session: session.start_from(session.runs.drawn),
    lambda session: result(session, ""),
])
def test_whatever_trains_waits_until_the_session_is_free(browser, act):
    session, done = browser.session, Event()
    thread = Thread(target=lambda: (act(session), done.set()))
    with session.lock:
        thread.start()
        assert not done.wait(0.3)
    assert done.wait(30)
    thread.join()


def answering(session):
    """A thread that makes a message, and what says that it is made."""
    done = Event()
    Thread(target=lambda: (session.message(), done.set()), daemon=True).start()
    return done


def test_messages_of_all_viewers_are_made_one_after_the_other(browser):
    with TURN:
        done = answering(browser.session)
        assert not done.wait(0.3)
    assert done.wait(30)


def test_who_waits_for_a_file_of_ones_own_keeps_nobody_else_waiting(browser):
    with browser.session.lock:
        done = answering(browser.session)
        assert not done.wait(0.3)
        assert answering(Session(experiment(Config((2,))), "light")).wait(30)
    assert done.wait(30)


def test_files_made_while_the_run_trains_are_right_and_so_is_the_run(browser):
    session, enough = browser.session, Event()
    browser.at = 60
    browser.ask((0, 61, 1))

    def train():
        while not enough.is_set():
            browser.ask(goal={"epoch": session.recording.latest + 20, "loss": None})

    thread = Thread(target=train)
    thread.start()
    try:
        results = [result(session, "") for _ in range(20)]
    finally:
        enough.set()
        thread.join()
    right = experiment(Config((3,), "tanh"), "circle").record()
    right.advance(100)
    for made in results:
        assert parameters_at(made.recording, made.epoch) == parameters_at(right, made.epoch)
    assert parameters_at(session.recording, 100) == parameters_at(right, 100)
