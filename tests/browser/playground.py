"""The page as a person uses it: what is pressed and typed, and what is then on screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Error, Locator, Page

FIGURES = ("network", "boundary", "loss")
PATIENCE = 60_000                                                       # milliseconds, on a machine that is busy

# What Plotly holds is that of the epoch on screen: the marker of the loss curve, the only trace with two points and a
# colour for each, stands there.
SETTLED = """() => {
  for (const frame of document.querySelectorAll('.frame')) frame.dispatchEvent(new PointerEvent('pointerenter'));
  const epoch = Number(document.querySelector('[data-testid=epoch]')?.textContent);
  const plot = document.querySelector('[data-testid=figure-loss] .plot');
  return plot?.data?.some(({ mode, x, y }) => mode === 'markers' && x.length === 2 && x[0] === epoch && y[0] !== null);
}"""
STALLED = """() => {
  const epoch = document.querySelector('[data-testid=epoch]').textContent;
  if (window.last?.epoch !== epoch) window.last = { epoch, since: performance.now() };
  return performance.now() - window.last.since > 1000;
}"""
MARK = """() => document.querySelectorAll('.js-plotly-plot, .main-svg, [data-testid^=figure-] canvas')
  .forEach((node) => { node.mounted = 'before'; })"""
KEPT = """() => {
  const nodes = [...document.querySelectorAll('.js-plotly-plot, .main-svg, [data-testid^=figure-] canvas')];
  return nodes.length > 6 && nodes.every((node) => node.mounted === 'before');
}"""
WATCH = """() => {
  const readout = document.querySelector('[data-testid=epoch]');
  window.epochsSeen = [Number(readout.textContent)];
  const note = () => window.epochsSeen.push(Number(readout.textContent));
  new MutationObserver(note).observe(readout, { childList: true, characterData: true, subtree: true });
}"""


class Playground:
    """One opened page, at `url`; `errors` collects what it reports."""

    def __init__(self, page: Page, url: str) -> None:
        from playwright.sync_api import expect

        self.page, self.url, self.expect = page, url, expect
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("pageerror", self._thrown)
        page.on("console", self._heard)

    def deaf(self) -> None:
        """From now on, what the page reports is somebody else's."""
        self.page.remove_listener("pageerror", self._thrown)
        self.page.remove_listener("console", self._heard)

    def _thrown(self, error: Error) -> None:
        self.errors.append(f"uncaught: {error.stack or error}")

    def _heard(self, message: ConsoleMessage) -> None:
        address = message.location["url"]
        external = "Failed to load resource" in message.text and not address.startswith(self.url)
        if message.type == "error" and not external:
            self.errors.append(f"console: {message.text} ({address})")

    def open(self, **settings: object) -> Playground:
        self.page.goto(f"{self.url}/?{urlencode(settings)}")
        self.at(0)
        return self

    def cut_off(self) -> None:
        """From now on, nothing that the page says reaches the server."""
        self.page.evaluate("WebSocket.prototype.send = () => {}")

    # What is on screen

    @property
    def epoch(self) -> int:
        return int(self.page.get_by_test_id("epoch").inner_text())

    @property
    def losses(self) -> tuple[str, str]:
        """Train and test loss as they are written."""
        return self.page.get_by_test_id("train-loss").inner_text(), self.page.get_by_test_id("test-loss").inner_text()

    @property
    def playing(self) -> bool:
        return self.button("Pause").count() > 0

    @property
    def notice(self) -> Locator:
        return self.page.locator(".notice")

    def at(self, epoch: int) -> None:
        """Awaits this epoch on screen."""
        self.page.wait_for_function(
            "(epoch) => document.querySelector('[data-testid=epoch]')?.textContent === epoch", arg=str(epoch))

    def beyond(self, epoch: int) -> None:
        """Awaits an epoch on screen that is later than this one."""
        self.page.wait_for_function(
            "(epoch) => Number(document.querySelector('[data-testid=epoch]')?.textContent) > epoch", arg=epoch)

    def stalled(self) -> None:
        """Awaits that a page which plays has shown all that it has."""
        self.page.wait_for_function(STALLED, polling=50)

    def known(self) -> None:
        """Awaits that the server has heard and answered all, the epoch on screen too."""
        self.page.wait_for_function("document.querySelector('.player')?.hasAttribute('data-waiting') === false")

    def settled(self) -> None:
        """Awaits that Streamlit has run the page to its end."""
        self.expect(self.page.locator("[data-test-script-state=notRunning]")).to_have_count(1)

    def paused(self) -> None:
        self.expect(self.button("Play")).to_be_visible()

    # What a person does

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        self.button(name).click()

    def press_meanwhile(self, button: Locator) -> None:
        """Clicks in the very moment in which the player asks for epoch 700: Streamlit sends one message for both."""
        button.evaluate("""(button) => {
          const form = document.querySelector('form[data-do=goto]');
          form.elements[0].value = 700;
          form.requestSubmit();
          button.click();
        }""")

    def run_to(self, epoch: int) -> None:
        self._go("goto", epoch)
        self.at(epoch)
        self.paused()

    def until(self, loss: float) -> None:
        self._go("until", loss)
        self.expect(self.button("Pause")).to_be_visible()
        self.expect(self.button("Play")).to_be_visible()

    def _go(self, form: str, value: float) -> None:
        self.page.locator(f"form[data-do={form}] input").fill(str(value))
        self.page.locator(f"form[data-do={form}] button").click()

    def choose(self, label: str, value: str, before: Callable[[], object] = lambda: None) -> None:
        """Types into a box of the sidebar and takes what it then offers; `before` is called right before the click."""
        box = self.page.get_by_role("combobox", name=label)
        box.click()
        box.fill(value)
        offered = re.compile(rf"^(Add: )?{re.escape(value)}$")
        option = self.page.get_by_role("listbox").get_by_role("option", name=offered)
        option.hover()
        before()
        option.click()

    def number(self, label: str, value: int) -> None:
        """Types into a number field of the sidebar."""
        box = self.page.get_by_role("spinbutton", name=label, exact=True)
        box.fill(str(value))
        box.press("Enter")

    # What Plotly holds

    def rest(self) -> None:
        """Awaits that Plotly has taken over the epoch on screen, as it does at once where one points."""
        self.page.wait_for_function(SETTLED)

    def data(self, figure: str) -> list[dict[str, Any]]:
        return self.page.locator(f"[data-testid=figure-{figure}] .plot").evaluate(
            "(plot) => JSON.parse(JSON.stringify(plot.data))")

    def mark(self) -> None:
        """Remembers the elements that the figures are made of."""
        self.page.evaluate(MARK)

    def unmoved(self) -> bool:
        """Whether the figures still are the elements remembered, all of them."""
        return self.page.evaluate(KEPT)

    def watch(self) -> None:
        self.page.evaluate(WATCH)

    @property
    def seen(self) -> list[int]:
        """The epochs that were on screen since `watch`."""
        return self.page.evaluate("window.epochsSeen")
