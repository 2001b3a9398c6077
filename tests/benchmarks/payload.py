"""What a chunk costs: its bytes on the wire, and the server's milliseconds."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import NamedTuple

from playground.app.experiment import Experiment
from playground.app.player.request import read_request
from playground.app.session import Session
from playground.data import DATASETS
from playground.nn import Config

FRAMES, CHUNKS = 36, 7
SMALL = Config((4, 2), "tanh", "tanh", "half_mse", learning_rate=0.03, batch_size=10)
DEEP = Config((8,) * 6, "tanh", "tanh", "half_mse", learning_rate=0.03, batch_size=10)
NETWORKS = {"2-4-2-1": SMALL, "2-8-8-8-8-8-8-1": DEEP}


class Payload(NamedTuple):
    """Bytes and milliseconds of one chunk of FRAMES epochs; `message` is everything the server does for it."""

    network: str
    bytes: int
    message: float
    train: float
    evaluate: float


def measure() -> list[Payload]:
    return [_measured(name, config) for name, config in NETWORKS.items()]


def _measured(name: str, config: Config) -> Payload:
    preset = DATASETS["circle"]
    experiment = Experiment(config, preset.make(500, 0, 0), preset.domain, 50, 0, ("x1", "x2"), False)
    session = Session(experiment, "light")
    session.message()
    sizes, times = [], []
    for chunk in range(CHUNKS):
        first = 1 + chunk * FRAMES
        request = read_request({"id": chunk + 1, "scene": session.scene.id, "run": session.run, "at": first,
                                "playing": True, "want": [[first, FRAMES, 1]]})
        assert request
        session.hear(request)
        start = perf_counter()
        sizes.append(len(session.message()))
        times.append(perf_counter() - start)

    recording, trained, evaluated = experiment.record(), [], []
    for chunk in range(CHUNKS):
        start = perf_counter()
        frames = recording.frames(range(1 + chunk * FRAMES, 1 + (chunk + 1) * FRAMES))
        trained.append(perf_counter() - start)
        start = perf_counter()
        session.scene.frames(frames)
        evaluated.append(perf_counter() - start)
    return Payload(name, round(median(sizes)), *(1000 * median(spans) for spans in (times, trained, evaluated)))


def main() -> None:
    print(f"{f'a chunk of {FRAMES} epochs':<30}{'kB':>8}{'B a frame':>12}{'server ms':>12}{'train':>8}{'evaluate':>10}"
          f"{'at most':>10}")
    for p in measure():
        print(f"{p.network:<30}{p.bytes / 1000:>8.0f}{p.bytes / FRAMES:>12.0f}{p.message:>12.1f}{p.train:>8.1f}"
              f"{p.evaluate:>10.1f}{'100 ms':>10}")


if __name__ == "__main__":
    main()
