"""Predictions: what stands beside a star is the network's answer at the epoch on screen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest

from playground.data import DATASETS, write_csv
from playground.nn import Config, predict
from tests.browser.core import Core
from tests.browser.grid import Grid
from tests.browser.playground import Playground
from tests.browser.test_drawing import AXES, COLOUR, click, place, sheet, take
from tests.browser.test_table import choose_file, download
from tests.browser.test_table import told as says

Visit = Callable[..., Playground]

ASK = "Ask what is predicted"
# Whether Plotly has an output for every star.
SAID = """() => {
  const said = document.querySelector('[data-testid=figure-boundary] .plot').data.filter(({ mode }) => mode === 'text');
  return said[0].x.every((_, i) => said.some(({ customdata }) => customdata[i] !== null));
}"""
# Where each text was painted last, in pixels: the middle, and half of its width.
PAINTED = """() => {
  const draw = CanvasRenderingContext2D.prototype.fillText;
  window.painted = {};
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    window.painted[text] = [x, y, this.measureText(text).width / 2];
    return draw.call(this, text, x, y);
  };
}"""


def told(page: Playground) -> list[float]:
    """The outputs beside the stars, of whichever class they are told."""
    page.rest()
    page.page.wait_for_function(SAID)
    texts: list[dict[str, Any]] = [trace for trace in page.data("boundary") if trace.get("mode") == "text"]
    return [max(value for value in values if value is not None)
            for values in zip(*(trace["customdata"] for trace in texts), strict=True)]


def test_emily_and_frank_are_predicted_at_every_epoch_train_nothing_and_belong_to_their_data_set(visit: Visit) -> None:
    core, page = Core(), visit()

    def predicted(epoch: int) -> None:
        page.at(epoch)
        expected = predict(core.config, core.state(epoch), [[-7, -3], [20, 2]])[:, 0]
        assert told(page) == pytest.approx(expected, abs=1e-6)

    page.run_to(1000)
    for epoch in (1000, 999):
        predicted(epoch)
        page.press("Step back")
    page.at(998)
    assert core.losses(998)[0] == page.losses[0]

    title = "document.querySelector('[data-testid=figure-boundary] .xtitle').textContent"
    page.choose("Data set", "Circle")
    page.page.wait_for_function(f"{title} === 'x1'")
    assert not [trace for trace in page.data("boundary") if trace.get("mode") == "text"]
    page.choose("Data set", "Four people")
    page.page.wait_for_function(f"{title} === 'weight'")
    page.press("Step")
    predicted(1)


def opened(page: Playground) -> Grid:
    """The grid of the predictions."""
    page.page.get_by_role("tab", name="Predictions").click()
    panel = page.page.get_by_role("tabpanel", name="Predictions")
    page.expect(panel.get_by_test_id("data-grid-canvas")).to_be_visible()
    return Grid(page, 3)


def stars(page: Playground) -> list[tuple[float, float]]:
    return [place for trace in page.data("boundary") if trace.get("marker", {}).get("symbol") == "star"
            for place in zip(trace["x"], trace["y"], strict=True)]


STARS = """(expected) => JSON.stringify(document.querySelector('[data-testid=figure-boundary] .plot').data
  .filter(({ marker }) => marker?.symbol === 'star').flatMap(({ x, y }) => x.map((a, i) => [a, y[i]]))) === expected"""


def test_an_edited_point_moves_its_star_keeps_the_run_and_is_there_again_after_another_data_set(visit: Visit) -> None:
    core, page = Core(), visit()
    page.run_to(40)
    opened(page).type(0, 1, "-7", "3,5")
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
    opened(page).type(1, 1, "20", "far")                              # the editor begins with what was typed
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
    grid.type(0, 1, "", "1")
    grid.type(0, 2, "", "2")
    page.page.wait_for_function(STARS, arg="[[1,2]]")
    page.page.wait_for_function("painted.some((text) => /^point 1: (x y & z|w) /.test(text))")
    page.run_to(60)
    assert page.epoch == 60
    page.page.wait_for_function("painted.some((text) => /^point 1: x y & z [01]/.test(text))")


NUMBERED = """(count) => document.querySelector('[data-testid=figure-boundary] .plot')?.data
  ?.some(({ marker, x }) => marker?.symbol === 'star' && x.length === count)"""

FIRST = """(place) => document.querySelector('[data-testid=figure-boundary] .plot')?.data
  ?.some(({ marker, x }) => marker?.symbol === 'star' && x[0] === place)"""


def test_a_click_asks_at_once_and_leaves_run_and_table_and_the_point_can_be_edited_then(visit: Visit) -> None:
    core, page = Core(), visit()
    page.run_to(40)
    page.rest()
    page.mark()
    take(page, ASK)
    spot = place(page, -10, 5)
    before = page.page.evaluate(COLOUR, spot)
    page.page.mouse.click(*spot)
    assert page.page.evaluate(COLOUR, spot) != before, "the star does not wait for the server"
    page.page.wait_for_function(NUMBERED, arg=3)
    assert stars(page)[2] == pytest.approx((-10, 5), abs=0.15)
    expected = predict(core.config, core.state(40), stars(page))[:, 0]
    assert told(page) == pytest.approx(expected, abs=1e-6)
    page.page.keyboard.down("Shift")                                    # nor is a row removed
    click(page, 24, 5)
    page.page.keyboard.up("Shift")
    page.page.wait_for_function(NUMBERED, arg=4)
    assert (page.epoch, page.losses, page.unmoved()) == (40, core.losses(40), True)
    assert download(page) == write_csv(DATASETS["people"].make(4, 0, 0))
    grid = opened(page)
    grid.type(2, 0, "point 1", "Zoë")
    grid.type(2, 1, f"{stars(page)[2][0]:g}", "5")
    grid.type(2, 2, f"{stars(page)[2][1]:g}", "99")
    page.expect(page.page.get_by_test_id("stAlert")).to_contain_text("Outside of the picture, which shows weight from")
    page.expect(page.page.get_by_test_id("stAlert")).to_contain_text("Zoë.")
    click(page, 0, 0)                                                   # with the tab open
    page.page.wait_for_function(NUMBERED, arg=5)
    assert stars(page)[2] == (5, 99)


def test_ten_quick_clicks_while_it_plays_are_ten_points_and_the_run_neither_stops_nor_jumps(visit: Visit) -> None:
    core, page = Core(), visit()
    wanted: list[tuple[float, float]] = []
    for tab, top in (("Data table", 6), ("Predictions", 3)):
        page.page.get_by_role("tab", name=tab).click()
        take(page, ASK)
        clicked = [(-20 + 4 * step, top - step) for step in range(10)]
        spots = [place(page, *point) for point in clicked]
        start = page.epoch
        page.press("Play")
        page.beyond(start + 30)
        page.watch()
        for spot in spots:
            page.page.mouse.click(*spot)
        wanted += clicked
        page.page.wait_for_function(NUMBERED, arg=2 + len(wanted))
        page.beyond(page.epoch + 30)
        assert page.playing
        assert all(0 <= later - earlier <= 2 for earlier, later in pairwise(page.seen)), page.seen
        page.press("Pause")
        page.paused()
        assert stars(page)[2:] == [pytest.approx(point, abs=0.15) for point in wanted]
        expected = predict(core.config, core.state(page.epoch), stars(page))[:, 0]
        assert told(page) == pytest.approx(expected, abs=1e-6)
        assert page.losses == core.losses(page.epoch)
        page.press(ASK)                                                 # the pencil is put down


def test_over_a_single_input_a_clicked_star_stands_on_the_curve(visit: Visit) -> None:
    page = visit(data="Sine", samples=40)
    config = Config(output_activation="linear")
    core = Core(config, "sine", samples=40, features=("x1",))
    take(page, ASK)
    click(page, 2, -1)
    page.page.wait_for_function(NUMBERED, arg=1)
    (output,) = told(page)
    ((x, y),) = stars(page)
    assert x == pytest.approx(2, abs=0.05)
    assert output == y == pytest.approx(predict(config, core.state(0), [[x]]).item(), abs=1e-6)


def test_standardised_inputs_are_asked_in_the_units_of_the_table(visit: Visit) -> None:
    core, page = Core(), visit(standardise="true")
    take(page, ASK)
    click(page, 10, -5)
    page.page.wait_for_function(NUMBERED, arg=3)
    X = core.table.X
    places = (np.array(stars(page)) - X.mean(axis=0)) / X.std(axis=0)
    assert told(page) == pytest.approx(predict(core.config, core.state(0), places)[:, 0], abs=1e-6)


def test_what_is_said_of_points_close_together_and_at_the_edges_can_be_read(visit: Visit) -> None:
    page = visit()
    page.page.evaluate(PAINTED)
    take(page, ASK)
    (left, right), (bottom, top) = page.page.evaluate(AXES)
    spots = [(0, 0), (1, 0.5), (left + 1, 5), (right - 1, 5), (-18, bottom + 0.2), (0, top - 0.2)]
    for spot in spots:
        click(page, *spot)
    page.page.wait_for_function(NUMBERED, arg=8)
    told(page)
    painted = page.page.evaluate("painted")
    labels = [painted[text] for text in painted if text.startswith("point")]
    assert len(labels) == len(spots)
    x0, y0, width, height = sheet(page).evaluate(
        "({ offsetLeft, offsetTop, clientWidth, clientHeight }) => [offsetLeft, offsetTop, clientWidth, clientHeight]")
    assert all(x0 - 1 <= x - half <= x + half <= x0 + width + 1 for x, _, half in labels)
    assert all(y0 + 7 <= y <= y0 + height - 7 for _, y, _ in labels)
    for (x, y, half), (other_x, other_y, other_half) in combinations(labels, 2):
        assert abs(x - other_x) >= half + other_half or abs(y - other_y) >= 11


def test_a_click_that_is_refused_says_why_and_takes_its_star_away(visit: Visit) -> None:
    page = visit()
    opened(page).type(1, 1, "20", "far")
    page.expect(page.page.get_by_test_id("stAlert")).to_contain_text("“far” is no number")
    take(page, ASK)
    spot = place(page, -10, 5)
    before = page.page.evaluate(COLOUR, spot)
    page.page.mouse.click(*spot)
    page.expect(page.notice).to_contain_text("No point was added to the predictions. Row 2, weight: “far” is no number")
    assert page.page.evaluate(COLOUR, spot) == before
    assert stars(page) == [(-7, -3), (20, 2)]


def test_a_cell_that_is_left_by_a_click_with_the_star_keeps_what_was_typed(visit: Visit) -> None:
    page = visit()
    take(page, ASK)
    opened(page).open(0, 1, "-7").fill("3.5")
    click(page, -10, 5)
    page.page.wait_for_function(NUMBERED, arg=3)
    page.page.wait_for_function(FIRST, arg=3.5)
    assert len(stars(page)) == 3
