"""What a neuron sees: pointed at, its picture is large; selected, it says what it computes where one points."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from tests.browser.core import Core
from tests.browser.playground import Playground
from tests.browser.test_screens import PHONE, SIDEWAYS
from tests.browser.test_tabs import PLACES, turn

Visit = Callable[..., Playground]

SPOT = """(i) => {
  const plot = document.querySelector('[data-testid=figure-network] .plot');
  const { xaxis, yaxis, margin } = plot._fullLayout;
  const trace = plot.data.find(({ mode }) => mode === 'markers+text');
  const { x, y } = plot.getBoundingClientRect();
  return [x + margin.l + xaxis.d2p(trace.x[i]), y + margin.t + yaxis.d2p(trace.y[i])];
}"""
NAMED = """() => Object.fromEntries([...document.querySelectorAll('#figure-neuron .said:not(.old) [data-name]')]
  .map(({ dataset }) => [dataset.name, Number(dataset.value)]))"""
PICTURE = "document.querySelector('[data-testid=figure-boundary] canvas').toDataURL()"
AXES = """() => {
  const plot = document.querySelector('[data-testid=figure-neuron] .plot');
  const { xaxis, yaxis, margin: m } = plot._fullLayout;
  const { x, y } = plot.getBoundingClientRect();
  return [x + m.l, y + m.t, xaxis._length, yaxis._length, ...xaxis.range, ...yaxis.range];
}"""
# Milliseconds from pointing at a place until what is said there has changed, and is painted.
TIMED = """async ([x, y]) => {
  const said = document.querySelector('#figure-neuron .said');
  const [before, start] = [said.textContent, performance.now()];
  const pointed = { clientX: x, clientY: y, pointerType: 'mouse', bubbles: true };
  document.elementFromPoint(x, y).dispatchEvent(new PointerEvent('pointermove', pointed));
  while (said.textContent === before) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


def opened(page: Playground) -> Playground:
    turn(page, "One neuron")
    page.page.wait_for_function("document.querySelector('#figure-neuron .said:not(.old) [data-name=sum_h1]')")
    return page


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def spot(page: Playground, along: float, up: float) -> tuple[float, float, float, float]:
    """A place of the picture: on the screen, and on its axes."""
    left, top, width, height, x0, x1, y0, y1 = page.page.evaluate(AXES)
    x, y = round(left + along * width), round(top + (1 - up) * height)
    return x, y, x0 + (x - left) / width * (x1 - x0), y1 - (y - top) / height * (y1 - y0)


def says(page: Playground, core: Core, epoch: int, j: int, a: float, b: float) -> None:
    """Awaits what hidden neuron j computes at a place."""
    W, bias = core.state(epoch).weights[0], core.state(epoch).biases[0]
    page.page.wait_for_function(
        """([name, a, b, w]) => {
          const said = document.querySelector('#figure-neuron .said:not(.old)');
          const found = said?.querySelector(`[data-name=sum_${name}]`);
          return found && Math.abs(Number(found.dataset.value) - (w[0] * a + w[1] * b + w[2])) < 1e-6;
        }""", arg=[f"h{j + 1}", a, b, [W[0, j], W[1, j], bias[j]]])
    shown = page.page.evaluate(NAMED)
    assert shown[f"h{j + 1}"] == pytest.approx(sigmoid(shown[f"sum_h{j + 1}"]), abs=1e-12)


def test_a_selected_neuron_says_what_it_computes_where_one_points_and_shows_its_output_at_every_epoch(
    visit: Visit,
) -> None:
    core, page = Core(), visit()
    page.rest()
    before, sideways = page.page.evaluate(PLACES), page.page.evaluate(SIDEWAYS)
    opened(page)
    assert (page.page.evaluate(PLACES), page.page.evaluate(SIDEWAYS)) == (before, sideways)
    says(page, core, 0, 0, -2, -1)                                      # Alice, until one points
    page.mark()
    x, y, a, b = spot(page, 0.75, 0.25)
    page.page.mouse.move(x, y)
    says(page, core, 0, 0, a, b)
    page.page.mouse.move(2, 2)
    page.press("Step")
    page.at(1)
    says(page, core, 1, 0, a, b)
    page.page.mouse.click(*page.page.evaluate(SPOT, 3))                 # h2 in the diagram
    page.expect(page.page.get_by_label("Chosen neuron")).to_have_value("3")
    page.expect(page.page.locator("form.editor")).to_be_hidden()        # the tab had a use for the click
    says(page, core, 1, 1, a, b)
    page.page.get_by_label("Chosen neuron").select_option(label="h1")
    says(page, core, 1, 0, a, b)
    assert page.unmoved()
    page.press("Play")
    page.beyond(20)
    page.expect(page.page.locator("#figure-neuron .said.old")).to_have_count(1)
    page.press("Pause")
    page.paused()
    page.expect(page.page.locator("#figure-neuron .said:not(.old)")).to_have_count(1)
    says(page, core, page.epoch, 0, a, b)

    page.run_to(5)
    page.rest()
    W, bias = core.state(5).weights[0], core.state(5).biases[0]
    page.page.wait_for_function("""([w, b]) => {
      const [{ x, y, z }] = document.querySelector('[data-testid=figure-neuron] .plot').data;
      const output = (i, j) => 1 / (1 + Math.exp(-w[0] * x[i] - w[1] * y[j] - b));
      return [[3, 50], [30, 30], [55, 8]].every(([i, j]) => Math.abs(z[j]?.[i] - output(i, j)) < 0.02);
    }""", arg=[W[:, 0].tolist(), bias[0]])


def test_pointing_at_a_neuron_shows_its_picture_on_the_boundary_at_every_epoch_and_leaving_gives_that_back(
    visit: Visit,
) -> None:
    page = visit()
    page.rest()
    page.mark()
    before = page.page.evaluate(PICTURE)
    seen = []
    for neuron in (2, 3, 0):
        page.page.mouse.move(*page.page.evaluate(SPOT, neuron))
        page.page.wait_for_function(f"(last) => {PICTURE} !== last", arg=seen[-1] if seen else before)
        seen.append(page.page.evaluate(PICTURE))
    assert len({before, *seen}) == 4
    page.press("Step")                                                  # the pointer leaves for the button
    page.press("Step back")
    page.at(0)
    page.page.wait_for_function(f"(before) => {PICTURE} === before", arg=before)
    assert page.unmoved()

    page.run_to(3)
    page.rest()
    boundary = page.page.evaluate(PICTURE)
    page.page.mouse.move(*page.page.evaluate(SPOT, 2))
    page.page.wait_for_function(f"(boundary) => {PICTURE} !== boundary", arg=boundary)
    last = page.page.evaluate(PICTURE)
    page.page.keyboard.press("Home")
    page.at(0)
    page.page.wait_for_function(f"(last) => {PICTURE} !== last", arg=last)
    page.page.keyboard.press("End")
    page.at(3)
    page.page.wait_for_function(f"(last) => {PICTURE} === last", arg=last)


@pytest.mark.timed
def test_what_is_said_is_on_screen_within_a_fifth_of_a_second(visit: Visit) -> None:
    page = opened(visit(data="Spiral", layers=2, n1=8, n2=8, activation="tanh", batch=10))
    page.rest()
    page.expect(page.page.locator("#figure-neuron .said:not(.old)")).to_have_count(1)
    times = [page.page.evaluate(TIMED, [*spot(page, along, 0.6)[:2]]) for along in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert sorted(times)[len(times) // 2] < 200, times


def test_on_a_phone_turning_to_a_neuron_moves_nothing_and_a_tap_points(visit: Visit) -> None:
    page = visit(PHONE)
    page.rest()
    before, sideways = page.page.evaluate(PLACES), page.page.evaluate(SIDEWAYS)
    opened(page)
    assert (page.page.evaluate(PLACES), page.page.evaluate(SIDEWAYS)) == (before, sideways)
    page.page.get_by_test_id("figure-neuron").scroll_into_view_if_needed()
    x, y, a, b = spot(page, 0.25, 0.75)
    page.page.touchscreen.tap(x, y)
    says(page, Core(), 0, 0, a, b)
