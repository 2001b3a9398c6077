"""Trim: what a link hides is not to be seen, and all else is; the dialog that makes such links; the projector."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Literal

import pytest

from playground.app.parts import HIDEABLE
from tests.browser.playground import Playground
from tests.browser.test_screens import SIDEWAYS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.machine import Server
    from tests.browser.windows import Windows

Visit = Callable[..., Playground]

# By what a person knows that a part is there.
SEEN: dict[str, Callable[[Page], Locator]] = {
    "data": lambda page: page.get_by_role("heading", name="Data", exact=True),
    "data-set": lambda page: page.get_by_role("combobox", name="Data set"),
    "test-points": lambda page: page.get_by_role("slider", name="Share for training"),
    "inputs": lambda page: page.get_by_text("Inputs of the network"),
    "examples": lambda page: page.get_by_role("button", name="Three neurons"),
    "network": lambda page: page.get_by_test_id("stSidebar").get_by_role("heading", name="Network", exact=True),
    "layers": lambda page: page.get_by_role("spinbutton", name="Layer 1", exact=True),
    "activation": lambda page: page.get_by_role("combobox", name="Activation", exact=True),
    "start-weights": lambda page: page.get_by_text("Output and start weights"),
    "seed": lambda page: page.get_by_role("button", name="New weights"),
    "training": lambda page: page.get_by_role("heading", name="Training", exact=True),
    "learning-rate": lambda page: page.get_by_role("combobox", name="Learning rate"),
    "optimizer": lambda page: page.get_by_role("combobox", name="Optimizer"),
    "batch-size": lambda page: page.get_by_role("spinbutton", name="Batch size"),
    "regularisation": lambda page: page.get_by_text("Loss and regularisation"),
    "playback": lambda page: page.get_by_role("button", name="Play", exact=True),
    "readouts": lambda page: page.get_by_test_id("train-loss"),
    "speed": lambda page: page.get_by_role("combobox", name="Epochs per frame"),
    "run-to": lambda page: page.get_by_role("spinbutton", name="until loss"),
    "copy-link": lambda page: page.get_by_role("button", name="Copy link"),
    "save-figure": lambda page: page.get_by_role("button", name=re.compile("^Save ")).first,
    "table": lambda page: page.get_by_role("tab", name="Data table"),
    "predictions": lambda page: page.get_by_role("tab", name="Predictions"),
    "sweep": lambda page: page.get_by_role("tab", name="Sweep"),
    "compare": lambda page: page.get_by_role("tab", name="Compare"),
    "export": lambda page: page.get_by_role("tab", name="Export"),
    "explanation": lambda page: page.get_by_role("tab", name="What am I looking at?"),
    "share": lambda page: page.get_by_role("button", name="Link for class"),
    "diagram": lambda page: page.get_by_test_id("figure-network"),
    "edit-weights": lambda page: page.get_by_role("button", name="Edit weights"),
    "boundary": lambda page: page.get_by_role("tab", name="Decision boundary"),
    "drawing": lambda page: page.get_by_role("button", name="Erase"),
    "update": lambda page: page.get_by_role("tab", name="Inside one update"),
    "hidden-space": lambda page: page.get_by_role("tab", name="Hidden space"),
    "neuron": lambda page: page.get_by_role("tab", name="One neuron"),
    "loss": lambda page: page.get_by_role("tab", name="Loss", exact=True),
    "confusion": lambda page: page.get_by_role("tab", name="Confusion matrix"),
    "health": lambda page: page.get_by_role("tab", name="Health"),
}
TURN = """(hide) => {
  const address = new URL(location.href);
  address.searchParams.set('hide', hide);
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
}"""
SIZE = "(element) => parseFloat(getComputedStyle(element).fontSize)"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
THEMED = "(theme) => document.querySelector('.player')?.dataset.theme === theme"
PAPER = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
FIGURES_DONE = """() => [...document.querySelectorAll('.place:not([hidden]) .frame:not(.behind)')]
  .every((frame) => frame.querySelector(frame.dataset.testid === 'walk' ? '.line' : '.main-svg'))"""


def check(page: Playground, hidden: set[str]) -> None:
    """Awaits that all parts can be seen but these."""
    for name, locate in SEEN.items():
        if name in hidden:
            page.expect(locate(page.page), name).not_to_be_visible()
        else:
            page.expect(locate(page.page), name).to_be_visible()


def test_a_person_sees_every_part_of_the_page_that_can_be_hidden(visit: Visit) -> None:
    assert SEEN.keys() == HIDEABLE.keys()
    check(visit(), set())


@pytest.fixture(scope="module")
def trimmed(windows: Windows, server: Server) -> Iterator[Playground]:
    """A page that is opened once; its address changes as by the browser's Back."""
    page = Playground(windows.take(), server.url).open()
    yield page
    page.deaf()
    windows.give_back(page.page)
    assert not page.errors


@pytest.mark.parametrize("name", HIDEABLE)
def test_a_name_hides_its_part_and_nothing_else(trimmed: Playground, name: str) -> None:
    page = trimmed
    page.page.evaluate(TURN, name)
    check(page, {name} | {inner for inner, part in HIDEABLE.items() if part.within == name})
    page.page.wait_for_function(FIGURES_DONE)
    epoch = None if name == "readouts" else page.epoch
    page.page.keyboard.press("ArrowRight")
    if epoch is not None:
        page.at(epoch + 1)
    page.page.wait_for_function(FIGURES_DONE)


def test_without_any_controls_there_is_no_sidebar_and_without_tabs_no_table(visit: Visit) -> None:
    page = visit(hide="data,network,training,table,predictions,sweep,compare,export,explanation")
    page.expect(page.page.get_by_test_id("stSidebar")).to_be_hidden()
    page.expect(page.page.get_by_test_id("stExpandSidebarButton")).to_be_hidden()
    page.expect(page.page.get_by_test_id("stDataFrame")).to_be_hidden()
    page.expect(page.page.locator(".pin")).to_be_hidden()
    assert page.page.evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize("hide", [
    "diagram,loss,confusion,health", "boundary,update,hidden-space,neuron", "boundary,update", "diagram",
    "diagram,boundary,update,hidden-space,neuron", "diagram,boundary,update,hidden-space,neuron,loss,confusion,health",
])
def test_the_figures_that_are_left_play_and_fit_the_page(visit: Visit, hide: str) -> None:
    page = visit(hide=hide)
    page.page.wait_for_function(FIGURES_DONE)
    page.press("Play")
    page.beyond(10)
    page.press("Pause")
    page.paused()
    assert page.page.evaluate(SIDEWAYS) == 0
    page.choose("Data set", "Circle")
    page.at(0)
    page.page.wait_for_function(FIGURES_DONE)


def test_a_click_into_a_diagram_without_an_editor_edits_nothing_and_still_chooses_a_neuron(visit: Visit) -> None:
    page = visit(hide="edit-weights")
    box = page.page.get_by_test_id("figure-network").bounding_box()
    assert box
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.expect(page.page.locator(".editor")).to_have_count(0)
    page.page.get_by_role("tab", name="One neuron").click()
    page.page.wait_for_function(FIGURES_DONE)
    page.press("Step")
    page.at(1)


def test_the_dialog_stays_open_while_the_run_plays_and_its_link_hides_what_was_unticked(visit: Visit) -> None:
    page = visit(data="Circle", rate="0.3")
    page.press("Play")
    page.button("Link for class").click()
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_text("Optimizer", exact=True).click()
    dialog.get_by_text("Health", exact=True).click()
    link = dialog.locator("code").first
    page.expect(link).to_contain_text("hide=optimizer,health")
    epoch = page.epoch
    page.beyond(epoch + 60)
    page.expect(dialog).to_be_visible()
    address = link.inner_text().strip()
    assert address.startswith(page.url)
    query = dict(re.findall(r"[?&](\w+)=([^&]+)", address))
    at = query.pop("epoch", "0")                                        # it plays on
    assert query == {"data": "Circle", "rate": "0.3", "hide": "optimizer,health"} and at.isdigit()
    page.page.keyboard.press("Escape")
    page.expect(dialog).to_be_hidden()
    other = visit(**query)
    for name in ("optimizer", "health"):
        other.expect(SEEN[name](other.page)).not_to_be_visible()
    other.expect(other.page.get_by_role("combobox", name="Learning rate")).to_have_value("0.3")


def test_a_box_that_is_ticked_in_the_moment_of_a_request_of_the_players_is_in_the_link(visit: Visit) -> None:
    page = visit()
    page.button("Link for class").click()
    dialog = page.page.get_by_role("dialog")
    link = dialog.locator("code").first
    page.expect(link).not_to_contain_text("hide=")
    page.press_meanwhile(dialog.get_by_role("checkbox", name="Health"))
    page.at(700)
    page.expect(link).to_contain_text("epoch=700")
    page.expect(link).to_contain_text("hide=health")


def test_a_projector_is_light_and_large_and_shows_only_playback_and_figures(visit: Visit) -> None:
    page = visit()
    page.run_to(12)
    for scheme, (width, height) in product(SCHEMES, ((1920, 1080), (1024, 768))):
        page.page.emulate_media(color_scheme=scheme)
        page.page.set_viewport_size({"width": width, "height": height})
        page.page.wait_for_function(THEMED, arg=scheme)
        projected(page)
        page.page.wait_for_function(THEMED, arg=scheme)


def projected(page: Playground) -> None:
    """Looks at the page at epoch 12 as the projector shows it, and leaves that again."""
    epoch = page.page.get_by_test_id("epoch")
    small, before = epoch.evaluate(SIZE), page.losses
    page.button("Projector").click()
    page.expect(page.page.get_by_test_id("stSidebar")).to_be_hidden()
    page.page.wait_for_function("document.querySelector('.player')?.dataset.theme.endsWith('projector')")
    page.at(12)
    page.rest()
    assert page.losses == before
    assert page.page.evaluate(PAPER) == "rgb(255, 255, 255)"
    page.page.wait_for_function(
        f"(small) => ({SIZE})(document.querySelector('[data-testid=epoch]')) > small", arg=small)
    assert page.data("network")[0]["line"]["width"] >= 1.2
    hidden = {"speed", "run-to", "copy-link", "save-figure", "table", "predictions", "sweep", "compare", "export",
              "explanation", "drawing", "share"}
    check(page, hidden | {name for name, part in HIDEABLE.items()
                          if name in ("data", "network", "training") or part.within in ("data", "network", "training")})
    overflow = "document.querySelector('.stMain').scrollHeight - document.querySelector('.stMain').clientHeight"
    assert page.page.evaluate(overflow) <= 0, "all is on the screen"
    assert page.page.evaluate(SIDEWAYS) == 0
    page.button("Exit").click()
    page.expect(page.page.get_by_test_id("stSidebar")).to_be_visible()
    page.at(12)
    page.page.wait_for_function(
        f"(small) => ({SIZE})(document.querySelector('[data-testid=epoch]')) === small", arg=small)


def test_a_projector_has_as_much_type_as_its_width_has_room_for(visit: Visit) -> None:
    page = visit({"viewport": {"width": 1920, "height": 1080}}, projector="true")
    large = page.data("network")[-1]["textfont"]["size"]
    page.page.set_viewport_size({"width": 1024, "height": 768})
    page.page.wait_for_function("document.querySelector('.player')?.dataset.theme === 'small projector'")
    page.rest()
    assert page.data("network")[-1]["textfont"]["size"] < large


def test_an_embedded_page_has_no_header_no_buttons_to_share_and_a_folded_sidebar(visit: Visit) -> None:
    page = visit({"viewport": {"width": 900, "height": 600}}, embed="true")
    page.expect(page.page.get_by_test_id("stMainMenu")).to_have_count(0)
    page.expect(page.button("Link for class")).to_have_count(0)
    page.expect(page.page.get_by_role("combobox", name="Data set")).not_to_be_in_viewport()
    assert page.page.evaluate(SIDEWAYS) == 0
    page.page.get_by_test_id("stExpandSidebarButton").click()
    page.expect(page.page.get_by_role("combobox", name="Data set")).to_be_in_viewport()
