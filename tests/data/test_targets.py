"""Targets that the output neuron can reach."""

import pytest

from playground.data import TARGETS, targets, threshold


@pytest.mark.parametrize(("activation", "low", "middle"), [("sigmoid", 0, 0.5), ("tanh", -1, 0), ("linear", -1, 0)])
def test_labels_become_the_ends_of_what_the_output_reaches(activation, low, middle):
    assert targets([1, 0, 0], activation).tolist() == [[1.0], [low], [low]]
    assert threshold(activation) == middle


def test_no_rows_give_no_targets():
    assert targets([], "tanh").shape == (0, 1)


def test_an_output_activation_without_targets_is_refused_with_the_choices():
    assert list(TARGETS) == ["sigmoid", "tanh", "linear"]
    for function in (threshold, lambda name: targets([0], name)):
        with pytest.raises(ValueError, match="sigmoid, tanh, linear, not 'softmax'"):
            function("softmax")
