"""Compare: pinned runs stay in the loss chart and in a table, and one click leads back to any of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.figures import THEMES
from playground.nn import Config
from tests.browser.core import Core
from tests.browser.playground import Playground
from tests.browser.test_screens import PHONE, SIDEWAYS
from tests.browser.test_tabs import PLACES

if TYPE_CHECKING:
    from playwright.sync_api import Locator

Visit = Callable[..., Playground]

CIRCLE: dict[str, Any] = {"data": "Circle", "samples": 100, "share": 50, "batch": 10}
SLOW, FAST = Config(batch_size=10), Config(batch_size=10, learning_rate=1.0)
PAINTED = """(colour) => {
  const wanted = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  const canvas = document.querySelector('[data-testid=figure-loss] canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let found = 0;
  for (let i = 0; i < data.length; i += 4) found += wanted.every((value, k) => Math.abs(data[i + k] - value) < 12);
  return found;
}"""
PLACE = """([epoch, loss]) => {
  const { xaxis, yaxis } = document.querySelector('[data-testid=figure-loss] .plot')._fullLayout;
  return [xaxis._offset + xaxis.l2p(epoch), yaxis._offset + yaxis.l2p(loss)];
}"""


def legend(page: Playground) -> Locator:
    return page.page.locator("[data-testid=figure-loss] .names li")


def compare(page: Playground) -> Locator:
    """The table of the tab, which is brought to the front."""
    page.page.get_by_role("tab", name="Compare").click()
    table = page.page.get_by_test_id("standings").get_by_role("table")
    page.expect(table).to_be_visible()
    return table


def shows(page: Playground, table: Locator, epoch: int) -> None:
    """Awaits that the row of the run on screen is at this epoch."""
    row = table.get_by_role("row", name="on screen")
    page.expect(row.get_by_role("cell", name=str(epoch), exact=True)).to_be_visible()


def rows(table: Locator) -> list[list[str]]:
    """What is read of each row: name, settings and results."""
    found = table.get_by_role("row").all()[1:]
    names = [row.get_by_role("rowheader") for row in found]
    read = [name.inner_text() or name.locator("input").input_value() for name in names]
    return [[name, *row.get_by_role("cell").all_inner_texts()[2:-1]] for name, row in zip(read, found, strict=True)]


def test_pinned_runs_stand_in_the_chart_and_in_a_table_of_what_differs_and_one_click_leads_back(visit: Visit) -> None:
    slow, fast = (Core(config, "circle", samples=100, share=50) for config in (SLOW, FAST))
    page = visit(**CIRCLE)
    page.run_to(60)
    page.rest()
    page.mark()
    page.press("Pin run")
    page.expect(legend(page)).to_have_text(["train", "test", "Run A"])
    page.press("Restart")
    page.at(0)
    page.choose("Learning rate", "1")
    page.expect(page.page.get_by_text("dotted: before the change")).to_be_visible()
    page.run_to(40)
    page.press("Pin run")
    page.expect(legend(page)).to_have_text(["train", "test", "Run A", "Run B"])
    page.press("Step")
    page.at(41)
    page.rest()
    assert all(page.page.evaluate(PAINTED, colour) > 50 for colour in THEMES["light"].pins[:2])
    lines = [trace for trace in page.data("loss") if trace.get("name", "").startswith("Run")]
    for name, core, last in (("Run A", slow, 60), ("Run B", fast, 40)):
        train, test = (line for line in lines if line["name"] == name)
        assert train["x"] == test["x"] == list(range(last + 1))
        losses = [(core.state(epoch).train_loss, core.state(epoch).test_loss) for epoch in train["x"]]
        np.testing.assert_allclose(np.transpose([train["y"], test["y"]]), losses, rtol=1e-6)
    assert page.unmoved(), "no figure was mounted again"

    end = slow.state(60).train_loss
    page.page.get_by_test_id("figure-loss").scroll_into_view_if_needed()
    x, y = page.page.evaluate(PLACE, [60, end])
    page.page.get_by_test_id("figure-loss").hover(position={"x": x, "y": y})
    label = page.page.locator("[data-testid=figure-loss] .hoverlayer .hovertext")
    for text in ("Run A", "epoch 60", f"train loss {end:.6f}"):
        page.expect(label).to_contain_text(text)

    page.expect(page.page.locator("[data-testid=figure-boundary] .legendtext").first).to_be_visible()
    table = compare(page)
    page.expect(table.get_by_role("columnheader")).to_have_text(
        ["Run", "Learning rate", "Epoch", "Train loss", "Test loss", "Train accuracy", "Test accuracy"])
    shows(page, table, 41)
    found = rows(table)
    assert [row[:3] for row in found] == [["on screen", "1", "41"], ["Run A", "0.1", "60"], ["Run B", "1", "40"]]
    assert [tuple(text.removeprefix("★ ") for text in row[3:5]) for row in found] == [
        fast.losses(41), slow.losses(60), fast.losses(40)]
    page.press("Step")
    page.at(42)
    shows(page, table, 42)
    page.press("Show Run A")
    page.at(60)
    assert page.losses == slow.losses(60)
    page.expect(page.page.get_by_role("combobox", name="Learning rate")).to_have_value("0.1")
    page.expect(legend(page)).to_have_text(["train", "test", "Run A", "Run B"])
    shows(page, table, 60)
    page.button("Show Run B").focus()
    page.page.keyboard.press("Enter")
    page.at(40)
    assert page.losses == fast.losses(40)
    page.expect(page.page.get_by_role("combobox", name="Learning rate")).to_have_value("1")


def test_a_run_is_pinned_while_it_plays_and_its_name_is_nothing_but_text(visit: Visit) -> None:
    page = visit()
    page.rest()
    page.mark()
    page.page.get_by_role("tab", name="Compare").click()
    page.expect(page.page.get_by_text("Press Pin run above")).to_be_visible()
    page.press("Play")
    page.beyond(30)
    page.press("Pin run")
    page.expect(legend(page)).to_have_text(["train", "Run A"])
    table = page.page.get_by_test_id("standings").get_by_role("table")
    page.expect(table).to_be_visible()
    page.beyond(page.epoch + 100)
    assert page.playing and page.unmoved(), "it plays on, and no figure was mounted again"
    name = page.page.get_by_role("textbox", name="Name of Run A")
    name.fill("<b>one</b> $x$ %{y}")
    epoch = page.epoch
    page.beyond(epoch + 60)
    page.expect(name).to_have_value("<b>one</b> $x$ %{y}")
    name.press("Enter")
    page.expect(legend(page)).to_have_text(["train", "<b>one</b> $x$ %\u200b{y}"])
    page.press("Pause")
    page.paused()
    page.rest()
    pinned = int(rows(table)[1][1])
    line = next(trace for trace in page.data("loss") if "one" in trace.get("name", ""))
    assert 30 < pinned < epoch and line["x"][-1] == pinned
    assert line["y"][-1] == pytest.approx(Core().state(pinned).train_loss, rel=1e-6)
    shows(page, table, page.epoch)
    page.press("Remove <b>one</b> $x$ %{y}")
    page.expect(legend(page)).to_have_text(["train"])
    page.expect(page.page.get_by_text("Press Pin run above")).to_be_visible()
    assert page.unmoved()


@pytest.mark.timed
def test_a_pinned_run_is_on_screen_again_within_two_seconds(visit: Visit) -> None:
    page = visit()
    page.run_to(9)
    page.press("Pin run")
    page.expect(legend(page)).to_have_text(["train", "Run A"])
    page.run_to(20)
    compare(page)
    page.known()
    took = page.button("Show Run A").evaluate("""async (button) => {
      const start = performance.now();
      button.click();
      const epoch = document.querySelector('[data-testid=epoch]');
      while (epoch.textContent !== '9') await new Promise(requestAnimationFrame);
      return performance.now() - start;
    }""")
    assert took < 2000


def test_pins_outlast_a_page_that_is_loaded_anew(visit: Visit) -> None:
    page = visit(**CIRCLE)
    page.run_to(9)
    losses = page.losses
    page.press("Pin run")
    page.expect(legend(page)).to_have_text(["train", "test", "Run A"])
    page.run_to(20)
    page.page.wait_for_url("**epoch=20*")
    page.page.reload()
    page.at(20)
    page.expect(legend(page)).to_have_text(["train", "test", "Run A"])
    compare(page)
    page.press("Show Run A")
    page.at(9)
    assert page.losses == losses
    page.press("Remove Run A")
    page.expect(legend(page)).to_have_text(["train", "test"])
    page.known()
    page.page.reload()
    page.at(9)
    page.known()
    page.expect(legend(page)).to_have_text(["train", "test"])


def test_a_phone_pins_compares_and_goes_back_by_touch_without_scrolling_the_page_sideways(visit: Visit) -> None:
    page = visit(PHONE)
    page.rest()
    places = page.page.evaluate(PLACES)
    for epoch in (5, 9):
        page.run_to(epoch)
        page.button("Pin run").tap()
    page.expect(legend(page)).to_have_text(["train", "Run A", "Run B"])
    assert page.page.evaluate(PLACES) == places, "nothing jumps"
    page.page.get_by_role("tab", name="Compare").tap()
    show = page.button("Show Run A")
    show.scroll_into_view_if_needed()
    assert page.page.evaluate(SIDEWAYS) == 0
    show.tap()
    page.at(5)
    assert page.page.evaluate(SIDEWAYS) == 0
