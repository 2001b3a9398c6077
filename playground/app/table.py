"""The table tab: the data set as rows a person can edit, and a sentence where what was typed cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground.app.markdown import literal
from playground.data import Table, TableError, read_table

HEIGHT = 245                                                            # pixels: a heading and six rows


def table_tab(preset: Table, origin: str) -> Table:
    """Draws the editor for a preset; returns what it holds now, or the last good table while something is wrong.

    `origin` names the preset and how it was drawn: another one starts from its own rows.
    """
    revision = st.session_state.setdefault("revisions", {}).setdefault(origin, 0)
    rows, side = st.columns([3, 2], gap="medium")
    with rows:
        # The editor's own output never goes back in as its input: Streamlit would lose every second edit.
        edited: Any = st.data_editor(
            _texts(preset), key=f"table {origin} {revision}", num_rows="dynamic", hide_index=True, height=HEIGHT,
            column_config=_columns(preset),
        )
    columns: Mapping[str, Any] = {name: list(values) for name, values in edited.items()}
    last_good = f"table {origin} {revision} last good"
    with side:
        try:
            table = read_table(columns, like=preset)
        except TableError as error:
            st.error(f"{literal(str(error))} The figures still show the last good table.", icon=":material/error:")
            kept: Table = st.session_state.get(last_good, preset)
            return kept
        st.session_state[last_good] = table
        st.caption(_legend(table))
        if table != preset:
            st.button("Back to the original table", on_click=_revert, args=(origin,), icon=":material/undo:")
        return table


def _texts(table: Table) -> dict[str, list[str]]:
    """The table's columns as a person would type them: 2 and not 2.0."""
    return {name: [str(value).removesuffix(".0") for value in values] for name, values in table.columns().items()}


def _columns(table: Table) -> dict[str, Any]:
    """Text columns, so that everything can be typed, "2,5" as well as "2.5", and is answered with a sentence."""
    number = "A number; both 2.5 and 2,5 will do."
    target = f"The class: {_classes(table)}." if table.classes else f"What is to be predicted. {number}"
    helps = {"name": None, table.target: target}
    return {
        name: st.column_config.TextColumn(
            name, alignment="left" if name == "name" else "right", help=helps.get(name, number))
        for name in table.columns()
    }


def _legend(table: Table) -> str:
    named = table.classes and table.classes[0] != "class 0"
    explained = f" {literal(table.target)}: {literal(_classes(table))}." if named else ""
    return (f"{len(table)} rows.{explained} Click a cell to change it; the plus below the last row adds one. "
            "The run then starts again with the same start weights.")


def _classes(table: Table) -> str:
    return ", ".join(f"{label} is {name}" for label, name in enumerate(table.classes))


def _revert(origin: str) -> None:
    st.session_state["revisions"][origin] += 1
