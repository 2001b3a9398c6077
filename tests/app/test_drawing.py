"""Drawing: each stroke is one change of the table that it was drawn on, and never of another one."""

import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from playground.app.drawing import draw
from playground.app.history import History, opened
from playground.app.player import Stroke
from playground.data import DATASETS, MAX_ROWS, Domain, Table, write_csv

SCRIPT = str(Path(__file__).resolve().parents[2] / "streamlit_app.py")
PEOPLE, HILLS = (DATASETS[name].make(40, 0, 0) for name in ("people", "hills"))
PLANE = Domain(-25, 35, -9, 9)


def started(table=PEOPLE):
    return History(opened("A table", table))


def stroke(history, x, y, value=None, erase=False, table=None):
    return Stroke(1, history.present.id if table is None else table, x, y, value, erase)


def rows(history):
    table = history.present.table
    return [(*point, label) for point, label in zip(table.X.tolist(), table.y.tolist(), strict=True)]


def test_a_point_is_a_new_last_row_with_numbers_as_a_person_would_type_them():
    history = started()
    draw(history, [stroke(history, 3.14159, -2.71828, 1)], PLANE)
    assert rows(history) == [*rows(started()), (3.1, -2.72, 1)]
    assert [column[-1] for column in history.present.columns] == ["", "3.1", "-2.72", "F", ""]
    assert len(history.past) == 1 and history.revision == 1
    history.undo()
    assert write_csv(history.present.table) == write_csv(PEOPLE)


@pytest.mark.parametrize("extent", [1e-6, 0.37, 1.0, 9.99, 60, 4321, 1e6])
@pytest.mark.parametrize("share", [0.0, 0.1234567, 0.5, 0.987654321, 1.0])
def test_a_rounded_point_is_where_it_was_drawn_and_within_the_plane(extent, share):
    history, low = started(), -extent / 3
    plane = Domain(low, low + extent, low, low + extent)
    draw(history, [stroke(history, low + share * extent, 0.0, 0)], plane)
    x = float(history.present.columns[1][-1])
    assert plane.x_min <= x <= plane.x_max
    assert abs(x - (low + share * extent)) <= extent / 300
    assert len(history.present.columns[1][-1].lstrip("-").replace(".", "").lstrip("0").split("e")[0]) <= 7


def test_the_eraser_takes_the_point_that_is_nearest_on_the_screen():
    rng = np.random.default_rng(4)
    for _ in range(20):
        history, (x, y) = started(HILLS), rng.uniform(-6, 6, 2)
        wide = Domain(-6, 6, -60, 60)                                   # a unit of x is ten of y on the screen
        draw(history, [stroke(history, x, y, erase=True)], wide)
        distances = [((a - x) / 12) ** 2 + ((b - y) / 120) ** 2 for a, b in HILLS.X.tolist()]
        nearest = distances.index(min(distances))
        assert rows(history) == [row for i, row in enumerate(rows(started(HILLS))) if i != nearest]


def test_each_of_many_strokes_is_taken_back_one_by_one():
    history, files = started(HILLS), [write_csv(HILLS)]
    for step in range(12):
        draw(history, [stroke(history, step / 2, 1, 0.5, erase=step % 4 == 3)], Domain(-6, 6, -6, 6))
        files.append(write_csv(history.present.table))
    assert len({*files}) > 9
    for expected in reversed(files[:-1]):
        history.undo()
        assert write_csv(history.present.table) == expected
    assert not history.past


def test_a_stroke_belongs_to_the_table_it_was_drawn_on_whatever_was_changed_there_since():
    history = started()
    before = stroke(history, 1, 1, 0)
    draw(history, [stroke(history, 2, 2, 1), before], PLANE)
    history.undo()
    draw(history, [before], PLANE)
    assert [row[:2] for row in rows(history)[4:]] == [(2, 2), (1, 1)]
    history.change(opened("mine.csv", HILLS, own=True))
    draw(history, [before, stroke(history, 0, 0, 5, table="another")], PLANE)
    assert history.present.table == HILLS
    history.undo()
    draw(history, [before], PLANE)
    assert len(history.present.table) == 7


def test_over_a_single_input_the_place_says_the_number_and_the_eraser_finds_it():
    history = started(DATASETS["sine"].make(40, 0, 0))
    plane = DATASETS["sine"].domain
    draw(history, [stroke(history, 1.5, -1.25)], plane)
    assert rows(history)[-1] == (1.5, -1.25)
    draw(history, [stroke(history, 1.5, 0.9, erase=True), stroke(history, 1.5, -1.2, erase=True)], plane)
    assert (1.5, -1.25) not in rows(history) and len(history.present.table) == 39


def test_a_stroke_that_asks_is_no_row_also_where_its_place_would_say_the_number():
    history = started(DATASETS["sine"].make(40, 0, 0))
    draw(history, [stroke(history, 1.5, -1.25)._replace(asks=True)], DATASETS["sine"].domain)
    assert not history.past and len(history.present.table) == 40


def test_over_a_single_input_a_class_is_drawn_with_its_tool():
    ages = Table(("age",), "answer", ("no", "yes"), ("",) * 2, np.array([[20.0], [60.0]]), np.array([0, 1]))
    history = started(ages)
    draw(history, [stroke(history, 45, 0.3, 1), stroke(history, 21, 1.0, erase=True)], Domain(10, 70, -0.25, 1.25))
    assert history.present.columns[1] == ("60", "45") and history.present.fault.startswith("No row has answer no")
    history.undo()
    assert rows(history) == [*rows(started(ages)), (45, 1)]


def test_what_cannot_be_a_row_is_left_out():
    history = started()
    draw(history, [stroke(history, 1, 1)], PLANE)                       # without a value
    assert not history.past


TOO_MUCH = {
    "the last of a class": (PEOPLE, [(-2, -1), (-15, -6)], "No row has gender F (1)"),
    "all but one": (PEOPLE, [(-2, -1), (-15, -6), (25, 6)], "The table has only one row"),
    "everything": (PEOPLE, [(-2, -1), (-15, -6), (25, 6), (17, 4), (0, 0)], "The table is empty"),
}


@pytest.mark.parametrize(("table", "places", "sentence"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_erasing_what_a_network_needs_is_answered_with_a_sentence_and_can_be_taken_back(table, places, sentence):
    history = started(table)
    draw(history, [stroke(history, x, y, erase=True) for x, y in places], PLANE)
    assert sentence in history.present.fault
    assert len(history.present.table) >= 2
    while history.past:
        history.undo()
    assert history.present.table == table and not history.present.fault


@pytest.mark.parametrize(("x", "value", "sentence"), [
    (0, 2.5, "is not a class"), (0, 1e300, "is not a class"), (1e300, 0, "is too large"),
])
def test_numbers_that_a_table_cannot_hold_are_answered_with_a_sentence(x, value, sentence):
    history = started()
    draw(history, [stroke(history, x, 0, value)], Domain(-2e300, 2e300, -9, 9))
    assert sentence in history.present.fault and history.present.table == PEOPLE


def test_a_full_table_says_so_and_keeps_the_last_good_one():
    full = Table(("a", "b"), "c", (), ("",) * MAX_ROWS, np.zeros((MAX_ROWS, 2)), np.arange(MAX_ROWS))
    history = started(full)
    draw(history, [stroke(history, 0, 0, 1)], PLANE)
    assert history.present.fault.startswith(f"The table has more than {MAX_ROWS} rows")
    assert history.present.table == full


@pytest.fixture
def page():
    return rendered(AppTest.from_file(SCRIPT, default_timeout=20))


def rendered(page):
    page.run()
    assert not page.exception, page.exception[0].value
    return page


def drawn(page, *strokes):
    """The page as it runs after the player has sent strokes (x, y, value); without a value they erase."""
    session, (history,) = page.session_state.session, page.session_state["tables"].values()
    made = [Stroke(i, session.table, x, y, value, value is None) for i, (x, y, value) in enumerate(strokes, 1)]
    page.session_state["table wishes"] = [partial(draw, history, made, session.scene.view.domain)]
    return rendered(page)


def test_the_page_shows_what_was_drawn_and_starts_the_run_again(page):
    session = page.session_state.session
    run, plane, table = session.run, session.scene.view.domain, session.table
    drawn(page, (3, 3, 0), (-20, 8.5, 1))
    assert session.experiment.table.X[4:].tolist() == [[3, 3], [-20, 8.5]]
    assert session.run != run and session.runs.lineage == {}
    assert session.scene.view.domain == plane, "the plane stays where it is"
    assert session.table == table and not session.fault
    drawn(page, (-15, -6, None), (17, 4, None))
    assert session.experiment.shown == plane
    (editor,) = page.main.dataframe
    assert editor.value["first input"].tolist() == ["-2", "25", "3", "-20"]
    for expected in (plane, plane, plane, None):
        (undo,) = [button for button in page.main.button if "undo" in button.label]
        undo.click()
        rendered(page)
        assert session.experiment.shown == expected
    assert session.experiment.table == PEOPLE


def test_the_page_and_the_player_get_the_sentence_where_too_much_was_erased(page):
    session = page.session_state.session
    run = session.run
    drawn(page, (-2, -1, None), (-15, -6, None))
    (error,) = page.error
    assert "No row has gender" in re.sub(r"\\(.)", r"\1", error.value)
    assert session.fault.startswith("No row has gender F (1)")
    assert session.run != run and len(session.experiment.table) == 3, "the last good table"


def test_another_data_set_is_another_table(page):
    table = page.session_state.session.table
    page.selectbox(key="data").set_value("circle")
    rendered(page)
    assert page.session_state.session.table != table
    page.selectbox(key="data").set_value("people")
    rendered(page)
    assert page.session_state.session.table == table
