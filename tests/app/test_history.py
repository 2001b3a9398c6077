"""A table's history: every change can be taken back and taken again, down to the last byte of its file."""

import numpy as np
import pytest

from playground.app.history import MOST_ROWS, History, edited, editor_columns, opened, renamed
from playground.data import DATASETS, Table, write_csv

hypothesis = pytest.importorskip("hypothesis", reason="`bash tests/run` installs hypothesis, which this needs")
given, st = hypothesis.given, hypothesis.strategies

PEOPLE = DATASETS["people"].make(4, 0, 0)
COLUMNS = editor_columns(PEOPLE)


def started(table=PEOPLE):
    return History(opened("Four people", table))


def heard(history, column, row, text):
    """What the editor holds after one more cell was typed over."""
    columns = [list(texts) for texts in history.present.columns]
    columns[COLUMNS.index(column)][row] = text
    return dict(zip(COLUMNS, columns, strict=True))


def test_what_the_editor_holds_is_a_step_only_where_it_is_new():
    history = started()
    history.hear(dict(zip(COLUMNS, history.base, strict=True)))
    assert not history.past
    for _ in range(3):
        history.hear(heard(history, "first input", 0, "3"))
    assert len(history.past) == 1 and history.present.edited
    assert history.revision == 0, "the editor goes on: it must not be given its own output"


def test_undo_and_redo_go_through_every_step_and_give_the_editor_a_new_start():
    history = started()
    files = [write_csv(PEOPLE)]
    for row, text in enumerate(["3", "4", "abc", "5"]):
        history.hear(heard(history, "first input", row, text))
        files.append(write_csv(history.present.table))
    last = history.present
    assert last.fault and files[3] == files[2], "a cell that cannot be read changes no table"
    for expected in reversed(files[:-1]):
        history.undo()
        assert write_csv(history.present.table) == expected
        assert history.base == history.present.columns
    assert not history.present.edited and history.revision == 4
    history.undo()
    assert history.revision == 4, "there is nothing more to take back"
    for expected in files[1:]:
        history.redo()
        assert write_csv(history.present.table) == expected
    assert history.present == last and not history.future


def test_a_new_change_ends_what_could_be_done_again():
    history = started()
    history.hear(heard(history, "name", 0, "Al"))
    history.undo()
    history.hear(heard(history, "name", 1, "Bo"))
    history.redo()
    assert history.present.table.names == ("Alice", "Bo", "Charlie", "Diana")


def test_a_cell_that_is_emptied_is_named():
    history = started()
    history.hear(heard(history, "first input", 0, ""))
    assert history.present.fault.startswith("Row 1, weight: the cell is empty.")


@pytest.mark.parametrize("key", DATASETS)
def test_an_opened_table_reads_as_itself_names_included(key):
    table = DATASETS[key].make(50, 20, 1)
    named = Table(table.inputs, table.target, table.classes, ("v1.0", *table.names[1:]), table.X, table.y)
    draft = opened("x", named)
    assert edited(draft, draft.columns) == draft


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1))
def test_numbers_survive_the_editor_bit_for_bit(points):
    table = Table(("a", "b"), "c", ("no", "yes"), ("",) * (len(points) + 1), np.array([*points, (0, -0.0)]),
                  np.arange(len(points) + 1) % 2)
    draft = opened("x", table)
    assert edited(draft, draft.columns).table == table


def test_renaming_changes_nothing_but_the_names_even_where_classes_were_typed_by_name():
    history = started()
    history.hear(heard(history, "target", 0, "f"))
    history.hear(heard(history, "first input", 1, "heavy"))
    history.change(renamed(history.present, ("w", "h"), "sex", ("man", "woman")))
    table = history.present.table
    assert (table.inputs, table.target, table.classes) == (("w", "h"), "sex", ("man", "woman"))
    assert table.y.tolist() == [1, 0, 0, 1] and table.names == PEOPLE.names
    assert history.present.fault.startswith("Row 2, w: “heavy” is not a number.")
    history.hear(heard(history, "first input", 1, "25"))
    assert not history.present.fault
    assert np.array_equal(history.present.table.X, PEOPLE.X)
    for _ in range(4):
        history.undo()
    assert history.present.table == PEOPLE


def test_new_names_of_classes_stand_in_the_cells_and_what_cannot_be_read_stays():
    history = started()
    history.hear(heard(history, "target", 1, "0"))
    history.hear(heard(history, "target", 0, "?"))
    history.change(renamed(history.present, ("w", "h"), "sex", PEOPLE.classes))
    assert history.present.columns[3] == ("?", "0", "M", "F"), "as typed: no class has another name"
    history.change(renamed(history.present, ("w", "h"), "sex", ("man", "woman")))
    assert history.present.columns[3] == ("?", "man", "man", "woman")
    history.change(renamed(history.present, ("w", "h"), "sex", ("class 0", "class 1")))
    assert history.present.columns[3] == ("?", "0", "0", "1")


def test_the_editor_has_a_column_of_sets_where_it_is_asked_for_or_has_something_in_it():
    history = started()
    assert history.shown == COLUMNS[:-1]
    history.hear(dict(zip(COLUMNS[:-1], history.base, strict=False)))
    assert not history.past
    history.ask(True)
    assert history.shown == COLUMNS and history.revision == 1
    history.hear(heard(history, "set", 1, "Test"))
    history.ask(False)
    assert history.shown == COLUMNS and history.revision == 1, "the editor goes on"
    assert history.present.table.test.tolist() == [False, True, False, False] and history.present.edited
    history.undo()
    history.ask(False)
    assert history.shown == COLUMNS[:-1] and history.present.table == PEOPLE
    history.redo()
    assert history.shown == COLUMNS and history.base[-1] == ("", "Test", "", "")


def test_an_opened_table_with_marks_shows_them():
    table = Table(("a", "b"), "c", (), ("",) * 2, np.zeros((2, 2)), np.zeros(2), np.array([False, True]))
    draft = opened("x", table)
    assert draft.columns[-1] == ("train", "test") and edited(draft, draft.columns) == draft


def test_steps_of_a_long_table_share_their_texts_and_are_forgotten_before_they_fill_the_memory():
    table = DATASETS["circle"].make(1000, 0, 0)
    history = started(table)
    for step in range(MOST_ROWS // 1000 + 50):
        history.hear(heard(history, "first input", 0, str(step)))
    assert len(history.past) * 1000 <= MOST_ROWS
    assert history.past[0].columns[1][5] is history.present.columns[1][5]
