"""Activations: derivatives, stability and the values everybody knows."""

import math

import numpy as np
import pytest

from playground.nn import ACTIVATIONS, OUTPUT_ACTIVATIONS

SMOOTH = {"sigmoid", "tanh", "gelu", "softplus", "sine", "linear"}          # also at 0
KNOWN = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: z if z > 0 else 0.0,
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.exp(z) - 1,
    "gelu": lambda z: 0.5 * z * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))),
    "softplus": lambda z: math.log(1 + math.exp(z)),
    "sine": math.sin,
    "linear": lambda z: z,
}


def values(name, z):
    return ACTIVATIONS[name].function(z, np.empty_like(z))


def derivatives(name, z):
    return ACTIVATIONS[name].derivative(z, values(name, z), np.empty_like(z))


@pytest.mark.parametrize("name", KNOWN)
def test_an_activation_follows_its_definition(name):
    z = np.linspace(-6, 6, 97)
    assert values(name, z) == pytest.approx([KNOWN[name](float(x)) for x in z], rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_derivative_is_the_slope_between_two_near_points(name):
    z = np.linspace(-6, 6, 201)
    if name not in SMOOTH:
        z = z[np.abs(z) > 1e-3]
    h = 1e-5
    slope = (values(name, z + h) - values(name, z - h)) / (2 * h)
    assert derivatives(name, z) == pytest.approx(slope, rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_large_inputs_stay_finite(name, dtype):
    z = np.array([-800, -30, -1, 0, 1, 30, 800], dtype)
    with np.errstate(over="ignore", under="ignore"):
        a = values(name, z)
        assert np.isfinite(a).all()
        assert a.dtype == dtype
        if dtype == np.float64:
            assert np.isfinite(derivatives(name, z)).all()


def test_sigmoid_keeps_its_digits_in_the_far_tail():
    assert values("sigmoid", np.array([-40.0]))[0] == pytest.approx(math.exp(-40), rel=1e-14)


def test_relu_does_not_learn_at_its_kink():
    assert derivatives("relu", np.array([-1.0, 0.0, 1.0])).tolist() == [0, 0, 1]


def test_softmax_gives_probabilities_however_large_its_inputs():
    z = np.array([[1000.0, 0.0], [999.0, 0.0], [-1000.0, 0.0]])        # (n_outputs, n)
    a = OUTPUT_ACTIVATIONS["softmax"](z, np.empty_like(z))
    assert a[:, 0] == pytest.approx([1 / (1 + math.exp(-1)), 1 / (1 + math.exp(1)), 0])
    assert a[:, 1] == pytest.approx([1 / 3] * 3)


def test_softmax_is_for_outputs_only():
    assert set(OUTPUT_ACTIVATIONS) - set(ACTIVATIONS) == {"softmax"}
