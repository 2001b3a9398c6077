"""The flat vector, its layers, and where it starts."""

from itertools import pairwise

import numpy as np
import pytest

from playground.nn import INITIALIZERS, Config, Dataset, flatten, layer_sizes, parameter_count, train, unflatten

hypothesis = pytest.importorskip("hypothesis", reason="`bash tests/run` installs hypothesis, which this needs")
given, st = hypothesis.given, hypothesis.strategies

SIZES = st.lists(st.integers(1, 5), min_size=2, max_size=5)


def test_a_layer_is_its_weight_rows_and_then_its_biases():
    weights, biases = unflatten(np.arange(9.0), (2, 2, 1))
    assert [W.tolist() for W in weights] == [[[0, 1], [2, 3]], [[6], [7]]]
    assert [b.tolist() for b in biases] == [[4, 5], [8]]


@given(SIZES, st.lists(st.integers(1, 3), max_size=2))
def test_flatten_undoes_unflatten_for_any_number_of_networks(sizes, many):
    parameters = np.random.default_rng(0).normal(size=(*many, parameter_count(sizes)))
    weights, biases = unflatten(parameters, sizes)
    assert [W.shape for W in weights] == [(*many, a, b) for a, b in pairwise(sizes)]
    assert [b.shape for b in biases] == [(*many, b) for b in sizes[1:]]
    assert np.array_equal(flatten(weights, biases), parameters)


def test_layers_are_views_so_that_writing_to_one_writes_to_the_vector():
    parameters = np.zeros(9)
    weights, biases = unflatten(parameters, (2, 2, 1))
    weights[1][0, 0], biases[0][1] = 7, 8
    assert parameters.tolist() == [0, 0, 0, 0, 0, 8, 7, 0, 0]


def test_layer_sizes_run_from_inputs_to_outputs():
    assert layer_sizes(Config(hidden=(4, 2)), 2, 1) == (2, 4, 2, 1)
    assert layer_sizes(Config(hidden=()), 3, 2) == (3, 2)


def start(name, seed=0, n_inputs=60):
    data = Dataset(np.zeros((1, n_inputs)), np.zeros((1, 1)))
    return next(train(Config((90,), initializer=name, seed=seed), data))


@pytest.mark.parametrize(
    ("name", "mean", "spread", "bias"),
    [("normal", 0, 1, None), ("uniform", 0, 1 / np.sqrt(12), 0.1), ("xavier", 0, np.sqrt(2 / 150), 0),
     ("he", 0, np.sqrt(2 / 60), 0), ("zeros", 0, 0, 0)],
)
def test_initial_weights_have_the_spread_their_initializer_promises(name, mean, spread, bias):
    state = start(name)
    assert state.weights[0].mean() == pytest.approx(mean, abs=0.06)
    assert state.weights[0].std() == pytest.approx(spread, rel=0.05)
    if bias is None:
        assert state.biases[0].std() == pytest.approx(1, rel=0.2)
    else:
        assert (state.biases[0] == bias).all()


@pytest.mark.parametrize("name", [name for name in INITIALIZERS if name != "zeros"])
def test_the_seed_alone_decides_the_initial_weights(name):
    one, same, other = (flatten(s.weights, s.biases) for s in (start(name, 1), start(name, 1), start(name, 2)))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
