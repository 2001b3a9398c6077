"""The sweep: pictures of many runs, and the click that opens one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from playground.nn import Config
from tests.browser.core import Core
from tests.browser.playground import Playground
from tests.browser.test_screens import PHONE, SIDEWAYS

if TYPE_CHECKING:
    from playwright.sync_api import Locator

Visit = Callable[..., Playground]

RATES = ("0.01", "0.03", "0.1", "0.3", "1", "3")
LOADED = "(image) => image.decode().then(() => image.naturalWidth > 0)"


def swept(page: Playground, second: str | None = None, count: int = 6) -> Locator:
    """The pictures of a sweep over the learning rate and another setting."""
    page.page.get_by_role("tab", name="Sweep", exact=True).click()
    run = page.button("Run sweep")
    page.expect(run).to_be_enabled()
    if second:
        page.choose("Second setting", second)
        page.expect(page.page.get_by_role("combobox", name=f"Values of {second.lower()}")).to_be_visible()
    run.click()
    tiles = page.page.get_by_test_id("tiles").get_by_role("button")
    page.expect(tiles).to_have_count(count)
    return tiles


def test_thirty_six_runs_are_on_screen_as_pictures_and_a_click_opens_one(visit: Visit) -> None:
    page = visit()
    tiles = swept(page, "Seed", 36)
    assert all(image.evaluate(LOADED) for image in tiles.locator("img").all())
    page.expect(page.page.get_by_test_id("tiles").get_by_text("best")).to_have_count(1)
    core = Core(Config(learning_rate=0.3, seed=4))
    tile = page.page.get_by_role("button", name="Learning rate 0.3, Seed 4:")
    page.expect(tile).to_contain_text(f"train {core.state(300).train_loss:.4f}")
    tile.click()
    page.page.wait_for_url(re.compile(r"(?=.*rate=0\.3)(?=.*seed=4)"))
    page.expect(tile).to_have_attribute("aria-current", "true")
    page.expect(page.page.get_by_role("spinbutton", name="Seed", exact=True)).to_have_value("4")
    page.at(300)
    page.paused()
    assert page.losses[0] == core.losses(300)[0]
    page.expect(tiles).to_have_count(36)


def test_pictures_follow_the_theme_and_a_run_is_opened_with_the_keyboard_while_another_plays(visit: Visit) -> None:
    page = visit()
    image = swept(page).locator("img").first
    light = image.get_attribute("src")
    page.page.emulate_media(color_scheme="dark")
    page.expect(image).not_to_have_attribute("src", str(light))
    page.page.emulate_media(color_scheme="light")
    page.expect(image).to_have_attribute("src", str(light))

    page.press("Play")
    page.beyond(20)
    tile = page.page.get_by_role("button", name="Learning rate 3:")
    tile.focus()
    page.page.keyboard.press("Enter")
    page.expect(tile).to_have_attribute("aria-current", "true")
    page.at(300)
    page.paused()
    page.press("Step")
    page.at(301)
    page.rest()
    assert page.losses[0] == Core(Config(learning_rate=3.0)).losses(301)[0]


@pytest.mark.parametrize("data", ["Iris", "Sine"])
def test_a_phone_shows_the_pictures_without_scrolling_the_page_sideways(visit: Visit, data: str) -> None:
    page = visit(PHONE, data=data, batch=100, samples=100)
    tiles = swept(page)
    assert page.page.evaluate(SIDEWAYS) == 0
    last = tiles.last
    last.scroll_into_view_if_needed()
    page.expect(last).to_be_in_viewport()
    box = last.locator(".picture").bounding_box()
    assert box and box["width"] == pytest.approx(box["height"], abs=1)
    assert box["width"] >= 80
    last.tap()
    page.expect(last).to_have_attribute("aria-current", "true")
    assert page.page.evaluate(SIDEWAYS) == 0
