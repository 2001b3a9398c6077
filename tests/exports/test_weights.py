"""Weights: read back, as JSON or by PyTorch, the network answers what it answers on the page."""

import json
import math
import sys
from types import ModuleType

import numpy as np
import pytest

from playground.exports.weights import MODULES, pytorch, weights
from playground.nn import OUTPUT_ACTIVATIONS, Config, predict
from tests.exports.runs import result_of

SOFTMAX = {"output_activation": "softmax", "loss": "cross_entropy"}


def test_the_document_holds_the_bits_of_every_weight_and_what_the_network_is_fed():
    config = Config((3, 2), "tanh", **SOFTMAX)
    recording, result = result_of(config, "iris", share=80, standardise=True, features=("x1", "x2_squared"))
    state, document = recording.state(result.epoch), json.loads(weights(result))
    assert document["title"] == "Iris" and document["epoch"] == 25 and document["sizes"] == [2, 3, 2, 3]
    for layer, W, b in zip(document["layers"], state.weights, state.biases, strict=True):
        assert np.array(layer["weights"]).tobytes() == W.tobytes()
        assert np.array(layer["biases"]).tobytes() == b.tobytes()
    assert document["loss"] == {"name": "cross_entropy", "train": state.train_loss, "test": state.test_loss}
    assert document["inputs"] == ["petal length", "petal width²"] and document["classes"] == list(result.table.classes)
    scaled = (result.table.X - document["mean"]) / document["deviation"]
    fed = np.column_stack([scaled[:, 0], scaled[:, 1] ** 2])
    assert fed[result.train].tobytes() == recording.dataset.X.tobytes()


def test_without_test_rows_the_test_loss_is_null():
    _, result = result_of()
    assert json.loads(weights(result))["loss"]["test"] is None


class Linear:
    """What PyTorch says of it: y = x Aᵀ + b, with A (out, in)."""

    def __init__(self, fan_in, fan_out):
        self.shapes = {"weight": (fan_out, fan_in), "bias": (fan_out,)}

    def load(self, values):
        assert {name: array.shape for name, array in values.items()} == self.shapes
        self.weight, self.bias = values["weight"], values["bias"]

    def __call__(self, x):
        return x @ self.weight.T + self.bias


class Sequential:
    def __init__(self, *modules):
        self.modules = modules

    def double(self):
        return self

    def load_state_dict(self, state):
        for i, module in enumerate(self.modules):
            own = {key.partition(".")[2]: state[key] for key in state if key.startswith(f"{i}.")}
            assert bool(own) == isinstance(module, Linear)
            if own:
                module.load(own)

    def __call__(self, x):
        for module in self.modules:
            x = module(x)
        return x


class Module:
    def __call__(self, z):
        return self.forward(z)


def softmax(dim):
    return lambda z: np.exp(z) / np.exp(z).sum(axis=dim, keepdims=True)


def gelu(approximate):
    assert approximate == "tanh"
    return lambda z: 0.5 * z * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))


@pytest.fixture
def torch(monkeypatch):
    """A stand-in that does what PyTorch's documentation says of the modules in use."""
    nn = ModuleType("torch.nn")
    vars(nn).update(
        Linear=Linear, Sequential=Sequential, Module=Module, Softmax=softmax, GELU=gelu,
        Sigmoid=lambda: lambda z: 1 / (1 + np.exp(-z)), Tanh=lambda: np.tanh, Identity=lambda: lambda z: z,
        ReLU=lambda: lambda z: np.where(z > 0, z, 0), LeakyReLU=lambda slope: lambda z: np.where(z > 0, z, slope * z),
        ELU=lambda: lambda z: np.where(z > 0, z, np.exp(z) - 1),
        Softplus=lambda threshold: lambda z: np.where(z > threshold, z, np.log1p(np.exp(z))),
    )
    torch = ModuleType("torch")
    vars(torch).update(nn=nn, float64=np.float64, sin=np.sin, tensor=lambda values, dtype: np.array(values, dtype))
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch.nn", nn)


@pytest.mark.parametrize("name", OUTPUT_ACTIVATIONS)
def test_the_pytorch_model_answers_what_the_network_does(name, torch):
    config = Config((4, 3), "tanh", **SOFTMAX) if name == "softmax" else Config((4, 3), name)
    recording, result = result_of(config, "blobs" if name == "softmax" else "moons", standardise=True)
    space = {}
    exec(pytorch(result), space)
    expected = predict(config, recording.state(result.epoch), result.recording.dataset.X)
    assert space["model"](result.recording.dataset.X) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_every_activation_has_a_pytorch_module():
    assert MODULES.keys() == OUTPUT_ACTIVATIONS.keys()
