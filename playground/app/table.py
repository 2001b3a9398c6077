"""The table tab: the data set as rows a person can edit, and a sentence where what was typed cannot be used."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from playground.app import drawing
from playground.app.controls import BY_SHARE, MARKED, replace
from playground.app.grid import held
from playground.app.history import NAMES, Draft, History, editor_columns, opened
from playground.app.markdown import literal
from playground.app.player import Stroke
from playground.app.press import pressed
from playground.app.rename import rename
from playground.app.upload import upload
from playground.data import Domain, Table, cells, write_csv
from playground.data.table import SET

HEIGHT = 245                                                            # pixels: a heading and six rows
MOST_TABLES = 20                                                        # whose changes a session remembers
WISHES = "table wishes"                                                 # what to do as soon as the last edit is known
SHOWN = "table shown"
# The editor has a download of its own, which would let a spreadsheet take a name for a formula.
STYLE = """<style>
.stDataFrame [data-testid="stElementToolbarButton"]:has([aria-label="Download as CSV"]) { display: none; }
</style>"""


def table_tab(start: Draft, origin: str, marked: bool, anew: Draft | None = None) -> Draft:
    """Draws the editor for a preset; returns what it holds now, in `table` the last good one while something is wrong.

    `origin` names the preset and how it was drawn: another one starts from its own rows. If `marked`, the table decides
    which rows test. What it is to hold `anew` is a step of its history, unless it holds that.
    """
    history = _history(origin, start)
    if anew is not None and anew != history.present:
        history.change(anew)
    history.hear(held(_base(history), st.session_state.get(_key(history, origin))))
    for wish in st.session_state.pop(WISHES, []):
        wish()
    history.ask(marked)
    rows, side = st.columns([3, 2], gap="medium")
    with rows:
        st.html(STYLE)
        _editor(history, _key(history, origin))
    with side:
        _buttons(history, start)                                        # first: what comes below may come and go
        _texts(history.present, marked)
    return history.present


def draw(strokes: Sequence[Stroke], plane: Domain) -> None:
    """Lets strokes change the table that was shown last, as soon as the last edit of it is known."""
    _wish(partial(drawing.draw, st.session_state["tables"][st.session_state[SHOWN]], strokes, plane))


def _history(origin: str, draft: Draft) -> History:
    histories: dict[str, History] = st.session_state.setdefault("tables", {})
    if origin not in histories:
        for key in [key for key, history in histories.items() if not history.past and not history.future]:
            del histories[key]
        if len(histories) == MOST_TABLES:
            del histories[next(iter(histories))]
        histories[origin] = History(draft)
        histories[origin].revision = secrets.randbelow(10**9)           # the browser may hold edits of an earlier one
    history = histories[origin]
    if st.session_state.get(SHOWN) != origin and history.base != history.present.columns:
        history.rebase()                                                # Streamlit forgets an editor that is not shown
    st.session_state[SHOWN] = origin
    return history


def _base(history: History) -> dict[str, tuple[str, ...]]:
    return dict(zip(history.shown, history.base, strict=False))


def _key(history: History, origin: str) -> str:
    return f"table {origin} {history.revision}"


def _editor(history: History, key: str) -> None:
    # The editor's own output never goes back in as its input: Streamlit would lose every second edit.
    table, classes = history.present.table, _classes(history.present.table)
    known = f"The class: {classes}{'; its name or its number' if cells.named(table.classes) else ''}."
    number = "A number; both 2.5 and 2,5 will do."
    part = "train or test; where it is empty, the row trains."
    columns, inputs = editor_columns(table), [number] * len(table.inputs)
    labels = dict(zip(columns, ("name", *table.inputs, table.target, SET), strict=True))
    helps = dict(zip(columns, (None, *inputs, known if classes else number, part), strict=True))
    st.data_editor(
        _base(history), key=key, num_rows="dynamic", hide_index=True, height=HEIGHT,
        # Columns of text, so that everything can be typed and is answered with a sentence.
        column_config={
            column: st.column_config.TextColumn(
                labels[column], alignment="left" if column == NAMES else "right", help=helps[column])
            for column in history.shown
        },
    )


def _texts(draft: Draft, marked: bool) -> None:
    if draft.fault:
        st.error(f"{literal(draft.fault)} The figures still show the last good table.", icon=":material/error:")
    table = draft.table
    explained = f" {_short(table.target)}: {_classes(table)}." if cells.named(table.classes) else ""
    explained += _marks(table, marked)
    st.caption(f"**{_short(draft.title)}{', edited' if draft.edited else ''}**, {len(table)} rows.{explained} "
               "Click a cell to change it; the plus below the last row adds one. "
               "The run then starts again with the same start weights.")


def _buttons(history: History, preset: Draft) -> None:
    draft = history.present
    with st.container(horizontal=True, gap="small"):
        _button(":material/undo:", "Take back the last change of the table.", history.undo, not history.past)
        _button(":material/redo:", "Make the change again that was taken back.", history.redo, not history.future)
        rename(draft, lambda renamed: _wish(lambda: history.change(renamed(history.present))), history.revision)
        upload(lambda title, table: _use(history, opened(title, table, own=True)))
        st.download_button(
            "Download as CSV", lambda: write_csv(draft.table), f"{_file_name(draft.title)}.csv", "text/csv",
            on_click="ignore", icon=":material/download:",
            help="The table in the figures, as a file that can be opened here again.",
        )
        if draft.own or draft.edited:
            _button("Back to the original table", f"{literal(preset.title)} as it was; this can be undone.",
                    partial(history.change, preset), False)


def _button(label: str, help_text: str, action: Callable[[], None], disabled: bool) -> None:
    st.button(label, help=help_text, on_click=pressed, args=(_wish, action), disabled=disabled)


def _use(history: History, draft: Draft) -> None:
    if draft.table.test.any():
        replace("split", MARKED)
    _wish(partial(history.change, draft))


def _wish(action: Callable[[], None]) -> None:
    st.session_state[WISHES] = [*st.session_state.get(WISHES, []), action]


def _marks(table: Table, marked: bool) -> str:
    count = int(table.test.sum())
    if marked:
        return f" Held back for testing: {count}." if count else f" Type test under {SET} to hold a row back."
    return f" What is under {SET} has no effect while test points are chosen {BY_SHARE}." if count else ""


def _classes(table: Table) -> str:
    if not cells.named(table.classes):
        return ", ".join(cells.labels(table.classes))
    return ", ".join(f"{_short(name)} ({index})" for index, name in enumerate(table.classes))


def _short(name: str) -> str:
    return literal(cells.shown(name))


def _file_name(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.rsplit(".", 1)[0])[: cells.LONGEST].strip() or "table"
