"""Predictions: what stands beside a star is the network's answer at the epoch on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from playground.nn import predict
from tests.browser.core import Core
from tests.browser.playground import Playground
from tests.browser.test_table import choose_file, settled
from tests.browser.test_table import told as says

if TYPE_CHECKING:
    from playwright.sync_api import Locator

Visit = Callable[..., Playground]


def told(page: Playground) -> list[float]:
    """The outputs beside Emily and Frank, of whichever class they are told."""
    page.rest()
    texts: list[dict[str, Any]] = [trace for trace in page.data("boundary") if trace.get("mode") == "text"]
    return [max(value for trace in texts if (value := trace["customdata"][i]) is not None) for i in range(2)]


def test_emily_and_frank_are_predicted_at_every_epoch_and_nothing_is_trained_by_them(visit: Visit) -> None:
    core, page = Core(), visit()
    page.run_to(1000)
    for epoch in (1000, 999):
        page.at(epoch)
        expected = predict(core.config, core.state(epoch), [[-7, -3], [20, 2]])[:, 0]
        assert told(page) == pytest.approx(expected, abs=1e-6)
        page.press("Step back")
    assert core.losses(998)[0] == page.losses[0]


def test_another_data_set_has_no_stars_of_these_people_and_coming_back_brings_them_again(visit: Visit) -> None:
    page = visit()
    page.run_to(20)
    page.choose("Data set", "Circle")
    page.page.wait_for_function("document.querySelector('[data-testid=figure-boundary] .xtitle').textContent === 'x1'")
    assert not [trace for trace in page.data("boundary") if trace.get("mode") == "text"]
    page.choose("Data set", "Four people")
    page.page.wait_for_function(
        "document.querySelector('[data-testid=figure-boundary] .xtitle').textContent === 'weight'")
    page.press("Step")
    page.at(1)
    expected = predict(Core().config, Core().state(1), [[-7, -3], [20, 2]])[:, 0]
    assert told(page) == pytest.approx(expected, abs=1e-6)


def opened(page: Playground) -> Locator:
    """The grid of the predictions."""
    page.page.get_by_role("tab", name="Predictions").click()
    grid = page.page.get_by_role("tabpanel", name="Predictions").get_by_test_id("data-grid-canvas")
    page.expect(grid).to_be_visible()
    settled(page)
    return grid


def typed(page: Playground, grid: Locator, row: int, column: int, before: str, text: str) -> None:
    box = grid.bounding_box()
    assert box
    page.page.mouse.dblclick(box["x"] + 33 + (box["width"] - 33) * (column + 0.5) / 3, box["y"] + 35 * (row + 1.5),
                             delay=40)
    overlay = page.page.locator("#portal textarea")
    page.expect(overlay).to_have_value(before)
    overlay.fill(text)
    overlay.press("Enter")
    page.expect(overlay).to_have_count(0)
    settled(page)


def stars(page: Playground) -> list[tuple[float, float]]:
    return [place for trace in page.data("boundary") if trace.get("marker", {}).get("symbol") == "star"
            for place in zip(trace["x"], trace["y"], strict=True)]


STARS = """(expected) => JSON.stringify(document.querySelector('[data-testid=figure-boundary] .plot').data
  .filter(({ marker }) => marker?.symbol === 'star').flatMap(({ x, y }) => x.map((a, i) => [a, y[i]]))) === expected"""


def test_an_edited_point_moves_its_star_keeps_the_run_and_is_there_again_after_another_data_set(visit: Visit) -> None:
    core, page = Core(), visit()
    page.run_to(40)
    typed(page, opened(page), 0, 1, "-7", "3,5")
    page.page.wait_for_function(STARS, arg="[[3.5,-3],[20,2]]")
    assert page.epoch == 40 and page.losses == core.losses(40)
    page.press("Step")
    page.at(41)
    expected = predict(core.config, core.state(41), [[3.5, -3], [20, 2]])[:, 0]
    assert told(page) == pytest.approx(expected, abs=1e-6)
    page.choose("Data set", "Circle")
    page.page.wait_for_function(STARS, arg="[]")
    page.choose("Data set", "Four people")
    page.page.wait_for_function(STARS, arg="[[3.5,-3],[20,2]]")
    page.page.get_by_role("tab", name="Data table").click()
    typed(page, opened(page), 1, 1, "20", "far")                              # the editor begins with what was typed
    page.expect(page.page.get_by_test_id("stAlert")).to_contain_text("Row 2, weight: “far” is no number")
    assert stars(page) == [(3.5, -3), (20, 2)]


def test_a_class_of_several_lines_and_signs_stands_beside_a_star_as_one_plain_line(visit: Visit) -> None:
    page = visit()
    page.page.evaluate("""() => {
      const draw = CanvasRenderingContext2D.prototype.fillText;
      window.painted = [];
      CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
        window.painted.push(text);
        return draw.call(this, text, ...place);
      };
    }""")
    page.press("Your own data")
    choose_file(page, "n.csv", b'name,a,b,kind\nAl,1,2,"x\ny & z"\nBo,4,5,"x\ny & z"\nCy,9,9,w\n')
    page.press("Use this table")
    says(page, "n.csv, 3 rows")
    grid = opened(page)
    typed(page, grid, 0, 1, "", "1")
    typed(page, grid, 0, 2, "", "2")
    page.page.wait_for_function(STARS, arg="[[1,2]]")
    page.page.wait_for_function("painted.some((text) => /^point 1: (x y & z|w) /.test(text))")
    page.run_to(60)
    assert page.epoch == 60
    page.page.wait_for_function("painted.some((text) => /^point 1: x y & z [01]/.test(text))")
