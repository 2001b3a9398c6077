"""The predictions tab: points that the network is asked about, which stand as stars in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from playground.app.drawing import rounded
from playground.app.markdown import literal
from playground.app.player import Stroke
from playground.data import Asked, Domain, Table, asked_columns, cells, read_asked

HEIGHT = 175                                                            # pixels: a heading and four rows
WISHES = "predictions wishes"                                           # what to do as soon as the last edit is known
SHOWN = "predictions shown"


class Points:
    """Points while they are edited: what their cells say, the last good ones, and what is wrong now, if anything.

    Their editor starts from `base`; with each new `revision` it is another editor.
    """

    def __init__(self, start: Asked, inputs: Sequence[str]) -> None:
        self.asked, self.fault = start, ""
        self.base = self.cells = asked_columns(start, inputs)
        self.revision = 0

    def hear(self, columns: dict[str, list[Any]], inputs: Sequence[str]) -> None:
        """Takes note of what the editor holds."""
        self.cells = {column: [cell if isinstance(cell, str) else "" for cell in columns[column]] for column in columns}
        try:
            self.asked, self.fault = read_asked(self.cells, inputs), ""
        except ValueError as error:
            self.fault = str(error)

    def add(self, place: Sequence[float], inputs: Sequence[str]) -> None:
        """One more point at the end, as if it had been typed; it has no name yet."""
        rows = [row for row in zip(*self.cells.values(), strict=True) if any(cell.strip() for cell in row)]
        rows.append(("", *(str(number).removesuffix(".0") for number in place[: len(inputs)])))
        self.hear({column: list(cells) for column, cells in zip(self.cells, zip(*rows, strict=True), strict=True)},
                  inputs)
        self.rebase()

    def rebase(self) -> None:
        """Lets a new editor start from what there is; without any row it would not know texts from numbers."""
        self.base = {column: cells or [""] for column, cells in self.cells.items()}
        self.revision += 1


def predictions_tab(start: Asked, table: Table, origin: str) -> Points:
    """Draws the editor for the points of this origin, which begin as `start`; returns what it holds now."""
    points = _points(start, table, origin)
    rows, side = st.columns([3, 2], gap="medium")
    with rows:
        slot = st.empty()
        with slot:
            points.hear(_editor(points, table, origin), table.inputs)
        revision = points.revision
        for wish in st.session_state.pop(WISHES, []):
            wish(table.inputs)
        if points.revision != revision:
            with slot:
                _editor(points, table, origin)
    with side:
        if points.fault:
            st.error(f"{literal(points.fault)} The picture still shows the last good points.", icon=":material/error:")
        what = f"what {literal(cells.shown(table.target))} the network predicts"
        st.caption(f"Points that take no part in training. Each is a star in the picture, with {what} there, at every "
                   "epoch. Click a cell to change it; the plus below the last row adds one, and so does a click on the "
                   "picture with the star above it in hand.")
    return points


def ask(strokes: Sequence[Stroke], table: str, plane: Domain) -> None:
    """Lets the strokes that ask, on the table with this id, add to the points shown last."""
    points: Points = st.session_state["predictions"][st.session_state[SHOWN]]
    places = [rounded((stroke.x, stroke.y), plane) for stroke in strokes if stroke.asks and stroke.table == table]
    wishes = [partial(points.add, place) for place in places]
    st.session_state[WISHES] = [*st.session_state.get(WISHES, []), *wishes]


def _points(start: Asked, table: Table, origin: str) -> Points:
    every: dict[str, Points] = st.session_state.setdefault("predictions", {})
    points = every.setdefault(origin, Points(start, table.inputs))
    if st.session_state.get(SHOWN) != origin:
        points.rebase()                                                 # Streamlit forgets an editor that is not shown
    st.session_state[SHOWN] = origin
    return points


def _editor(points: Points, table: Table, origin: str) -> dict[str, list[Any]]:
    # The editor's own output never goes back in as its input: Streamlit would lose every second edit.
    titles = dict(zip(points.base, ("name", *table.inputs), strict=True))
    edited: Any = st.data_editor(
        points.base, key=f"asked {origin} {points.revision}", num_rows="dynamic", hide_index=True, height=HEIGHT,
        column_config={column: st.column_config.TextColumn(title, alignment="left" if column == "name" else "right")
                       for column, title in titles.items()},
    )
    return {column: list(edited[column]) for column in titles}
