"""Speed in the browser: frames a second, and milliseconds from an action until its picture is painted.

Everything is timed inside the page. Painted means: the readout has changed, and two animation frames have begun since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from playwright.sync_api import Page, sync_playwright

from playground.data import MAX_ROWS, Table, write_csv
from playground.data.datasets import circle
from tests.browser.machine import launch, serve
from tests.browser.playground import Playground

WARM_UP, SPAN = 2000, 5000                                              # milliseconds of playing: before, and measured
STEPS, JUMPS, CHANGES, RUNS, OPENINGS = 20, 8, 6, 3, 3

CIRCLE: dict[str, object] = {"data": "Circle", "share": 50, "activation": "tanh", "output": "tanh", "batch": 10,
                             "rate": "0.03", "loss": "half mean squared error"}
SMALL = CIRCLE | {"layers": 2, "n1": 4, "n2": 2}
DEEP = CIRCLE | {"layers": 6} | {f"n{i}": 8 for i in range(1, 7)}

# Functions for the page. `painted` resolves to the time when what is on screen now has been painted.
TOOLS = """
window.readout = () => document.querySelector('[data-testid=epoch]');
window.shown = () => Number(readout()?.textContent);
window.frame = () => new Promise(requestAnimationFrame);
window.pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
window.painted = async () => { await frame(); await frame(); return performance.now(); };
window.reached = async (test) => { while (!test()) await frame(); return painted(); };
window.press = (name) => document.querySelector(`.player button[aria-label="${name}"]`).click();
window.goTo = (epoch) => {
  const form = document.querySelector('form[data-do=goto]');
  form.elements[0].value = epoch;
  form.requestSubmit();
};
"""
OPENED = """
(async () => {
  while (document.querySelector('[data-testid=epoch]')?.textContent !== '0') await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  window.openedAfter = performance.now();
})();
"""
PLAY = """async ([warmUp, span]) => {
  press('Play');
  await pause(warmUp);
  const [from, start] = [shown(), performance.now()];
  await pause(span);
  const rate = (shown() - from) / (performance.now() - start) * 1000;
  press('Pause');
  return rate;
}"""
# The pauses differ, so that clicks fall anywhere between two animation frames.
STEP = """async (count) => {
  const times = [];
  for (let i = 0; i < count; i++) {
    await pause(450 + 3 * i);
    const [before, start] = [shown(), performance.now()];
    press('Step');
    times.push(await reached(() => shown() !== before) - start);
  }
  return times;
}"""
JUMP = """async (epochs) => {
  const times = [];
  for (const epoch of epochs) {
    await pause(800);
    const start = performance.now();
    goTo(epoch);
    times.push(await reached(() => shown() === epoch) - start);
  }
  return times;
}"""
# The readout is written again, even with the same number, when the first frame of the new run is shown.
ARM = """() => {
  window.changed = new Promise((resolve) => {
    let start;
    addEventListener('pointerup', () => {
      start = performance.now();
      const observer = new MutationObserver(async () => {
        observer.disconnect();
        resolve(await painted() - start);
      });
      observer.observe(readout(), { childList: true, characterData: true, subtree: true });
    }, { capture: true, once: true });
  });
}"""

SWEEP = """async () => {
  const root = () => document.querySelector('[data-testid=stBidiComponentIsolated]')?.shadowRoot;
  const tiles = () => [...root()?.querySelectorAll('.tile img') ?? []];
  const start = performance.now();
  [...document.querySelectorAll('button')].find((button) => button.textContent.includes('Run sweep')).click();
  return await reached(() => tiles().length === 36 && tiles().every((image) => image.complete)) - start;
}"""


class Row(NamedTuple):
    """A figure with what is to be reached, the goal, and TensorFlow Playground's own."""

    name: str
    measured: str
    target: str = ""
    goal: str = ""
    tensorflow_playground: str = ""


def measure(soak: bool) -> tuple[str, list[Row]]:
    """The browser's version, and the rows; `soak` adds a minute of playing."""
    with TemporaryDirectory() as folder, serve(Path(folder) / "log.txt") as server, sync_playwright() as playwright:
        browser = launch(playwright, None, "--enable-precise-memory-info")

        @contextmanager
        def opened(settings: dict[str, object]) -> Iterator[Playground]:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
            context.add_init_script(TOOLS)
            page = context.new_page()
            page.add_init_script(OPENED)
            yield Playground(page, server.url).open(**settings)
            context.close()

        rows = [*_opening(opened), *_small(opened), *_deep(opened), *_large(opened), *_sweeps(opened)]
        rows += _soak(opened) if soak else []
        version = browser.version
        browser.close()
        return version, rows


def _opening(opened: Callable[..., Any]) -> Iterator[Row]:
    times = []
    for _ in range(OPENINGS + 1):                                       # the first one warms the server
        with opened({}) as playground:
            times.append(playground.page.wait_for_function("window.openedAfter").json_value())
    yield Row("first figure after opening, cold browser cache", _ms(times[1:]), "3 s", "1.5 s", "0.35 s")


def _small(opened: Callable[..., Any]) -> Iterator[Row]:
    with opened(SMALL) as playground:
        page: Page = playground.page
        early = page.evaluate(PLAY, [WARM_UP, SPAN])
        yield Row("2-4-2-1, frames a second", f"{early:.1f}", "45", "60", "60, its cap")
        yield Row("2-4-2-1, Step on a buffered frame", _ms(page.evaluate(STEP, STEPS)), "30 ms", "16 ms", "16 ms")
        yield Row("2-4-2-1, changed learning rate on screen", _ms(_changes(playground)), "300 ms", "150 ms")
        runs = []
        for seed in range(1, RUNS + 1):
            playground.press("New weights")
            page.wait_for_url(f"**seed={seed}*")
            playground.at(0)
            page.evaluate("pause(800)")
            runs += page.evaluate(JUMP, [1000])
        yield Row("2-4-2-1, run to 1000 on screen", _ms(runs), "1 s", "0.5 s", "16.7 s")
        page.evaluate("goTo(10000)")
        playground.at(10_000)
        playground.paused()
        late = page.evaluate(PLAY, [WARM_UP, SPAN])
        yield Row("2-4-2-1, frames a second at epoch 10 000", f"{late:.1f}", "the same", "", "the same to 6 000")
        jumps = page.evaluate(JUMP, [9000 - 700 * i for i in range(JUMPS)])
        yield Row("2-4-2-1, an epoch that the server must send", _ms(jumps), "200 ms", "100 ms")


def _deep(opened: Callable[..., Any]) -> Iterator[Row]:
    with opened(DEEP) as playground:
        page: Page = playground.page
        yield Row("2-8-8-8-8-8-8-1, frames a second", f"{page.evaluate(PLAY, [WARM_UP, SPAN]):.1f}", "24", "40", "24")
        yield Row("2-8-8-8-8-8-8-1, Step on a buffered frame", _ms(page.evaluate(STEP, STEPS)), "30 ms", "16 ms",
                  "47 ms")


def _large(opened: Callable[..., Any]) -> Iterator[Row]:
    X, y = circle(MAX_ROWS, 0.0, np.random.default_rng(0))
    table = Table(("x1", "x2"), "class", ("class 0", "class 1"), ("",) * MAX_ROWS, X.round(3), y)
    file: Any = {"name": "circle.csv", "mimeType": "text/csv", "buffer": write_csv(table)}
    with opened(SMALL) as playground:
        page: Page = playground.page
        playground.press("Your own data")
        page.locator("input[type=file]").set_input_files(file)
        playground.press("Use this table")
        page.get_by_text(f"circle.csv, {MAX_ROWS} rows").first.wait_for()
        page.evaluate("pause(3000)")
        name = f"{MAX_ROWS} rows of one's own, "
        yield Row(name + "frames a second", f"{page.evaluate(PLAY, [WARM_UP, SPAN]):.1f}", "45", "60")
        yield Row(name + "Step on a buffered frame", _ms(page.evaluate(STEP, STEPS)), "30 ms", "16 ms")
        jumps = page.evaluate(JUMP, [20, 90, 40, 130])
        yield Row(name + "an epoch that the server must send", _ms(jumps), "200 ms", "100 ms")
        yield Row(name + "changed learning rate on screen", _ms(_changes(playground)), "300 ms", "150 ms")


def _sweeps(opened: Callable[..., Any]) -> Iterator[Row]:
    samples = SMALL | {"samples": 250, "share": 100}
    for name, settings in (("2-2-1, four people", {}), ("2-4-2-1, 250 samples", samples)):
        times = []
        for _ in range(RUNS):
            with opened(settings) as playground:
                page: Page = playground.page
                page.get_by_role("tab", name="Sweep").click()
                playground.choose("Second setting", "Seed")
                page.get_by_role("combobox", name="Values of seed").wait_for()
                page.evaluate("pause(1000)")
                times.append(page.evaluate(SWEEP))
        yield Row(f"{name}: 36 runs of 300 epochs", _ms(times), "3 s")


def _changes(playground: Playground) -> list[float]:
    times = []
    for i in range(CHANGES):
        playground.page.evaluate("pause(600)")
        rate = "0.1" if i % 2 else "0.3"
        playground.choose("Learning rate", rate, before=lambda: playground.page.evaluate(ARM))
        times.append(playground.page.evaluate("window.changed"))
    return times


def _soak(opened: Callable[..., Any]) -> Iterator[Row]:
    with opened(SMALL) as playground:
        page = playground.page
        devtools = page.context.new_cdp_session(page)

        def counted() -> dict[str, float]:
            devtools.send("HeapProfiler.collectGarbage")
            heap = devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6
            memory = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
            return {"heap": heap, "memory": memory} | devtools.send("Memory.getDOMCounters")

        page.evaluate(PLAY, [WARM_UP, 1000])
        before = counted()
        rate = page.evaluate(PLAY, [0, 60_000])
        after = counted()
        grown = {name: after[name] - before[name] for name in before}
        yield Row("60 s of playing: frames a second", f"{rate:.1f}", "45", "60")
        yield Row("60 s of playing: heap after garbage collection", f"{grown['heap']:+.1f} MB", "20 MB")
        yield Row("60 s of playing: performance.memory", f"{grown['memory']:+.1f} MB", "20 MB")
        yield Row("60 s of playing: listeners", f"{grown['jsEventListeners']:+.0f}", "+0")
        yield Row("60 s of playing: nodes", f"{grown['nodes']:+.0f}", "+0")


def _ms(times: list[float]) -> str:
    """Median, and the span of all."""
    return f"{median(times):.0f} ms ({min(times):.0f}-{max(times):.0f})"


def show(rows: list[Row]) -> None:
    print(f"{'':<50}{'measured':>24}{'target':>10}{'goal':>10}{'TF Playground':>20}")
    for row in rows:
        print(f"{row.name:<50}{row.measured:>24}{row.target:>10}{row.goal:>10}{row.tensorflow_playground:>20}")
