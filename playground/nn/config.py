"""What a run is: the network's shape and how it is trained, as plain values that compare, hash and print."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral, Real

from playground.nn.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS
from playground.nn.initializers import INITIALIZERS
from playground.nn.losses import LOSSES
from playground.nn.optimizers import OPTIMIZERS

# half way through a run
CHANGEABLE = frozenset({"learning_rate", "l1", "l2", "batch_size", "shuffle", "optimizer", "frozen"})


@dataclass(frozen=True)
class Config:
    """One network and its training; the defaults are the notebook's. Names are keys of the registries.

    `l1` and `l2` weigh the penalty l1·Σ|w| + ½·l2·Σw² over the weights (never the biases). `frozen` are indices into
    the flat parameter vector: what training leaves as it is, sorted, each once.
    Raises ValueError, in one sentence, for a value that cannot be trained with.
    """

    hidden: tuple[int, ...] = (2,)
    activation: str = "sigmoid"
    output_activation: str = "sigmoid"
    loss: str = "mse"
    optimizer: str = "sgd"
    learning_rate: float = 0.1
    batch_size: int = 1
    shuffle: bool = False
    initializer: str = "normal"
    l1: float = 0.0
    l2: float = 0.0
    seed: int = 0
    frozen: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        def settle(field: str, value: object) -> None:
            object.__setattr__(self, field, value)

        settle("hidden", _layers(self.hidden))
        for field, family in _FAMILIES.items():
            _known(field, getattr(self, field), family)
        for field in ("learning_rate", "l1", "l2"):
            settle(field, _amount(field, getattr(self, field)))
        settle("batch_size", _count("batch_size", self.batch_size, least=1))
        settle("seed", _count("seed", self.seed, least=0))
        settle("shuffle", bool(self.shuffle))
        settle("frozen", _indices(self.frozen))
        _matching(self.loss, self.output_activation)


_FAMILIES: dict[str, Iterable[str]] = {
    "activation": ACTIVATIONS,
    "output_activation": OUTPUT_ACTIVATIONS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "initializer": INITIALIZERS,
}


def _known(field: str, name: object, family: Iterable[str]) -> None:
    if name not in tuple(family):
        raise ValueError(f"{field} {name!r} is not known: choose one of {', '.join(family)}.")


def _count(field: str, value: object, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise ValueError(f"{field} must be a whole number of at least {least}, not {value!r}.")
    return int(value)


def _amount(field: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value) or value < 0:
        raise ValueError(f"{field} must be a finite number that is not negative, not {value!r}.")
    return float(value)


def _layers(hidden: object) -> tuple[int, ...]:
    if isinstance(hidden, str) or not isinstance(hidden, Iterable):
        raise ValueError(f"hidden must list the neurons of each hidden layer, such as (4, 2), not {hidden!r}.")
    return tuple(_count(f"hidden layer {i}", units, least=1) for i, units in enumerate(hidden, 1))


def _indices(frozen: object) -> tuple[int, ...]:
    if isinstance(frozen, str) or not isinstance(frozen, Iterable):
        raise ValueError(f"frozen must list indices of parameters, such as (0, 3), not {frozen!r}.")
    return tuple(sorted({_count("each index in frozen", index, least=0) for index in frozen}))


def _matching(loss: str, output_activation: str) -> None:
    needed = LOSSES[loss].output_activation
    if needed and output_activation != needed:
        raise ValueError(f"loss {loss!r} needs output_activation {needed!r}, not {output_activation!r}.")
    if output_activation == "softmax" and needed != "softmax":
        raise ValueError(f"output_activation 'softmax' needs loss 'cross_entropy', not {loss!r}.")
