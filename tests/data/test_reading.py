"""An edited table becomes a table, or one sentence that says what to do."""

import math

import numpy as np
import pytest

from playground.data import DATASETS, MAX_ROWS, Table, TableError, read_table

hypothesis = pytest.importorskip("hypothesis", reason="`bash tests/run` installs hypothesis, which this needs")
given, st = hypothesis.given, hypothesis.strategies

PEOPLE = DATASETS["people"].make(4, 0, 0)


def edited(column=None, row=None, value=None):
    columns = PEOPLE.columns()
    if column is not None:
        columns[column][row - 1] = value
    return columns


def refusal(columns, like=PEOPLE):
    with pytest.raises(TableError) as caught:
        read_table(columns, like=like)
    return caught.value


@pytest.mark.parametrize("key", DATASETS)
def test_what_the_editor_shows_is_read_back_as_the_same_table(key):
    table = DATASETS[key].make(200, 10, 0)
    assert read_table(table.columns(), like=table) == table


def test_numbers_and_classes_may_be_typed_as_text():
    columns = {
        "name": ["Al", None, math.nan, 4],
        "weight": ["-2,5", "\N{MINUS SIGN}1", " 3 ", "1.000,5"],
        "height": [np.float32(1), 2, "1e2", 0],
        "gender": ["F", "m", "0,0", True],
    }
    expected = [[-2.5, 1], [-1, 2], [3, 100], [1000.5, 0]]
    assert read_table(columns, like=PEOPLE) == Table(
        PEOPLE.inputs, "gender", ("M", "F"), ("Al", "", "", "4"), np.array(expected), np.array([1, 0, 0, 1])
    )


NOT_A_NUMBER = "is not a number. Type a number such as 25 or 2.5."
TOO_LARGE = "is too large. Type one from -1,000,000 to 1,000,000."


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("weight", "abc", f"Row 2, weight: “abc” {NOT_A_NUMBER}"),
        ("height", "1.2.3", f"Row 2, height: “1.2.3” {NOT_A_NUMBER}"),
        ("weight", True, f"Row 2, weight: “True” {NOT_A_NUMBER}"),
        ("weight", "nan", f"Row 2, weight: “nan” {NOT_A_NUMBER}"),
        ("weight", "<b>\n" * 5000, f"Row 2, weight: “{'<b> ' * 9}<b>…” {NOT_A_NUMBER}"),
        ("weight", None, "Row 2, weight: the cell is empty. Type a number such as 25 or 2.5."),
        ("weight", math.nan, "Row 2, weight: the cell is empty. Type a number such as 25 or 2.5."),
        ("weight", "  ", "Row 2, weight: the cell is empty. Type a number such as 25 or 2.5."),
        ("weight", math.inf, f"Row 2, weight: “inf” {TOO_LARGE}"),
        ("weight", 1e308, f"Row 2, weight: “1e+308” {TOO_LARGE}"),
        ("weight", "-1000001", f"Row 2, weight: “-1000001” {TOO_LARGE}"),
        ("weight", 10**400, f"Row 2, weight: “int” {TOO_LARGE}"),
        ("gender", 2, "Row 2, gender: “2” is not a class. Type M (0) or F (1)."),
        ("gender", "x", "Row 2, gender: “x” is not a class. Type M (0) or F (1)."),
        ("gender", None, "Row 2, gender: the cell is empty. Type M (0) or F (1)."),
    ],
)
def test_a_bad_cell_is_named_with_what_to_type_instead(column, value, sentence):
    error = refusal(edited(column, 2, value))
    assert str(error) == sentence
    assert [(problem.row, problem.column, problem.message) for problem in error.problems] == [(2, column, sentence)]
    assert len(error.problems[0].value) <= 40


def test_a_number_at_the_limit_is_read():
    assert read_table(edited("weight", 2, "-1,000,000"), like=PEOPLE).X[1, 0] == -1e6


def test_of_several_bad_cells_the_first_is_told_and_the_others_are_counted():
    columns = edited("weight", 3, "abc")
    columns["gender"][2] = 7
    assert str(refusal(columns)).endswith("2.5. (And 1 more cell.)")
    columns["height"][0] = columns["gender"][1] = None
    error = refusal(columns)
    assert str(error).startswith("Row 1, height") and str(error).endswith("(And 3 more cells.)")
    where = [(problem.row, problem.column) for problem in error.problems]
    assert where == [(1, "height"), (2, "gender"), (3, "weight"), (3, "gender")]


def test_blank_rows_are_ignored_but_counted_as_the_person_sees_them():
    columns = {column: [None, *values, None] for column, values in PEOPLE.columns().items()}
    columns["name"][0], columns["weight"][-1] = " ", math.nan
    assert read_table(columns, like=PEOPLE) == PEOPLE
    columns["weight"][2] = "abc"
    assert str(refusal(columns)).startswith("Row 3, weight")


def test_a_row_with_only_a_name_is_not_blank():
    columns = {column: [*values, None] for column, values in PEOPLE.columns().items()}
    columns["name"][-1] = "Emily"
    assert [problem.column for problem in refusal(columns).problems] == ["weight", "height", "gender"]


def marked(*texts):
    return {**PEOPLE.columns(), "set": list(texts)}


def test_rows_are_marked_for_testing_in_any_case_and_train_where_nothing_is_said():
    assert read_table(marked(" Test ", None, "TRAIN"), like=PEOPLE).test.tolist() == [True, False, False, False]
    assert read_table(marked("train", "train", "train", "train"), like=PEOPLE) == PEOPLE


@pytest.mark.parametrize(("texts", "sentence"), [
    (["test", "tset", "", ""], "Row 2, set: “tset” is not a set. Type train or test."),
    (["test", "", "", 1], "Row 4, set: “1” is not a set. Type train or test."),
    (["test"] * 4, "Every row has set test: leave at least one row to train on."),
    (["train", "test", "test", ""], "All rows with set train have gender F: a network needs two classes to learn what "
                                    "parts them."),
])
def test_marks_that_cannot_be_used_get_one_sentence(texts, sentence):
    assert str(refusal(marked(*texts))) == sentence


def test_numbers_need_no_more_than_one_row_to_train_on():
    columns = {"x1": [1, 2], "x2": [3, 4], "y": [1, 2], "set": ["test", ""]}
    assert read_table(columns, like=SLOPE).test.tolist() == [True, False]


def test_a_column_that_is_too_short_has_empty_cells():
    columns = edited()
    columns["height"].pop()
    assert str(refusal(columns)).startswith("Row 4, height: the cell is empty.")


FLOWERS = {"petal length": ["1,5", 4, 6], "petal width": [0.2, 1.5, 2], "species": ["0", "Versicolor", 2]}
SLOPE = DATASETS["slope"].make(4, 0, 0)


def test_several_classes_are_read_by_index_or_name():
    table = read_table(FLOWERS, like=DATASETS["iris"].make(4, 0, 0))
    assert table.y.tolist() == [0, 1, 2] and table.X[0].tolist() == [1.5, 0.2]


def test_of_several_classes_two_are_enough_and_one_is_not():
    iris = DATASETS["iris"].make(4, 0, 0)
    assert read_table({**FLOWERS, "species": [0, 0, 2]}, like=iris).y.tolist() == [0, 0, 2]
    with pytest.raises(TableError, match=r"^No row has species setosa .0. or virginica .2.: .* at least two cl"):
        read_table({**FLOWERS, "species": [1, 1, 1]}, like=iris)
    with pytest.raises(TableError, match=r"“rose” is not a class. Type setosa .0., versicolor .1. or virginica .2."):
        read_table({**FLOWERS, "species": [1, 0, "rose"]}, like=iris)


def test_numbers_to_be_predicted_are_read_as_such():
    table = read_table({"x1": [1, 2], "x2": [3, 4], "y": ["0,5", "-2"]}, like=SLOPE)
    assert table.classes == () and table.y.tolist() == [0.5, -2.0]
    with pytest.raises(TableError, match=r"^Row 2, y: “high” is not a number."):
        read_table({"x1": [1, 2], "x2": [3, 4], "y": [1, "high"]}, like=SLOPE)
    with pytest.raises(TableError, match="only one row: add at least one more"):
        read_table({"x1": [1], "x2": [3], "y": [1]}, like=SLOPE)
    with pytest.raises(TableError, match="empty: add at least one row with numbers"):
        read_table({"x1": [], "x2": [], "y": []}, like=SLOPE)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "The table is empty: add at least one row with gender M (0) and one with F (1)."),
        ([0], "The table has only one row: add at least one with gender M (0)."),
        ([1], "The table has only one row: add at least one with gender F (1)."),
        ([0, 3], "No row has gender M (0): a network needs both classes to learn what parts them."),
        ([1, 2], "No row has gender F (1): a network needs both classes to learn what parts them."),
        ([1] * (MAX_ROWS + 1), f"The table has more than {MAX_ROWS} rows: delete rows until {MAX_ROWS} are left."),
    ],
)
def test_a_table_that_cannot_be_learned_from_says_what_is_missing(rows, sentence):
    columns = {column: [values[row] for row in rows] for column, values in PEOPLE.columns().items()}
    error = refusal(columns)
    assert str(error) == sentence and error.problems[0].row is None


def test_as_many_rows_as_allowed_are_read():
    columns = {column: values * (MAX_ROWS // 4) for column, values in PEOPLE.columns().items()}
    assert len(read_table(columns, like=PEOPLE)) == MAX_ROWS


@pytest.mark.parametrize("columns", [{}, {"weight": [1]}, None, 5, [], {"weight": "1", "height": [2], "gender": [0]}])
def test_a_missing_column_is_named(columns):
    assert str(refusal(columns)).startswith("The column “") and refusal(columns).problems[0].column in PEOPLE.inputs


def test_a_column_longer_than_memory_is_refused_without_being_read():
    assert "more than" in str(refusal({**edited(), "weight": range(10**30)}))


def test_hostile_column_and_class_names_are_shortened_as_well():
    like = Table(("a\n" * 500, "b"), "c" * 500, ("d" * 500, "e"), (), np.empty((0, 2)), np.empty(0))
    sentence = str(refusal({like.inputs[0]: ["x"], "b": [1], like.target: [9]}, like))
    assert "\n" not in sentence and len(sentence) < 200


class Hostile:
    """Every way of looking at it raises."""

    def _raise(self, *_):
        raise RuntimeError("boo")

    __str__ = __repr__ = __eq__ = __hash__ = __bool__ = __len__ = __iter__ = __float__ = __int__ = __index__ = _raise


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**400, -(10**4000), "F", "m", "0", "1,0", "\ud800"]),
    st.floats(),
    st.text(),
    st.binary(),
    st.complex_numbers(),
    st.dates(),
    st.decimals(),
    st.builds(Hostile),
    st.builds(object),
    st.floats().map(np.float64),
    st.floats(width=32).map(np.float32),
    st.text().map(np.str_),
    st.just(np.array(1.0)),
    st.just(np.datetime64("2020-01-01")),
)
JUNK = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner))
COLUMN = st.lists(JUNK, max_size=4) | JUNK | st.lists(st.floats(), max_size=4).map(np.array)
CELLS = st.sampled_from([0, 1, 0.0, "1", "F", "M", "-2,5", 3])
ROWS = st.lists(st.tuples(JUNK, CELLS, CELLS, CELLS), max_size=5).map(
    lambda rows: dict(zip(["name", "weight", "height", "gender"], zip(*rows, strict=True), strict=False))
)


@given(st.one_of(JUNK, st.fixed_dictionaries(dict.fromkeys(["name", "weight", "height", "gender"], COLUMN)), ROWS))
def test_whatever_the_columns_hold_there_is_a_sound_table_or_a_sentence(columns):
    try:
        table = read_table(columns, like=PEOPLE)
    except TableError as error:
        assert str(error) and str(error).isprintable() and len(str(error)) < 300
        assert error.problems and all(len(problem.value) <= 40 for problem in error.problems)
    else:
        assert len(table) >= 2 and set(table.y) == {0, 1}
        assert np.abs(table.X).max() <= 1e6
        assert all(name.encode() is not None for name in table.names)
