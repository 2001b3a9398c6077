"""Boxes: the kinds of control in the sidebar that are used more than once, each bound to the address under its key."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import streamlit as st

BOUND: dict[str, Any] = {"bind": "query-params"}


def whole(place: Any, label: str, span: tuple[int, int], usual: int, key: str, help_text: str, step: int = 1) -> int:
    """A whole number; an infinite one in the address, on which Streamlit fails, is taken from there first."""
    try:
        endless = math.isinf(float(st.query_params.get(key, "")))
    except ValueError:
        endless = False
    chosen: int = place.number_input(label, *span, usual, step, key=key, help=help_text, **({} if endless else BOUND))
    if endless:
        st.query_params.pop(key, None)
        st.rerun()
    return chosen


def select(label: str, names: Iterable[str], default: str, key: str, help_text: str) -> str:
    """One of several."""
    options = list(names)
    index = options.index(default)
    chosen: str = st.selectbox(label, options, index, key=key, help=help_text, format_func=title, **BOUND)
    return chosen


def typed(label: str, options: tuple[str, ...], default: str, key: str, help_text: str) -> float:
    """A number chosen or typed; where it cannot be used, a sentence and the last one that could."""
    good = f"good {key}"
    said = st.selectbox(label, options, index=options.index(default), key=key, accept_new_options=True, help=help_text,
                        **BOUND)
    try:
        value = amount(str(said))
    except ValueError:
        kept: float = st.session_state.get(good, float(default))
        st.error(f"{label}: type a number from 0 to a billion, such as {default}. Until then {kept:g} is used.")
        return kept
    st.session_state[good] = value
    return value


def amount(text: str) -> float:
    """A number from 0 to a billion, as a person types it; ValueError, in a sentence, for what is none."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1e9:
        raise ValueError(f"“{text}” cannot be used: type a number from 0 to a billion.")
    return value


def title(name: str) -> str:
    """What a choice is called on the page, and in the address."""
    return TITLES.get(name, name.replace("_", " "))


TITLES = {
    "relu": "ReLU", "leaky_relu": "leaky ReLU", "elu": "ELU", "gelu": "GELU", "sgd": "SGD", "rmsprop": "RMSprop",
    "adagrad": "AdaGrad", "adam": "Adam", "adamw": "AdamW", "mse": "mean squared error",
    "half_mse": "half mean squared error", "he": "He", "xavier": "Xavier", "normal": "normal (0, 1)",
}
