"""A grid holds what was typed, added and deleted in it since it was drawn, as Streamlit itself reads its edits."""

import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as some
from streamlit.elements.lib.column_config_utils import determine_dataframe_schema
from streamlit.elements.widgets.data_editor import _apply_dataframe_edits

from playground.app.grid import held

COLUMNS = {"a": ("1", "2", "3"), "b": ("x", "y", "")}
cells = some.dictionaries(some.sampled_from(["a", "b"]), some.none() | some.text("1,é <", max_size=3))
edits = some.fixed_dictionaries({
    "edited_rows": some.dictionaries(some.integers(0, 2), cells),
    "added_rows": some.lists(cells, max_size=3),
    "deleted_rows": some.lists(some.integers(0, 2), unique=True, max_size=3),
})


@given(edits)
def test_it_holds_what_streamlits_own_editor_returns(edits):
    frame = pd.DataFrame(COLUMNS, dtype=object)
    schema = determine_dataframe_schema(frame, pa.Table.from_pandas(frame).schema)
    returned = _apply_dataframe_edits(frame, edits, schema)
    assert held(COLUMNS, edits) == {
        name: [text if isinstance(text, str) else "" for text in returned[name]] for name in COLUMNS}


def test_a_grid_that_is_new_holds_what_it_was_drawn_with():
    assert held(COLUMNS, None) == {"a": ["1", "2", "3"], "b": ["x", "y", ""]}
