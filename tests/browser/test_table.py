"""The table: a changed cell changes the picture, and what cannot be used is answered with one sentence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playground.data import DATASETS, write_csv
from tests.browser.core import Core
from tests.browser.grid import Grid
from tests.browser.playground import Playground

Visit = Callable[..., Playground]

NAME, WEIGHT, HEIGHT, GENDER = range(4)
COLUMNS = 4

POINTS = "document.querySelector('[data-testid=figure-boundary] .plot').data.slice(2, 4)"


def points(page: Playground) -> set[tuple[float, float]]:
    return {point for trace in page.data("boundary")[2:4] for point in zip(trace["x"], trace["y"], strict=True)}


PEOPLE = {(-2, -1), (25, 6), (17, 4), (-15, -6)}


def test_a_changed_cell_moves_its_point_restarts_the_run_and_can_be_taken_back(visit: Visit) -> None:
    page = visit()
    grid = Grid(page, COLUMNS)
    assert points(page) == PEOPLE
    page.press("Step")
    page.at(1)
    grid.type(1, WEIGHT, "25", "7,5")
    page.at(0)
    page.page.wait_for_function(f"{POINTS}.some(({{ x }}) => x.includes(7.5))")
    assert points(page) == PEOPLE - {(25, 6)} | {(7.5, 6)}
    grid.type(2, HEIGHT, "4", "3")                                            # a second edit: neither is lost
    page.page.wait_for_function(f"{POINTS}.some(({{ y }}) => y.includes(3))")
    assert points(page) == PEOPLE - {(25, 6), (17, 4)} | {(7.5, 6), (17, 3)}

    page.press("Back to the original table")
    page.expect(page.page.get_by_test_id("train-loss")).to_have_text(Core().losses(0)[0])
    assert points(page) == PEOPLE


def test_a_cell_that_is_no_number_gets_one_sentence_and_the_last_picture_stays(visit: Visit) -> None:
    core, page = Core(), visit()
    grid = Grid(page, COLUMNS)
    page.press("Step")
    page.at(1)
    grid.type(1, WEIGHT, "25", "heavy")
    alert = page.page.get_by_test_id("stAlert")
    page.expect(alert).to_contain_text("Row 2, weight: “heavy” is not a number.")
    page.expect(alert).to_have_count(1)
    assert page.epoch == 1
    assert points(page) == PEOPLE
    page.press("Step")                                                   # and the run goes on
    page.at(2)
    assert page.losses == core.losses(2)
    grid.type(1, WEIGHT, "heavy", "1e308")
    page.expect(alert).to_contain_text("is too large")
    grid.type(1, WEIGHT, "1e308", "25")
    page.expect(alert).to_have_count(0)
    assert page.epoch == 2


def download(page: Playground) -> bytes:
    page.settled()
    with page.page.expect_download() as download:
        page.page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    return Path(download.value.path()).read_bytes()


def rows(page: Playground) -> list[list[str]]:
    return list(csv.reader(io.StringIO(download(page).decode("utf-8-sig"), newline="")))[1:]


def told(page: Playground, text: str) -> None:
    page.expect(page.page.get_by_text(text).first).to_be_visible()


def toolbar(page: Playground, name: str) -> None:
    page.page.get_by_test_id("data-grid-canvas").hover(position={"x": 200, "y": 20}, force=True)
    page.page.get_by_test_id("stElementToolbar").get_by_role("button", name=name).click()


def press_until_disabled(page: Playground, name: str) -> int:
    button, times = page.page.get_by_role("button", name=name), 0
    while button.is_enabled():
        button.evaluate("(button) => button.click()")                           # no harm if it was disabled just now
        times += 1
        page.page.wait_for_timeout(200)
        page.settled()
    return times


def choose_file(page: Playground, name: str, data: bytes) -> None:
    file: Any = {"name": name, "mimeType": "text/csv", "buffer": data}
    page.page.locator("input[type=file]").set_input_files(file)


def test_cells_typed_quickly_added_and_deleted_rows_are_all_kept_and_all_undone(visit: Visit) -> None:
    page = visit()
    grid = Grid(page, COLUMNS)
    page.run_to(50)
    original = download(page)
    assert original == write_csv(DATASETS["people"].make(4, 0, 0))
    grid.type(1, NAME, "Bob", "=1+1")
    grid.type(1, WEIGHT, "25", "7.5")
    grid.type(1, HEIGHT, "6", "5")
    told(page, "Four people, edited")
    page.page.wait_for_function(f"{POINTS}.some(({{ x, y }}) => x.includes(7.5) && y.includes(5))")
    assert rows(page)[1] == ["'=1+1", "7.5", "5.0", "M", "0"]

    grid.click(2, -1)                                                   # the marker of Charlie's row
    toolbar(page, "Delete row")
    told(page, "3 rows")
    assert [row[0] for row in rows(page)] == ["Alice", "'=1+1", "Diana"]

    for row, texts in ((3, ["Eve", "1", "2", "F"]), (4, ["Fay", "3", "4", "0"])):
        toolbar(page, "Add row")
        for column, text in enumerate(texts):
            grid.type(row, column, "", text)
    told(page, "5 rows")
    assert rows(page)[3:] == [["Eve", "1.0", "2.0", "F", "1"], ["Fay", "3.0", "4.0", "M", "0"]]

    changed = download(page)
    assert press_until_disabled(page, "undo") >= 3 + 1 + 2
    assert download(page) == original
    assert points(page) == PEOPLE
    assert press_until_disabled(page, "redo") >= 3 + 1 + 2
    assert download(page) == changed
    grid.type(0, NAME, "Alice", "Al")                                         # and the editor goes on
    page.page.wait_for_timeout(500)
    assert [row[0] for row in rows(page)] == ["Al", "'=1+1", "Diana", "Eve", "Fay"]


def test_a_file_of_ones_own_is_opened_named_and_left_again(visit: Visit) -> None:
    page = visit()
    grid = Grid(page, COLUMNS)
    page.press("Your own data")
    choose_file(page, "big.csv", b"1" * 2_000_001)
    told(page, "The table is larger than 2 MB")
    choose_file(page, "heights.csv", "who;a;b;c;kind\nZoë;1,5;2;3;<b>x\nBo;4;5;6;y\n".encode("cp1252"))
    page.press("Use this table")
    told(page, "heights.csv, 2 rows")
    page.page.wait_for_function(f"{POINTS}.some(({{ x }}) => x.includes(1.5))")
    assert points(page) == {(1.5, 2), (4, 5)}
    page.expect(page.button("Use this table")).to_have_count(0)
    assert rows(page) == [["Zoë", "1.5", "2.0", "<b>x", "0"], ["Bo", "4.0", "5.0", "y", "1"]]
    grid.type(0, WEIGHT, "1.5", "9")
    told(page, "heights.csv, edited")
    page.choose("Data set", "Circle")
    told(page, "Circle, 500 rows")
    page.choose("Data set", "Four people")
    told(page, "heights.csv, edited")
    assert rows(page)[0][1] == "9.0"
    grid.type(0, HEIGHT, "2", "8")
    page.page.wait_for_function(f"{POINTS}.some(({{ x, y }}) => x.includes(9) && y.includes(8))")
    page.press("Back to the original table")
    told(page, "Four people, 4 rows")
    page.page.wait_for_function(f"{POINTS}.some(({{ x }}) => x.includes(25))")
    assert points(page) == PEOPLE


def test_a_form_that_is_closed_and_opened_again_at_once_stays_open_and_keeps_its_file(visit: Visit) -> None:
    page = visit()
    for name in ("one", "two", "three"):
        page.press("Your own data")
        page.expect(page.page.get_by_text("Or paste rows here")).to_be_visible()
        page.settled()
        page.page.keyboard.press("Escape")
        page.press("Your own data")
        choose_file(page, f"{name}.csv", b"a,b,kind\n1,2,x\n3,4,y\n")
        page.press("Use this table")
        told(page, f"{name}.csv, 2 rows")
        page.expect(page.page.get_by_text("Or paste rows here")).to_have_count(0)


def test_a_file_that_says_which_rows_test_decides_and_the_sidebar_follows(visit: Visit) -> None:
    page = visit()
    page.press("Your own data")
    choose_file(page, "folds.csv", b"a,b,kind,fold\n1,2,x,train\n3,4,y,train\n5,6,x,TEST\n")
    page.press("Use this table")
    told(page, "Held back for testing: 1.")
    page.press("Step")                                                   # the request carries what the browser holds
    page.at(1)
    page.settled()
    assert "split=in+the+table" in page.page.url
    assert float(page.losses[1]) > 0
    assert rows(page)[2] == ["", "5.0", "6.0", "x", "0", "test"]
    page.page.get_by_role("radio", name="by share").click()
    told(page, "What is under set has no effect")
    page.expect(page.page.get_by_test_id("test-loss")).not_to_have_text(re.compile(r"\d"))


def test_pasted_rows_and_new_names_are_used(visit: Visit) -> None:
    page = visit()
    page.press("Your own data")
    page.page.get_by_role("textbox", name="Or paste rows here").fill("1\t2\tcat\n3\t4\tdog\n")
    page.page.keyboard.press("ControlOrMeta+Enter")
    page.press("Use this table")
    told(page, "Pasted rows, 2 rows")
    page.page.get_by_role("button", name="Rename").click()
    page.page.get_by_role("textbox", name="First input").fill("age")
    page.page.get_by_role("textbox", name="Class 1").fill("<i>hound</i>")
    page.page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    told(page, "<i>hound</i> (1)")
    page.expect(page.page.get_by_role("textbox", name="First input")).to_have_count(0)
    page.page.get_by_role("button", name="undo").click()
    told(page, "dog (1)")
