"""The weights: of the epoch, as a JSON document, and as a PyTorch model that answers the same."""

from __future__ import annotations

import json
import math
import textwrap

import numpy as np
from numpy.typing import NDArray

from playground.exports.literal import word
from playground.exports.result import Result
from playground.exports.script import heading


def weights(result: Result) -> str:
    """A JSON document: what the network is fed, its layers, first W (fan_in, fan_out) and b (fan_out,), and its losses.

    A loss that is no number, that of no test set, is null.
    """
    state, config = result.recording.state(result.epoch), result.config
    return json.dumps({
        "title": result.title,
        "epoch": state.epoch,
        "sizes": result.sizes,
        "activation": config.activation,
        "output_activation": config.output_activation,
        "columns": result.table.inputs,
        "mean": result.scaling.mean.tolist(),
        "deviation": result.scaling.deviation.tolist(),
        "inputs": result.inputs,
        "target": result.table.target,
        "classes": result.table.classes,
        "layers": [{"weights": W.tolist(), "biases": b.tolist()}
                   for W, b in zip(state.weights, state.biases, strict=True)],
        "loss": {"name": config.loss, "train": _number(state.train_loss), "test": _number(state.test_loss)},
    }, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def pytorch(result: Result) -> str:
    """A program that makes the network in PyTorch and loads its weights as a state_dict, in double precision."""
    state, config = result.recording.state(result.epoch), result.config
    modules, values = [], []
    names = [config.activation] * len(config.hidden) + [config.output_activation]
    for i, (W, b, name) in enumerate(zip(state.weights, state.biases, names, strict=True)):
        modules.append(f"    nn.Linear({W.shape[0]}, {W.shape[1]}),\n    {MODULES[name]},\n")
        values.append(f'    "{2 * i}.weight": {_tensor(W.T)},\n    "{2 * i}.bias": {_tensor(b)},\n')
    needed = [SINE] if "sine" in names else []
    fed = f"Inputs, a column each: {', '.join(map(word, result.inputs))}."
    if result.standardised:
        fed += (f" Of columns that are standardised first: minus {result.scaling.mean.tolist()}, "
                f"divided by {result.scaling.deviation.tolist()}.")
    about = "\n".join(textwrap.fill(text, 100, initial_indent="# ", subsequent_indent="# ")
                      for text in (heading(result), fed))
    model = f"model = nn.Sequential(\n{''.join(modules)}).double()\n"
    loaded = f"model.load_state_dict({{\n{''.join(values)}}})\n"
    return "\n\n".join([f"{about}\n\nimport torch\nfrom torch import nn\n", *needed, model + loaded])


SINE = '''\
class Sine(nn.Module):
    def forward(self, z):
        return torch.sin(z)

'''

MODULES: dict[str, str] = {
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU(0.01)",
    "elu": "nn.ELU()",
    "gelu": 'nn.GELU(approximate="tanh")',
    "softplus": "nn.Softplus(threshold=1000)",                          # above it, PyTorch would answer z
    "sine": "Sine()",
    "linear": "nn.Identity()",
    "softmax": "nn.Softmax(dim=1)",
}


def _tensor(values: NDArray[np.float64]) -> str:
    rows = [repr(row) for row in values.tolist()]
    text = ", ".join(rows) if values.ndim == 1 else "\n" + "".join(f"        {row},\n" for row in rows) + "    "
    return f"torch.tensor([{text}], dtype=torch.float64)"


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
