"""Settings: what a sweep can try several values of, and how the page's controls say each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from playground.app.boxes import amount
from playground.app.controls import LAST_SEED, MOST_LAYERS, MOST_NEURONS, PENALTY_RATES, RATES
from playground.nn import ACTIVATIONS, INITIALIZERS, OPTIMIZERS

NO_LAYERS = "none"


class Setting(NamedTuple):
    """A setting whose values are texts: those it offers, those it starts with, and whether others can be typed.

    read(text) is the value, or a ValueError with a sentence; fields(value) are those of Config, and controls(text) the
    controls of the page, by key.
    """

    title: str
    options: tuple[str, ...]
    usual: tuple[str, ...]
    read: Callable[[str], Any]
    fields: Callable[[Any], dict[str, Any]]
    controls: Callable[[str], dict[str, Any]]
    typed: bool = True


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10 and low <= int(digits) <= high):
            raise ValueError(f"“{text}” cannot be used: type a whole number from {low} to {high}.")
        return int(digits)

    return read


def _layers(text: str) -> tuple[int, ...]:
    parts = [] if text.strip() == NO_LAYERS else text.strip().split("-")
    try:
        if len(parts) > MOST_LAYERS:
            raise ValueError
        return tuple(map(_whole(1, MOST_NEURONS), parts))
    except ValueError:
        raise ValueError(f"“{text}” cannot be used: type the neurons of up to {MOST_LAYERS} layers, each from 1 to "
                         f"{MOST_NEURONS}, such as 4-2.") from None


def _layer_controls(text: str) -> dict[str, Any]:
    hidden = _layers(text)
    return {"layers": len(hidden), **{f"n{i}": units for i, units in enumerate(hidden, 1)}}


def _named(title: str, names: Iterable[str], usual: tuple[str, ...], field: str, key: str) -> Setting:
    return Setting(title, tuple(names), usual, str, lambda name: {field: name}, lambda name: {key: name}, typed=False)


def _penalty(name: str, field: str) -> Setting:
    other = {"l1": "l2", "l2": "l1"}[field]
    return Setting(
        f"{name} rate", PENALTY_RATES, ("0", "0.001", "0.01", "0.1"), amount, lambda rate: {field: rate, other: 0.0},
        lambda text: {"penalty": name, "penalty_rate": text.strip()},
    )


SETTINGS: dict[str, Setting] = {
    "rate": Setting("Learning rate", RATES, ("0.01", "0.03", "0.1", "0.3", "1", "3"), amount,
                    lambda rate: {"learning_rate": rate}, lambda text: {"rate": text.strip()}),
    "seed": Setting("Seed", tuple(map(str, range(12))), ("0", "1", "2", "3", "4", "5"), _whole(0, LAST_SEED),
                    lambda seed: {"seed": seed}, lambda text: {"seed": int(text)}),
    "hidden": Setting("Hidden layers", (NO_LAYERS, "1", "2", "4", "8", "2-2", "4-2", "8-8", "4-4-4"),
                      ("1", "2", "4", "8", "4-2", "8-8"), _layers, lambda hidden: {"hidden": hidden}, _layer_controls),
    "activation": _named("Activation", ACTIVATIONS, ("sigmoid", "tanh", "relu", "sine"), "activation", "activation"),
    "start": _named("Start weights", INITIALIZERS, ("normal", "uniform", "xavier", "he"), "initializer", "start"),
    "optimizer": _named("Optimizer", OPTIMIZERS, ("sgd", "momentum", "rmsprop", "adam"), "optimizer", "optimizer"),
    "batch": Setting("Batch size", ("1", "2", "5", "10", "30", "100", "300", "1000"), ("1", "10", "30", "100"),
                     _whole(1, 1000), lambda size: {"batch_size": size}, lambda text: {"batch": int(text)}),
    "l1": _penalty("L1", "l1"),
    "l2": _penalty("L2", "l2"),
}
# A network has one of these at a time.
APART = {"l1": "l2", "l2": "l1"}
