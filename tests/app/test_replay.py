"""The replay: a page in one file that holds what the player would have been sent, within bounds of size and time."""

import base64
import json
import re
import zlib
from threading import Thread

import numpy as np
import pytest

from playground.app import replay as module
from playground.app.experiment import Experiment
from playground.app.export import played
from playground.app.player import pack
from playground.app.replay import BYTES, REPLAY, spacing
from playground.app.rest import Rest
from playground.app.session import Session
from playground.data import DATASETS, Table
from playground.figures import Look, remarks
from playground.nn import Config, Recording
from tests.app.browser import experiment, unpack
from tests.app.test_export import offered
from tests.app.test_page import opened, rendered
from tests.app.test_pins import TWO

DEEP = Config((8,) * 6, "tanh", "tanh", "half_mse", learning_rate=0.03, batch_size=500)
MANY = 5000                                                             # rows, the most that a table may have
LARGEST = 12_000_000                                                    # characters of the file
NASTY = "</script><img src=x onerror=alert(1)>"
PACKED = re.compile(r'<script type="text/plain" class="message">([^<]*)</script>')


def session_at(epoch, config=None, rows="people", theme="light", **options):
    """A session whose viewer rests there. `rows` names a data set or is a table."""
    if isinstance(rows, Table):
        session = Session(Experiment(config or Config(), rows, None, 100, 0, ("x1", "x2"), False), theme)
    else:
        session = Session(experiment(config, rows, **options), theme)
        session.ask(DATASETS[rows].asked)
    session.at = session.recording.advance(epoch)
    return session


def file_of(session, title="Four people"):
    return REPLAY.function(played(session, title))


def packed(file):
    """The messages that the file gives the player."""
    return [zlib.decompress(base64.b64decode(text)) for text in PACKED.findall(file)]


def messages(file):
    """(header, arrays) of each."""
    return [*map(unpack, packed(file))]


def epochs(file):
    return [epoch for header, _ in messages(file) for epoch in header["epochs"]]


def said(file):
    """The words below the title."""
    return re.search(r"</h1>\n<p>(.*)</p>", file)[1]


def rows(count, classes=4):
    X = np.random.default_rng(0).uniform(-6, 6, (count, 2))
    y = (X[:, 0] > 0) + 2.0 * (X[:, 1] > 0)
    return Table(("a", "b"), "c", ("p", "q", "r", "s"), tuple(f"row number {i}" for i in range(count)), X, y)


def nasty():
    """A table whose every name is markup."""
    X, y = np.array([[0.0, 1], [1, 0]]), np.array([0.0, 1])
    return Table((NASTY, f"2{NASTY}"), f"3{NASTY}", (NASTY, f"4{NASTY}"), (NASTY, NASTY), X, y)


def test_pinned_runs_are_in_the_first_message():
    first, second = messages(REPLAY.function(played(session_at(500, DEEP, "spiral", samples=40), "Spiral", TWO)))[:2]
    assert first[0]["pins"]["names"]["pin 0"] == "Run A" and first[1]["pinned/pin 3"].tolist() == [[0, 1, 2], [3, 2, 1]]
    assert "pins" not in second[0] and not any(name.startswith("pinned/") for name in second[1])


def test_the_tab_offers_it_first():
    page = opened()
    page.session_state["tab"] = "Export"
    rendered(page)
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels.index(REPLAY.title) + 1 == labels.index(offered(page)[0])
    assert REPLAY.description in {caption.value for caption in page.main.caption}
    assert REPLAY.file_name("Four people", (2, 2, 1)) == "four-people-2-2-1-replay.html"


@pytest.mark.parametrize(("config", "rows", "options"), [
    (Config(), "people", {}), (Config((8, 8), "tanh", "softmax", "cross_entropy"), "three_arms", {"share": 60}),
    (Config((4,), "tanh", "linear", learning_rate=0.01), "sine", {"share": 70, "features": ("x1",)}),
])
def test_every_frame_up_to_the_epoch_on_screen_is_the_scenes_to_the_last_bit(config, rows, options):
    session = session_at(90, config, rows, **options)
    session.at = 77
    file = file_of(session)
    assert epochs(file) == list(range(78))
    frames = session.recording.frames(range(78))
    _, expected = unpack(pack({}, session.scene.frames(frames)))
    for name, values in expected.items():
        stored = np.concatenate([arrays[name] for _, arrays in messages(file)])
        np.testing.assert_array_equal(stored, values, err_msg=name)
    header, arrays = messages(file)[0]
    assert arrays["history/train"][0].tolist() == list(range(78))
    assert (header["latest"], header["run"]["end"]["epoch"]) == (77, 77)
    assert header["sceneId"] and all(other["scene"] is None for other, _ in messages(file)[1:])


def test_what_was_left_behind_stays_as_a_ghost():
    session = session_at(60)
    session.at = 30
    session.show(experiment(Config(learning_rate=0.5)))
    session.recording.advance(40)
    session.at = 40
    _, arrays = messages(file_of(session))[0]
    assert arrays["history/ghost"][0].tolist() == list(range(61))
    assert arrays["history/train"][0].tolist() == list(range(41))


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_only_what_works_without_a_server_is_in_it_and_what_a_link_hides_is_not(theme):
    session = session_at(3, theme=theme)
    session.trim(frozenset({"confusion"}), projected=theme == "projector")
    header, _ = messages(file_of(session))[0]
    scene = json.loads(header["scene"])
    assert list(scene["panels"]) == ["network", "boundary", "loss", "health"]
    assert not any(panel["handles"] or panel["tools"] for panel in scene["panels"].values())
    assert header["theme"] == scene["theme"] == ("dark" if theme == "dark" else "light")


@pytest.mark.parametrize(("look", "title"), [
    (Look("hidden", (2, 3)), "Hidden space"), (Look("neuron", (3,)), "One neuron: h2"),
])
def test_what_is_looked_at_is_in_it_as_it_was_chosen_and_in_front(look, title):
    session = session_at(20)
    session.look = look
    file = file_of(session)
    header, arrays = messages(file)[0]
    panel = json.loads(header["scene"])["panels"][look.panel]
    assert (panel["title"], panel["choices"], panel["pointer"]) == (title, [], None)
    assert panel["figure"] == json.loads(session.scene.looked_json(look))["figure"] and "looked" not in panel
    _, expected = unpack(pack({}, session.scene.frames(session.recording.frames(range(21)), look)))
    names = [name for name in expected if name.startswith(f"{look.panel}/")]
    assert names
    for name in names:
        np.testing.assert_array_equal(arrays[name], expected[name], err_msg=name)
    assert f'<main data-front="{look.panel}">' in file


@pytest.mark.parametrize(("config", "table", "epoch"), [
    (Config(batch_size=4), "people", 3000), (DEEP, "circle", 1000),
    (Config((8,) * 6, "tanh", "softmax", "cross_entropy", batch_size=1000), rows(MANY), 400),
])
def test_however_long_the_run_and_large_network_and_table_are_the_file_is_bounded_and_its_frames_are_even(
    config, table, epoch
):
    file = file_of(session_at(epoch, config, table))
    stored = epochs(file)
    assert stored[0] == 0 and stored[-1] == epoch and len(stored) > 150
    assert len(set(np.diff(stored))) == 1
    assert sum(map(len, packed(file))) < 1.2 * BYTES
    assert len(file) < LARGEST


def test_even_what_cannot_be_deflated_fits(monkeypatch):
    session = session_at(3000, Config(batch_size=4))
    rest = len(module._plotly()) + 500_000
    monkeypatch.setattr(module.zlib, "compress", lambda content: content)
    monkeypatch.setattr(module, "_plotly", lambda: "")
    assert len(file_of(session)) + rest < LARGEST


@pytest.mark.parametrize("most", [1, 2, 3, 10, 499, 500, 501, 1000, 2000])
@pytest.mark.parametrize("last", [0, 1, 7, 498, 499, 500, 999, 1000, 12_345, 10_000_000])
def test_steps_are_the_least_round_number_of_epochs_that_suffices(last, most):
    step = spacing(last, most)
    assert str(step).rstrip("0") in ("1", "2", "5")
    smaller = [other for exponent in range(9) for other in (10**exponent, 2 * 10**exponent, 5 * 10**exponent)
               if other < step]
    assert len(range(0, last, step)) + 1 <= max(most, 2)
    assert all(len(range(0, last, other)) + 1 > most for other in smaller)


def test_of_a_run_whose_middle_was_thinned_out_the_epochs_that_are_held_are_taken(monkeypatch):
    session = session_at(0, Config(batch_size=4))
    thin = Recording(session.recording.config, session.recording.dataset, budget=40_000)
    session.runs.recording = thin
    session.at = thin.advance(3000)
    held = thin.history()[0]
    assert len(held) < 500 and 1500 - 3 not in held
    given = played(session, "Four people")
    monkeypatch.setattr(Recording, "_train_on", None)                   # nothing is trained for it
    file = REPLAY.function(given)
    stored = epochs(file)
    assert set(stored) <= set(held.tolist()) and stored[0] == 0 and stored[-1] == 3000
    gaps = np.diff(stored)
    assert gaps.max() <= 2 * np.diff(held).max()
    assert "about every 5th epoch from 0 to 3000" in said(file)


@pytest.mark.parametrize(("budget", "words"), [
    (BYTES, "holds every epoch from 0 to 100,"), (350_000, "holds every second epoch from 0 to 100,"),
    (150_000, "holds every 5th epoch from 0 to 100,"), (1, "holds every 100th epoch from 0 to 100,"),
])
def test_the_page_says_which_epochs_it_holds(monkeypatch, budget, words):
    monkeypatch.setattr(module, "BYTES", budget)
    assert words in said(file_of(session_at(100)))


def test_what_is_remarked_on_an_epoch_is_what_the_page_remarks():
    session = session_at(260, Config((1,)), "spiral", share=70)
    file = file_of(session)
    header = next(header for header, _ in messages(file) if 250 in header["epochs"])
    remarked = header["said"][header["epochs"].index(250)]["health"]
    assert remarked and remarked == remarks(Rest().findings(session.runs, 250))


def test_a_run_that_diverged_ends_with_the_reason():
    session = session_at(50, Config((2,), "relu", learning_rate=1e6))
    last = session.recording.latest
    assert session.recording.divergence
    header, _ = messages(file_of(session))[-1]
    end = header["run"]["end"]["text"]
    assert end.startswith(f"The replay ends here, at epoch {last}. Training diverged after epoch {last}: ")
    assert header["said"][-1]["health"][0]["title"] == "Divergence"


def test_names_from_outside_are_inert():
    plain, file = file_of(session_at(3)), file_of(session_at(3, rows=nasty()), NASTY)
    assert file.count("</script") == plain.count("</script") and file.count("<img") == plain.count("<img")
    assert file.count("&lt;img src=x onerror=alert(1)&gt;") == 4        # in both titles and as inputs


def test_making_it_leaves_the_run_alone_and_keeps_nobody_waiting():
    session = session_at(40)
    session.at = 30
    before = session.recording.latest, session.recording.course, session.recording.frames([17]).parameters.tobytes()
    given, made = played(session, "Four people"), []
    with session.lock:                                                  # as when the page needs it all the time
        thread = Thread(target=lambda: made.append(REPLAY.function(given)))
        thread.start()
        thread.join(30)
    assert made and epochs(made[0])[-1] == 30
    recording = session.recording
    assert (recording.latest, recording.course, recording.frames([17]).parameters.tobytes()) == before
