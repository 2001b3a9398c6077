"""All figures of DESIGN sections 4 and 5 as tables, with the machine and how busy it was.

    python -m tests.benchmarks [--soak]
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")                      # before NumPy is loaded

import argparse
import logging
import platform
from importlib.metadata import version
from pathlib import Path


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Speed of the core and the browser.")
    ask.add_argument("--soak", action="store_true", help="also play for a minute, and see what it leaves behind")
    arguments = ask.parse_args()
    logging.disable(logging.WARNING)                                    # Streamlit misses its server

    from tests.benchmarks import core, payload

    print(f"{_processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, "
          + ", ".join(f"{name} {version(name)}" for name in ("numpy", "streamlit", "plotly")))
    _load("before")
    print()
    core.main()
    print()
    payload.main()
    print()
    _load("before the browser")
    from tests.benchmarks import browser  # needs Playwright

    chromium, rows = browser.measure(arguments.soak)
    print(f"Chromium {chromium}, headless, 1440 x 900\n")
    browser.show(rows)
    print()
    _load("after")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _load(when: str) -> None:
    print(f"load average {when}: " + ", ".join(f"{load:.2f}" for load in os.getloadavg()))


if __name__ == "__main__":
    main()
