"""A grid on the page: texts in rows and columns that are edited in the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

NO_EDITS: dict[str, Any] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}


def held(columns: Mapping[str, Sequence[str]], edits: Mapping[str, Any] | None) -> dict[str, list[str]]:
    """What an `st.data_editor` holds that was drawn with these columns, by the edits in the session under its key.

    It is known before the editor is drawn, so that each run draws one. To draw one and another in its place takes both
    off the screen for a moment where the browser is slow, with what is being typed.
    """
    edits = edits or NO_EDITS
    cells = {name: list[object](column) for name, column in columns.items()}
    for row, typed in edits["edited_rows"].items():
        for name, text in typed.items():
            cells[name][row] = text
    deleted = set(edits["deleted_rows"])
    for name, column in cells.items():
        kept = (text for row, text in enumerate(column) if row not in deleted)
        cells[name] = [*kept, *(row.get(name) for row in edits["added_rows"])]
    return {name: [text if isinstance(text, str) else "" for text in column] for name, column in cells.items()}
