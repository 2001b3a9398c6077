"""An experiment is saved as a file, and the file brings it back: settings, table, weights, epoch."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.browser.playground import Playground
from tests.browser.test_link import draw, set_weight
from tests.browser.test_tabs import turn

Visit = Callable[..., Playground]


def load(page: Playground, name: str, data: bytes) -> None:
    page.page.get_by_test_id("stFileUploaderDropzoneInput").last.set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": data})


def test_a_saved_experiment_comes_back_also_with_a_table_that_no_link_could_hold(visit: Visit) -> None:
    page = visit(data="Circle", samples=1000, batch=100, rate="0.3", n1=3)
    turn(page, "Export")
    draw(page, "Draw class 1")
    page.expect(page.page.get_by_text("1001 rows")).to_be_attached()
    page.run_to(30)
    set_weight(page, 1.5)
    page.run_to(40)
    page.known()
    page.press("Pin run")
    page.expect(page.page.locator("#figure-loss .names")).to_contain_text("Run A")
    with page.page.expect_download() as download:
        page.button("Save experiment").click()
    assert download.value.suggested_filename == "circle-2-3-1-experiment.json"
    saved, losses = Path(download.value.path()).read_bytes(), page.losses
    assert json.loads(saved)["settings"]["rate"] == "0.3"

    load(page, "other.json", b'{"cells": []}')
    page.expect(page.page.get_by_text("The file cannot be opened: it was not saved by this page.")).to_be_visible()
    page.at(40)
    page.choose("Data set", "Four people")
    page.at(0)
    page.known()
    page.choose("Learning rate", "1")
    page.expect(page.page.get_by_role("combobox", name="Learning rate")).to_have_value("1")
    page.known()
    for _ in range(2):                                                  # the same file, twice
        load(page, "mine.json", saved)
        page.at(40)
        page.paused()
        assert page.losses == losses
        page.expect(page.page.get_by_role("combobox", name="Learning rate")).to_have_value("0.3")
        page.expect(page.page.get_by_text("1001 rows")).to_be_attached()
        page.press("Restart")
        page.at(0)
    page.page.evaluate("history.back()")

    other = visit()
    turn(other, "Export")
    load(other, "mine.json", saved)
    other.at(40)
    assert other.losses == losses
    turn(other, "Compare")
    other.press("Step")
    other.at(41)
    other.press("Show Run A")
    other.at(40)
    assert other.losses == losses
