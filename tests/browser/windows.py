"""Windows of the browser, which stay open: to load a page into one costs half of what opening one for it does."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESKTOP = {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light", "reduced_motion": "reduce"}


class Windows:
    """Empty windows, each in a context of its own; what was on a page is gone, and only the browser's cache is kept."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.empty: defaultdict[str, list[Page]] = defaultdict(list)

    def take(self, options: dict[str, Any] | None = None) -> Page:
        """A window for one who asks for these options of a context; it has to be given back."""
        options = DESKTOP | (options or {})
        empty = self.empty[_kind(options)]
        page = empty.pop() if empty else self.browser.new_context(**options).new_page()
        page.set_viewport_size(options["viewport"])
        page.emulate_media(color_scheme=options["color_scheme"])
        return page

    def give_back(self, page: Page, options: dict[str, Any] | None = None) -> None:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.goto("about:blank")
        page.mouse.move(-1, -1)                                         # it points at nothing
        page.context.clear_cookies()
        self.empty[_kind(options or {})].append(page)


def _kind(options: dict[str, Any]) -> str:
    """What cannot be changed once a window is open."""
    return repr(sorted((name, value) for name, value in options.items() if name not in DESKTOP))
