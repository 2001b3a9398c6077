"""The table tab: what is typed is read, or answered with one sentence while the last good table stays."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from playground.app import table as table_module
from playground.app.history import editor_columns
from playground.data import DATASETS
from tests.app.browser import Editor

SCRIPT = str(Path(__file__).resolve().parents[2] / "streamlit_app.py")
PEOPLE = DATASETS["people"].make(4, 0, 0)
ROWS = {"name": ["Alice", "Bob", "Charlie", "Diana"], "weight": ["-2", "25", "17", "-15"],
        "height": ["-1", "6", "4", "-6"], "gender": ["F", "M", "M", "F"]}


def edited(column, row, value):
    """The rows with one cell changed; rows count from 1."""
    return {**ROWS, column: [value if i == row else old for i, old in enumerate(ROWS[column], 1)]}


def only(*rows):
    return {column: [values[row - 1] for row in rows] for column, values in ROWS.items()}


def in_editor(columns):
    """As the editor knows them: by what they are, not by the names that the table gives them."""
    return dict(zip(editor_columns(PEOPLE), columns.values(), strict=False))


@pytest.fixture
def editor(monkeypatch):
    return Editor(monkeypatch, "table ")


@pytest.fixture
def page(editor):
    return rendered(AppTest.from_file(SCRIPT, default_timeout=20))


def rendered(page):
    page.run()
    assert not page.exception, page.exception[0].value
    return page


def typed(page, editor, columns):
    editor.type(in_editor(columns))
    return rendered(page)


def button(page, label):
    (found,) = [button for button in page.main.button if button.label == label]
    return found


def report(page, edits):
    """Runs the page as after edits in Streamlit's own editor, which AppTest has no words for."""
    (shown,) = page.main.dataframe
    states = page._tree.get_widget_states()
    states.widgets.append(WidgetState(id=shown.proto.id, string_value=json.dumps(edits)))
    page._run(states)


def table(page):
    return page.session_state.session.experiment.table


def test_the_editor_shows_the_rows_as_a_person_would_type_them(page, editor):
    assert {name: list(values) for name, values in editor.shown.items()} == in_editor(ROWS)
    assert editor.options["num_rows"] == "dynamic"
    assert not page.error


def test_classes_show_their_names_and_are_typed_by_name_in_any_case_or_by_number(page, editor):
    assert "M (0), F (1)" in editor.options["column_config"]["target"]["help"]
    assert "gender: M (0), F (1)." in " ".join(caption.value for caption in page.main.caption)
    typed(page, editor, {**ROWS, "gender": ["m", "1", "0", "F"]})
    assert not page.error and table(page).y.tolist() == [0, 1, 0, 1]
    assert page.session_state.tables["people 4 0 0"].present.columns[3] == ("m", "1", "0", "F")


def test_classes_without_names_of_their_own_show_their_numbers(page, editor):
    page.selectbox(key="data").set_value("circle")
    rendered(page)
    assert set(editor.shown["target"]) == {"0", "1"}
    assert "The class: 0, 1." in editor.options["column_config"]["target"]["help"]


def test_the_table_itself_says_which_rows_test_where_it_is_asked_to(editor):
    page = AppTest.from_file(SCRIPT, default_timeout=20)
    page.query_params["split"] = "in the table"
    rendered(page)
    assert editor.shown["set"] == ("",) * 4
    assert not [slider for slider in page.sidebar.slider if slider.key == "share"]
    assert "Type test under set" in " ".join(caption.value for caption in page.main.caption)
    typed(page, editor, {**ROWS, "set": ["", "TEST", "train", ""]})
    experiment = page.session_state.session.experiment
    assert not page.error and experiment.train_share is None
    assert experiment.view().train.tolist() == [0, 2, 3] and experiment.view().test.tolist() == [1]
    assert "Held back for testing: 1." in " ".join(caption.value for caption in page.main.caption)
    typed(page, editor, {**ROWS, "set": ["", "test", "test", ""]})
    assert len(page.error) == 1 and "All rows with set train have gender F" in page.error[0].value
    assert experiment == page.session_state.session.experiment, "the last good table stays"
    typed(page, editor, {**ROWS, "set": ["", "", "maybe", ""]})
    assert len(page.error) == 1 and "“maybe” is not a set" in page.error[0].value
    typed(page, editor, {**ROWS, "set": ["train"] * 4})
    assert not page.error and not len(page.session_state.session.experiment.view().test)


def test_marks_wait_while_test_points_are_chosen_by_share(editor):
    page = AppTest.from_file(SCRIPT, default_timeout=20)
    page.query_params["split"] = "in the table"
    typed(rendered(page), editor, {**ROWS, "set": ["", "test", "", ""]})
    (control,) = [group for group in page.sidebar.button_group if group.key == "split"]
    control.set_value("by share")
    rendered(page)
    assert "set" in editor.shown and table(page).test.tolist() == [False, True, False, False]
    assert "has no effect" in " ".join(caption.value for caption in page.main.caption)
    assert not len(page.session_state.session.experiment.view().test)


def test_a_changed_cell_starts_the_run_again_with_the_new_number(page, editor):
    run = page.session_state.session.run
    typed(page, editor, edited("weight", 2, "30,5"))
    assert table(page).X[1].tolist() == [30.5, 6]
    assert table(page).names == PEOPLE.names
    assert page.session_state.session.run != run and page.session_state.session.runs.lineage == {}
    assert not page.error


def test_what_was_typed_never_goes_back_into_the_editor(page, editor):
    """Streamlit loses every second edit where it does."""
    key = editor.key
    for value in ("3", "4", "abc", "5"):
        typed(page, editor, edited("weight", 1, value))
        assert {name: list(values) for name, values in editor.shown.items()} == in_editor(ROWS)
        assert editor.key == key


def test_rows_can_be_added_and_taken_away(page, editor):
    typed(page, editor, {column: [*values, new] for (column, values), new in
                         zip(ROWS.items(), ("Eve", "3", "2", "F"), strict=True)})
    assert len(table(page)) == 5 and table(page).y[-1] == 1
    typed(page, editor, only(1, 2))
    assert table(page).names == ("Alice", "Bob")
    assert not page.error


MARKUP = "<b>**x**</b> [a](b) $y$ :red[z]"
MISTAKES = {
    "text": (edited("weight", 3, "heavy"), ["Row 3", "weight", "heavy"]),
    "text in the class": (edited("gender", 1, "maybe"), ["Row 1", "gender", "maybe", "M", "F"]),
    "an empty cell": (edited("height", 4, None), ["Row 4", "height", "empty"]),
    "too large": (edited("height", 2, "1e308"), ["Row 2", "height", "1e308", "too large"]),
    "far too large": (edited("height", 2, "1e309"), ["Row 2", "height", "1e309"]),
    "an emptied table": (only(), ["empty", "gender"]),
    "one row only": (only(2), ["one row", "gender", "F (1)"]),
    "one class only": (only(1, 4), ["gender", "M (0)", "both classes"]),
    "markup": (edited("weight", 1, MARKUP), ["Row 1", "weight", MARKUP]),
    "two mistakes": (edited("weight", 3, "heavy") | {"height": ["-1", "tall", "4", "-6"]},
                     ["Row 2", "height", "tall", "1 more cell"]),
}
every_mistake = pytest.mark.parametrize(("columns", "named"), MISTAKES.values(), ids=MISTAKES)


@every_mistake
def test_a_mistake_gets_one_sentence_and_the_last_good_table_stays(page, editor, columns, named):
    typed(page, editor, edited("weight", 2, "30"))
    good, run = table(page), page.session_state.session.run
    typed(page, editor, columns)
    assert len(page.error) == 1
    message = page.error[0].value
    read = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", message)              # as Markdown shows it
    for words in named:
        assert words in read
    assert not set(re.sub(r"\\.", "", message).replace(".", "")) & set("<>*_[]$`:"), "markup is escaped"
    assert "last good table" in read
    assert table(page) == good
    assert page.session_state.session.run == run, "the run goes on"


@every_mistake
def test_a_mistake_in_the_first_edit_leaves_the_preset(page, editor, columns, named):
    typed(page, editor, columns)
    assert len(page.error) == 1
    assert table(page) == PEOPLE


def test_a_mistake_put_right_takes_its_sentence_away(page, editor):
    typed(page, editor, edited("weight", 2, "abc"))
    typed(page, editor, edited("weight", 2, "31"))
    assert not page.error
    assert table(page).X[1, 0] == 31


def test_names_from_outside_are_shown_and_escaped_in_the_figures(page, editor):
    typed(page, editor, edited("name", 1, "<b>Al</b> %{x}"))
    assert not page.error and table(page).names[0] == "<b>Al</b> %{x}"
    assert "<b>Al" not in page.session_state.session.scene.json


def test_another_data_set_has_rows_of_its_own(page, editor):
    typed(page, editor, edited("weight", 2, "30"))
    key = editor.key
    page.selectbox(key="data").set_value("gauss")
    rendered(page)
    assert editor.key != key
    assert table(page) == DATASETS["gauss"].make(500, 0, 0)


def test_a_file_is_written_only_for_who_wants_it(page, editor, monkeypatch):
    monkeypatch.setattr(table_module, "write_csv", lambda table: pytest.fail("nobody has asked for it"))
    typed(page, editor, edited("weight", 2, "30"))


def test_the_original_table_comes_back_at_a_button(page, editor):
    typed(page, editor, edited("weight", 2, "30"))
    key = editor.key
    button(page, "Back to the original table").click()
    rendered(page)
    assert table(page) == PEOPLE
    assert editor.key != key, "the old edits must not be applied again"


def test_the_real_editor_hands_over_what_was_typed():
    """Through Streamlit's own editor, as the browser reports an edit, an added and a deleted row."""
    page = rendered(AppTest.from_file(SCRIPT, default_timeout=20))
    edits = {"edited_rows": {"1": {"first input": "30"}},
             "added_rows": [{"first input": "1", "second input": "2", "target": "0"}], "deleted_rows": [0]}
    report(page, edits)
    assert not page.exception and not page.error
    assert table(page).names == ("Bob", "Charlie", "Diana", "")
    np.testing.assert_array_equal(table(page).X, [[30, 6], [17, 4], [-15, -6], [1, 2]])


def test_the_real_editor_emptied_gets_one_sentence():
    page = rendered(AppTest.from_file(SCRIPT, default_timeout=20))
    edits = {"edited_rows": {}, "added_rows": [], "deleted_rows": [0, 1, 2, 3]}
    report(page, edits)
    assert not page.exception
    assert len(page.error) == 1 and "empty" in page.error[0].value
    assert table(page) == PEOPLE
