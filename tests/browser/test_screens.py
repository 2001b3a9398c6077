"""Screens: the first view of a desktop, where the main job fits without scrolling, and a phone."""

from collections.abc import Callable
from itertools import pairwise

from tests.browser.core import Core
from tests.browser.playground import FIGURES, Playground

Visit = Callable[..., Playground]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def box(page: Playground, test_id: str) -> dict[str, float]:
    found = page.page.get_by_test_id(test_id).bounding_box()
    assert found, test_id
    return found


def test_the_first_screen_holds_the_transport_the_three_figures_and_the_first_row_of_the_table(visit: Visit) -> None:
    page = visit()
    page.paused()
    page.rest()
    assert page.losses == Core().losses(0)
    assert [len(trace["x"]) for trace in page.data("boundary")[2:4]] == [2, 2]
    assert page.page.get_by_test_id("glide-cell-1-0").text_content() == "Alice"
    assert page.page.evaluate(SIDEWAYS) == 0
    play = page.button("Play").bounding_box()
    assert play
    assert play["y"] >= 0
    for name in FIGURES:
        page.expect(page.page.get_by_test_id(f"figure-{name}").locator(".main-svg").first).to_be_visible()
        figure = box(page, f"figure-{name}")
        assert figure["y"] > play["y"]
        assert figure["y"] + figure["height"] <= 900
        assert figure["x"] + figure["width"] <= 1440
    assert box(page, "figure-network")["width"] >= box(page, "figure-boundary")["width"]
    plane = page.page.locator("[data-testid=figure-boundary] .nsewdrag").first.bounding_box()
    assert plane
    assert abs(plane["width"] - plane["height"]) <= 2
    heading_and_first_row = 35 + 35
    assert box(page, "data-grid-canvas")["y"] + heading_and_first_row <= 900


def test_a_phone_stacks_the_figures_plays_by_touch_and_opens_the_controls_from_where_it_has_scrolled_to(
    visit: Visit,
) -> None:
    page = visit(PHONE)
    page.rest()
    assert page.page.evaluate(SIDEWAYS) == 0
    boxes = [box(page, f"figure-{name}") for name in ("network", "boundary", "loss")]
    boxes.sort(key=lambda figure: figure["y"])
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"]
    for figure in boxes:
        assert figure["x"] >= 0
        assert figure["x"] + figure["width"] <= 390
        assert figure["width"] > 300
    page.button("Play").tap()
    page.beyond(20)
    page.button("Pause").tap()
    page.paused()
    assert page.page.evaluate(SIDEWAYS) == 0

    page.page.get_by_test_id("figure-loss").scroll_into_view_if_needed()
    page.page.get_by_test_id("stExpandSidebarButton").tap()
    page.expect(page.page.get_by_role("combobox", name="Data set")).to_be_in_viewport()


def test_on_a_phone_a_legend_of_two_rows_leaves_the_axis_its_title(visit: Visit) -> None:
    page = visit(PHONE, data="Circle", samples=100, share=50)
    page.rest()
    figure = page.page.get_by_test_id("figure-boundary")
    page.expect(figure.locator(".legend .bg")).to_be_visible()
    parts = (".xtick text", ".xtitle", ".legend .bg")
    ticks, title, legend = (figure.locator(part).first.bounding_box() for part in parts)
    assert ticks and title and legend
    assert legend["height"] > 40, "it has two rows"
    assert ticks["y"] + ticks["height"] <= title["y"] + 2 and title["y"] + title["height"] <= legend["y"] + 2
