"""A description: what decided a run up to an epoch, in the words of the page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from playground.app.boxes import title
from playground.app.controls import MARKED, PENALTIES
from playground.app.experiment import Experiment
from playground.app.history import Draft
from playground.app.settings import NO_LAYERS
from playground.data import FEATURES
from playground.nn import Config, Course

DATA = ("Data set", "Points", "Noise", "Draw", "Share for training")    # what decides which points there are
MOST = 3                                                                # values of a setting in its text


class Setting(NamedTuple):
    """A setting by its title, and its value as a text; values of one text that differ have different `mark`s."""

    title: str
    text: str
    mark: str = ""


def described(
    experiment: Experiment, draft: Draft, noise: str, course: Course, drawn: tuple[float, ...], epoch: int,
) -> tuple[Setting, ...]:
    """Every setting that means something here; `noise` is that of the data set, in percent."""
    config, share = experiment.config, experiment.train_share

    def over(text: Callable[[Config], str]) -> str:
        """A setting that can change half way."""
        steps = [(first, text(each)) for first, each in course.configs.items() if first < epoch or first == 0]
        kept = [step for before, step in zip([(0, ""), *steps], steps, strict=False) if before[1] != step[1]]
        texts = [value if first == 0 else f"{value} from epoch {first}" for first, value in kept]
        return ", ".join([*texts[: MOST - 1], "…", texts[-1]] if len(texts) > MOST else texts)

    given = {at: tuple(row.tolist()) for at, row in course.given.items() if at <= epoch}
    given = {at: row for at, row in given.items() if at or row != drawn}
    by_hand = [f"epoch {at}" if at else "start weights" for at in given]
    frozen = [each.frozen for first, each in course.configs.items() if each.frozen and (first < epoch or first == 0)]
    own = draft.own or draft.edited
    return (
        Setting("Data set", f"{draft.title}{', edited' if draft.edited else ''}", _mark(draft.texts) if own else ""),
        Setting("Points", str(len(experiment.table))),
        Setting("Noise", f"{noise} %"),
        Setting("Draw", str(experiment.split_seed)),
        Setting("Share for training", MARKED if share is None else f"{share} %"),
        Setting("Inputs", ", ".join(FEATURES[name].label.format("x₁", "x₂") for name in FEATURES
                                    if name in experiment.features)),
        Setting("Standardise inputs", _switched(experiment.standardise)),
        Setting("Hidden layers", "-".join(map(str, config.hidden)) or NO_LAYERS),
        *([Setting("Activation", title(config.activation))] if config.hidden else []),
        Setting("Output activation", title(config.output_activation)),
        Setting("Start weights", title(config.initializer)),
        Setting("Seed", str(config.seed)),
        Setting("Learning rate", over(lambda each: f"{each.learning_rate:g}")),
        Setting("Optimizer", over(lambda each: title(each.optimizer))),
        Setting("Batch size", over(lambda each: str(each.batch_size))),
        Setting("Loss", title(config.loss)),
        Setting("Penalty on weights", over(_penalty)),
        Setting("Shuffle every epoch", over(lambda each: _switched(each.shuffle))),
        Setting("Frozen", over(lambda each: f"{len(each.frozen)} of {len(drawn)}" if each.frozen else "none"),
                _mark([*dict.fromkeys(frozen)])),
        Setting("Set by hand", ", ".join(by_hand[:MOST] + ["…"] * (len(by_hand) > MOST)) or "none", _mark(given)),
    )


def _penalty(config: Config) -> str:
    rates = {name: getattr(config, field) for name, field in PENALTIES.items() if field}
    return next((f"{name} {rate:g}" for name, rate in rates.items() if rate), "none")


def _switched(on: bool) -> str:
    return "on" if on else "off"


def _mark(value: object) -> str:
    return hashlib.sha1(repr(value).encode(), usedforsecurity=False).hexdigest()[:8]
