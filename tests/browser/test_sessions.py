"""Sessions: many viewers at once, a reloaded page, and a connection that loses things."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.app.player import pack
from playground.app.player.player import HERE
from playground.nn import Config
from tests.browser.core import Core
from tests.browser.playground import Playground

if TYPE_CHECKING:
    from playwright.sync_api import WebSocketRoute

Visit = Callable[..., Playground]

# Bytes that the network was used for, of each script that the page serves beside Streamlit's own.
LOADED = """() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('.scripts/'))
  .map(({ transferSize }) => transferSize)"""


def test_two_viewers_do_not_see_each_others_run(visit: Visit) -> None:
    first, second = visit(), visit(seed=1, layers=2, n2=3)
    first_core, second_core = Core(), Core(Config((2, 3), seed=1))
    first.run_to(50)
    second.press("Step")
    second.at(1)
    assert second.losses == second_core.losses(1)
    first.press("Step")
    first.at(51)
    assert first.losses == first_core.losses(51)
    second.choose("Learning rate", "3")
    second.expect(second.page.get_by_text("before the change").first).to_be_visible()
    first.press("Step")
    first.at(52)
    assert first.losses == first_core.losses(52)


def test_a_reloaded_page_works_again_with_what_the_address_bar_says_and_loads_no_script_again(visit: Visit) -> None:
    page = visit(seed=3)
    page.number("Layer 1", 4)
    page.page.wait_for_url("**n1=4*")
    page.expect(page.page.get_by_test_id("train-loss")).to_have_text(Core(Config((4,), seed=3)).losses(0)[0])
    page.run_to(30)
    page.page.wait_for_url("**epoch=30*")
    page.page.reload()
    page.at(30)
    assert page.page.evaluate(LOADED) == [0, 0]
    core = Core(Config((4,), seed=3))
    page.press("Step")
    page.at(31)
    assert page.losses == core.losses(31)


def test_a_lost_request_is_sent_again_and_playback_goes_on(visit: Visit) -> None:
    core, lost = Core(), []

    def forget_the_third(socket: WebSocketRoute) -> None:
        server, asked = socket.connect_to_server(), []

        def pass_on(message: str | bytes) -> None:
            if isinstance(message, bytes) and b'"want":[[' in message:
                asked.append(message)
                if len(asked) == 3:
                    return lost.append(message)
            server.send(message)

        socket.on_message(pass_on)

    page = visit(prepare=lambda page: page.route_web_socket("**/_stcore/stream", forget_the_third))
    page.press("Play")
    page.beyond(300)
    page.press("Pause")
    page.paused()
    assert lost
    assert page.losses == core.losses(page.epoch)


def test_a_server_that_takes_its_time_is_not_asked_twice(visit: Visit) -> None:
    asked: list[object] = []
    held: list[Callable[[], None]] = []
    slow = False

    def join(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def to_server(message: str | bytes) -> None:
            if isinstance(message, bytes) and b'"want"' in message:
                asked.append(message)
            server.send(message)

        def to_page(message: str | bytes) -> None:
            if slow and (held or len(message) > 1000):                  # that it is at it is said in a few bytes
                held.append(lambda: socket.send(message))
            else:
                socket.send(message)

        socket.on_message(to_server)
        server.on_message(to_page)

    page = visit(prepare=lambda page: page.route_web_socket("**/_stcore/stream", join))
    page.known()
    asked.clear()
    slow = True
    page.page.locator("form[data-do=goto] input").fill("60")
    page.page.locator("form[data-do=goto] button").click()
    begun = page.page.evaluate("performance.now()")
    page.page.wait_for_function("(begun) => performance.now() > begun + 3500", arg=begun)
    assert held and len(asked) == 1
    slow = False
    for send in held:
        send()
    page.at(60)
    assert page.losses == Core().losses(60)


def test_a_broken_connection_is_made_again_and_the_run_goes_on_where_it_was(visit: Visit) -> None:
    core, sockets = Core(), []

    def join(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    page = visit(prepare=lambda page: page.route_web_socket("**/_stcore/stream", join))
    page.run_to(40)
    page.rest()
    sockets[-1].close(code=4000, reason="as if the network were gone")
    page.run_to(400)
    page.errors[:] = [error for error in page.errors if "when disconnected from server" not in error]  # Streamlit's
    assert len(sockets) == 2
    assert page.losses == core.losses(400)
    page.press("Step back")
    page.at(399)
    assert page.losses == core.losses(399)


# What Streamlit does when it mounts a component anew: another element with the component's HTML takes the place of the
# first, and the component's module, loaded once, is called with it.
NOTE_MODULES = """() => {
  window.modules = [];
  const create = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    const url = create.call(URL, blob);
    if (blob.type === 'text/javascript') window.modules.push(url);
    return url;
  };
}"""
MOUNT_ANEW = """async ([html, message]) => {
  const before = document.querySelector('.player').closest('[data-testid^=stBidiComponent]');
  const anew = Object.assign(document.createElement('div'), { innerHTML: html });
  window.figure = document.querySelector('[data-testid=figure-loss] .plot');
  before.replaceWith(anew);
  const module = await import(window.modules.at(-1));
  module.default({ data: new Uint8Array(message), parentElement: anew, setTriggerValue() {} });
}"""


def test_a_player_that_streamlit_mounts_anew_goes_on_as_it_was(visit: Visit) -> None:
    page = visit(prepare=lambda page: page.add_init_script(f"({NOTE_MODULES})()"))
    page.press("Play")
    page.beyond(100)
    page.press("Restart")
    page.at(0)
    page.known()
    page.page.get_by_label("Speed").select_option("15")
    page.press("Play")                                                  # what it has: an answer would find nobody
    page.beyond(20)
    nothing_new = list(pack({"epochs": [], "run": {}}, {}))
    page.page.evaluate(MOUNT_ANEW, [(HERE / "player.html").read_text("utf-8"), nothing_new])
    here = page.epoch
    assert here > 20 and page.playing
    page.beyond(here + 3)
    assert page.page.evaluate("document.querySelector('[data-testid=figure-loss] .plot') === window.figure")
