"""Press: what a button does, whatever else Streamlit is told in the same moment.

Streamlit's frontend sends what falls into one moment as one message, for the fragment of the one alone. Callbacks are
called all the same, but the page would not be drawn for a button whose press goes with a request of the player's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

DUE = "page due"                                                        # in the session until the page is drawn


def pressed(action: Callable[..., object], *args: Any) -> None:
    """Does what a button is for; the page is drawn after that."""
    due()
    action(*args)


def due() -> None:
    """Has the page drawn, also where the player's fragment alone is run."""
    st.session_state[DUE] = True
