"""What happens to a run when something is changed: it goes on, or it starts again, and it never breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from playground.nn import Config
from tests.browser.core import Core, written
from tests.browser.playground import Playground

if TYPE_CHECKING:
    from playwright.sync_api import WebSocketRoute

Visit = Callable[..., Playground]

GHOST = "before the change"
# How often the player begins to wait for the server within half a second.
ASKED_MEANWHILE = """async () => {
  let asked = 0;
  const note = ([{ target }]) => { asked += target.hasAttribute('data-waiting'); };
  new MutationObserver(note).observe(document.querySelector('.player'), { attributeFilter: ['data-waiting'] });
  await new Promise((resolve) => setTimeout(resolve, 500));
  return asked;
}"""


def ghost(page: Playground) -> None:
    page.expect(page.page.locator("figcaption").filter(has_text=GHOST)).to_be_visible()


def test_a_rate_changed_half_way_keeps_the_past_and_changes_the_future(visit: Visit) -> None:
    core, page = Core(), visit()
    page.run_to(60)
    page.press("Step back")
    page.at(59)
    page.rest()
    page.choose("Learning rate", "3")
    ghost(page)
    assert page.epoch == 59
    assert page.losses == core.losses(59)
    page.press("Step")
    page.at(60)
    _, following = core.changed(59, replace(core.config, learning_rate=3))
    assert page.losses[0] == written(following.train_loss) != core.losses(60)[0]
    page.press("Step back")
    page.at(59)
    page.press("Step back")
    page.at(58)
    assert page.losses == core.losses(58)
    page.run_to(20)
    assert page.losses == core.losses(20)


def test_a_rate_changed_while_playing_neither_stops_nor_rewinds(visit: Visit) -> None:
    page = visit()
    page.press("Play")
    page.beyond(40)
    page.watch()
    page.choose("Learning rate", "0.03")
    ghost(page)
    changed = page.epoch
    page.beyond(changed + 30)
    assert page.playing
    seen = page.seen
    assert all(later >= earlier for earlier, later in pairwise(seen)), seen
    page.press("Pause")
    page.paused()


def nothing(page: Playground) -> None:
    pass


def open_sweep(page: Playground) -> None:
    page.page.get_by_role("tab", name="Sweep", exact=True).click()


def show_example(page: Playground) -> None:
    page.press("One neuron")
    page.expect(page.button("Use the drawn ones")).to_be_visible()


def draw(page: Playground) -> None:
    page.press("Draw F")
    page.page.locator("[data-testid=figure-boundary] .sheet").click(position={"x": 90, "y": 90})
    page.expect(page.page.get_by_text("5 rows")).to_be_visible()


# Of a button: what is done before, what is seen then, and how often.
PRESSES: dict[str, tuple[Callable[[Playground], None], str, int]] = {
    "New weights": (nothing, "input[aria-label=Seed][value='1']", 1),
    "One neuron": (nothing, "text=it answers", 1),
    "Use the drawn ones": (show_example, "text=Use the drawn ones", 0),
    "Projector": (nothing, "[data-theme$=projector]", 1),
    "Run sweep": (open_sweep, ".tile", 6),
    "undo": (draw, "text=5 rows", 0),
}


@pytest.mark.parametrize("name", PRESSES)
def test_no_press_is_lost_in_the_moment_of_a_request_of_the_players(visit: Visit, name: str) -> None:
    before, sight, count = PRESSES[name]
    page = visit()
    before(page)
    page.known()
    page.press_meanwhile(page.page.get_by_role("button", name=name))
    page.expect(page.page.locator(sight)).to_have_count(count)


def test_no_press_of_new_weights_is_lost_to_what_the_player_asks_meanwhile(visit: Visit) -> None:
    """What the server sends is held back until the player has asked again, with the seed that the browser still has."""
    held: list[str | bytes] | None = None
    pressed = False

    def hold_back(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def ask(message: str | bytes) -> None:
            nonlocal held
            server.send(message)
            if pressed and held is not None and isinstance(message, bytes) and b'"want"' in message:
                for answer in held:
                    socket.send(answer)
                held = None

        socket.on_message(ask)
        server.on_message(lambda answer: socket.send(answer) if held is None else held.append(answer))

    page = visit(prepare=lambda page: page.route_web_socket("**/_stcore/stream", hold_back))
    for seed in (1, 2):
        page.press("Play")
        page.beyond(15)
        held, pressed = [], False
        page.press("New weights")
        pressed = True
        page.at(0)
        assert held is None
        page.expect(page.page.get_by_role("spinbutton", name="Seed")).to_have_value(str(seed))
        page.expect(page.page.get_by_test_id("train-loss")).to_have_text(Core(Config(seed=seed)).losses(0)[0])
        page.paused()
        page.rest()
        assert page.losses == Core(Config(seed=seed)).losses(0)


def test_another_seed_architecture_or_data_set_starts_again_and_waits(visit: Visit) -> None:
    page = visit()

    def starts_again(config: Config, data: str = "people") -> None:
        core = Core(config, data)
        page.at(0)
        page.paused()
        page.expect(page.page.get_by_test_id("train-loss")).to_have_text(core.losses(0)[0])
        page.press("Play")
        page.beyond(15)

    page.press("Play")
    page.beyond(15)
    page.press("New weights")
    starts_again(Config(seed=1))
    page.number("Layer 1", 3)
    starts_again(Config((3,), seed=1))
    page.choose("Data set", "Circle")
    starts_again(Config((3,), seed=1), "circle")


def test_a_diverging_run_says_so_keeps_its_last_picture_and_goes_on_at_a_lower_rate(visit: Visit) -> None:
    page = visit(data="Circle", activation="ReLU", rate="1000000", batch=10)
    core = Core(Config(activation="relu", learning_rate=1e6, batch_size=10), "circle")
    last = core.final()
    page.press("Play")
    page.expect(page.notice).to_contain_text(f"diverged after epoch {last.epoch}")
    page.expect(page.notice).to_contain_text("learning rate")
    page.paused()
    page.at(last.epoch)
    assert page.losses == core.losses(last.epoch)
    page.rest()
    page.known()
    assert page.page.evaluate(ASKED_MEANWHILE) == 0
    drawn = page.data("boundary")[0]["z"]
    assert all(value is not None for row in drawn for value in row)

    page.choose("Learning rate", "0.1")
    page.expect(page.notice).to_be_hidden()
    page.press("Play")
    page.beyond(last.epoch + 30)
    page.press("Pause")
    page.paused()


def test_a_run_to_an_epoch_goes_on_when_a_setting_is_changed_on_its_way(visit: Visit) -> None:
    page = visit(data="Circle")
    page.page.locator("form[data-do=goto] input").fill("1000000")
    page.page.locator("form[data-do=goto] button").click()
    page.beyond(5)
    page.choose("Learning rate", "0.3")
    ghost(page)
    page.beyond(page.epoch + 20)
    page.press("Pause")
    page.paused()
