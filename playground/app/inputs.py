"""What the network is fed: the choice of its inputs, whether they are standardised, and the numbers that arrive."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from playground.app.boxes import BOUND
from playground.app.markdown import literal
from playground.data import FEATURES, Table, cells, feature_labels
from playground.figures import View

CHOICES = {1: "input", 2: "features"}                                   # number of inputs: key in the link
STANDARDISE = {False: "standardise", True: "standardise_own"}           # whether it is the usual thing: key in the link


class Inputs(NamedTuple):
    """The features fed in and whether the table's columns are standardised first."""

    features: tuple[str, ...]
    standardise: bool


def input_controls(table: Table, usually_standardised: bool) -> Inputs:
    """Draws the controls. Without any input chosen there is a sentence, and the last choice stays."""
    n = len(table.inputs)
    key, fitting = CHOICES[n], [name for name, feature in FEATURES.items() if feature.needs <= n]
    usual = ["x1", "x2"][:n]
    features = st.pills(
        "Inputs of the network", fitting, selection_mode="multi", default=usual, key=key, **BOUND,
        format_func=lambda name: FEATURES[name].label.format("x₁", "x₂"),
        help="What the input neurons are fed: the columns of the table, or functions of them.",
    )
    if not features:
        st.error("Choose at least one input: without any, the network has nothing to learn from.")
        features = st.session_state.get(f"good {key}", usual)
    st.session_state[f"good {key}"] = features
    standardise = st.toggle(
        "Standardise inputs", usually_standardised, key=STANDARDISE[usually_standardised], **BOUND,
        help="Subtracts the mean of each column and divides by its standard deviation, both of the training points. "
             "Columns far from zero, or of very different sizes, train badly without.",
    )
    return Inputs(tuple(features), standardise)


def fed_in(view: View, standardised: bool) -> str:
    """The numbers that arrive at the input neurons, in Markdown."""
    X, labels = view.fed(view.table.X[view.train]), feature_labels(view.features, view.table.inputs)
    ranges = ", ".join(f"{_short(label)} {_number(low)} to {_number(high)}"
                       for label, low, high in zip(labels, X.min(axis=0), X.max(axis=0), strict=True))
    scaled = ", ".join(f"{_short(name)} {_number(mean)} ± {_number(deviation)}"
                       for name, mean, deviation in zip(view.table.inputs, *view.scaling, strict=True))
    return (f"Mean ± standard deviation: {scaled}.  \n" if standardised else "") + f"Fed in: {ranges}."


def _short(name: str) -> str:
    return literal(cells.shown(name))


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "\N{MINUS SIGN}")
