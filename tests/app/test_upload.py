"""A person's own data on the page: shown as it was read, used when the person says so, left again without a loss."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from playground.data import DATASETS, write_csv

SCRIPT = str(Path(__file__).resolve().parents[2] / "streamlit_app.py")
PEOPLE = DATASETS["people"].make(4, 0, 0)
FILE = b"who,a,b,c,kind\nAl,1,2,3,x\nBo,4,5,6,y\nCy,7,8,9,x\n"


@pytest.fixture
def page():
    return rendered(AppTest.from_file(SCRIPT, default_timeout=20))


def rendered(page):
    page.run()
    assert not page.exception, page.exception[0].value
    return page


def uploaded(page, data, name="file.csv"):
    page.main.file_uploader[0].upload(name, data, "text/csv")
    return rendered(page)


def pasted(page, text):
    page.main.text_area[0].set_value(text)
    return rendered(page)


def buttons(page, label):
    return [button for button in page.main.button if button.label == label]


def press(page, label):
    (button,) = buttons(page, label)
    button.click()
    return rendered(page)


def box(page, label):
    (found,) = [box for box in page.main.selectbox if box.label == label]
    return found


def table(page):
    return page.session_state.session.experiment.table


def captions(page):
    return " ".join(caption.value for caption in page.main.caption)


def test_the_limits_are_said_before_anything_is_chosen(page):
    assert "5,000 rows and 2 MB" in captions(page)
    assert not buttons(page, "Use this table")


def test_a_file_is_shown_as_it_was_read_and_used_at_a_button(page):
    uploaded(page, FILE, "heights.csv")
    assert table(page) == PEOPLE, "nothing changes before the person says so"
    assert [box(page, label).value for label in ("First input", "Second input", "Target", "Names of the rows")] == [
        1, 2, 4, 0]
    press(page, "Use this table")
    used = table(page)
    assert (used.inputs, used.target, used.classes, used.names) == (("a", "b"), "kind", ("x", "y"), ("Al", "Bo", "Cy"))
    assert "heights" in captions(page) and "edited" not in captions(page)
    assert page.session_state.session.experiment.shown is None, "the plane is that of the data"
    rendered(page)
    assert table(page) == used and not page.error


def test_the_roles_of_the_columns_can_be_changed(page):
    uploaded(page, FILE)
    box(page, "Second input").set_value(3)
    rendered(page)
    box(page, "Names of the rows").set_value(-1)
    rendered(page)
    press(page, "Use this table")
    assert table(page).inputs == ("a", "c") and table(page).X[0].tolist() == [1, 3]
    assert not any(table(page).names)


FOLDS = b"a,b,kind,fold\n1,2,x,train\n3,4,y,train\n5,6,x,test\n"


def test_a_column_that_says_which_rows_test_is_found_and_decides_from_then_on(page):
    uploaded(page, FOLDS)
    assert box(page, "Train or test").value == 3
    press(page, "Use this table")
    assert page.session_state["split"] == "in the table"
    assert page.session_state.session.experiment.view().test.tolist() == [2]
    assert page.session_state.session.experiment.train_share is None


def test_a_column_of_train_and_test_need_not_decide(page):
    uploaded(page, FOLDS)
    box(page, "Train or test").set_value(-1)
    rendered(page)
    press(page, "Use this table")
    assert page.session_state["split"] == "by share" and not table(page).test.any()


def test_a_column_chosen_twice_is_answered_with_a_sentence(page):
    uploaded(page, FILE)
    box(page, "Second input").set_value(1)
    rendered(page)
    assert len(page.error) == 1 and page.error[0].value.startswith("A column is chosen twice")
    assert not buttons(page, "Use this table")


def test_whether_the_first_row_is_a_header_can_be_changed(page):
    pasted(page, "1990\t1991\tkind\n1\t2\ta\n3\t4\tb\n5\t6\ta")
    (header,) = [check for check in page.main.checkbox if "first row" in check.label]
    assert not header.value
    header.check()
    rendered(page)
    press(page, "Use this table")
    assert table(page).inputs == ("1990", "1991") and len(table(page)) == 3


def test_rows_that_cannot_be_used_are_left_out_only_after_the_person_said_so(page):
    uploaded(page, FILE + b"Di,<b>,1,1,x\nEd,1\n")
    assert "“\\<b\\>”" in captions(page), "what a cell says is not markup"
    told = captions(page).replace("\\", "")
    assert "Row 5, a: “<b>” is not a number." in told and "Row 6, b: the cell is empty." in told
    assert not buttons(page, "Use this table")
    (leave_out,) = [check for check in page.main.checkbox if check.label == "Leave out these 2 rows"]
    leave_out.check()
    rendered(page)
    press(page, "Use this table")
    assert table(page).names == ("Al", "Bo", "Cy")


@pytest.mark.parametrize(("data", "sentence"), [
    (b"\x89PNG\0", "This is not a text file"),
    (b"1" * 2_000_001, "The table is larger than 2 MB"),
    (b"1,2,a\n" * 5001, "The table has more than 5000 rows"),
    (b"hello", "A table needs a column of numbers"),
    (b"a,b,c\n1,2,x\n3,4,x\n", "Every row has c x"),
])
def test_a_file_that_cannot_be_used_gets_one_sentence_and_the_table_stays(page, data, sentence):
    uploaded(page, data)
    assert len(page.error) == 1 and page.error[0].value.replace("\\", "").startswith(sentence)
    assert table(page) == PEOPLE


def test_an_own_table_is_left_by_undo_by_the_original_or_by_another_data_set_and_comes_back(page):
    own = table(press(uploaded(page, FILE), "Use this table"))
    press(page, ":material/undo:")
    assert table(page) == PEOPLE
    press(page, ":material/redo:")
    assert table(page) == own
    press(page, "Back to the original table")
    assert table(page) == PEOPLE
    press(page, ":material/undo:")
    page.selectbox(key="data").set_value("gauss")
    rendered(page)
    assert table(page) == DATASETS["gauss"].make(500, 0, 0)
    page.selectbox(key="data").set_value("people")
    rendered(page)
    assert table(page) == own


def test_a_file_name_is_not_markup(page):
    press(uploaded(page, FILE, "<b>**x**.csv"), "Use this table")
    assert "\\<b\\>\\*\\*x\\*\\*\\.csv" in captions(page)


def test_what_is_downloaded_can_be_uploaded(page):
    expected = DATASETS["spiral"].make(500, 0, 0)
    press(uploaded(page, write_csv(expected)), "Use this table")
    assert table(page) == expected


def test_columns_and_classes_can_be_renamed_and_the_names_taken_back(page):
    def typed(label, text):
        (field,) = [field for field in page.main.text_input if field.label == label]
        field.set_value(text)

    typed("First input", " mass ")
    typed("Class 1", "woman")
    press(page, "Rename")
    assert table(page).inputs == ("mass", "height") and table(page).classes == ("M", "woman")
    assert "Four people, edited" in captions(page) and "woman (1)" in captions(page)
    press(page, ":material/undo:")
    assert table(page) == PEOPLE


@pytest.mark.parametrize(("label", "text", "sentence"), [
    ("First input", " ", "A name is empty"),
    ("Target", "weight", "The columns need different names"),
    ("Target", "name", "The columns need different names"),
    ("Second input", "set", "none of them “name” or “set”"),
    ("Class 0", "f", "“f” already stands for another class"),
    ("Class 0", "1", "“1” already stands for another class"),
    ("Class 0", "x" * 41, "is too long"),
])
def test_a_name_that_cannot_be_used_gets_a_sentence(page, label, text, sentence):
    (field,) = [field for field in page.main.text_input if field.label == label]
    field.set_value(text)
    press(page, "Rename")
    assert len(page.error) == 1 and sentence in page.error[0].value.replace("\\", "")
    assert table(page) == PEOPLE
