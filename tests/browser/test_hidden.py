"""Hidden space: the tab shows the points where two chosen neurons put them, epoch by epoch."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from playground.nn import Config, flatten, layer_activations
from tests.browser.core import Core
from tests.browser.playground import Playground
from tests.browser.test_screens import PHONE, SIDEWAYS
from tests.browser.test_tabs import PLACES, tab, turn

if TYPE_CHECKING:
    from playwright.sync_api import Locator

Visit = Callable[..., Playground]

CIRCLE = {"data": "Circle", "layers": 2, "n1": 4, "n2": 3, "activation": "tanh", "samples": 100}
PLACED = """(expected) => document.querySelector('[data-testid=figure-hidden] .plot').data?.some(({ mode, x, y }) =>
  mode === 'markers' && x.length === expected.length
  && expected.every(([a, b], i) => Math.abs(x[i] - a) < 1e-5 && Math.abs(y[i] - b) < 1e-5))"""
DRAWN = """() => {
  const canvas = document.querySelector('[data-testid=figure-hidden] canvas');
  return new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size > 10;
}"""
HANDED = """() => document.querySelector('[data-testid=figure-hidden] .plot').data.some(({ mode, x }) =>
  mode === 'markers' && x.length > 100)"""
# Milliseconds from a choice until the axis has its name, and the picture is painted.
TIMED = """async ([box, text]) => {
  const start = performance.now();
  const select = document.querySelector(`select[aria-label="Neuron along the ${box} axis"]`);
  select.value = [...select.options].find((option) => option.text === text).value;
  select.dispatchEvent(new Event('change'));
  const title = () => document.querySelector('[data-testid=figure-hidden] .g-xtitle')?.textContent;
  while (title() !== text) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


def shows(page: Playground, core: Core, epoch: int, layer: int, units: list[int]) -> None:
    """Awaits that Plotly holds the points of each class where the core has them at an epoch."""
    state = core.state(epoch)
    parameters, sizes = flatten(state.weights, state.biases)[None], (2, 4, 3, 1)
    for label in (0, 1):
        X = core.table.X[core.rows][core.table.y[core.rows] == label]
        expected = layer_activations(core.config, sizes, parameters, X)[layer][0][:, units]
        page.page.wait_for_function(PLACED, arg=expected.tolist())


def take(page: Playground, axis: str, neuron: str) -> None:
    page.page.get_by_label(f"Neuron along the {axis} axis").select_option(label=neuron)


def test_the_points_are_at_the_outputs_of_the_chosen_neurons_and_follow_the_player_without_the_server(
    visit: Visit,
) -> None:
    core, page = Core(Config((4, 3), "tanh"), "circle", samples=100), visit(**CIRCLE)
    figure = page.page.get_by_test_id("figure-hidden")
    page.run_to(20)
    page.rest()
    page.expect(figure.locator(".main-svg")).to_have_count(0)
    turn(page, "Hidden space")
    page.expect(figure.locator(".g-xtitle")).to_have_text("h5")
    page.expect(figure.locator(".g-ytitle")).to_have_text("h6")
    page.page.wait_for_function(DRAWN)
    shows(page, core, 20, 1, [0, 1])
    page.mark()
    take(page, "vertical", "h7")
    shows(page, core, 20, 1, [0, 2])
    take(page, "horizontal", "h2")
    page.expect(figure.locator(".g-ytitle")).to_have_text("h3")
    shows(page, core, 20, 0, [1, 2])
    assert page.unmoved()
    page.expect(page.page.locator(".status")).to_be_empty()
    page.cut_off()
    for press, epoch in (("Step back", 19), ("Step back", 18), ("Step", 19)):
        page.press(press)
        page.at(epoch)
        shows(page, core, epoch, 0, [1, 2])


def test_playing_goes_on_while_tabs_and_neurons_are_chosen(visit: Visit) -> None:
    core, page = Core(Config((4, 3), "tanh"), "circle", samples=100), visit(**CIRCLE)
    page.press("Play")
    page.beyond(5)
    turn(page, "Hidden space")
    page.beyond(page.epoch + 10)
    take(page, "horizontal", "h7")
    page.beyond(page.epoch + 10)
    turn(page, "Decision boundary")
    page.beyond(page.epoch + 10)
    turn(page, "Hidden space")
    page.beyond(page.epoch + 10)
    page.press("Pause")
    page.paused()
    shows(page, core, page.epoch, 1, [2, 1])


def test_turning_to_hidden_space_moves_nothing_and_only_networks_with_hidden_layers_have_it(visit: Visit) -> None:
    page = visit(**CIRCLE)
    figure = moves_nothing(page)
    take(page, "horizontal", "h7")
    page.expect(figure.locator(".g-xtitle")).to_have_text("h7")
    page.number("Layer 2", 2)                                           # another network keeps the tab in front
    page.expect(figure.locator(".g-xtitle")).to_have_text("h5")
    page.page.wait_for_function(DRAWN)
    page.number("Hidden layers", 0)
    page.expect(tab(page, "Hidden space")).to_have_count(0)
    page.expect(tab(page, "Decision boundary")).to_have_attribute("aria-selected", "true")
    page.page.wait_for_url("**layers=0*")
    page.page.reload()
    page.at(0)
    page.expect(tab(page, "Inside one update")).to_be_visible()
    page.expect(tab(page, "Hidden space")).to_have_count(0)


def test_on_a_phone_turning_to_hidden_space_moves_nothing(visit: Visit) -> None:
    moves_nothing(visit(PHONE, **CIRCLE))


def moves_nothing(page: Playground) -> Locator:
    """Turns to the tab; its figure."""
    page.rest()
    before, sideways = page.page.evaluate(PLACES), page.page.evaluate(SIDEWAYS)
    turn(page, "Hidden space")
    figure = page.page.get_by_test_id("figure-hidden")
    figure.locator(".main-svg").first.wait_for()
    assert (page.page.evaluate(PLACES), page.page.evaluate(SIDEWAYS)) == (before, sideways)
    return figure


@pytest.mark.timed
def test_a_choice_is_on_screen_within_three_tenths_of_a_second(visit: Visit) -> None:
    page = visit(data="Spiral", layers=2, n1=8, n2=8, activation="tanh", batch=10)
    page.run_to(30)
    turn(page, "Hidden space")
    page.expect(page.page.get_by_test_id("figure-hidden").locator(".g-xtitle")).to_have_text("h9")
    times = []
    for name in ("h11", "h3", "h12", "h5", "h16"):
        page.page.wait_for_function(HANDED)
        times.append(page.page.evaluate(TIMED, ["horizontal", name]))
    assert sorted(times)[len(times) // 2] < 300, times
