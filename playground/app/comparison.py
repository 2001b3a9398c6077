"""A comparison: runs side by side, in what they differ and how they did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from playground.app.description import DATA
from playground.app.pins import Pin
from playground.data import MEASURES

NONE = "\N{EN DASH}"


class Column(NamedTuple):
    """What stands under a title: a text for each run, and which of them are the best."""

    title: str
    texts: tuple[str, ...]
    best: tuple[bool, ...] = ()


def differences(runs: Sequence[Pin]) -> list[Column]:
    """The settings that differ; what differs though it is called the same gets a number."""
    found = [{setting.title: setting for setting in run.settings} for run in runs]
    columns = []
    for title in dict.fromkeys(title for settings in found for title in settings):
        values = [settings.get(title) for settings in found]
        kinds: dict[str, list[str]] = {}                                # the marks of each text
        for value in filter(None, values):
            if value.mark not in kinds.setdefault(value.text, []):
                kinds[value.text].append(value.mark)
        if sum(map(len, kinds.values())) > 1:
            columns.append(Column(title, tuple(
                value.text + _number(kinds[value.text].index(value.mark)) if value else NONE for value in values)))
    return columns


def results(runs: Sequence[Pin]) -> list[Column]:
    """Epochs, losses and measures; the best is marked where all runs have the same points, and losses are the same."""
    same_data = len({_points(run) for run in runs}) == 1
    same_loss = same_data and len({run.loss for run in runs}) == 1
    columns = [Column("Epoch", tuple(str(run.epoch) for run in runs), (False,) * len(runs))]
    for of in ("train", "test"):
        losses = [run.train if of == "train" else run.test for run in runs]
        columns += _column(f"{of.title()} loss", losses, written, min if same_loss else None)
    for of in ("train", "test"):
        for name, measure in MEASURES.items():
            values = [dict(run.measures).get(f"{of}-{name}") for run in runs]
            text, best = f"{{:.{measure.digits}f}}{measure.unit}".format, min if measure.low else max
            columns += _column(f"{of.title()} {measure.label}", values, text, best if same_data else None)
    return columns


def written(loss: float) -> str:
    """A loss as the player writes it."""
    if loss == int(loss) and abs(loss) < 1e9:
        return str(int(loss))
    if 1e-3 <= abs(loss) < 1e6:
        return f"{loss:.6f}"
    digits, exponent = f"{loss:.3e}".split("e")
    return f"{digits}e{int(exponent):+d}"


def _column(
    title: str, values: Sequence[float | None], text: Callable[[float], str],
    best: Callable[[list[float]], float] | None,
) -> Iterator[Column]:
    """Nothing where no run has a value. Where all are the same, none is the best."""
    there = [value for value in values if value is not None]
    if not there:
        return
    marked = text(best(there)) if best and len(set(map(text, there))) > 1 else None
    texts = tuple(NONE if value is None else text(value) for value in values)
    yield Column(title, texts, tuple(each == marked for each in texts))


def _number(kind: int) -> str:
    return f" ({kind + 1})" if kind else ""


def _points(run: Pin) -> tuple[object, ...]:
    """What decides which points a run was trained and tested on."""
    return tuple(setting for setting in run.settings if setting.title in DATA)
