"""Refused: what a link says that the controls cannot take. Streamlit leaves that out, and what is usual as well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from playground.app.boxes import amount, title
from playground.app.markdown import literal
from playground.app.player import FARTHEST
from playground.app.snapshot import Query
from playground.data import DATASETS, FEATURES, cells

MENTIONED = 3                                                           # settings in a sentence
TYPED = ("rate", "penalty_rate")                                        # which keep whatever text they are given


def refused(asked: Query, epoch: str) -> str:
    """A sentence about what the controls, drawn by now, did not take of a link, in Markdown; empty if they took all."""
    found = [f"{name}={', '.join(values)}" for name, values in asked if not _taken(name, values)]
    if epoch and not 0 <= _number(epoch) <= FARTHEST:
        found.append(f"epoch={epoch}")
    if not found:
        return ""
    said = ", ".join(f"“{literal(cells.shown(setting))}”" for setting in found[:MENTIONED])
    more = f" and {len(found) - MENTIONED} more" if len(found) > MENTIONED else ""
    return f"The link says {said}{more}. That cannot be used: the page takes what is usual instead."


def _taken(name: str, values: Sequence[str]) -> bool:
    """Whether a setting is still in the address, or the control has that value, or there is no such control."""
    value = st.session_state.get(name)
    if name in TYPED and value is not None:
        return _is_amount(value)
    return value is None or list(values) == st.query_params.get_all(name) or _is(name, value, values)


def _is(name: str, value: Any, texts: Sequence[str]) -> bool:
    if isinstance(value, list):
        return {FEATURES[one].label.format("x₁", "x₂") for one in value} == set(texts)
    if isinstance(value, bool):
        return texts[-1].lower() == str(value).lower()
    if isinstance(value, int):
        return _number(texts[-1]) == value
    return texts[-1] == (DATASETS[value].title if name == "data" else title(value))


def _is_amount(text: str) -> bool:
    try:
        amount(text)
    except ValueError:
        return False
    return True


def _number(text: str) -> float:
    """What a text says as a number, NaN where it is none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")
