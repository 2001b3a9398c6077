"""Targets that the outputs can reach, and outputs read as classes again."""

import numpy as np
import pytest

from playground.data import TARGETS, TASKS, Table, decided, span, targets, task, threshold

TWO, THREE, NUMBERS = ("no", "yes"), ("a", "b", "c"), ()


def table(y, classes=TWO):
    return Table(("p", "q"), "t", classes, ("",) * len(y), np.zeros((len(y), 2)), np.array(y))


@pytest.mark.parametrize(("activation", "low", "middle"), [("sigmoid", 0, 0.5), ("tanh", -1, 0), ("linear", -1, 0)])
def test_two_labels_become_the_ends_of_what_one_output_reaches(activation, low, middle):
    assert targets(table([1, 0, 0]), activation).tolist() == [[1.0], [low], [low]]
    assert threshold(table([1]), activation) == middle


@pytest.mark.parametrize(("activation", "low"), [("softmax", 0), ("sigmoid", 0), ("tanh", -1), ("linear", -1)])
def test_of_several_classes_each_has_an_output(activation, low):
    assert targets(table([2, 0, 1], THREE), activation).tolist() == [[low, low, 1], [1, low, low], [low, 1, low]]


def test_numbers_are_their_own_targets_and_span_what_they_reach():
    numbers = table([2.5, -4.0, 0.0], NUMBERS)
    assert targets(numbers, "linear").tolist() == [[2.5], [-4.0], [0.0]]
    assert span(numbers, "linear") == (-4.0, 2.5) and threshold(numbers, "linear") == -0.75
    low, high = span(table([3.0, 3.0], NUMBERS), "linear")
    assert low < 3 < high


def test_no_rows_give_no_targets():
    assert targets(table([]), "tanh").shape == (0, 1)
    assert targets(table([], THREE), "softmax").shape == (0, 3)
    assert targets(table([], NUMBERS), "linear").shape == (0, 1)


@pytest.mark.parametrize(
    ("classes", "name"), [(TWO, "two classes"), (THREE, "several classes"), (NUMBERS, "regression")])
def test_the_classes_of_a_table_tell_its_task(classes, name):
    assert task(table([0, 1], classes)) == name and set(TASKS[name].outputs) <= set(TARGETS)
    assert table([0, 1], classes).outputs == (3 if classes == THREE else 1)


@pytest.mark.parametrize("name", ["softmax", "relu"])
def test_an_output_activation_that_does_not_fit_is_refused_with_the_choices(name):
    for function in (span, threshold, targets):
        with pytest.raises(ValueError, match=f"sigmoid, tanh, linear, not '{name}'"):
            function(table([0, 1]), name)


def test_an_output_above_the_threshold_is_the_second_class_and_the_largest_of_several_wins():
    outputs = np.array([[[0.4], [0.6], [0.5]]])
    assert decided(table([0]), "sigmoid", outputs).tolist() == [[0, 1, 0]]
    assert decided(table([0]), "tanh", outputs).tolist() == [[1, 1, 1]]
    assert decided(table([0], THREE), "softmax", np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]])).tolist() == [1, 0]
