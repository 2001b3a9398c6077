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
FAULT, OPEN = "rename fault", "rename open"                             # in the session


def rename(draft: Draft, use: Callable[[Callable[[Draft], Draft]], None], revision: int) -> None:
    """Draws the form, a new one for each revision; `use` gets what renames a draft as it was typed, if it can be."""
    table = draft.table
    labels = ["First input", "Second input", "Target", *(f"Class {index}" for index in range(len(table.classes)))]
    names = [*table.inputs, table.target, *table.classes]
    keys = [f"rename {revision} {index}" for index in range(len(names))]

    def submit() -> None:
        typed = [str(st.session_state[key]).strip() for key in keys]
        fault = st.session_state[FAULT] = _fault(typed, names)
        if not fault and typed != names:
            st.session_state[OPEN] = False
            use(partial(renamed, inputs=(typed[0], typed[1]), target=typed[2], classes=typed[3:]))

    with st.popover("Rename", icon=":material/edit:", help="Other names for the columns and the classes.", key=OPEN,
                    on_change=_forget):
        with st.form(f"rename {revision}", border=False):
            for row in (range(2), range(2, 3), range(3, len(names))):
                sides = st.columns(2)
                for place, index in enumerate(row):
                    sides[place % 2].text_input(labels[index], names[index], key=keys[index])
            st.form_submit_button("Rename", on_click=submit)
        if fault := st.session_state.get(FAULT):
            st.error(literal(fault))


def _forget() -> None:
    st.session_state[FAULT] = ""


def _fault(typed: list[str], names: list[str]) -> str:
    """What is wrong with new names, in a sentence; "" if nothing is."""
    columns, classes = typed[:3], typed[3:]
    if not all(typed):
        return "A name is empty: type one."
    if long := [new for new, old in zip(typed, names, strict=True) if new != old and len(new) > LONGEST]:
        return f"“{cells.shown(long[0])}” is too long: type at most {LONGEST} characters."
    if len({NAME, SET, *columns}) < 5:
        return f"The columns need different names, none of them “{NAME}” or “{SET}”: change one."
    for index, (name, old) in enumerate(zip(classes, names[3:], strict=True)):
        others = [*classes[:index], "", *classes[index + 1:]]
        if name != old and cells.label(name, others) not in (None, index):
            return f"“{cells.shown(name)}” already stands for another class: choose another name."
    return ""
