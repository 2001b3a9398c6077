"""A person's own data: a file or pasted rows, and which of its columns are what."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from playground.app.markdown import literal
from playground.app.press import pressed
from playground.data import (
    MAX_BYTES,
    MAX_ROWS,
    Roles,
    Sheet,
    Table,
    TableError,
    cells,
    guess,
    holds_classes,
    read_sheet,
    to_table,
)

LISTED = 50                                                             # problems that are told one by one
NONE = -1                                                               # no column
TIMES, READ = "own data times", "own data read"                         # in the session
LIMITS = (f"A table of up to {MAX_ROWS:,} rows and {MAX_BYTES // 10**6} MB: a column or two of numbers and "
          "one to predict, parted by commas, semicolons or tabs, such as a spreadsheet saved as CSV.")

# Streamlit's own limit, which must be the larger one if ours is to be explained.
STYLE = "<style>[data-testid=stFileUploaderDropzoneInstructions] { display: none; }</style>"


def upload(use: Callable[[str, Table], None]) -> None:
    """Draws the form; `use` gets the title and the table of a person who is content with how it was read."""
    times = st.session_state.setdefault(TIMES, 0)                       # a new form, which is closed, after each table
    with st.popover("Your own data", icon=":material/upload:", key=f"own data {times}",
                    help="Open a file, or paste rows of a spreadsheet."):
        st.html(STYLE)
        limits = st.container()
        file = st.file_uploader("File", key=f"own file {times}")
        pasted = ""
        if not file or st.session_state.get(f"own rows {times}"):
            pasted = st.text_area("Or paste rows here", key=f"own rows {times}", height=100)
        title, data = (file.name, file.getvalue()) if file else ("Pasted rows", pasted.encode("utf-8", "replace"))
        if not data.strip():
            limits.caption(LIMITS)
            return
        content = file.file_id if file else str(hash(pasted))
        try:
            table = _read(data, content)
        except TableError as error:
            st.error(literal(str(error)))
            return
        if table is None:
            return
        counts = [f"{literal(cells.shown(name))} ({(table.y == i).sum()})" for i, name in enumerate(table.classes)]
        st.caption(f"{len(table)} rows{': ' if counts else ''}{', '.join(counts)}.")

        def submit() -> None:
            st.session_state.update({TIMES: times + 1, READ: None})
            use(title, table)

        st.button("Use this table", type="primary", on_click=pressed, args=(submit,))


def _read(data: bytes, content: str) -> Table | None:
    """The table as the person wants it read; None until that is settled."""
    first = _sheet(data, content, None)
    has_header = st.checkbox("The first row holds the names of the columns", first.has_header, key=f"header {content}")
    sheet = first if has_header == first.has_header else _sheet(data, content, has_header)
    roles = _roles(sheet, f"{content} {has_header}")
    try:
        return to_table(sheet, roles)
    except TableError as error:
        if error.problems[0].row is None:
            raise
        problems = error.problems
    rows = len({problem.row for problem in problems})
    with st.container(height=90):
        more = [f"And {len(problems) - LISTED} more."] if len(problems) > LISTED else []
        st.caption("  \n".join([*(literal(problem.message) for problem in problems[:LISTED]), *more]))
    if not st.checkbox(f"Leave out {'this row' if rows == 1 else f'these {rows} rows'}", key=f"leave out {content}"):
        st.caption("Or correct the file and choose it again.")
        return None
    return to_table(sheet, roles, leave_out=True)


def _sheet(data: bytes, content: str, has_header: bool | None) -> Sheet:
    """The cells; the session keeps them, so that a large file is not read on every rerun."""
    read: dict[tuple[str, bool | None], Sheet] = st.session_state.get(READ) or {}
    if (content, has_header) not in read:
        others = {key: sheet for key, sheet in read.items() if key[0] == content}
        read = {**others, (content, has_header): read_sheet(data, has_header)}
        st.session_state[READ] = read
    return read[content, has_header]


def _roles(sheet: Sheet, key: str) -> Roles:
    guessed, every = guess(sheet), list(range(len(sheet.header)))

    def choose(label: str, index: int) -> int:
        chosen: int = st.selectbox(label, every, index, key=f"{label} {key}", format_func=sheet.header.__getitem__)
        return chosen

    def optional(label: str, index: int | None) -> int | None:
        chosen: int = st.selectbox(
            label, [NONE, *every], 0 if index is None else index + 1, key=f"{label} {key}",
            format_func=lambda index: "none" if index == NONE else sheet.header[index],
        )
        return None if chosen == NONE else chosen

    left, right = st.columns(2)
    with left:
        first = choose("First input", guessed.inputs[0])
        second = optional("Second input", guessed.inputs[1] if len(guessed.inputs) > 1 else None)
    with right:
        target = choose("Target", guessed.target)
        name = optional("Names of the rows", guessed.name)
        test = optional("Train or test", guessed.test)
    kind = st.segmented_control(
        "The target holds", ["classes", "numbers"], default="classes" if holds_classes(sheet, target) else "numbers",
        key=f"kind {target} {key}", required=True, help="Classes are told apart, numbers are predicted.",
    )
    return Roles(name, (first,) if second is None else (first, second), target, kind == "classes", test)
