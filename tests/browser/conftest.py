"""One server and one browser for all browser tests, and an empty window for each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from tests.browser.machine import Server, browser_path, launch, serve
from tests.browser.playground import Playground
from tests.browser.windows import DESKTOP, Windows

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def unavailable(what: str) -> NoReturn:
    """Fails where everything was promised to be there, skips in a plain `pytest`."""
    sentence = f"{what}: `bash tests/run` installs what the browser tests need."
    if os.environ.get("PLAYGROUND_FULL_TESTS") == "1":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        unavailable("Playwright is not installed")
    with sync_playwright() as playwright:
        path = browser_path(playwright)
        if path is None:
            unavailable("There is no Chromium")
        browser = launch(playwright, path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("server") / "log.txt") as server:
        yield server


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def visit(browser: Browser, windows: Windows, server: Server) -> Iterator[Callable[..., Playground]]:
    """visit(context options, **settings of the address bar) opens the page in a window of its own.

    `prepare`, if given, is called with the still empty page, which nobody gets after this one. The test fails if any
    of its pages reports an error, or the server a traceback.
    """
    before = len(server.log.read_text())
    visits: list[tuple[Playground, Callable[[], object]]] = []

    def visit(
        options: dict[str, Any] | None = None, /, prepare: Callable[[Page], None] | None = None, **settings: object
    ) -> Playground:
        if prepare:
            page = browser.new_context(**DESKTOP | (options or {})).new_page()
            prepare(page)
        else:
            page = windows.take(options)
        playground = Playground(page, server.url)
        visits.append((playground, page.context.close if prepare else lambda: windows.give_back(page, options)))
        return playground.open(**settings)

    yield visit
    for visited, leave in visits:
        visited.deaf()
        leave()
    errors = [error for visited, _ in visits for error in visited.errors]
    assert not errors, "\n".join(errors)
    said = server.log.read_text()[before:]
    assert "Traceback" not in said, said
