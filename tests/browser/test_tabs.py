"""Tabs: panels that share a place on the screen, of which one is in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playground.nn import Config, predict
from tests.browser.core import Core
from tests.browser.playground import Playground
from tests.browser.test_screens import PHONE, SIDEWAYS

if TYPE_CHECKING:
    from playwright.sync_api import Locator

Visit = Callable[..., Playground]

FLOWERS: dict[str, Any] = {"data": "Iris", "share": 60}
PLACES = """() => {
  const parts = [...document.querySelectorAll('.transport, figure, .frame, .stTabs, [data-testid=stDataFrame]')];
  const boxes = parts.filter((part) => part.offsetParent !== null).map((part) => part.getBoundingClientRect());
  return boxes.map(({ x, y, width, height }) => [x, y - boxes[0].y, width, height]);
}"""
PLOT = "document.querySelector('[data-testid=figure-confusion] .plot')"
DRAWN = """() => {
  const canvas = document.querySelector('[data-testid=figure-confusion] canvas');
  return new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size > 10;
}"""


def tab(page: Playground, name: str) -> Locator:
    return page.page.get_by_role("tab", name=name, exact=True)


def turn(page: Playground, name: str) -> None:
    tab(page, name).click()
    page.expect(tab(page, name)).to_have_attribute("aria-selected", "true")


def counts(page: Playground) -> list[float]:
    return page.data("confusion")[-1]["customdata"]


def counted(core: Core, epoch: int) -> list[float]:
    """Row by row, what the matrices of train and test hold."""
    found: list[float] = []
    for rows in (core.rows, core.held_back):
        answers = predict(core.config, core.state(epoch), core.table.X[rows]).argmax(axis=1).tolist()
        pairs = list(zip(core.table.y[rows].tolist(), answers, strict=True))
        found += [pairs.count((true, predicted)) for true in range(3) for predicted in range(3)]
    return found


def test_a_tab_is_mounted_when_it_is_turned_to_and_shows_every_epoch_without_the_server(visit: Visit) -> None:
    core = Core(Config(output_activation="softmax", loss="cross_entropy"), "iris", share=60)
    page = visit(**FLOWERS)
    figure = page.page.get_by_test_id("figure-confusion")
    page.run_to(20)
    page.rest()
    page.expect(page.page.locator(".status")).to_be_empty()
    page.expect(figure.locator(".main-svg")).to_have_count(0)
    page.expect(figure).to_be_hidden()
    page.cut_off()
    turn(page, "Confusion matrix")
    page.expect(figure.locator(".main-svg").first).to_be_visible()
    page.expect(page.page.get_by_test_id("figure-loss")).to_be_hidden()
    page.page.wait_for_function(DRAWN)
    page.page.wait_for_function(f"{PLOT}.data.at(-1).customdata.some(Boolean)")
    assert counts(page) == counted(core, 20)
    for epoch in (19, 18):
        page.press("Step back")
        page.at(epoch)
        page.page.wait_for_function(
            f"(expected) => String({PLOT}.data.at(-1).customdata) === expected",
            arg=",".join(map(str, counted(core, epoch))))


def test_turning_to_a_tab_moves_nothing_and_what_was_there_is_kept(visit: Visit) -> None:
    for options in ({}, PHONE):
        page = visit(options, **FLOWERS)
        page.rest()
        before, sideways = page.page.evaluate(PLACES), page.page.evaluate(SIDEWAYS)
        page.button("log scale").click()
        turn(page, "Confusion matrix")
        page.expect(page.button("log scale")).to_have_count(0)
        assert (page.page.evaluate(PLACES), page.page.evaluate(SIDEWAYS)) == (before, sideways)
        page.press("Step")
        page.at(1)
        turn(page, "Loss")
        page.expect(page.button("log scale")).to_have_attribute("aria-pressed", "true")
        assert page.page.evaluate(PLACES) == before
        page.rest()


def test_arrow_keys_turn_tabs_and_step_only_elsewhere(visit: Visit) -> None:
    page = visit()
    tab(page, "Loss").focus()
    for key, name in (("ArrowRight", "Confusion matrix"), ("ArrowLeft", "Loss"), ("ArrowLeft", "Health"),
                      ("ArrowRight", "Loss"), ("End", "Health"), ("Home", "Loss"), ("ArrowRight", "Confusion matrix")):
        page.page.keyboard.press(key)
        page.expect(tab(page, name)).to_be_focused()
        page.expect(tab(page, name)).to_have_attribute("aria-selected", "true")
    assert page.epoch == 0
    page.page.get_by_role("tabpanel", name="Confusion matrix").locator(".main-svg").first.wait_for()


def test_the_tab_in_front_stays_with_other_data_and_in_another_theme(visit: Visit) -> None:
    page = visit(data="Circle", share=50)
    turn(page, "Confusion matrix")
    page.choose("Data set", "Iris")
    page.page.wait_for_function(f"{PLOT}?.data?.at(-1).x.length === 18")
    page.expect(tab(page, "Confusion matrix")).to_have_attribute("aria-selected", "true")
    page.page.emulate_media(color_scheme="dark")
    page.page.wait_for_function(f"{PLOT}?.data?.at(-1).textfont.color === '#f3f5f9'")
    page.expect(tab(page, "Confusion matrix")).to_have_attribute("aria-selected", "true")
    page.choose("Data set", "Hills")
    page.expect(tab(page, "Loss")).to_have_attribute("aria-selected", "true")
    page.expect(tab(page, "Confusion matrix")).to_have_count(0)
    page.choose("Data set", "Moons")
    page.expect(tab(page, "Confusion matrix")).to_have_attribute("aria-selected", "true")
