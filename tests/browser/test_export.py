"""Exports: what is downloaded is the run on screen, up to the epoch on screen when the button is pressed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playground.exports import EXPORTS
from playground.nn import flatten
from tests.browser.core import Core
from tests.browser.playground import Playground
from tests.browser.test_tabs import turn
from tests.exports.runs import bits, code, run

Visit = Callable[..., Playground]


def download(page: Playground, name: str) -> tuple[str, str]:
    """The name and the text of the file."""
    with page.page.expect_download() as download:
        page.button(EXPORTS[name].title).click()
    return download.value.suggested_filename, Path(download.value.path()).read_text("utf-8")


def test_a_script_and_a_notebook_end_where_the_page_is_also_after_more_steps(visit: Visit) -> None:
    core, page = Core(), visit()
    turn(page, "Export")
    for epoch in (200, 350):
        page.run_to(epoch)
        page.known()
        name, script = download(page, "script")
        assert name == "four-people-2-2-1.py"
        name, notebook = download(page, "notebook")
        assert name == "four-people-2-2-1.ipynb"
        state = core.state(epoch)
        for said in run(script, code(notebook)):
            assert said[-2] == f"loss {state.train_loss!r}"
            assert bits(said[-1]) == flatten(state.weights, state.biases).tobytes()


def test_weights_and_history_are_those_of_the_epoch_on_screen(visit: Visit) -> None:
    page = visit(data="Circle", share=70)
    turn(page, "Export")
    page.run_to(20)
    page.press("Step back")
    page.at(19)
    page.known()
    name, weights = download(page, "weights")
    assert name == "circle-2-2-1-weights.json" and json.loads(weights)["epoch"] == 19
    name, history = download(page, "history")
    assert name == "circle-2-2-1-history.csv" and history.splitlines()[-1].startswith("19,")
    _, model = download(page, "pytorch")
    assert model.startswith("# Circle: a 2-2-1 network, 19 epochs of training")
