"""The grid of a table that is in sight, as a person edits it: it is painted on a canvas, and follows the pointer."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from tests.browser.playground import PATIENCE, Playground

if TYPE_CHECKING:
    from playwright.sync_api import Locator

MARKERS, ROW = 33, 35                                                   # pixels: the markers of the rows, a row

# Its place, once that stays the same: after an undo and the like another grid takes the place of one.
PLACE = """() => new Promise((done) => {
  const grids = [...document.querySelectorAll('[data-testid=data-grid-canvas]')];
  const seen = () => grids.find((grid) => grid.isConnected && grid.checkVisibility());
  const before = seen();
  before?.scrollIntoView({ block: 'nearest' });
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const { x, y, width } = before?.getBoundingClientRect() ?? {};
    done(before && before === seen() && { x, y, width });
  }));
})"""
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


class Grid:
    """The grid on a page, which has so many columns; cells are told by row and column, each from 0."""

    def __init__(self, page: Playground, columns: int) -> None:
        self.page, self.columns = page, columns

    def place(self, row: int, column: int) -> tuple[float, float]:
        """Where a cell is on screen; the markers of the rows are the column -1."""
        self.page.settled()
        deadline, grid = monotonic() + PATIENCE / 1000, None
        while not grid:                                                 # a handle to it, once, had no value any more
            assert monotonic() < deadline, "No grid is in sight."
            grid = self.page.page.evaluate(PLACE)
        x = MARKERS + (grid["width"] - MARKERS) * (column + 0.5) / self.columns if column >= 0 else MARKERS / 2
        return grid["x"] + x, grid["y"] + ROW * (row + 1.5)

    def click(self, row: int, column: int) -> None:
        x, y = self._point(row, column)
        self.page.page.mouse.click(x, y, delay=40)

    def open(self, row: int, column: int, before: str) -> Locator:
        """Opens a cell that says `before`, to be typed over."""
        x, y = self._point(row, column)
        self.page.page.mouse.dblclick(x, y, delay=40)
        overlay = self.page.page.locator("#portal textarea")
        self.page.expect(overlay).to_have_value(before)
        return overlay

    def type(self, row: int, column: int, before: str, text: str) -> None:
        """Types over a cell that says `before`, at the speed of a fast hand."""
        overlay = self.open(row, column, before)
        overlay.press("ControlOrMeta+a")
        overlay.press_sequentially(text, delay=40)
        self.page.expect(overlay).to_have_value(text)
        overlay.press("Enter")
        self.page.expect(overlay).to_have_count(0)

    def _point(self, row: int, column: int) -> tuple[float, float]:
        x, y = self.place(row, column)
        self.page.page.mouse.move(x - 30, y - 10)
        self.page.page.mouse.move(x, y, steps=5)
        self.page.page.wait_for_function(DRAWN)
        return x, y
