"""The predictions tab: points that the network is asked about, which stand as stars in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from secrets import randbelow

import streamlit as st

from playground.app.drawing import rounded
from playground.app.grid import held
from playground.app.history import Draft
from playground.app.markdown import literal
from playground.app.player import Stroke
from playground.data import Asked, Domain, Table, asked_columns, cells, outside, read_asked

HEIGHT = 175                                                            # pixels: a heading and four rows
OPEN = "asked open"                                                     # in the session: whose editor is drawn
CLICKS = "asked clicks"                                                 # (id of a table, place) since the last run


class Points:
    """Points of one table: the last good ones, and what is typed. Each `revision` of the editor starts from `base`.

    `fault` is what is wrong with what is typed, `refused` with the last click; "" if nothing is.
    """

    def __init__(self, asked: Asked, columns: dict[str, list[str]]) -> None:
        self.asked, self.fault, self.refused = asked, "", ""
        self.base = self.typed = columns
        self.revision = randbelow(10**9)                                # the browser may hold edits of an earlier one

    def begin(self, asked: Asked, table: Table) -> None:
        """Starts again with other points, in a new editor."""
        if asked != self.asked or self.fault:
            self.asked, self.fault, self.refused = asked, "", ""
            self.typed = asked_columns(asked, table.inputs)
            self.open()

    def open(self) -> None:
        """Lets a new editor start from what was typed: Streamlit forgets one that is not drawn."""
        self.base = self.typed
        self.revision += 1

    def hear(self, columns: dict[str, list[str]], table: Table) -> None:
        """Takes note of what the editor holds."""
        self.typed = columns
        try:
            self.asked, self.fault = read_asked(columns, table.inputs), ""
        except ValueError as error:
            self.fault = str(error)

    def add(self, place: tuple[float, ...], table: Table) -> None:
        """A point that was clicked, as if it had been typed; its name is the first of point 1, 2, … that is free."""
        names, places = self.asked
        free = next(name for name in map("point {}".format, count(1)) if name not in names)
        columns = asked_columns(Asked((*names, free), (*places, place[: len(table.inputs)])), table.inputs)
        try:
            if self.fault:
                raise ValueError(self.fault)
            self.asked = read_asked(columns, table.inputs)
        except ValueError as error:
            self.refused = f"No point was added to the predictions. {error}"
        else:
            self.typed = columns
            self.open()


def predictions_tab(
    start: Asked, draft: Draft, plane: Domain, origin: str, is_open: bool, anew: Asked | None = None
) -> Points:
    """The points, which begin with some, and with others `anew`; draws their editor if the tab is open.

    `plane` is the part of it that the picture shows, `origin` tells one set of points from another.
    """
    table = draft.table
    key = f"asked {origin} {len(table.inputs)}"
    every: dict[str, Points] = st.session_state.setdefault("asked", {})
    points = every.setdefault(key, Points(start, asked_columns(start, table.inputs)))
    if anew is not None:
        points.begin(anew, table)
    before, st.session_state[OPEN] = st.session_state.get(OPEN), key if is_open else ""
    if not is_open:
        _take_clicks(points, draft)
        return points
    if before != key:
        points.open()
    heard = held(points.base, st.session_state.get(_revised(points, key)))
    points.hear({column: texts or [""] for column, texts in heard.items()}, table)
    _take_clicks(points, draft)                                         # after the last edit, which they would undo
    rows, side = st.columns([3, 2], gap="medium")
    with rows:
        _editor(points, table, _revised(points, key))
    with side:
        _texts(points, table, plane)
    return points


def ask(strokes: Sequence[Stroke], plane: Domain) -> None:
    """Lets the strokes that ask become points, as soon as the last edit of them is known."""
    clicks = [(stroke.table, rounded(stroke, plane)) for stroke in strokes if stroke.asks]
    st.session_state[CLICKS] = [*st.session_state.get(CLICKS, []), *clicks]


def _take_clicks(points: Points, draft: Draft) -> None:
    clicks = st.session_state.pop(CLICKS, None)
    if clicks is None:
        return
    points.refused = ""
    for table, place in clicks:
        if table == draft.id:
            points.add(place, draft.table)


def _revised(points: Points, key: str) -> str:
    return f"{key} {points.revision}"


def _editor(points: Points, table: Table, key: str) -> None:
    # The editor's own output never goes back in as its input: Streamlit would lose every second edit.
    titles = dict(zip(points.base, ("name", *table.inputs), strict=True))
    st.data_editor(
        points.base, key=key, num_rows="dynamic", hide_index=True, height=HEIGHT,
        column_config={column: st.column_config.TextColumn(title, alignment="left" if column == "name" else "right")
                       for column, title in titles.items()},
    )


def _texts(points: Points, table: Table, plane: Domain) -> None:
    if points.fault:
        st.error(f"{literal(points.fault)} The picture still shows the last good points.", icon=":material/error:")
    if names := [_short(name) for name in outside(points.asked, plane)]:
        sides = zip(table.inputs, (plane[:2], plane[2:]), strict=False)
        shown = " and ".join(f"{_short(name)} from {low:g} to {high:g}" for name, (low, high) in sides)
        st.info(f"Outside of the picture, which shows {shown}: {', '.join(names)}.", icon=":material/visibility_off:")
    st.caption(f"Points that take no part in training. Each is a star in the picture, with what {_short(table.target)} "
               "the network predicts there, at every epoch. Click a cell to change it; the plus below the last row "
               "adds a point, and so does a click on the picture with the star above it in hand.")


def _short(name: str) -> str:
    return literal(cells.shown(name))
