"""What counts as a number, a label, a name, and how a cell is repeated in a message."""

import math

import numpy as np
import pytest

from playground.data import cells

hypothesis = pytest.importorskip("hypothesis", reason="`bash tests/run` installs hypothesis, which this needs")
given, st = hypothesis.given, hypothesis.strategies


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", 25),
        (" 2.5\n", 2.5),
        ("2,5", 2.5),
        ("-3", -3),
        ("+3", 3),
        ("\N{MINUS SIGN}3,5", -3.5),
        ("\N{EN DASH}3", -3),
        (".5", 0.5),
        ("5,", 5),
        ("1e3", 1000),
        ("1,5E-1", 0.15),
        ("\N{NO-BREAK SPACE}7\N{THIN SPACE}", 7),
        ("1,000", 1),
        ("1.000", 1),
        ("1.000,5", 1000.5),
        ("1,000.5", 1000.5),
        ("1 000,5", 1000.5),
        ("1\N{NARROW NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}000.25", 1000000.25),
        ("1,000,000", 1000000),
        ("-1.000.000", -1000000),
        ("1e999", math.inf),
        (7, 7),
        (-2.5, -2.5),
        (10**400, math.inf),
        (-(10**400), -math.inf),
    ],
)
def test_a_number_may_be_written_the_way_people_write_it(text, value):
    assert cells.number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", ".", ",", "abc", "e5", "1e", "1.2.3", "1 2", "12 34", "1000 000", "--1", "1_000", "0x10", "1+1"),
        *("25 kg", "5²", "½", "nan", "inf", "=1+1", "__import__('os')"),
        *("1,00,000", "1,000,5", "1.000,000,5", True, None, [1], b"1", 1j),
    ],
)
def test_anything_else_is_not_a_number(text):
    assert cells.number(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_is_read_back_from_its_text_with_either_decimal_mark(value):
    assert cells.number(repr(value)) == value
    assert cells.number(repr(value).replace(".", ",")) == value


@pytest.mark.parametrize("value", [None, "", " \t\N{NO-BREAK SPACE}", math.nan, np.float64("nan"), np.str_(" ")])
def test_empty_cells_are_none(value):
    assert cells.plain(value) is None


def test_a_missing_value_of_pandas_is_empty_too():
    assert cells.plain(type("NAType", (), {})()) is None


@pytest.mark.parametrize(("value", "expected"), [(np.float32(0.5), 0.5), (np.int64(3), 3), (np.True_, True)])
def test_numpy_values_are_unwrapped(value, expected):
    plain = cells.plain(value)
    assert plain == expected and type(plain) is type(expected)


@pytest.mark.parametrize("value", [1, 1.0, "1", "1,0", " 1.0", True, "F", "f", " F "])
def test_a_label_is_an_index_or_a_class_name_in_any_case(value):
    assert cells.label(value, ("M", "F")) == 1


@pytest.mark.parametrize("value", [2, -1, 0.5, "2", "female", "", None, math.inf, [0], b"F"])
def test_anything_else_is_not_a_label(value):
    assert cells.label(value, ("M", "F")) is None


def test_there_may_be_more_than_two_classes():
    assert cells.label("two", ("zero", "one", "TWO")) == cells.label(2, ("zero", "one", "TWO")) == 2


def test_a_text_that_is_a_name_goes_before_the_index_it_may_be_too():
    assert [cells.label(text, ("1", "2", "3")) for text in ("0", "1", "2", "3", "3,0")] == [0, 0, 1, 2, None]
    assert cells.label(1, ("1", "0")) == 1
    assert cells.label("1", ("1", "1")) == 1, "not where the names do not tell classes apart"


@pytest.mark.parametrize(("classes", "expected"), [
    (("M", "F"), ["M", "F"]),
    (("2", "1"), ["2", "1"]),
    (("class 0", "class 1"), ["0", "1"]),
    (("class 0", "cat"), ["class 0", "cat"]),
    (("a", " A"), ["0", "1"]),
    (("a", " "), ["0", "1"]),
    ((), []),
])
def test_a_class_is_written_by_its_name_if_that_says_more_and_tells_it_from_the_others(classes, expected):
    assert cells.labels(classes) == expected


CLASSES = st.lists(st.sampled_from(["", " ", "a", "A", "0", "1", "1.0", "2", "class 0"]) | st.text(), min_size=2)


@given(CLASSES)
def test_what_is_written_for_a_class_is_read_as_that_class(classes):
    assert [cells.label(cells.plain(text), classes) for text in cells.labels(classes)] == [*range(len(classes))]


@pytest.mark.parametrize(("value", "expected"), [
    ("test", True), (" TEST\n", True), ("Train", False), (None, False), ("tests", None), ("1", None), (True, None),
    (0, None), ([], None),
])
def test_a_mark_is_train_or_test_in_any_case_and_nothing_is_train(value, expected):
    assert cells.mark(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Zoë", "Zoë"), (' <b>"', ' <b>"'), (None, ""), (3, "3"), ([1], "list"), ("a\ud800", "a?")],
)
def test_a_name_is_any_text(value, expected):
    assert cells.name(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("abc", "abc"),
        ("a\n\tb\x00\x1b[31m\u202ec", "a b [31m c"),
        ("<b>x</b>", "<b>x</b>"),
        ("y" * 10_000, "y" * 39 + "…"),
        ("\n" * 10_000 + "z", "z"),
        (1e308, "1e+308"),
        (True, "True"),
        (10**400, "int"),
        ({"a": 1}, "dict"),
    ],
)
def test_a_message_repeats_a_cell_in_one_short_printable_line(value, expected):
    assert cells.shown(value) == expected


@given(st.text())
def test_what_a_message_repeats_is_always_short_and_printable(text):
    assert len(cells.shown(text)) <= 40 and cells.shown(text).isprintable()
