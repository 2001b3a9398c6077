"""Saving a figure: an SVG or a PNG that holds what is on screen at this epoch, whoever draws it there."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
import pytest

from playground.data import threshold
from playground.figures.theme import THEMES
from playground.nn import Config, flatten, predict
from tests.browser.core import Core
from tests.browser.playground import FIGURES, Playground
from tests.browser.test_tabs import turn

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Visit = Callable[..., Playground]

SVG = "{http://www.w3.org/2000/svg}"
EPOCH = 40
TITLES = dict(zip(FIGURES, ("Network", "Decision boundary", "Loss"), strict=True))
# Both pictures, a PNG and what is on screen, on one small canvas each: [width and height of the first, both's pixels].
SIDE_BY_SIDE = """async ([saved, seen]) => {
  const images = await Promise.all([saved, seen].map(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    return image;
  }));
  const head = images[0].height - images[1].height;
  const pixels = images.map((image, i) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 60 });
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    pen.drawImage(image, 0, i ? 0 : head, image.width, images[1].height, 0, 0, 60, 60);
    return [...pen.getImageData(0, 0, 60, 60).data];
  });
  return [images[0].width, images[0].height, ...pixels];
}"""
LAYOUT = """({ layout: { width, height, margin, xaxis, yaxis } }) =>
  [width, height, margin, xaxis.range, yaxis.range]"""


def save(page: Playground, title: str, kind: str) -> tuple[str, Path]:
    """The name of the file, and the file."""
    page.button(f"Save {title}").click()
    with page.page.expect_download() as download:
        page.button(f"Save {title} as {kind}").click()
    page.expect(page.button(f"Save {title} as {kind}")).to_be_hidden()
    return download.value.suggested_filename, Path(download.value.path())


def drawing(file: Path) -> Element:
    return ElementTree.fromstring(file.read_text("utf-8"))


def texts(root: Element) -> set[str]:
    return {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}


def drawn(root: Element, **attributes: str) -> list[Element]:
    """The paths and rectangles with these attributes."""
    return [element for element in root.iter() if all(
        element.get(name.replace("_", "-")) == value for name, value in attributes.items())]


def corners(path: Element) -> list[tuple[float, float]]:
    """Where a path goes."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", str(path.get("d")))]


def test_an_svg_holds_the_points_curves_and_numbers_of_the_epoch_on_screen(visit: Visit) -> None:
    core, page = Core(Config(), "circle", share=70), visit(data="Circle", share=70)
    page.run_to(EPOCH)
    page.press("Pin run")
    page.expect(page.page.locator("#figure-loss .names")).to_contain_text("Run A")
    page.rest()
    state = core.state(EPOCH)

    name, file = save(page, "Loss", "SVG")
    assert name == f"circle-2-2-1-loss-epoch-{EPOCH}.svg"
    loss = drawing(file)
    assert {f"Loss epoch {EPOCH}, thin: test", "epoch", "mse", "train", "test", "Run A"} <= texts(loss)
    width, height, margin, (left, right), (low, high) = page.page.locator("#figure-loss .plot").evaluate(LAYOUT)
    across, up = width - margin["l"] - margin["r"], height - margin["t"] - margin["b"]
    curve, pinned = (max(drawn(loss, stroke=colour, fill="none"), key=lambda path: len(corners(path)))
                     for colour in (THEMES["light"].losses[0], THEMES["light"].pins[0]))
    assert corners(pinned) == corners(curve)
    expected = [(margin["l"] + (epoch - left) / (right - left) * across,
                 margin["t"] + (high - core.state(epoch).train_loss) / (high - low) * up) for epoch in range(EPOCH + 1)]
    np.testing.assert_allclose(corners(curve), expected, atol=0.01)
    assert float(loss.get("height", 0)) > height and float(loss.get("width", 0)) > width, "title and legend"

    name, file = save(page, "Decision boundary", "SVG")
    assert name == f"circle-2-2-1-decision-boundary-epoch-{EPOCH}.svg"
    boundary = drawing(file)
    assert {f"Decision boundary epoch {EPOCH}", "x1", "x2", "class 0", "class 1", "test", "wrong"} <= texts(boundary)
    points = [path for path in boundary.iter(f"{SVG}path") if path.get("class") == "point"]
    assert len(points) == len(core.table.X)
    wrong = (predict(core.config, state, core.table.X)[:, 0] > threshold(core.table, "sigmoid")) != core.table.y
    rings = [path for path in boundary.iter(f"{SVG}path") if path.get("fill") == "none" and "A" in str(path.get("d"))]
    assert sum(str(path.get("d")).count("M") for path in rings) == wrong.sum() > 0
    assert len(list(boundary.iter(f"{SVG}image"))) == 1, "nothing but the plane is a heat map"

    _, file = save(page, "Network", "SVG")
    network = drawing(file)
    numbers = flatten(state.weights, state.biases)
    shown = {text.removeprefix("b ") for text in texts(network)}
    assert {f"{number:+.2f}".replace("-", "\N{MINUS SIGN}") for number in numbers} <= shown
    assert {"inputs", "hidden", "output", "h1", "h2", "positive"} <= texts(network)
    assert len(list(network.iter(f"{SVG}image"))) == 5, "a picture for every neuron"
    ground = network.find(f"{SVG}rect")
    assert ground is not None and str(ground.get("fill")).lower() == THEMES["light"].paper
    assert (ground.get("width"), ground.get("height")) == (network.get("width"), network.get("height"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_png_is_twice_as_large_as_the_figure_and_looks_like_it_with_a_title_above(visit: Visit, scheme: str) -> None:
    page = visit({"color_scheme": scheme, "device_scale_factor": 2}, data="Circle", share=70, activation="tanh")
    page.run_to(EPOCH)
    page.rest()
    turn(page, "Hidden space")
    page.page.locator("#figure-hidden .main-svg").first.wait_for()
    page.page.wait_for_function("document.querySelector('#figure-hidden .plot')?.data?.[0].z.length > 0")
    hidden = compared(page, "hidden", "Hidden space")
    turn(page, "Decision boundary")
    for found in (hidden, *(compared(page, figure, title) for figure, title in TITLES.items())):
        assert found < 2, "levels of 255, on average"


def compared(page: Playground, figure: str, title: str) -> float:
    """How far the picture is from what is on screen, on average."""
    frame = page.page.locator(f"#figure-{figure}")
    _, file = save(page, title, "PNG")
    page.page.mouse.move(1, 1)
    page.expect(page.page.locator(":popover-open")).to_have_count(0)
    pngs = [b64encode(png).decode() for png in (file.read_bytes(), frame.screenshot())]
    width, height, saved, seen = page.page.evaluate(SIDE_BY_SIDE, pngs)
    wide, high = page.page.locator(f"#figure-{figure} .plot").evaluate(
        "({ parentElement: frame, layout }) => [frame.clientWidth, layout.height]")
    assert width == 2 * wide and 2 * high < height < 2 * high + 100
    assert np.ptp(np.reshape(seen, (-1, 4))[:, :3], axis=0).max() > 100, "nothing is on screen"
    return float(np.abs(np.subtract(saved, seen)).mean())


def test_keys_save_a_figure_and_a_panel_of_words_offers_nothing(visit: Visit) -> None:
    page = visit()
    opener, svg, png = (page.button(f"Save Loss{kind}") for kind in ("", " as SVG", " as PNG"))
    opener.focus()
    page.page.keyboard.press("Space")
    page.expect(svg).to_be_focused()
    page.page.keyboard.press("Escape")
    page.expect(svg).to_be_hidden()
    page.expect(opener).to_be_focused()
    page.page.keyboard.press("Enter")
    page.expect(svg).to_be_focused()
    page.page.keyboard.press("Tab")
    page.expect(png).to_be_focused()
    with page.page.expect_download() as download:
        page.page.keyboard.press("Space")
    assert download.value.suggested_filename == "four-people-2-2-1-loss-epoch-0.png"
    assert page.epoch == 0 and not page.playing
    page.expect(page.button("Save Decision boundary")).to_be_visible()
    turn(page, "Inside one update")
    page.expect(page.page.get_by_role("button", name="Save ")).to_have_count(2)
    turn(page, "One neuron")
    page.expect(page.button("Save One neuron")).to_be_visible()
