"""Examples: the notebook's two networks that only answer and never train, one click away."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from playground.app.controls import BY_SHARE, keep_replaced, replace
from playground.app.experiment import Experiment
from playground.app.press import pressed
from playground.app.session import Session
from playground.data import Asked
from playground.nn import predict

X = Asked(("x",), ((2.0, 3.0),))                                        # what both are given
WANTED = "wanted example"                                               # in the session: the one just chosen
INPUTS = ("x1", "x2")
SETTINGS: dict[str, Any] = {                                            # of both, by their keys in the link
    "data": "people", "split": BY_SHARE, "share": 100, "features": list(INPUTS), "standardise": False,
    "activation": "sigmoid", "output": "sigmoid",
}


class Example(NamedTuple):
    """A sigmoid network with these hidden layers and parameters (P,)."""

    title: str
    hidden: tuple[int, ...]
    parameters: tuple[float, ...]

    def describes(self, experiment: Experiment) -> bool:
        """Whether this is its network, fed with the columns as they are."""
        config = experiment.config
        network = (config.hidden, config.output_activation, *([config.activation] if config.hidden else []))
        mine = (self.hidden, "sigmoid", *(["sigmoid"] if self.hidden else []))
        return network == mine and experiment.features == INPUTS and not experiment.standardise


EXAMPLES = {
    "neuron": Example("One neuron", (), (0, 1, 4)),
    "network": Example("Three neurons", (2,), (0, 0, 1, 1, 0, 0, 0, 1, 0)),
}


def example_buttons() -> None:
    """Draws a button for each."""
    st.caption("From the notebook, without training:")
    for column, (name, example) in zip(st.columns(2), EXAMPLES.items(), strict=True):
        column.button(example.title, key=f"example {name}", on_click=pressed, args=(_choose, name), width="stretch",
                      help="Sets the start weights to the notebook's and shows what the network answers to (2, 3).")


def show_example(session: Session) -> Asked:
    """Gives the run the start weights of the example just chosen; says what the one on screen answers.

    Returns what it was asked, nothing if no example is on screen.
    """
    wanted = EXAMPLES.get(st.session_state.pop(WANTED, ""))
    if wanted and wanted.describes(session.experiment):
        session.start_from(wanted.parameters)
    for example in EXAMPLES.values():
        if example.describes(session.experiment) and session.runs.given == example.parameters:
            state = session.recording.state(0)
            answer = predict(session.recording.config, state, np.array(X.places))[0, 0]
            st.caption(f"At epoch 0 it answers **{float(answer)!r}** to x = (2, 3).")
            return X
    return Asked()


def _choose(name: str) -> None:
    keep_replaced()
    example = EXAMPLES[name]
    layers = {"layers": len(example.hidden), **{f"n{i}": units for i, units in enumerate(example.hidden, 1)}}
    for key, value in (SETTINGS | layers).items():
        replace(key, value)
    st.session_state[WANTED] = name
