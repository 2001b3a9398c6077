"""The replay: a file that plays the run from disk, without a network, with what the page shows at every epoch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from playground.app.replay import REPLAY
from playground.nn import Config
from tests.app.test_replay import NASTY, file_of, nasty, session_at
from tests.browser.conftest import DESKTOP
from tests.browser.core import Core
from tests.browser.playground import FIGURES, Playground
from tests.browser.test_save import drawing, save, texts
from tests.browser.test_screens import PHONE, SIDEWAYS
from tests.browser.test_tabs import turn

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Visit = Callable[..., Playground]
Watch = Callable[..., Playground]

WORDS = """() => [...document.querySelectorAll(
  '.readouts dd, .place-foot .titles > *, .place-foot .marks, #figure-health .remarks'
)].map((part) => part.textContent)"""
SERVED = """() => document.querySelectorAll('.tools button, .editor, .choices select, [data-testid=walk]').length"""


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """watch(file, context options) opens a replay from disk, without a network; errors and requests fail the test."""
    contexts, watched = [], []
    asked: list[str] = []

    def watch(file: Path, options: dict[str, Any] | None = None) -> Playground:
        contexts.append(browser.new_context(**DESKTOP | (options or {})))
        contexts[-1].set_offline(True)
        watched.append(Playground(contexts[-1].new_page(), file.as_uri()))
        page = watched[-1]
        page.page.on("request", lambda request: asked.append(request.url))
        page.page.goto(page.url)
        page.at(0)
        page.expect(page.page.locator(".status")).to_be_empty()
        return page

    yield watch
    for context in contexts:
        context.close()
    errors = [error for page in watched for error in page.errors]
    assert not errors, errors
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def shown(page: Playground) -> tuple[list[Any], list[str]]:
    """What the figures hold once they rest, and what stands around them."""
    page.rest()
    figures = [page.data(name) for name in FIGURES]
    for trace in figures[0]:
        trace.get("marker", {}).pop("size", None)                       # of the pictures: as much as there is room for
    return figures, page.page.evaluate(WORDS)


def test_every_epoch_of_the_file_is_the_pages_however_one_gets_there(
    visit: Visit, watch: Watch, tmp_path: Path
) -> None:
    page, found = visit(data="Spiral", share=70, n1=1), {}
    turn(page, "Export")
    page.run_to(260)
    page.press("Pin run")
    page.expect(page.page.locator("#figure-loss .names")).to_contain_text("Run A")
    for epoch in (0, 37, 260):
        page.run_to(epoch)
        page.expect(page.page.locator(".place-foot .marks")).to_have_text("⚠ Underfitting" if epoch == 260 else "")
        found[epoch] = shown(page)
    page.known()
    with page.page.expect_download() as download:
        page.button(REPLAY.title).click()
    assert download.value.suggested_filename == "spiral-2-1-1-replay.html"
    file = tmp_path / "replay.html"
    download.value.save_as(file)

    replay = watch(file)
    replay.expect(replay.page.get_by_role("heading", level=1)).to_have_text(
        "Spiral: a 2-1-1 network, 260 epochs of training")
    replay.expect(replay.page.locator("header p")).to_contain_text("SGD, learning rate 0.1, batch size 1")
    assert replay.page.evaluate(SERVED) == 0
    replay.press("Step")
    replay.at(1)
    replay.rest()
    replay.press("Step back")
    replay.at(0)
    assert shown(replay) == found[0]
    replay.watch()
    replay.press("Play")
    replay.beyond(40)
    replay.press("Pause")
    replay.paused()
    assert replay.seen == list(range(replay.seen[-1] + 1))
    replay.run_to(37)
    assert shown(replay) == found[37]
    bar = replay.page.locator("input[data-do=scrub]")
    assert bar.get_attribute("max") == "260"
    bar.fill("260")
    replay.at(260)
    assert shown(replay) == found[260]
    replay.press("Step")
    replay.expect(replay.notice).to_have_text("The replay ends here, at epoch 260.")
    replay.press("Play")                                                # from the start again
    replay.page.wait_for_function("Number(document.querySelector('[data-testid=epoch]').textContent) < 200")
    replay.press("Pause")
    replay.press("Restart")
    replay.at(0)
    assert shown(replay) == found[0]
    assert replay.page.url == file.as_uri()


def test_what_is_looked_at_is_in_the_file_too_as_it_was_chosen(visit: Visit, watch: Watch, tmp_path: Path) -> None:
    page, found = visit(n1=3, data="Circle"), {}
    turn(page, "Hidden space")
    turn(page, "Export")
    page.page.get_by_label("Neuron along the horizontal axis").select_option(label="h3")
    page.run_to(40)
    for epoch in (17, 40):
        page.run_to(epoch)
        page.rest()
        found[epoch] = page.data("hidden")
    page.known()
    with page.page.expect_download() as download:
        page.button(REPLAY.title).click()
    file = tmp_path / "replay.html"
    download.value.save_as(file)
    replay = watch(file)
    replay.expect(replay.page.get_by_role("tab", name="Hidden space")).to_have_attribute("aria-selected", "true")
    assert replay.page.evaluate(SERVED) == 0
    for epoch in (40, 17):
        replay.run_to(epoch)
        replay.rest()
        assert replay.data("hidden") == found[epoch]


def test_of_a_thinned_run_step_play_and_goal_go_to_what_the_file_holds(watch: Watch, tmp_path: Path) -> None:
    core, file = Core(Config(batch_size=4)), tmp_path / "replay.html"
    file.write_text(file_of(session_at(3000, Config(batch_size=4))), "utf-8")
    page = watch(file)
    page.expect(page.page.locator("header p")).to_contain_text("every 5th epoch from 0 to 3000")
    for press, epoch in (("Step", 5), ("Step", 10), ("Step back", 5)):
        page.press(press)
        page.at(epoch)
        assert page.losses == core.losses(epoch)
    page.run_to(1235)
    assert page.losses == core.losses(1235)
    page.page.locator("form[data-do=goto] input").fill("1238")
    page.page.locator("form[data-do=goto] button").click()
    page.at(1240)
    page.page.keyboard.press("Home")
    page.at(0)
    loss = core.state(1502).train_loss
    page.page.locator("form[data-do=until] input").fill(str(loss))
    page.page.locator("form[data-do=until] button").click()
    page.at(1505)
    page.page.locator("form[data-do=until] input").fill("0")
    page.page.locator("form[data-do=until] button").click()
    page.expect(page.notice).to_contain_text("never below that")
    page.page.locator("select[data-do=stride]").select_option("100")
    page.watch()
    page.press("Play")
    page.at(3000)
    page.paused()
    assert page.seen == [*range(1505, 3000, 100), 3000]
    page.expect(page.notice).to_have_text("The replay ends here, at epoch 3000.")
    for kind in ("SVG", "PNG"):
        name, saved = save(page, "Decision boundary", kind)
        assert name == f"four-people-2-2-1-decision-boundary-epoch-3000.{kind.lower()}" and saved.stat().st_size > 5000


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_full_of_markup_are_only_words_and_a_phone_has_room_for_all(
    watch: Watch, tmp_path: Path, theme: str
) -> None:
    file = tmp_path / "replay.html"
    file.write_text(file_of(session_at(3, rows=nasty(), theme=theme), NASTY), "utf-8")
    page = watch(file, {**PHONE, "color_scheme": "light" if theme == "dark" else "dark"})
    page.expect(page.page.get_by_role("heading", level=1)).to_contain_text(NASTY)
    page.expect(page.page.locator("[data-testid=figure-boundary] .xtitle")).to_contain_text(NASTY)
    assert page.page.locator("img").count() == 0
    _, saved = save(page, "Decision boundary", "SVG")
    assert NASTY in texts(drawing(saved)) and "<img" not in saved.read_text("utf-8")
    assert page.page.evaluate(SIDEWAYS) == 0
    ground = page.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 17, 23)"}[theme]
    page.button("Play").tap()
    page.at(3)
    page.paused()
