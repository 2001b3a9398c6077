"""The table: a changed cell changes the picture, and what cannot be used is answered with one sentence."""

from collections.abc import Callable

from tests.browser.core import Core
from tests.browser.playground import Playground

Visit = Callable[..., Playground]

NAME, WEIGHT, HEIGHT, GENDER = range(4)


MARKERS, ROW = 33, 35                                                   # pixels of the grid, painted on a canvas


def cell(page: Playground, row: int, column: int, before: str, text: str) -> None:
    """Types over a cell that says `before`, at the speed of a fast hand: the grid follows the pointer and the keys."""
    grid = page.page.get_by_test_id("data-grid-canvas").bounding_box()
    assert grid
    x = grid["x"] + MARKERS + (grid["width"] - MARKERS) * (column + 0.5) / 4
    y = grid["y"] + ROW * (row + 1.5)
    page.page.mouse.move(x - 30, y - 10)
    page.page.mouse.move(x, y, steps=5)
    page.page.wait_for_function(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
    page.page.mouse.dblclick(x, y, delay=40)
    overlay = page.page.locator("#portal textarea")
    page.expect(overlay).to_have_value(before)
    overlay.press("ControlOrMeta+a")
    overlay.press_sequentially(text, delay=40)
    page.expect(overlay).to_have_value(text)
    overlay.press("Enter")
    page.expect(overlay).to_have_count(0)


POINTS = "document.querySelector('[data-testid=figure-boundary] .plot').data.slice(2, 4)"


def points(page: Playground) -> set[tuple[float, float]]:
    return {point for trace in page.data("boundary")[2:4] for point in zip(trace["x"], trace["y"], strict=True)}


PEOPLE = {(-2, -1), (25, 6), (17, 4), (-15, -6)}


def test_a_changed_cell_moves_its_point_restarts_the_run_and_can_be_taken_back(visit: Visit) -> None:
    page = visit()
    assert points(page) == PEOPLE
    page.press("Step")
    page.at(1)
    cell(page, 1, WEIGHT, "25", "7,5")
    page.at(0)
    page.page.wait_for_function(f"{POINTS}.some(({{ x }}) => x.includes(7.5))")
    assert points(page) == PEOPLE - {(25, 6)} | {(7.5, 6)}
    cell(page, 2, HEIGHT, "4", "3")                                           # a second edit: neither is lost
    page.page.wait_for_function(f"{POINTS}.some(({{ y }}) => y.includes(3))")
    assert points(page) == PEOPLE - {(25, 6), (17, 4)} | {(7.5, 6), (17, 3)}

    page.press("Back to the original table")
    page.expect(page.page.get_by_test_id("train-loss")).to_have_text(Core().losses(0)[0])
    assert points(page) == PEOPLE


def test_a_cell_that_is_no_number_gets_one_sentence_and_the_last_picture_stays(visit: Visit) -> None:
    core, page = Core(), visit()
    page.press("Step")
    page.at(1)
    cell(page, 1, WEIGHT, "25", "heavy")
    alert = page.page.get_by_test_id("stAlert")
    page.expect(alert).to_contain_text("Row 2, weight: “heavy” is not a number.")
    page.expect(alert).to_have_count(1)
    assert page.epoch == 1
    assert points(page) == PEOPLE
    page.press("Step")                                                   # and the run goes on
    page.at(2)
    assert page.losses == core.losses(2)
    cell(page, 1, WEIGHT, "heavy", "1e308")
    page.expect(alert).to_contain_text("is too large")
    cell(page, 1, WEIGHT, "1e308", "25")
    page.expect(alert).to_have_count(0)
    assert page.epoch == 2
