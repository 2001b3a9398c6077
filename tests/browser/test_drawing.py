"""Drawing: points that are clicked or tapped onto the plane are rows of the table, each exactly once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from playground.data import DATASETS, write_csv
from tests.browser.playground import Playground
from tests.browser.test_screens import PHONE, SIDEWAYS
from tests.browser.test_table import PEOPLE, download, points, press_until_disabled, rows, told

if TYPE_CHECKING:
    from playwright.sync_api import Locator, WebSocketRoute

Visit = Callable[..., Playground]

AXES = """() => {
  const { xaxis, yaxis } = document.querySelector('[data-testid=figure-boundary] .plot').layout;
  return [xaxis.range, yaxis.range];
}"""
COUNT = """(count) => document.querySelector('[data-testid=figure-boundary] .plot').data
  .filter(({ text, name }) => Array.isArray(text) && name).flatMap(({ x }) => [...x]).length === count"""
COLOUR = """([x, y]) => {
  const canvas = document.querySelector('[data-testid=figure-boundary] canvas');
  const { left, top } = canvas.getBoundingClientRect();
  return [...canvas.getContext('2d').getImageData(x - left, y - top, 1, 1).data.slice(0, 3)];
}"""


def sheet(page: Playground) -> Locator:
    return page.page.locator("[data-testid=figure-boundary] .sheet")


def place(page: Playground, x: float, y: float) -> tuple[float, float]:
    """Where a point of the plane is on screen."""
    (left, right), (bottom, top) = page.page.evaluate(AXES)
    box = sheet(page).bounding_box()
    assert box
    return (box["x"] + box["width"] * (x - left) / (right - left),
            box["y"] + box["height"] * (top - y) / (top - bottom))


def take(page: Playground, tool: str) -> None:
    page.press(tool)
    page.expect(page.button(tool)).to_have_attribute("aria-pressed", "true")
    page.expect(sheet(page)).to_have_css("cursor", "crosshair")


def click(page: Playground, x: float, y: float) -> None:
    page.page.mouse.click(*place(page, x, y))


def holds(page: Playground, count: int) -> None:
    """Awaits that the picture has so many points."""
    page.page.wait_for_function(COUNT, arg=count)


def test_a_click_draws_a_point_of_the_chosen_class_and_another_takes_it_away(visit: Visit) -> None:
    page = visit()
    page.press("Step")
    page.at(1)
    take(page, "Draw M")
    click(page, -10, 5)
    holds(page, 5)
    page.at(0)
    told(page, "Four people, edited, 5 rows")
    name, x, y, gender, label = rows(page)[-1]
    assert (name, gender, label) == ("", "M", "0")
    assert (float(x), float(y)) == pytest.approx((-10, 5), abs=0.15)
    assert points(page) == PEOPLE | {(float(x), float(y))}

    page.page.keyboard.down("Shift")
    click(page, 26, 5)
    page.page.keyboard.up("Shift")
    holds(page, 4)
    assert points(page) == PEOPLE - {(25, 6)} | {(float(x), float(y))}
    take(page, "Erase")
    page.expect(page.button("Draw M")).to_have_attribute("aria-pressed", "false")
    click(page, -8, 6)
    holds(page, 3)
    assert points(page) == PEOPLE - {(25, 6)}
    assert [row[0] for row in rows(page)] == ["Alice", "Charlie", "Diana"]


def test_without_a_tool_a_click_draws_nothing(visit: Visit) -> None:
    page = visit()
    for put_away in (lambda: page.press("Draw F"), lambda: page.page.keyboard.press("Escape")):
        take(page, "Draw F")
        x, y = place(page, 0, 3)
        put_away()
        page.expect(page.button("Draw F")).to_have_attribute("aria-pressed", "false")
        page.expect(sheet(page)).to_be_hidden()
        page.page.mouse.click(x, y)
        page.page.mouse.move(x + 3, y)
        hover = page.page.locator("[data-testid=figure-boundary] .hoverlayer").get_by_text("prediction")
        page.expect(hover).to_be_visible()
    page.press("Step")
    page.at(1)
    assert download(page) == write_csv(DATASETS["people"].make(4, 0, 0))


def test_ten_quick_clicks_are_ten_rows_which_undo_takes_back_one_by_one(visit: Visit) -> None:
    page = visit(data="Moons", samples=40)
    original = download(page)
    take(page, "Draw class 1")
    wanted = [(-4.5 + step, 5 - step / 2) for step in range(10)]
    for spot in [place(page, *point) for point in wanted]:
        page.page.mouse.click(*spot)
    holds(page, 50)
    told(page, "50 rows")
    drawn = [tuple(map(float, row[1:3])) for row in rows(page)[40:]]
    assert drawn == [pytest.approx(point, abs=0.05) for point in wanted]
    for left in range(49, 39, -1):
        page.page.get_by_role("button", name="undo").click()
        told(page, f"{left} rows")
    assert download(page) == original


def test_strokes_whose_message_is_lost_are_drawn_at_once_and_become_one_row_each(visit: Visit) -> None:
    lost, asked = "", 0                                                 # what is lost, until strokes are sent again

    def lose(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def ask(message: str | bytes) -> None:
            nonlocal asked
            asked += isinstance(message, bytes) and b'"strokes":[{' in message
            if not (lost == "question" and asked == 1):
                server.send(message)

        socket.on_message(ask)
        server.on_message(lambda message: None if lost == "answer" and asked == 1 else socket.send(message))

    page = visit(prepare=lambda page: page.route_web_socket("**/_stcore/stream", lose))
    page.rest()
    page.expect(page.page.locator(".status")).to_be_empty()
    take(page, "Draw M")
    wanted: list[tuple[float, float]] = []
    for what, height in (("answer", -5.0), ("question", -3.0)):
        lost, asked = what, 0
        spot = place(page, 0, height)
        before = page.page.evaluate(COLOUR, spot)
        page.page.mouse.click(*spot)
        assert page.page.evaluate(COLOUR, spot) == [0xB3, 0x47, 0x00] != before
        click(page, 5, height)
        wanted += [(0, height), (5, height)]
        holds(page, 4 + len(wanted))
        told(page, f"{4 + len(wanted)} rows")
        assert asked > 1
        again = asked
        page.run_to(30)
        page.rest()
        assert asked == again, "the player would send it once more"
    drawn = [tuple(map(float, row[1:3])) for row in rows(page)[4:]]
    assert drawn == [pytest.approx(point, abs=0.15) for point in wanted]


def test_a_tap_draws_and_neither_scrolls_nor_zooms(visit: Visit) -> None:
    page = visit(PHONE)
    page.rest()
    assert page.page.evaluate(SIDEWAYS) == 0
    for tool in ("Draw M", "Draw F", "Erase"):
        box = page.button(tool).bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 32
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    page.button("Draw F").tap()
    page.expect(page.button("Draw F")).to_have_attribute("aria-pressed", "true")
    sheet(page).evaluate("(sheet) => sheet.scrollIntoView({ block: 'center' })")
    before = sheet(page).bounding_box()
    for count, point in enumerate([(-10, 5), (-9, 5), (0, 2)], 5):      # the first two as quickly as a double tap
        page.page.touchscreen.tap(*place(page, *point))
        if count > 5:
            holds(page, count)
    assert sheet(page).bounding_box() == before
    assert page.page.evaluate("visualViewport.scale") == 1
    assert page.page.evaluate(SIDEWAYS) == 0
    page.button("Erase").tap()
    page.page.touchscreen.tap(*place(page, 0, 2))
    holds(page, 6)
    assert len(points(page)) == 6
    assert points(page) > PEOPLE


def test_points_of_a_regression_get_the_number_that_is_typed(visit: Visit) -> None:
    page = visit(data="Hills", samples=40)
    field = page.page.get_by_role("spinbutton", name="value", exact=True)
    take(page, "Draw")
    for value, point, count in (("-0.75", (1, 2), 41), ("2.5", (-3, 2), 42)):
        field.fill(value)
        click(page, *point)
        holds(page, count)                                              # the field is another one then
    told(page, "42 rows")
    drawn = [tuple(map(float, row[1:])) for row in rows(page)[40:]]
    assert drawn == [pytest.approx((1, 2, -0.75), abs=0.05), pytest.approx((-3, 2, 2.5), abs=0.05)]
    assert [values[2] for values in drawn] == [-0.75, 2.5]
    page.expect(field).to_have_value("2.5")
    field.fill("")
    click(page, 0, 0)
    page.page.wait_for_timeout(500)
    assert len(rows(page)) == 42


def test_what_cannot_be_erased_is_said_beside_the_picture_and_below_it(visit: Visit) -> None:
    page = visit()
    take(page, "Erase")
    click(page, -2, -1)
    holds(page, 3)
    click(page, -15, -6)
    sentence = "No row has gender F (1): a network needs both classes to learn what parts them."
    page.expect(page.notice).to_have_text(sentence)
    page.expect(page.page.get_by_test_id("stAlert")).to_contain_text(sentence)
    assert len(points(page)) == 3
    page.expect(page.button("Draw F")).to_be_enabled()
    take(page, "Draw F")                                                # the sentence does not stand in the way
    click(page, -15, 0)
    holds(page, 3)
    page.expect(page.notice).to_be_hidden()
    assert press_until_disabled(page, "undo") >= 3
    assert download(page) == write_csv(DATASETS["people"].make(4, 0, 0))
