"""The page: controls in the sidebar, the player, and below it the table and an explanation."""

from __future__ import annotations

from typing import Any

import streamlit as st

from playground.app.controls import REPLACED, Choice, data_controls, keep_replaced, network_controls
from playground.app.examples import WANTED, example_buttons, show_example
from playground.app.experiment import Experiment
from playground.app.explanation import EXPLANATION
from playground.app.history import Draft
from playground.app.inputs import fed_in, input_controls
from playground.app.link import TICKED
from playground.app.parts import left_out, part, tabs
from playground.app.player import KEY, Request, player
from playground.app.predictions import ask, predictions_tab
from playground.app.session import Session
from playground.app.table import draw, table_tab
from playground.app.trim import share, trimmed
from playground.data import DATASETS, Asked, domain, task

STYLE = """<style>
.stMainBlockContainer { padding: 1.1rem 1.6rem 1.5rem; }
.stMainBlockContainer > div > .stVerticalBlock { gap: 0.6rem; }
[data-testid="stSidebarContent"] .stVerticalBlock { gap: 0.55rem; }
[data-testid="stSidebarHeader"] { position: absolute; right: 0; height: 3rem; padding: 0.4rem; z-index: 1; }
[data-testid="stSidebarUserContent"] { padding-top: 0.9rem; }
.stAppHeader { background: transparent; }
.stAppHeader, .stAppHeader :not(button, button *) { pointer-events: none; }
.stAppHeader button { pointer-events: auto; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 3.2rem 0.7rem 1rem; } }
</style>"""


def page() -> None:
    """Draws everything once; after that the player's requests run the stage alone."""
    st.html(STYLE)
    trim = trimmed()
    choice = data_controls()
    above = st.container()
    share(trim)
    (rows, _), (predictions, is_open), (explanation, _) = tabs(trim.hidden)
    with rows:
        draft = _draft(choice)
    with explanation:
        st.markdown(EXPLANATION)
    preset = DATASETS[choice.dataset]
    shown = draft.plane or (None if draft.own else preset.domain)
    with predictions:
        start, origin = (Asked(), draft.id) if draft.own else (preset.asked, choice.dataset)
        points = predictions_tab(start, draft, domain(draft.table, shown), origin, is_open)
    with st.sidebar, part("inputs"):
        inputs = input_controls(draft.table, draft.own or preset.standardised)
        note = st.empty()
    below = st.sidebar.container()
    config = network_controls(task(draft.table))
    experiment = Experiment(config, draft.table, shown, choice.train_share, choice.draw, *inputs)
    if "session" not in st.session_state:
        st.session_state.session = Session(experiment, st.context.theme.type or "light")
    session: Session = st.session_state.session
    session.show(experiment)
    session.trim(left_out(trim.hidden), trim.projected)
    with below, part("examples"):
        if choice.dataset == "people" and not draft.own:
            example_buttons()
        extra = show_example(session)
    with below:
        if session.runs.given != session.runs.drawn:
            st.caption("Start weights were set by hand.")
            st.button("Use the drawn ones", on_click=session.start_from, args=(session.runs.drawn,))
    session.ask(Asked(points.asked.names + extra.names, points.asked.places + extra.places))
    session.table, session.fault = draft.id, points.refused or draft.fault
    note.caption(fed_in(session.scene.view, inputs.standardise))
    st.session_state.drawn = _settings()
    with above:
        _stage()


def _draft(choice: Choice) -> Draft:
    preset, drawn = DATASETS[choice.dataset], (choice.samples, choice.noise, choice.draw)
    origin = " ".join(map(str, (choice.dataset, *drawn)))
    return table_tab(preset.make(*drawn), preset.title, origin, choice.train_share is None)


@st.fragment
def _stage() -> None:
    if not _settings().items() <= st.session_state.drawn.items():
        # A control was used in the moment of a request, and Streamlit ran this fragment alone for both. That a control
        # is no longer there, such as the editor before an undo, is no reason.
        st.rerun()
    session: Session = st.session_state.session
    player(session.message(), _hear)


def _hear(request: Request) -> None:
    keep_replaced()
    session: Session = st.session_state.session
    if strokes := session.hear(request):
        draw(strokes, session.scene.view.axes)
        ask(strokes, session.scene.view.axes)


def _settings() -> dict[str, Any]:
    """What the controls and the table say."""
    state = st.session_state.to_dict()
    return {key: value for key, value in state.items()
            if key not in (KEY, REPLACED, WANTED, "session", "drawn") and not key.startswith(TICKED)}
