"""Health: a mark says that something is wrong with the run, and the bars are those of the epoch on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.nn import Config, health
from tests.browser.core import Core
from tests.browser.playground import Playground
from tests.browser.test_screens import PHONE, SIDEWAYS
from tests.browser.test_tabs import PLACES, turn

if TYPE_CHECKING:
    from playwright.sync_api import Locator

Visit = Callable[..., Playground]

PLATEAU: dict[str, Any] = {"data": "XOR (truth table)", "n1": 4}
GRADIENTS = """() => [...document.querySelector('[data-testid=figure-health] .plot').data[0].customdata]"""
PIXEL = """() => {
  const canvas = document.querySelector('[data-testid=figure-health] canvas');
  const plot = document.querySelector('[data-testid=figure-health] .plot');
  const { margin, xaxis: { range: [from, to] } } = plot.layout;
  const width = plot.layout.width - margin.l - margin.r;
  const x = Math.round((margin.l - from / (to - from) * width) * devicePixelRatio);
  const column = canvas.getContext('2d').getImageData(x, 0, 1, canvas.height).data;
  return column.filter((alpha, i) => i % 4 === 3 && alpha > 250).length;
}"""


def mark(page: Playground) -> Locator:
    return page.page.locator(".place-foot .marks button")


def told(page: Playground) -> Locator:
    return page.page.locator("[data-testid=figure-health] .remarks")


def sizes(core: Core, epoch: int) -> Any:
    """The root mean squares of the gradients, per layer."""
    state = core.state(epoch)
    flat = np.concatenate([np.concatenate([W.ravel(), b]) for W, b in zip(state.weights, state.biases, strict=True)])
    return health(core.config, core.dataset, flat[np.newaxis]).gradient[0]


def test_a_mark_appears_for_a_run_that_is_stuck_moves_nothing_fits_a_projector_and_vanishes(visit: Visit) -> None:
    page = visit(**PLATEAU)
    page.run_to(20)
    before = page.page.evaluate(PLACES)
    page.expect(mark(page)).to_have_count(0)
    page.run_to(220)
    page.expect(mark(page)).to_have_text("⚠ Underfitting")
    assert page.page.evaluate(PLACES) == before
    mark(page).click()
    page.expect(page.page.get_by_role("tab", name="Health")).to_have_attribute("aria-selected", "true")
    page.expect(told(page)).to_contain_text("Underfitting, epoch 220. The loss stays at 0.24")
    page.expect(told(page)).to_contain_text("or a higher learning rate.")
    assert page.page.evaluate(PLACES) == before
    assert page.page.evaluate(SIDEWAYS) == 0
    page.choose("Learning rate", "1")
    page.run_to(400)
    page.expect(mark(page)).to_have_count(0)
    page.expect(told(page)).to_have_text("Nothing looks wrong so far.")
    page.run_to(220)
    page.expect(mark(page)).to_have_text("⚠ Underfitting")
    page.press("Restart")
    page.expect(mark(page)).to_have_count(0)
    page.run_to(220)
    page.page.set_viewport_size({"width": 1920, "height": 1080})
    page.button("Projector").click()
    page.expect(page.page.locator(".player[data-theme=projector]")).to_be_visible()
    page.expect(mark(page)).to_have_text("⚠ Underfitting")
    assert mark(page).evaluate("(button) => button.scrollHeight <= button.clientHeight")


def test_the_bars_follow_a_step_back_without_the_server(visit: Visit) -> None:
    core, page = Core(Config()), visit()
    page.run_to(20)
    page.rest()
    page.expect(page.page.locator(".status")).to_be_empty()
    turn(page, "Health")
    page.page.wait_for_function(f"({GRADIENTS})().some(Boolean)")
    page.cut_off()
    for epoch in (20, 19, 18):
        if epoch < 20:
            page.press("Step back")
        page.at(epoch)
        page.page.wait_for_function(
            f"(expected) => ({GRADIENTS})().every((value, i) => Math.abs(value / expected[i] - 1) < 1e-5)",
            arg=sizes(core, epoch).tolist())
    assert page.page.evaluate(PIXEL) > 20, "the bar of the hidden layer is painted"


def test_on_a_phone_a_mark_moves_nothing(visit: Visit) -> None:
    page = visit(PHONE, **PLATEAU)
    page.run_to(20)
    before = page.page.evaluate(PLACES)
    page.expect(mark(page)).to_have_count(0)
    page.run_to(220)
    page.expect(mark(page)).to_be_visible()
    assert page.page.evaluate(PLACES) == before
    turn(page, "Health")
    page.expect(told(page)).to_be_visible()
    assert page.page.evaluate(PLACES) == before
    assert page.page.evaluate(SIDEWAYS) == 0


def test_while_it_plays_the_mark_comes_by_itself_and_does_not_flicker(visit: Visit) -> None:
    page = visit(**PLATEAU)
    page.page.locator("[data-do=stride]").select_option("5")
    page.page.evaluate("""() => {
      window.marks = [];
      const marks = document.querySelector('.place-foot .marks');
      new MutationObserver(() => window.marks.push(marks.textContent)).observe(marks, { childList: true });
    }""")
    page.press("Play")
    page.expect(mark(page)).to_have_text("⚠ Underfitting")
    page.beyond(page.epoch + 100)
    page.press("Pause")
    page.paused()
    seen = page.page.evaluate("window.marks")
    assert len(seen) <= 3, seen
