"""Training speed of the core: epochs a second, with the train loss of each, and seconds for a sweep, on one core.

    OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.core
"""

from dataclasses import replace
from itertools import islice
from time import perf_counter
from typing import NamedTuple

import numpy as np

from playground.nn import Config, Dataset, Recording, Sweep, train

RUNS, SECONDS = 7, 0.15


class Measurement(NamedTuple):
    name: str
    epochs_per_second: float
    target: float | None
    tensorflow_playground: float | None   # its own code under Node, on the reference machine


PEOPLE = Dataset([[-2, -1], [25, 6], [17, 4], [-15, -6]], [1, 0, 0, 1])
RING_X = np.random.default_rng(0).uniform(-6, 6, (250, 2))
RING = Dataset(RING_X, np.where(np.hypot(*RING_X.T) < 3, 1.0, -1.0))
SMALL = Config((4, 2), "tanh", "tanh", "half_mse", learning_rate=0.03)
DEEP = replace(SMALL, hidden=(8,) * 6)

CASES = [
    ("2-2-1 sigmoid, 4 samples, batch 1", Config(), PEOPLE, None, 484_000.0),
    ("2-4-2-1 tanh, 250 samples, batch 1", replace(SMALL, batch_size=1), RING, None, 4_490.0),
    ("2-4-2-1 tanh, 250 samples, batch 10", replace(SMALL, batch_size=10), RING, 4_800.0, 4_800.0),
    ("2-4-2-1 tanh, 250 samples, batch 30", replace(SMALL, batch_size=30), RING, 8_330.0, 4_900.0),
    ("2-8-8-8-8-8-8-1 tanh, 250 samples, batch 10", replace(DEEP, batch_size=10), RING, 1_340.0, 516.0),
    ("2-8-8-8-8-8-8-1 tanh, 250 samples, batch 250", replace(DEEP, batch_size=250), RING, 9_990.0, 555.0),
]

# 36 runs of 300 epochs: six learning rates by six seeds.
SWEEPS = [CASES[0], CASES[2]]
SWEEP_TARGET = 3.0                        # seconds until it is on screen


def measure() -> list[Measurement]:
    """The best of a few short runs of each case, through `Recording.advance` and, for the default network, `train`."""
    measurements = [
        Measurement(name, max(_recorded(config, data) for _ in range(RUNS)), target, playground)
        for name, config, data, target, playground in CASES
    ]
    name, config, data, target, playground = CASES[2]
    iterated = max(_iterated(config, data) for _ in range(RUNS))
    return [*measurements, Measurement(f"{name}, by train()", iterated, target, playground)]


def _recorded(config: Config, data: Dataset) -> float:
    recording, start = Recording(config, data), perf_counter()
    return recording.advance(10**9, seconds=SECONDS) / (perf_counter() - start)


def _iterated(config: Config, data: Dataset) -> float:
    epochs, run, start = 500, train(config, data), perf_counter()
    for _state in islice(run, epochs):
        pass
    return epochs / (perf_counter() - start)


def _swept(config: Config, data: Dataset) -> float:
    """Seconds for a sweep."""
    configs = [replace(config, learning_rate=rate, seed=seed)
               for rate in (0.003, 0.01, 0.03, 0.1, 0.3, 1.0) for seed in range(6)]
    start = perf_counter()
    sweep = Sweep(configs, data)
    sweep.advance(300)
    sweep.outcomes()
    return perf_counter() - start


def main() -> None:
    print(f"{'epochs per second':<56}{'measured':>10}{'target':>10}{'TF Playground':>15}")
    for m in measure():
        target = f"{m.target:,.0f}" if m.target else "-"
        print(f"{m.name:<56}{m.epochs_per_second:>10,.0f}{target:>10}{m.tensorflow_playground or 0:>15,.0f}")
    print(f"{'seconds for 36 runs of 300 epochs':<56}{'measured':>10}{'target':>10}")
    for name, config, data, *_ in SWEEPS:
        print(f"{name:<56}{min(_swept(config, data) for _ in range(3)):>10.2f}{SWEEP_TARGET:>10.2f}")


if __name__ == "__main__":
    main()
