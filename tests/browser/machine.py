"""A machine to test on: the page served on a free port, and a Chromium to open it with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Server(NamedTuple):
    """A running page: its address, the file that its output goes to, and what runs it."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]


@contextmanager
def serve(log: Path, port: int | None = None) -> Iterator[Server]:
    """The page as `streamlit run` serves it, from when it answers until the end of the block; on some free port."""
    if port is None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}",
               "--server.address=127.0.0.1", "--server.headless=true", "--server.fileWatcherType=none"]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        server = Server(f"http://127.0.0.1:{port}", log, process)
        _await(server)
        yield server
    finally:
        process.terminate()
        process.wait()


def _await(server: Server) -> None:
    deadline = monotonic() + 60
    while True:
        try:
            with urlopen(f"{server.url}/_stcore/health", timeout=5):
                return
        except (URLError, OSError):
            if server.process.poll() is not None or monotonic() > deadline:
                raise RuntimeError(f"The page was not served:\n{server.log.read_text()}") from None


def browser_path(playwright: Playwright) -> str | None:
    """PLAYGROUND_BROWSER, else a Chromium on the PATH, else Playwright's own; None where there is none."""
    candidates = [os.environ.get("PLAYGROUND_BROWSER"), *map(shutil.which, NAMES), playwright.chromium.executable_path]
    return next((path for path in candidates if path and Path(path).exists()), None)


def launch(playwright: Playwright, path: str | None = None, *flags: str) -> Browser:
    return playwright.chromium.launch(executable_path=path or browser_path(playwright), args=[*FLAGS, *flags])
