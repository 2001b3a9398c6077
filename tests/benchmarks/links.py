"""Links that were changed at random, opened as whole pages: none may show a traceback or take long.

    python -m tests.benchmarks.links [--pages 10000] [--seed 0]
"""

from __future__ import annotations

import argparse
import random
import resource
from collections import Counter
from time import perf_counter
from typing import Any

from tests.app.mutants import link
from tests.app.test_page import opened


def measure(pages: int, seed: int) -> tuple[Counter[str], float]:
    """How many pages said something and how many faults there were, each printed with its link; the longest seconds."""
    rng, found, longest = random.Random(seed), Counter[str](), 0.0
    for _ in range(pages):
        parameters, started = link(rng), perf_counter()
        try:
            page: Any = opened(**parameters)
            assert page.session_state.session.message()
            found["with a sentence" if [*page.warning, *page.error] else "as usual"] += 1
        except Exception as error:                                      # whatever it is, it is what is looked for
            found["faults"] += 1
            print(repr(error)[:300], repr(parameters)[:3000])
        longest = max(longest, perf_counter() - started)
    return found, longest


def main() -> None:
    ask: Any = argparse.ArgumentParser(prog="python -m tests.benchmarks.links", description=__doc__)
    ask.add_argument("--pages", type=int, default=10_000)
    ask.add_argument("--seed", type=int, default=0)
    arguments = ask.parse_args()
    found, longest = measure(arguments.pages, arguments.seed)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{dict(found)}; the longest took {longest:.1f} s; {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
