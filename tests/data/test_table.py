"""A table is a value: checked, read-only, equal by content."""

import numpy as np
import pytest

from playground.data import DATASETS, Table


def table(**changes):
    fields = {
        "inputs": ("a", "b"),
        "target": "c",
        "classes": ("no", "yes"),
        "names": ("", ""),
        "X": np.array([[1.0, 2.0], [3.0, 4.0]]),
        "y": np.array([0, 1]),
    }
    return Table(**{**fields, **changes})


def test_the_editor_sees_the_inputs_and_the_label_of_unnamed_rows():
    assert list(table().columns().items()) == [("a", [1.0, 3.0]), ("b", [2.0, 4.0]), ("c", [0, 1])]


def test_the_name_column_comes_first_as_soon_as_one_row_is_named():
    columns = table(names=("", "Zoë")).columns()
    assert list(columns) == ["name", "a", "b", "c"]
    assert columns["name"] == ["", "Zoë"]


def test_the_people_are_those_of_the_notebook():
    people = DATASETS["people"].make(4, 0, 0)
    assert list(people.columns().items()) == [
        ("name", ["Alice", "Bob", "Charlie", "Diana"]),
        ("weight", [-2, 25, 17, -15]),
        ("height", [-1, 6, 4, -6]),
        ("gender", [1, 0, 0, 1]),
    ]
    assert people.classes[1] == "F"


def test_the_set_column_comes_last_as_soon_as_one_row_is_held_back():
    assert list(table(test=[False, False]).columns()) == ["a", "b", "c"]
    assert list(table(test=[False, True]).columns().items())[-1] == ("set", ["train", "test"])
    assert table() == table(test=[False, False]) and not table().test.any()


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": ("a", "z")},
        {"target": "z"},
        {"classes": ("no", "z")},
        {"names": ("z", "")},
        {"X": np.array([[1.0, 2.0], [3.0, 5.0]])},
        {"y": np.array([1, 1])},
        {"test": np.array([True, False])},
    ],
)
def test_tables_are_equal_exactly_if_every_part_is(change):
    assert table() == table()
    assert hash(table()) == hash(table())
    assert table() != table(**change)
    assert table() != "a table"


def test_a_table_cannot_be_changed_not_even_through_the_arrays_it_was_made_of():
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    made = table(X=X)
    X[0, 0] = 9
    assert made.X[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        made.X[0, 0] = 9


@pytest.mark.parametrize("change", [
    {"X": np.zeros((2, 3))}, {"X": np.zeros((3, 2))}, {"y": [0]}, {"names": ("",)}, {"test": [True]},
])
def test_parts_of_different_length_make_no_table(change):
    with pytest.raises(ValueError, match="needs X"):
        table(**change)


def test_a_table_that_leaves_nothing_to_train_on_is_none():
    with pytest.raises(ValueError, match="at least one to train on"):
        table(test=[True, True])


@pytest.mark.parametrize("change", [{"y": [0, 2]}, {"y": [-1, 0]}, {"classes": ("alone",)}])
def test_labels_without_a_class_make_no_table(change):
    with pytest.raises(ValueError, match="two classes or more"):
        table(**change)


def test_a_table_without_classes_has_numbers():
    numbers = table(classes=(), y=[0.25, -3])
    assert numbers.columns()["c"] == [0.25, -3.0] and numbers.outputs == 1
    assert table(classes=("a", "b", "c", "d")).outputs == 4


@pytest.mark.parametrize("change", [
    {"inputs": ("a", "a")}, {"target": "b"}, {"inputs": ("name", "b")}, {"target": "set"},
])
def test_columns_that_could_be_confused_make_no_table(change):
    with pytest.raises(ValueError, match="different names"):
        table(**change)
