"""Updates: what each optimizer does, in lines of a script; bit for bit what trains."""

from __future__ import annotations

from typing import NamedTuple


class Lines(NamedTuple):
    """`start` makes what it remembers; `step` moves `parameters`, given `gradient` and `learning_rate`.

    For an optimizer that is given η g (`Optimizer.takes_rate`), `step` finds that in `change`.
    """

    start: tuple[str, ...]
    step: tuple[str, ...]


_V = ("v = np.zeros_like(parameters)",)
_SCALED = ("parameters -= learning_rate * (gradient / (np.sqrt(v) + 1e-8))",)
_ADAM = Lines(
    ("m, v, t = np.zeros_like(parameters), np.zeros_like(parameters), 0",),
    (
        "t += 1",
        "m = 0.9 * m + (1 - 0.9) * gradient",
        "v = 0.999 * v + (1 - 0.999) * gradient ** 2",
        "v_hat = v * (1 / (1 - 0.999 ** t))             # corrected for the start at zero",
        "parameters -= learning_rate / (1 - 0.9 ** t) * (m / (np.sqrt(v_hat) + 1e-8))",
    ),
)

UPDATES: dict[str, Lines] = {
    "sgd": Lines((), ("parameters -= change",)),
    "momentum": Lines(_V, ("v = 0.9 * v + change", "parameters -= v")),
    "nesterov": Lines(_V, ("v = 0.9 * v + change", "parameters -= 0.9 * v + change")),
    "rmsprop": Lines(_V, ("v = 0.9 * v + (1 - 0.9) * gradient ** 2", *_SCALED)),
    "adagrad": Lines(_V, ("v = v + gradient ** 2", *_SCALED)),
    "adam": _ADAM,
    "adamw": Lines(_ADAM.start, (
        "for W in layers:",
        "    W[:-1] *= 1 - learning_rate * l2           # weights decay, biases do not",
        *_ADAM.step,
    )),
}
