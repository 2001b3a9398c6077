"""The link is the state: another browser, a reload and a server that comes back show what was on screen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.browser.machine import serve
from tests.browser.playground import Playground

if TYPE_CHECKING:
    from tests.browser.windows import Windows

Visit = Callable[..., Playground]

VIEWERS = 2
ROWS = "[data-testid=figure-boundary] .plot"
POINTS = """() => document.querySelector('[data-testid=figure-boundary] .plot').data
  .filter(({ name, x }) => name && x && x[0] !== null).reduce((sum, { x }) => sum + x.length, 0)"""

# How much of the page shows through while it is run anew, and how often a page that plays asks for a turn.
NOTE_OPACITY = """() => {
  window.faintest = 1;
  const parts = '.player, [data-testid=stExpander] summary, [data-testid=stTabs] [role=tablist]';
  const note = () => {
    for (let node of document.querySelectorAll(parts)) {
      for (; node; node = node.parentElement) faintest = Math.min(faintest, getComputedStyle(node).opacity);
    }
    setTimeout(note, 100);
  };
  note();
}"""
TURNS = """async () => {
  const native = window.requestAnimationFrame;
  let turns = 0;
  window.requestAnimationFrame = (task) => {
    turns += 1;
    return native(task);
  };
  await new Promise((resolve) => setTimeout(resolve, 500));
  window.requestAnimationFrame = native;
  return turns;
}"""
# How many epochs a page gains in the three seconds after it has come back.
GAINED_AT_FIRST = """async (held) => {
  const epoch = () => Number(document.querySelector('[data-testid=epoch]').textContent);
  while (epoch() <= held) await new Promise(requestAnimationFrame);
  const first = epoch();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return epoch() - first;
}"""
NOTE_STATUS = """() => {
  window.noted = [];
  const status = document.querySelector('.status');
  const note = () => status.textContent === noted.at(-1)?.[0] || noted.push([status.textContent, Date.now()]);
  new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
}"""

NOTE_SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    window.sockets.push(this);
  }
};
"""
CUT_WHILE_IT_ASKS = """() => {
  if (!document.querySelector('.player[data-waiting]')) return false;
  window.sockets.at(-1).close();
  return true;
}"""


def set_weight(page: Playground, value: float) -> None:
    page.press("Edit weights")
    page.page.get_by_label("Value", exact=True).fill(str(value))
    page.page.keyboard.press("Enter")
    page.expect(page.button("Undo edit")).to_be_visible()
    page.press("Freeze")
    page.expect(page.button("Frozen")).to_be_visible()
    page.press("Close")


def draw(page: Playground, tool: str) -> None:
    page.press(tool)
    box = page.page.locator("[data-testid=figure-boundary] .sheet").bounding_box()
    assert box
    page.page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] / 3)
    page.page.keyboard.press("Escape")


def address(page: Playground) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.page.url).query)


def kept(page: Playground, epoch: int) -> None:
    """Awaits that the address has this epoch and a field."""
    page.page.wait_for_function(
        """(epoch) => {
          const kept = new URLSearchParams(location.search);
          return kept.get('epoch') === epoch && kept.get('state');
        }""", arg=str(epoch))


def test_a_copied_link_shows_another_browser_what_is_on_screen(visit: Visit) -> None:
    first = visit({"permissions": ["clipboard-read", "clipboard-write"]}, data="Four people", rate="0.3")
    draw(first, "Draw M")
    first.expect(first.page.get_by_text("5 rows")).to_be_visible()
    first.run_to(20)
    set_weight(first, 1.5)
    first.run_to(37)
    first.page.get_by_role("tab", name="Inside one update").click()
    first.page.get_by_test_id("walk").get_by_role("spinbutton").fill("3")
    first.page.keyboard.press("Enter")
    first.expect(first.page.locator(".walk .of")).to_contain_text("Charlie")
    kept(first, 37)
    first.press("Copy link")
    first.expect(first.page.get_by_text("Link copied")).to_be_visible()
    link = first.page.evaluate("navigator.clipboard.readText()")
    assert {name: value for name, [value] in parse_qs(urlsplit(link).query).items() if name != "state"} == {
        "rate": "0.3", "epoch": "37", "front": "walk", "sample": "3"}

    second = visit()
    second.page.goto(link)
    second.at(37)
    second.paused()
    assert second.losses == first.losses
    second.expect(second.page.get_by_text("5 rows")).to_be_visible()
    second.expect(second.page.locator(".walk .of")).to_contain_text("Charlie")
    second.page.get_by_role("tab", name="Decision boundary").click()
    second.press("Step")
    first.press("Step")
    first.at(38)
    second.at(38)
    assert second.losses == first.losses
    kept(second, 38)
    second.page.reload()
    second.at(38)
    assert second.losses == first.losses


def test_a_setting_that_cannot_be_used_is_named_and_its_control_goes_on_with_the_address(visit: Visit) -> None:
    page = visit(seed="9" * 400, batch="0")
    page.expect(page.page.get_by_text("“batch=0”")).to_contain_text("“seed=999")
    page.page.wait_for_function("!location.search")
    page.number("Seed", 5)
    page.page.wait_for_function("location.search === '?seed=5'")
    page.page.reload()
    page.expect(page.page.get_by_role("spinbutton", name="Seed")).to_have_value("5")


def test_a_link_is_copied_also_without_the_right_to_and_while_it_plays_one_can_read_so(visit: Visit) -> None:
    page = visit({"permissions": ["clipboard-read", "clipboard-write"]}, rate="0.3")
    page.page.evaluate("() => { Clipboard.prototype.writeText = () => Promise.reject(new Error('not allowed')); }")
    page.press("Play")
    page.beyond(10)
    page.page.evaluate(NOTE_STATUS)
    page.press("Copy link")
    page.expect(page.page.get_by_text("Link copied")).to_be_visible()
    page.cut_off()
    page.expect(page.page.locator(".status")).to_have_text("training …")
    noted = page.page.evaluate("noted")
    [(copied, (said, gone))] = [(at, after) for (text, at), after in pairwise(noted) if text == "Link copied"]
    assert said == "training …"
    assert gone - copied > 3000
    link = page.page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(page.url) and "rate=0.3&epoch=" in link


def test_a_link_holds_what_is_looked_at_and_the_pace(visit: Visit) -> None:
    page = visit(hide="sweep")
    page.page.get_by_role("tab", name="Neuron").click()
    page.page.get_by_label("Chosen neuron").select_option("h2")
    page.page.get_by_label("Speed").select_option("4")
    page.page.get_by_label("Epochs per frame").select_option("10")
    page.button("log scale").click()
    page.page.get_by_role("tab", name="Export").click()
    page.page.wait_for_function("""() => {
      const kept = new URLSearchParams(location.search);
      return kept.get('stride') && kept.get('tab') && kept.get('neurons') && kept.get('log');
    }""")
    assert address(page) == {"hide": ["sweep"], "front": ["neuron"], "log": ["loss"], "neurons": ["3"], "speed": ["4"],
                             "stride": ["10"], "tab": ["Export"]}
    page.page.reload()
    page.at(0)
    page.expect(page.page.get_by_role("tab", name="Neuron")).to_have_attribute("aria-selected", "true")
    page.expect(page.page.get_by_label("Chosen neuron").locator("option:checked")).to_have_text("h2")
    page.expect(page.page.get_by_label("Speed")).to_have_value("4")
    page.expect(page.button("log scale")).to_have_attribute("aria-pressed", "true")
    page.page.wait_for_function("document.querySelector('#figure-loss .plot')?.layout?.yaxis.type === 'log'")
    page.expect(page.button("Python script")).to_be_visible()
    page.press("Play")
    page.page.wait_for_function("[20, 30].includes(Number(document.querySelector('[data-testid=epoch]')?.textContent))")


def test_plain_settings_make_a_link_that_can_be_read(visit: Visit) -> None:
    page = visit()
    page.choose("Learning rate", "0.3")
    page.run_to(12)
    page.page.wait_for_function("new URLSearchParams(location.search).get('epoch') === '12'")
    assert address(page) == {"rate": ["0.3"], "epoch": ["12"]}
    page.press("Restart")
    page.at(0)
    page.page.wait_for_function("!new URLSearchParams(location.search).has('epoch')")
    assert address(page) == {"rate": ["0.3"]}


def test_when_the_server_comes_back_every_page_goes_on_from_where_it_was(windows: Windows, tmp_path: Path) -> None:
    with serve(tmp_path / "first.txt") as server:
        port = urlsplit(server.url).port
        pages = []
        for viewer in range(VIEWERS):
            page = Playground(windows.take(), server.url).open(seed=viewer)
            draw(page, "Draw F")
            page.expect(page.page.get_by_text("5 rows")).to_be_visible()
            page.run_to(10)
            set_weight(page, 0.5 + viewer)
            kept(page, 10)
            pages.append(page)
        expected = []
        for page in pages:
            page.press("Step")
            page.at(11)
            expected.append(page.losses)
            page.press("Pin run")
            page.expect(page.page.locator("#figure-loss .names")).to_contain_text("Run A")
            page.watch()
            page.press("Play")
            page.beyond(15)
            page.page.evaluate(NOTE_OPACITY)
    for page in pages:
        page.stalled()
    held = [page.epoch for page in pages]
    assert pages[0].page.evaluate(TURNS) < 5                            # it waits, and does not look all the time
    with serve(tmp_path / "second.txt", port):
        for page, last in zip(pages, held, strict=True):
            page.beyond(last + 8)
            seen = page.seen
            assert seen == sorted(seen), seen                           # what was on screen stayed there meanwhile
            assert page.page.evaluate("window.faintest") == 1
            page.press("Pause")
            page.paused()
            page.expect(page.page.get_by_text("5 rows")).to_be_visible()
            page.expect(page.page.locator("#figure-loss .names")).to_contain_text("Run A")
            page.run_to(11)
        assert [page.losses for page in pages] == expected
        assert "Traceback" not in (tmp_path / "second.txt").read_text()
        for page in pages:
            page.page.get_by_role("tab", name="Compare").click()        # the page is run as a whole
            page.expect(page.button("Show Run A")).to_be_visible()
            page.known()
        pages[0].press("Play")
        pages[0].beyond(15)
    pages[0].stalled()
    with serve(tmp_path / "third.txt", port):                           # dies as soon as the page has come back
        pages[0].beyond(pages[0].epoch + 1)
    pages[0].stalled()
    with serve(tmp_path / "fourth.txt", port):
        assert pages[0].page.evaluate(GAINED_AT_FIRST, pages[0].epoch) < 30     # other pages have yet to come back
        pages[0].beyond(pages[0].epoch + 150)
        pages[1].press("Play")
        pages[1].beyond(31)
        for page in pages:
            page.deaf()
            windows.give_back(page.page)


def test_a_lost_connection_costs_nothing_while_it_plays_and_after_the_page_was_run_as_a_whole(visit: Visit) -> None:
    page = visit(prepare=lambda empty: empty.add_init_script(NOTE_SOCKETS))
    page.run_to(10)
    set_weight(page, 1.5)
    page.watch()
    page.press("Play")
    page.beyond(30)
    page.deaf()                                                         # Streamlit says that it cannot send
    page.page.wait_for_function(CUT_WHILE_IT_ASKS)
    page.beyond(page.epoch + 200)
    page.press("Pause")
    page.paused()
    assert page.seen == sorted(page.seen)
    page.page.get_by_role("tab", name="Predictions").click()
    page.page.wait_for_url("**tab=*")
    page.known()
    epoch, losses = page.epoch, page.losses
    page.page.evaluate("window.sockets.splice(0).at(-1).close()")
    page.page.wait_for_function("window.sockets.length")
    page.press("Step")
    page.at(epoch + 1)
    page.press("Step back")
    page.at(epoch)
    assert page.losses == losses


def test_back_and_forward_lead_from_one_setting_to_the_other_with_weights_epoch_and_table(visit: Visit) -> None:
    page = visit()
    draw(page, "Draw M")
    page.expect(page.page.get_by_text("5 rows")).to_be_visible()
    page.run_to(20)
    set_weight(page, 1.5)
    kept(page, 20)
    states = [(20, page.losses, "0.1", "sigmoid")]
    page.choose("Learning rate", "0.3")
    page.expect(page.page.get_by_text("dotted: before the change")).to_be_visible()
    page.page.wait_for_function("location.search.includes('rate=0.3')")
    page.run_to(33)
    kept(page, 33)
    states.append((33, page.losses, "0.3", "sigmoid"))
    page.choose("Activation", "tanh")
    page.at(0)
    page.page.wait_for_function("location.search.includes('tanh')")
    page.run_to(5)
    kept(page, 5)
    states.append((5, page.losses, "0.3", "tanh"))

    def shown(epoch: int, losses: tuple[str, str], rate: str, activation: str) -> None:
        page.at(epoch)
        page.paused()
        page.expect(page.page.get_by_role("combobox", name="Learning rate")).to_have_value(rate)
        page.expect(page.page.get_by_role("combobox", name="Activation")).to_have_value(activation)
        page.expect(page.page.get_by_text("5 rows")).to_be_visible()
        page.expect(page.page.get_by_test_id("train-loss")).to_have_text(losses[0])

    for move, state in (("back", 1), ("back", 0), ("forward", 1), ("forward", 2), ("back", 1)):
        page.page.evaluate(f"history.{move}()")
        shown(*states[state])
    page.press("Play")
    page.beyond(60)
