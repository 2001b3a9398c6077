"""Inside one update: a person follows it by mouse or by keyboard, and the numbers are the notebook's."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from tests.browser.core import Core
from tests.browser.playground import Playground

Visit = Callable[..., Playground]

NAMED = """() => Object.fromEntries([...document.querySelectorAll('[data-testid=walk] [data-name]')]
  .map(({ dataset }) => [dataset.name, Number(dataset.value)]))"""
LIT = "document.querySelector('[data-testid=figure-network] canvas').toDataURL()"
# Milliseconds from a press until a text is there and painted.
TIMED = """async ([press, name, text]) => {
  const start = performance.now();
  document.querySelector(`[data-testid=walk] button[aria-label="${press}"]`).click();
  while (!document.querySelector(name).innerText.includes(text)) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


def walked(page: Playground) -> Playground:
    page.page.get_by_role("tab", name="Inside one update").click()
    page.expect(page.page.locator(".walk .of")).to_contain_text("of 4: Alice")
    return page


def phase(page: Playground, name: str) -> dict[str, float]:
    """Turns to a phase and reads off its numbers."""
    page.page.get_by_test_id("walk").get_by_role("button", name=name, exact=True).click()
    return page.page.evaluate(NAMED)


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_the_notebooks_quantities_of_the_first_sample_are_read_off_by_mouse_dimmed_by_playing_and_anew_at_rest(
    visit: Visit,
) -> None:
    core, page = Core(), walked(visit())
    (W1, W2), (b1, b2) = core.state(0).weights, core.state(0).biases
    x, y = (-2.0, -1.0), 1.0                                            # Alice
    sums = [W1[0, j] * x[0] + W1[1, j] * x[1] + b1[j] for j in range(2)]
    h1, h2 = map(sigmoid, sums)
    o1 = sigmoid(W2[0, 0] * h1 + W2[1, 0] * h2 + b2[0])
    d_o1, d_h1 = o1 * (1 - o1), h1 * (1 - h1)
    forward, loss, backward, update = (phase(page, name) for name in ("forward", "loss", "backward", "update"))
    expected = {
        "h1": h1, "h2": h2, "ŷ": o1, "L": (y - o1) ** 2, "d_L_d_ypred": -2 * (y - o1), "d_ypred_d_w5": h1 * d_o1,
        "d_ypred_d_b3": d_o1, "d_ypred_d_h1": W2[0, 0] * d_o1, "d_h1_d_w1": x[0] * d_h1, "d_h1_d_w2": x[1] * d_h1,
        "d_L_d_w1": -2 * (y - o1) * W2[0, 0] * d_o1 * x[0] * d_h1,
        "new_w1": W1[0, 0] - 0.1 * -2 * (y - o1) * W2[0, 0] * d_o1 * x[0] * d_h1,
    }
    shown = forward | loss | backward | update
    for name, value in expected.items():
        assert shown[name] == pytest.approx(value, abs=1e-12), name

    page.press("Play")
    page.beyond(20)
    page.expect(page.page.locator(".walk.old")).to_have_count(1)
    page.press("Pause")
    page.paused()
    page.expect(page.page.locator(".walk:not(.old)")).to_have_count(1)
    (W1, _), (b1, _) = core.state(page.epoch).weights, core.state(page.epoch).biases
    h1 = sigmoid(W1[0, 0] * x[0] + W1[1, 0] * x[1] + b1[0])
    assert phase(page, "forward")["h1"] == pytest.approx(h1, abs=1e-12)


def test_an_epoch_is_worked_through_by_keyboard_alone_up_to_where_the_next_one_begins(visit: Visit) -> None:
    core, page = Core(), visit()
    keys = page.page.keyboard
    page.page.get_by_role("tab", name="Decision boundary").focus()
    keys.press("ArrowRight")
    page.expect(page.page.locator(".walk .of")).to_contain_text("of 4: Alice")
    keys.press("Tab")
    keys.press("Tab")
    page.expect(page.page.get_by_role("button", name="Next", exact=True)).to_be_focused()
    for name in ("loss", "backward", "update"):
        keys.press("Enter")
        page.expect(page.page.locator(f".phases [data-phase={name}]")).to_have_attribute("aria-pressed", "true")
    for name in ("Bob", "Charlie", "Diana"):
        for _ in range(4):
            keys.press("Enter")
        page.expect(page.page.locator(".walk .of")).to_contain_text(name)
        page.expect(page.page.locator(".phases [data-phase=update]")).to_have_attribute("aria-pressed", "true")
    shown = page.page.evaluate(NAMED)
    assert shown["new_w1"] == core.state(1).weights[0][0, 0]            # the last update of the epoch
    assert shown["new_b3"] == core.state(1).biases[1][0]
    page.press("Step")
    page.at(1)
    page.expect(page.page.locator(".walk:not(.old)")).to_have_count(1)


def test_a_line_lights_its_part_of_the_diagram_and_a_click_there_finds_its_line(visit: Visit) -> None:
    page = walked(visit())
    page.mark()
    phase(page, "backward")
    whole = page.page.evaluate(LIT)
    page.page.locator(".walk .line").nth(6).click()
    part = page.page.evaluate(LIT)
    assert part != whole
    assert phase(page, "update")
    box = page.page.get_by_test_id("figure-network").bounding_box()
    assert box
    edge = page.page.locator("[data-testid=figure-network] .textpoint", has_text="+0.13").bounding_box()
    assert edge
    page.page.mouse.click(edge["x"] + edge["width"] / 2, edge["y"] + edge["height"] / 2)
    page.expect(page.page.locator(".walk .line.chosen [data-name=new_w1]")).to_have_count(1)
    page.page.get_by_role("tab", name="Decision boundary").click()
    assert page.page.evaluate(LIT) not in (whole, part), "the diagram is whole again"
    assert page.unmoved()


@pytest.mark.timed
def test_a_sample_or_a_phase_is_on_screen_within_a_fifth_of_a_second(visit: Visit) -> None:
    page = walked(visit())
    times = [page.page.evaluate(TIMED, ["Next", ".walk .line", "wanted"])]
    phase(page, "update")
    for name in ("Bob", "Charlie", "Diana"):
        times.append(page.page.evaluate(TIMED, ["Next", ".walk .of", name]))
        phase(page, "update")
    assert sorted(times)[len(times) // 2] < 200, times


def test_a_wide_network_is_followed_neuron_by_neuron(visit: Visit) -> None:
    page = visit(data="Circle", layers=2, n1=8, n2=8, batch=10)
    page.page.get_by_role("tab", name="Inside one update").click()
    page.expect(page.page.locator(".walk .of")).to_contain_text("neuron ŷ")
    box = page.page.get_by_test_id("figure-network").bounding_box()
    assert box
    spot = page.page.evaluate("""() => {
      const plot = document.querySelector('[data-testid=figure-network] .plot');
      const { xaxis, yaxis, margin } = plot._fullLayout;
      const trace = plot.data.find(({ mode }) => mode === 'markers+text');
      return [margin.l + xaxis.d2p(trace.x[4]), margin.t + yaxis.d2p(trace.y[4])];
    }""")
    page.page.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    page.expect(page.page.locator(".walk .of")).to_contain_text("neuron h3")
    page.expect(page.page.locator(".walk .line")).to_have_count(1)
