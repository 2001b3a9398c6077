"""A class whose server is killed and started again: the seconds until every page is back where it was.

    python -m tests.benchmarks.restart [--viewers 10] [--down 5] [--paused]

Counted from when the new server answers. A page that played is back when it shows an epoch that it had not got, a
paused one when it shows its epoch again. Its rows, its weight and its losses must be those from before.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, sleep, time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import DESKTOP
from tests.browser.machine import Server, launch, serve
from tests.browser.playground import Playground
from tests.browser.test_link import address, draw, kept, set_weight

EPOCH, PATIENCE = 10, 120                                               # of the hand-set weight; seconds for all pages

# When a page connects, hears from the server and shows an epoch, in milliseconds since 1970.
NOTE_SOCKETS = """
window.noted = { open: [], heard: [], shown: [] };
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('open', () => noted.open.push(Date.now()));
    this.addEventListener('message', () => noted.heard.push(Date.now()));
  }
};
"""
NOTE_EPOCHS = """() => {
  const readout = document.querySelector('[data-testid=epoch]');
  const note = () => noted.shown.push([Date.now(), Number(readout.textContent)]);
  note();
  new MutationObserver(note).observe(readout, { childList: true, characterData: true, subtree: true });
}"""
SINCE = """([start, held, playing]) => {
  const open = noted.open.find((at) => at >= start);
  const back = noted.shown.find(([at, epoch]) => at >= open && (playing ? epoch > held : epoch === held));
  return open && back ? [open - start, back[0] - start] : null;
}"""


class Back(NamedTuple):
    """Seconds after the server answered until a page was connected, and until it was back."""

    connected: float
    back: float


class Round(NamedTuple):
    """Of a server that came back: how each page did, and the processor's seconds until the last was back."""

    pages: list[Back]
    server: float
    machine: float


def measure(viewers: int, down: float, playing: bool) -> Round:
    """Kills the server under a class and starts it again; AssertionError where a page has lost something."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with serve(Path(folder) / "first.txt") as server:
            pages = [_begin(browser, server, seed) for seed in range(viewers)]
            before = [_state(page) for page in pages]
            for page in pages:
                if playing:
                    page.press("Play")
                    page.beyond(EPOCH + 20)
                else:
                    page.run_to(EPOCH + 20)
            server.process.kill()
            server.process.wait()
            killed = monotonic()
        for page in pages:
            page.stalled()
        held = [page.epoch for page in pages]
        sleep(max(down - (monotonic() - killed), 0))
        with serve(Path(folder) / "second.txt", urlsplit(server.url).port) as server:
            start, busy = 1000 * time(), _busy()
            found = [page.page.wait_for_function(SINCE, arg=[start, epoch, playing], timeout=1000 * PATIENCE)
                     .json_value() for page, epoch in zip(pages, held, strict=True)]
            used, machine = seconds(server.process.pid), _busy() - busy
            for page in pages:
                if playing:
                    page.press("Pause")
                page.paused()
            assert [_state(page) for page in pages] == before
            assert "Traceback" not in server.log.read_text(), server.log.read_text()
            browser.close()
    return Round([Back(*(at / 1000 for at in times)) for times in found], used, machine)


def _begin(browser: Browser, server: Server, seed: int) -> Playground:
    """A page of its own with a drawn row and a weight set by hand."""
    context = browser.new_context(**DESKTOP | {"reduced_motion": "no-preference"})
    context.add_init_script(NOTE_SOCKETS)
    page = Playground(context.new_page(), server.url).open(seed=seed)
    draw(page, "Draw F")
    page.expect(page.page.get_by_text("5 rows")).to_be_visible()
    page.run_to(EPOCH)
    set_weight(page, 0.5 + seed)
    kept(page, EPOCH)
    page.page.evaluate(NOTE_EPOCHS)
    return page


def _state(page: Playground) -> tuple[object, ...]:
    """All that must be the same: rows, weights and course to the last bit, as the link has them, and losses."""
    page.run_to(EPOCH + 1)
    kept(page, EPOCH + 1)
    page.expect(page.page.get_by_text("5 rows")).to_be_visible()
    return address(page)["state"], page.losses


def seconds(process: int) -> float:
    """The processor's seconds that a process has used."""
    times = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")


def _busy() -> float:
    """The processor's seconds that the whole machine has used, all cores together."""
    user, nice, system, *_ = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def show(found: Round) -> None:
    print(f"{'page':<8}{'connected':>12}{'back':>8}   seconds after the server answered")
    for number, page in enumerate(found.pages):
        print(f"{number:<8}{page.connected:>12.1f}{page.back:>8.1f}")
    times = [page.back for page in found.pages]
    print(f"median {median(times):.1f} s, last {max(times):.1f} s; the server used {found.server:.1f} s of processor, "
          f"{found.server / len(times):.2f} s a page, of {found.machine:.1f} s that the machine used")


def main() -> None:
    ask: Any = argparse.ArgumentParser(prog="python -m tests.benchmarks.restart", description=__doc__)
    ask.add_argument("--viewers", type=int, default=10)
    ask.add_argument("--down", type=float, default=5, help="seconds without a server, at least")
    ask.add_argument("--paused", action="store_true", help="the pages rest on an epoch instead of playing")
    arguments = ask.parse_args()
    show(measure(arguments.viewers, arguments.down, not arguments.paused))


if __name__ == "__main__":
    main()
