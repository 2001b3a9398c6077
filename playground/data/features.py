"""Features: what the network is fed, as functions of the inputs of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Feature(NamedTuple):
    """A function of X (n, d) -> (n,), its label with {0} and {1} for the inputs' names, and what it is good for.

    `needs` is the number of inputs, d, that a table must have for it.
    """

    label: str
    description: str
    function: Callable[[Array], Array]
    needs: int = 2


def apply_features(names: Iterable[str], X: Array) -> Array:
    """X (n, 1) or (n, 2) -> (n, number of features), a column per chosen feature in the registry's order.

    ValueError if none is chosen, one is unknown, or one needs an input more than there are.
    """
    return np.column_stack([feature.function(X) for feature in _chosen(names, X.shape[1])])


def feature_labels(names: Iterable[str], inputs: tuple[str, ...]) -> tuple[str, ...]:
    """The label of each column of `apply_features`, such as "weight²"; the same errors."""
    return tuple(feature.label.format(*inputs) for feature in _chosen(names, len(inputs)))


def _chosen(names: Iterable[str], inputs: int) -> list[Feature]:
    wanted = set(names)
    if not wanted:
        raise ValueError("Choose at least one feature: a network without inputs has nothing to learn from.")
    if unknown := sorted(wanted - FEATURES.keys()):
        raise ValueError(f"There is no feature {unknown[0]!r}: the features are {', '.join(FEATURES)}.")
    if lacking := [name for name in FEATURES if name in wanted and FEATURES[name].needs > inputs]:
        raise ValueError(f"The feature {lacking[0]!r} needs two inputs, but the table has one.")
    return [feature for name, feature in FEATURES.items() if name in wanted]


# Those of TensorFlow Playground (state.ts); none is scaled, and a sine takes its input as radians.
FEATURES: dict[str, Feature] = {
    "x1": Feature("{0}", "The first input as it is.", lambda X: X[:, 0], 1),
    "x2": Feature("{1}", "The second input as it is.", lambda X: X[:, 1]),
    "x1_squared": Feature("{0}²", "How far the first input is from zero, whichever side.", lambda X: X[:, 0] ** 2, 1),
    "x2_squared": Feature("{1}²", "How far the second input is from zero, whichever side.", lambda X: X[:, 1] ** 2),
    "x1_x2": Feature("{0} \N{MULTIPLICATION SIGN} {1}", "Whether both signs agree.", lambda X: X[:, 0] * X[:, 1]),
    "sin_x1": Feature("sin {0}", "Waves along the first input.", lambda X: np.sin(X[:, 0]), 1),
    "sin_x2": Feature("sin {1}", "Waves along the second input.", lambda X: np.sin(X[:, 1])),
}
