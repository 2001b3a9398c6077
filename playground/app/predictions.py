"""The predictions tab: points that the network is asked about, which stand as stars in the picture."""

from __future__ import annotations

from typing import Any

import streamlit as st

from playground.app.markdown import literal
from playground.data import Asked, Table, asked_columns, cells, read_asked

HEIGHT = 175                                                            # pixels: a heading and four rows


def predictions_tab(start: Asked, table: Table, origin: str) -> Asked:
    """Draws the editor, which begins with some points; returns those in it, or the last good ones.

    `origin` tells one set of points from another.
    """
    key = f"asked {origin} {len(table.inputs)}"
    rows, side = st.columns([3, 2], gap="medium")
    columns = asked_columns(start, table.inputs)
    titles = dict(zip(columns, ("name", *table.inputs), strict=True))
    with rows:
        # The editor's own output never goes back in as its input: Streamlit would lose every second edit.
        edited: Any = st.data_editor(
            columns, key=key, num_rows="dynamic", hide_index=True, height=HEIGHT,
            column_config={column: st.column_config.TextColumn(title, alignment="left" if column == "name" else "right")
                           for column, title in titles.items()},
        )
    good = f"good {key}"
    with side:
        try:
            st.session_state[good] = read_asked({column: list(edited[column]) for column in columns}, table.inputs)
        except ValueError as error:
            st.error(f"{literal(str(error))} The picture still shows the last good points.", icon=":material/error:")
        what = f"what {literal(cells.shown(table.target))} the network predicts"
        st.caption(f"Points that take no part in training. Each is a star in the picture, with {what} there, at every "
                   "epoch. Click a cell to change it; the plus below the last row adds one.")
    asked: Asked = st.session_state.get(good, start)
    return asked
