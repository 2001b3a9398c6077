"""A file becomes a table or one sentence; a table that was written comes back as its equal."""

import csv
import io
import time

import numpy as np
import pytest

from playground.data import (
    DATASETS,
    MAX_BYTES,
    MAX_ROWS,
    Roles,
    Table,
    TableError,
    guess,
    read_sheet,
    to_table,
    write_csv,
)

hypothesis = pytest.importorskip("hypothesis", reason="`bash tests/run` installs hypothesis, which this needs")
given, st = hypothesis.given, hypothesis.strategies

PEOPLE = DATASETS["people"].make(4, 0, 0)
ROWS = "Alice,-2,-1,F\nBob,25.5,6,M\n"
POINTS = np.array([[-2, -1], [25.5, 6]])
TWO = Table(("weight", "height"), "gender", ("F", "M"), ("Alice", "Bob"), POINTS, np.array([0, 1]))


def read(data, leave_out=False):
    sheet = read_sheet(data if isinstance(data, bytes) else data.encode())
    return to_table(sheet, guess(sheet), leave_out)


def refusal(data):
    with pytest.raises(TableError) as caught:
        read(data)
    return caught.value


HEADER = "name,weight,height,gender\n"
ZOE = HEADER + ROWS.replace("Alice", "Zoë")


@pytest.mark.parametrize(("data", "expected"), {
    "UTF-8": (ZOE.encode(), "Zoë"),
    "UTF-8 with a byte order mark": (ZOE.encode("utf-8-sig"), "Zoë"),
    "UTF-16": (ZOE.encode("utf-16"), "Zoë"),
    "UTF-16, the other order": (b"\xfe\xff" + ZOE.encode("utf-16-be"), "Zoë"),
    "Latin-1": (ZOE.encode("latin-1"), "Zoë"),
    "semicolons and decimal commas": (ZOE.replace(",", ";").replace(".", ",").encode("cp1252"), "Zoë"),
    "tabs": (ZOE.replace(",", "\t").encode(), "Zoë"),
    "tabs and decimal commas": (ZOE.replace(",", "\t").replace(".", ",").encode(), "Zoë"),
    "bars": (ZOE.replace(",", "|").encode(), "Zoë"),
    "blank rows and blank columns at the end": ("\n" + ZOE.replace("\n", ",,\n\n") + ",,,\n", "Zoë"),
    "old line ends": (ZOE.replace("\n", "\r").encode(), "Zoë"),
    "Windows' line ends": (ZOE.replace("\n", "\r\n").encode(), "Zoë"),
    "no line end after the last row": (ZOE.rstrip().encode(), "Zoë"),
}.values(), ids=str)
def test_a_usual_kind_of_file_is_read(data, expected):
    table = read(data)
    assert table == Table(TWO.inputs, TWO.target, TWO.classes, (expected, "Bob"), TWO.X, TWO.y)


def test_a_file_without_a_header_names_its_columns_by_their_place():
    table = read(ROWS)
    assert (table.inputs, table.target) == (("column 2", "column 3"), "column 4")
    np.testing.assert_array_equal(table.X, TWO.X)


def test_whether_there_is_a_header_can_be_said():
    sheet = read_sheet(b"1990,1991,kind\n1,2,a\n3,4,b", has_header=True)
    assert (sheet.header, list(sheet.rows)) == (("1990", "1991", "kind"), [2, 3])
    assert read_sheet(HEADER.encode(), has_header=False).rows == {1: ("name", "weight", "height", "gender")}


BINARY = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))


@pytest.mark.parametrize(("data", "sentence"), {
    "empty": (b"", "There are no rows:"),
    "blank": (b" \n\n\t\n", "There are no rows:"),
    "a header alone": (HEADER.encode(), "No row can be used"),
    "binary": (BINARY, "This is not a text file"),
    "binary without zeros": (bytes(range(1, 256)), "This is not a text file"),
    "a spreadsheet": (b"PK\x03\x04" + BINARY, "This is not a text file"),
    "a broken UTF-8 file": (b"\xef\xbb\xbfa,b\xff", "This is not a text file"),
    "a broken UTF-16 file": (b"\xff\xfea", "This is not a text file"),
    "2 MB and a byte": (b"1" * (MAX_BYTES + 1), "The table is larger than 2 MB"),
    "too many rows": (b"1,2,a\n" * (MAX_ROWS + 1), "The table has more than 5000 rows"),
    "too many columns": (b"1," * 101 + b"a", "Row 1 has more than 100 columns"),
    "one column": (b"1\n3\n", "A table needs a column of numbers and one to predict"),
    "prose": (b"It was the best of times.\nIt was the worst of times.", "A table needs a column of numbers"),
    "a quotation mark never closed": (b'1,2,"a' + b"x" * 200_000, "A cell is longer than 100,000 characters"),
    "one class": (b"1,2,a\n3,4,a\n", "Every row has column 3 a: a network needs two classes to part."),
    "one row": (b"1,2,a\n", "Only one row can be used: a network needs at least two to learn from."),
    "classes without end": (b"".join(b"1,2,a%d\n" % i for i in range(9)), "The target has 9 different values"),
}.values(), ids=str)
def test_what_cannot_be_read_is_answered_with_one_sentence(data, sentence):
    error = refusal(data)
    assert str(error).startswith(sentence)
    assert len(error.problems) == 1 and error.problems[0].row is None


def test_a_cell_that_cannot_be_used_is_told_by_row_and_column_and_its_row_can_be_left_out():
    data = HEADER + "Alice,-2,-1,F\nEve,heavy,,M\n\nIvy,1e9,2,F\nJo,1,2\nKim,1,2,M,3\n" + "Bob,25.5,6,M\n"
    error = refusal(data)
    assert [(problem.row, problem.column, problem.message) for problem in error.problems] == [
        (3, "weight", "Row 3, weight: “heavy” is not a number."),
        (3, "height", "Row 3, height: the cell is empty."),
        (5, "weight", "Row 5, weight: “1e9” is too large, 1,000,000 is the limit."),
        (6, "gender", "Row 6, gender: the cell is empty."),
        (7, None, "Row 7 has more than 4 cells."),
    ]
    assert read(data.encode(), leave_out=True) == TWO
    with pytest.raises(TableError, match="No row can be used"):
        read(HEADER + "Eve,heavy,tall,M\n", leave_out=True)


@pytest.mark.parametrize(("text", "roles"), {
    "what is written": (write_csv(PEOPLE), Roles(0, (1, 2), 3, True)),
    "classes as numbers": (b"a,b,label\n1.5,2,0\n3,4,1\n", Roles(None, (0, 1), 2, True)),
    "one input": (b"x;y\n1,5;2,25\n3,5;4,75\n", Roles(None, (0,), 1, False)),
    "one input and a class": (b"name,age,kind\nAl,1,x\nBo,2,y\n", Roles(0, (1,), 2, True)),
    "the class first": (b"kind,a,b\nx,1,2\ny,3,4\n", Roles(None, (1, 2), 0, True)),
    "the class number first": (b"label,a,b\n0,1.5,2.5\n1,3.5,4.5\n", Roles(None, (1, 2), 0, True)),
    "names by another name": (b"who,a,b,sex\nAl,1,2,M\nBo,3,4,F\nCy,5,6,M\n", Roles(0, (1, 2), 3, True)),
    "more numbers than two": (b"a,b,c,d,kind\n1,2,3,4,x\n5,6,7,8,y\n", Roles(None, (0, 1), 4, True)),
    "nothing but numbers": (b"a,b,c\n1.5,2.5,3.5\n4.5,5.5,6.5\n", Roles(None, (0, 1), 2, False)),
    "no numbers": (b"a,b,c\nx,y,z\n", Roles(None, (0, 1), 2, True)),
    "train and test": (b"a,part,b,c\n1,train,2,x\n3,TEST,4,y\n5,,6,z\n", Roles(None, (0, 2), 3, True, 1)),
    "train and test, mostly": (b"a,b,c,split\n1,2,x,train\n3,4,y,test\n5,6,y,?\n", Roles(None, (0, 1), 2, True, 3)),
    "train and test as classes": (b"a,b,kind,kind number\n1,2,train,0\n3,4,test,1\n", Roles(None, (0, 1), 2, True)),
    "nothing but train and test": (b"train,test,train\n", Roles(None, (0, 1), 2, True)),
}.values(), ids=str)
def test_the_roles_of_the_columns_are_guessed(text, roles):
    sheet = read_sheet(text)
    guessed = guess(sheet)
    assert guessed._replace(name=roles.name) == roles
    assert guessed.name == roles.name


def test_the_inputs_and_the_target_can_be_chosen():
    sheet = read_sheet(b"a,b,c,kind\n1,2,3,x\n4,5,6,y\n")
    table = to_table(sheet, Roles(None, (2, 0), 3, True))
    assert table.inputs == ("c", "a") and table.X.tolist() == [[3, 1], [6, 4]]
    with pytest.raises(TableError, match="A column is chosen twice"):
        to_table(sheet, Roles(None, (2, 2), 3, True))
    numbers = to_table(sheet, Roles(None, (0, 1), 2, False))
    assert numbers.classes == () and numbers.target == "c" and numbers.y.tolist() == [3.0, 6.0]


FOLDS = "a,b,kind,fold\n1,2,x,train\n3,4,y,\n5,6,x,{}\n"


def test_numbered_classes_may_be_no_more_than_others():
    rows = "".join(f",1,2,k{i},{i}\n" for i in range(9))
    sheet = read_sheet(f"name,a,b,kind,kind number\n{rows}".encode())
    with pytest.raises(TableError, match="The target has 9 different values"):
        to_table(sheet, Roles(0, (1, 2), 3, True))


def test_a_column_may_say_which_rows_test_and_need_not_be_used():
    assert read(FOLDS.format(" Test")).test.tolist() == [False, False, True]
    sheet = read_sheet(FOLDS.format("test").encode())
    assert not to_table(sheet, guess(sheet)._replace(test=None)).test.any()
    with pytest.raises(TableError, match="A column is chosen twice"):
        to_table(sheet, guess(sheet)._replace(test=2))


def test_what_is_neither_train_nor_test_is_told_and_its_row_can_be_left_out():
    data = FOLDS.format("later") + "7,8,y,train\n9,10,x,train\n"
    error = refusal(data)
    assert [(p.row, p.column, p.message) for p in error.problems] == [
        (4, "fold", "Row 4, fold: “later” is neither train nor test.")]
    assert len(read(data, leave_out=True)) == 4


@pytest.mark.parametrize(("data", "sentence"), [
    ("a,b,c,set\n1,2,x,test\n3,4,y,test\n", "Every row has set test"),
    ("a,b,c,set\n1,2,x,test\n3,4,y,train\n5,6,y,train\n", "All rows with set train have c y"),
])
def test_a_file_that_leaves_too_little_to_train_on_gets_one_sentence(data, sentence):
    assert str(refusal(data)).startswith(sentence)


def test_a_column_of_ones_own_that_is_called_set_gets_another_name():
    assert read("set,b,kind\n1,2,x\n3,4,y\n").inputs == ("set 2", "b")


@pytest.mark.parametrize(("cells", "classes", "y"), [
    (["b", "a", "b "], ("b", "a"), [0, 1, 0]),                          # by first appearance
    (["1", "0", "1.0"], ("class 0", "class 1"), [1, 0, 1]),
    (["7", "3", "7,0"], ("3", "7"), [1, 0, 1]),                         # in ascending order
    (["10", "9", "10"], ("9", "10"), [1, 0, 1]),
    (["1", "yes", "1"], ("1", "yes"), [0, 1, 0]),
])
def test_classes_are_named_by_their_text(cells, classes, y):
    table = to_table(read_sheet("a;b;c\n1;2;{}\n1;2;{}\n1;2;{}".format(*cells).encode()), Roles(None, (0, 1), 2, True))
    assert (table.classes, table.y.tolist()) == (classes, y)


def test_columns_of_one_name_are_told_apart():
    table = to_table(read_sheet(b"x,x,x,\n1,2,a,4\n3,4,b,5\n"), Roles(None, (0, 1), 2, True))
    assert (table.inputs, table.target) == (("x", "x 2"), "x 2 2")
    assert to_table(read_sheet(b"x,x,x,\n1,2,a,4\n3,4,b,5\n"), Roles(None, (0, 3), 2, True)).inputs == ("x", "column 4")


NASTY = [
    "=1+1", "'=1+1", "''@x", "-5", "+", "@a", "\tx", "\rx", "'", "'a", "<b>x</b>", 'say "hi"', "a,b", "a;b;c;d", "a|b",
    "", "line\nbreak", "\r\n", " blank ", "  ", "1;2;3;4;5", "1\t2\t3\t4", "\N{PILE OF POO}", "\ufeff", "\0\x1a",
    "0", "1", "name", "Name", "class 0", "x number", "01", "1.0", "test", "Train", "Set",
]
texts = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]))
titles = (st.sampled_from([*NASTY, "''", "' ", " ", "\n"]) | texts).filter(lambda text: text not in ("name", "set"))
numbers = st.floats(-1e6, 1e6) | st.sampled_from([0.1 + 0.2, -0.0, 1e-300, 5e-324, -1e6, 123456.789])


@st.composite
def tables(draw):
    titled = draw(st.lists(titles, min_size=3, max_size=3, unique=True))
    if changed := draw(st.sampled_from([0, 0, 0, 1, 2])):
        titled[changed] = titled[changed - 1] + " number"
    hypothesis.assume(len({*titled}) == 3)
    named = st.lists(texts, min_size=2, max_size=6).map(tuple)
    classes = draw(st.just(("class 0", "class 1")) | st.just(()) | named)
    y = draw(st.lists(numbers, min_size=2, max_size=8)) if not classes else [
        *draw(st.permutations(range(len(classes))))[: draw(st.integers(2, len(classes)))],
        *draw(st.lists(st.integers(0, len(classes) - 1), max_size=6))]
    names = draw(st.lists(texts, min_size=len(y), max_size=len(y)))
    X = draw(st.lists(st.tuples(numbers, numbers), min_size=len(y), max_size=len(y)))
    marks = draw(st.just(()) | st.lists(st.booleans(), min_size=len(y), max_size=len(y)))
    left = {label for label, mark in zip(y, marks, strict=True) if not mark} if marks else {*y}
    hypothesis.assume(left and not (classes and len(left) == 1))
    return Table((titled[0], titled[1]), titled[2], classes, tuple(names), np.array(X), np.array(y), np.array(marks))


@hypothesis.settings(max_examples=400)
@given(tables())
def test_every_table_comes_back_from_its_file_as_its_equal_and_no_cell_is_a_formula(table):
    data = write_csv(table)
    assert read(data) == table
    assert write_csv(read(data)) == data
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert cell[:1] not in ("=", "+", "@", "\t", "\r")
            assert cell[:1] != "-" or float(cell) <= 0


def test_a_class_without_rows_is_a_row_that_says_no_more_and_a_column_without_a_name_an_apostrophe():
    table = Table(("", " "), "kind", ("cat", "dog", "cow"), ("Al", "Bo"), POINTS, np.array([2, 0]))
    data = write_csv(table)
    assert data.decode("utf-8-sig").split("\r\n") == [
        "name,',' ,kind,kind number", "Al,-2.0,-1.0,cow,2", "Bo,25.5,6.0,cat,0", ",,,dog,1", ""]
    assert read(data) == table
    assert "Row 4, column 2: the cell is empty." in str(refusal(b"name,,b,c,c number\n,1,2,x,0\n,3,4,y,1\nCy,,5,x,0\n"))


def test_as_many_rows_as_allowed_come_back_also_where_a_class_has_none():
    y = np.arange(MAX_ROWS) % 2
    table = Table(("a", "b"), "kind", ("x", "y", "z"), ("",) * MAX_ROWS, np.zeros((MAX_ROWS, 2)), y)
    assert read(write_csv(table)) == table


def test_a_table_whose_rows_are_all_of_one_class_is_refused_whatever_other_classes_it_names():
    table = Table(("a", "b"), "kind", ("cat", "dog"), ("Al", "Bo"), POINTS, np.array([1, 1]))
    assert str(refusal(write_csv(table))).startswith("Every row has kind dog: a network needs two classes")


@pytest.mark.parametrize("key", DATASETS)
def test_every_data_set_comes_back_from_its_file(key):
    table = DATASETS[key].make(500, 20, 3)
    assert read(write_csv(table)) == table


@pytest.mark.timed
@pytest.mark.parametrize("data", [
    b"," * MAX_BYTES, b"\n" * MAX_BYTES, b'"' * MAX_BYTES, b'","' * (MAX_BYTES // 3), b";,\t|" * (MAX_BYTES // 4),
    b"1" * MAX_BYTES, b"1,2,\n" * (MAX_BYTES // 5), b"a\n" * (MAX_BYTES // 2), b"1 000" * (MAX_BYTES // 5),
    (b"1," * 99 + b"\n") * 5000, b"1," * 99 + b"1\n" + (b"1," * 99 + b"1\n") * 4999, b"\r" * MAX_BYTES,
    ("1," * 60 + "9" * 300 + ",a\n").encode() * 4900,
], ids=lambda data: repr(data[:8]))
def test_two_hostile_megabytes_are_answered_within_a_second(data):
    start = time.process_time()
    try:
        read(data[:MAX_BYTES])
    except TableError as error:
        assert len(str(error)) < 300
    assert time.process_time() - start < 1


@given(st.binary(max_size=300) | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_give_a_table_or_a_sentence(data):
    for leave_out in (False, True):
        try:
            assert isinstance(read(data, leave_out), Table)
        except TableError as error:
            assert str(error)
