"""You are the optimizer: weights set by hand, dragged, frozen and taken back, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from playground.nn import train
from tests.browser.core import Core, written
from tests.browser.playground import Playground

Visit = Callable[..., Playground]

# Notes when another loss is on screen, and asks for the number of different ones.
COUNT = """() => {
  const place = document.querySelector('[data-testid=train-loss]');
  window.lossesSeen = [];
  new MutationObserver(() => window.lossesSeen.push([performance.now(), place.textContent]))
    .observe(place, { childList: true, characterData: true, subtree: true });
}"""
DIAGRAM = "document.querySelector('[data-testid=figure-network] canvas').toDataURL()"


def label(page: Playground, text: str) -> tuple[float, float]:
    """Where a label of the diagram is, on the page."""
    box = page.page.locator("[data-testid=figure-network] .textpoint", has_text=text).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def value(page: Playground) -> float:
    return float(page.page.get_by_label("Value", exact=True).input_value())


def setting(page: Playground, number: float) -> None:
    """Types a value and awaits that it is on screen."""
    undo = page.page.get_by_role("button", name="Undo edit")
    page.page.get_by_label("Value", exact=True).fill(str(number))
    page.page.keyboard.press("Enter")
    page.expect(undo).to_be_visible()
    page.page.wait_for_function(
        "(text) => JSON.stringify(document.querySelector('[data-testid=figure-network] .plot').data).includes(text)",
        arg=str(number))


def prepared(page: Playground) -> None:
    """Awaits that the slider can be dragged without the server."""
    page.page.wait_for_function("() => document.querySelector('.editor').classList.contains('ready')")


def test_a_weight_is_clicked_and_typed_and_training_goes_on_from_it_until_it_is_taken_back(visit: Visit) -> None:
    core, page = Core(), visit()
    page.run_to(40)
    page.rest()
    page.mark()
    before = core.state(40)
    page.page.mouse.click(*label(page, f"{before.weights[1][0, 0]:+.2f}".replace("-", "\N{MINUS SIGN}")))
    page.expect(page.page.get_by_label("Weight or bias")).to_have_value("w5: h1 → gender")
    assert value(page) == pytest.approx(before.weights[1][0, 0], abs=1e-5)
    setting(page, -1.75)
    assert page.epoch == 40
    weights = [W.copy() for W in before.weights]
    weights[1][0, 0] = -1.75
    edited = train(core.config, core.dataset, weights=weights, biases=before.biases)
    assert page.losses[0] == written(next(edited).train_loss)
    page.press("Step")
    page.at(41)
    assert page.losses[0] == written(next(edited).train_loss)
    page.press("Play")
    page.beyond(60)
    page.press("Pause")
    page.paused()
    page.press("Undo edit")
    page.at(40)
    assert page.losses == core.losses(40)
    page.run_to(90)
    assert page.losses == core.losses(90)
    assert page.unmoved()


@pytest.mark.timed
def test_dragging_repaints_often_and_letting_go_sets_the_value(visit: Visit) -> None:
    page = visit(data="Circle", n1=4, batch=10)
    page.run_to(5)
    page.press("Edit weights")
    prepared(page)
    page.mark()
    slider = page.page.get_by_label("Drag the value").bounding_box()
    assert slider
    middle = slider["y"] + slider["height"] / 2
    page.page.evaluate(COUNT)
    page.page.mouse.move(slider["x"] + slider["width"] / 2, middle)
    page.page.mouse.down()
    for step in range(60):
        page.page.mouse.move(slider["x"] + slider["width"] * (0.5 + 0.4 * step / 60), middle)
    dragged = page.page.evaluate("window.lossesSeen")
    page.page.mouse.up()
    assert len({text for _, text in dragged}) >= 15
    seconds = (dragged[-1][0] - dragged[0][0]) / 1000
    assert (len(dragged) - 1) / seconds >= 10, f"{len(dragged)} repaints in {seconds:.2f} s"
    page.expect(page.page.get_by_role("button", name="Undo edit")).to_be_visible()
    assert value(page) == pytest.approx(0.8 * 4, abs=0.5)
    assert page.unmoved()


def test_a_frozen_bias_has_a_lock_and_stays_while_the_others_learn(visit: Visit) -> None:
    core, page = Core(), visit()
    page.rest()
    free = page.page.evaluate(DIAGRAM)
    page.press("Edit weights")
    page.page.get_by_label("Weight or bias").select_option("b1: bias of h1")
    page.press("Freeze")
    page.expect(page.button("Frozen")).to_have_attribute("aria-pressed", "true")
    page.press("Close")
    assert page.page.evaluate(DIAGRAM) != free, "there is a lock"
    page.run_to(100)
    page.rest()
    biases = next(trace for trace in page.data("network") if trace.get("texttemplate", "").startswith("b "))
    shown = biases["customdata"]
    assert shown[0] == pytest.approx(core.state(0).biases[0][0], abs=1e-6)
    assert abs(shown[1] - core.state(0).biases[0][1]) > 1e-3


def test_by_keyboard_alone_a_weight_is_chosen_set_and_taken_back(visit: Visit) -> None:
    core, page = Core(), visit()
    keys = page.page.keyboard
    page.button("Edit weights").focus()
    keys.press("Enter")
    page.expect(page.page.get_by_label("Weight or bias")).to_be_focused()
    keys.press("ArrowDown")
    page.expect(page.page.get_by_label("Weight or bias")).to_have_value(re.compile("^w3: weight → h2"))
    assert value(page) == pytest.approx(core.state(0).weights[0][0, 1], abs=1e-5)
    keys.press("Tab")
    keys.press("Tab")
    page.expect(page.page.get_by_label("Value", exact=True)).to_be_focused()
    keys.press("Control+a")
    keys.type("0.5")
    keys.press("Enter")
    page.expect(page.button("Undo edit")).to_be_visible()
    page.page.wait_for_function(
        "(old) => document.querySelector('[data-testid=train-loss]').textContent !== old", arg=core.losses(0)[0])
    assert page.epoch == 0, "no key has stepped the player"
    keys.press("Escape")
    page.expect(page.page.locator(".editor")).to_be_hidden()
    page.button("Undo edit").focus()
    keys.press("Enter")
    page.expect(page.page.get_by_test_id("train-loss")).to_have_text(core.losses(0)[0])


def test_what_is_no_weight_is_not_taken(visit: Visit) -> None:
    core, page = Core(), visit()
    page.press("Edit weights")
    field = page.page.get_by_label("Value", exact=True)
    for epoch, typed in enumerate(("", "1e9", "-2000000"), 1):
        field.fill(typed)
        page.page.keyboard.press("Enter")
        assert not field.evaluate("(field) => field.validity.valid")
        page.press("Step")
        page.at(epoch)
        assert page.losses == core.losses(epoch)
        page.expect(page.button("Undo edit")).to_be_hidden()


def test_the_notebooks_examples_are_one_click_away(visit: Visit) -> None:
    page = visit()
    for name, printed in (("One neuron", "0.9990889488055994"), ("Three neurons", "0.7216325609518421")):
        page.press(name)
        page.expect(page.page.get_by_text(f"At epoch 0 it answers {printed} to x = (2, 3).")).to_be_visible()
    page.at(0)
    page.rest()
    weights = next(trace for trace in page.data("network") if trace.get("texttemplate") == "%{customdata:+.2f}")
    assert weights["customdata"] == [0, 0, 1, 1, 0, 1]
