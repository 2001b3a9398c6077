"""The predictions tab: points that the network is asked about, which stand as stars in the picture."""

from __future__ import annotations

from typing import Any

import streamlit as st

from playground.app.markdown import literal
from playground.data import Asked, Table, asked_columns, cells, read_asked

HEIGHT = 175                                                            # pixels: a heading and four rows
OPEN = "asked open"                                                     # in the session: whose editor is drawn


class Points:
    """Points of one table: the last good ones, and what is typed. Each `revision` of the editor starts from `base`."""

    def __init__(self, asked: Asked, columns: dict[str, list[str]]) -> None:
        self.asked, self.fault = asked, ""
        self.base = self.typed = columns
        self.revision = 0

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


def predictions_tab(start: Asked, table: Table, origin: str, is_open: bool) -> Asked:
    """The points, the last good ones while something is wrong; draws their editor if the tab is open.

    They begin with some; `origin` tells one set of points from another.
    """
    key = f"asked {origin} {len(table.inputs)}"
    every: dict[str, Points] = st.session_state.setdefault("asked", {})
    points = every.setdefault(key, Points(start, asked_columns(start, table.inputs)))
    before, st.session_state[OPEN] = st.session_state.get(OPEN), key if is_open else ""
    if not is_open:
        return points.asked
    if before != key:
        points.open()
    rows, side = st.columns([3, 2], gap="medium")
    with rows:
        points.hear(_editor(points, table, f"{key} {points.revision}"), table)
    with side:
        if points.fault:
            st.error(f"{literal(points.fault)} The picture still shows the last good points.", icon=":material/error:")
        what = f"what {literal(cells.shown(table.target))} the network predicts"
        st.caption(f"Points that take no part in training. Each is a star in the picture, with {what} there, at every "
                   "epoch. Click a cell to change it; the plus below the last row adds one.")
    return points.asked


def _editor(points: Points, table: Table, key: str) -> dict[str, list[str]]:
    # The editor's own output never goes back in as its input: Streamlit would lose every second edit.
    titles = dict(zip(points.base, ("name", *table.inputs), strict=True))
    edited: Any = st.data_editor(
        points.base, key=key, num_rows="dynamic", hide_index=True, height=HEIGHT,
        column_config={column: st.column_config.TextColumn(title, alignment="left" if column == "name" else "right")
                       for column, title in titles.items()},
    )
    return {column: [cell if isinstance(cell, str) else "" for cell in edited[column]] or [""] for column in titles}
