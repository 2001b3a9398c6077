"""The renaming of a table's columns and classes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from playground.app.history import Draft, renamed
from playground.app.markdown import literal
from playground.data import cells
from playground.data.table import NAME, SET

LONGEST = 40                                                            # characters of a new name
FAULT = "rename fault"                                                  # in the session: by form


def rename(draft: Draft, use: Callable[[Callable[[Draft], Draft]], None], revision: int) -> None:
    """Draws the form, a new and closed one for each revision; `use` gets what renames a draft as it was typed."""
    table = draft.table
    n = len(table.inputs)
    labels = [*("First input", "Second input")[:n], "Target", *(f"Class {i}" for i in range(len(table.classes)))]
    names = [*table.inputs, table.target, *table.classes]
    form = f"rename {revision}"
    keys = [f"{form} {index}" for index in range(len(names))]

    def submit() -> None:
        typed = [str(st.session_state[key]).strip() for key in keys]
        fault = _fault(typed, names, n + 1)
        st.session_state[FAULT] = {form: fault}
        if not fault and typed != names:
            use(partial(renamed, inputs=tuple(typed[:n]), target=typed[n], classes=typed[n + 1 :]))

    with st.popover("Rename", icon=":material/edit:", help="Other names for the columns and the classes.",
                    key=f"{form} open"):
        with st.form(form, border=False):
            for row in (range(n), range(n, n + 1), range(n + 1, len(names))):
                sides = st.columns(2)
                for place, index in enumerate(row):
                    sides[place % 2].text_input(labels[index], names[index], key=keys[index])
            st.form_submit_button("Rename", on_click=submit)
        if fault := st.session_state.get(FAULT, {}).get(form):
            st.error(literal(fault))


def _fault(typed: list[str], names: list[str], n_columns: int) -> str:
    """What is wrong with new names, those of the columns first, in a sentence; "" if nothing is."""
    columns, classes = typed[:n_columns], typed[n_columns:]
    if not all(typed):
        return "A name is empty: type one."
    if long := [new for new, old in zip(typed, names, strict=True) if new != old and len(new) > LONGEST]:
        return f"“{cells.shown(long[0])}” is too long: type at most {LONGEST} characters."
    if len({NAME, SET, *columns}) < n_columns + 2:
        return f"The columns need different names, none of them “{NAME}” or “{SET}”: change one."
    for index, (name, old) in enumerate(zip(classes, names[n_columns:], strict=True)):
        others = [*classes[:index], "", *classes[index + 1:]]
        if name != old and cells.label(name, others) not in (None, index):
            return f"“{cells.shown(name)}” already stands for another class: choose another name."
    return ""
