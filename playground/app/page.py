"""The page: controls in the sidebar, the player, and below it the table and an explanation."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from playground.app import compare, pinning, standings
from playground.app.classlink import TICKED
from playground.app.controls import REPLACED, Choice, data_controls, keep_replaced, network_controls, note_replaced
from playground.app.examples import WANTED, example_buttons, show_example
from playground.app.experiment import Experiment
from playground.app.explanation import EXPLANATION
from playground.app.export import export_tab
from playground.app.history import Draft, opened, restored
from playground.app.inputs import fed_in, input_controls
from playground.app.link import LinkError, read
from playground.app.markdown import literal
from playground.app.parts import left_out, part, tabs
from playground.app.player import KEY, Request, opening, player
from playground.app.predictions import ask, predictions_tab
from playground.app.press import DUE, due, pressed
from playground.app.refused import refused
from playground.app.saved import EMPTY, Saved
from playground.app.saving import experiment_file
from playground.app.session import Session
from playground.app.snapshot import HELD, held, settings
from playground.app.sweep import show_opened, sweep_tab
from playground.app.table import draw, table_tab
from playground.app.trim import share, trimmed
from playground.data import DATASETS, Asked, domain, task

OPENING = 0.4                                                           # seconds of training until a page opens
RESTORE = "restore"                                                     # in the session: a link's field to go back to
TOLD = "link settings"                                                  # likewise: what the link says of the controls
INTERNAL = (KEY, REPLACED, WANTED, RESTORE, TOLD, HELD, DUE, standings.KEY, "session", "drawn")
STYLE = """<style>
.stMainBlockContainer { padding: 1.1rem 1.6rem 1.5rem; }
.stMainBlockContainer > div > .stVerticalBlock { gap: 0.6rem; }
[data-testid="stSidebarContent"] .stVerticalBlock { gap: 0.55rem; }
[data-testid="stSidebarHeader"] { position: absolute; right: 0; height: 3rem; padding: 0.4rem; z-index: 1; }
[data-testid="stSidebarUserContent"] { padding-top: 0.9rem; }
[data-testid="stMultiSelectTagsContainer"] { flex-wrap: wrap; }
:has(> [data-testid="stMultiSelectTagsContainer"]) { height: auto; max-height: none; }
[data-stale="true"], .stExpander :is(details, summary), .stTabs [role="tablist"] {
  opacity: 1 !important; transition: none !important;
}
.stAppHeader { background: transparent; }
.stAppHeader, .stAppHeader :not(button, button *) { pointer-events: none; }
.stAppHeader button { pointer-events: auto; }
[data-testid="stStatusWidget"] { background: light-dark(#fff, #0e1117); border-radius: 0.5rem; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding: 3.2rem 0.7rem 1rem; }
  .stAppHeader button { background: light-dark(#fff, #0e1117); box-shadow: 0 0 0 1px #8a92a0; }
}
</style>"""


def page() -> None:
    """Draws everything once; after that the player's requests run the stage alone."""
    st.session_state.pop(DUE, None)
    st.html(STYLE)
    trim = trimmed()
    begin, fault = kept_by_link()
    st.session_state.setdefault(TOLD, settings())
    kept = begin or EMPTY
    choice = data_controls()
    above = st.container()
    share(trim)
    (rows, _), (predictions, asking), (sweep, sweeping), *others = tabs(trim.hidden)
    (comparison, comparing), (export, exporting), (explanation, _) = others
    with rows:
        try:
            draft = _draft(choice, begin)
        except ValueError as error:
            draft, fault = _draft(choice, begin and EMPTY), f"The saved table cannot be used. {error}"
    with explanation:
        st.markdown(EXPLANATION)
    preset = DATASETS[choice.dataset]
    shown = draft.plane or (None if draft.own else preset.domain)
    with predictions:
        usual, origin = (Asked(), draft.id) if draft.own else (preset.asked, choice.dataset)
        anew = begin and (usual if begin.asked is None else begin.asked)
        if anew and any(len(place) < len(draft.table.inputs) for place in anew.places):
            anew, fault = usual, f"{fault} The saved points to predict do not go with this table: they are left out."
        points = predictions_tab(usual, draft, domain(draft.table, shown), origin, asking, anew)
    with st.sidebar, part("inputs"):
        inputs = input_controls(draft.table, draft.own or preset.standardised)
        note = st.container()
    below = st.sidebar.container()
    config = network_controls(task(draft.table))
    experiment = Experiment(config, draft.table, shown, choice.train_share, choice.draw, *inputs)
    if begin is not None:
        theme = st.context.theme.type or "light"
        try:
            st.session_state.session = Session(experiment, theme, kept)
        except ValueError as error:
            st.session_state.session = Session(experiment, theme)
            fault = f"The saved weights do not go with this network: {error}"
    session: Session = st.session_state.session
    if begin is not None and (first := opening(session.run, session.theme, st.query_params.get("epoch", ""))):
        session.recording.advance(first.at, seconds=OPENING)
        session.hear(first)
    show_opened(session, experiment)
    session.show(experiment)
    asked, session.query = session.query, tuple((name, value) for name, values in settings() for value in values)
    # By the browser's history: the player waits for that, and gets no message that is as the last one. Not public API:
    # without it the player asks after a while.
    if getattr(get_script_run_ctx(), "is_history_navigation", False):
        session.turns += 1
        note_replaced(dict(asked + session.query), st.session_state.get("drawn", {}))
    session.trim(left_out(trim.hidden), trim.projected)
    with below, part("examples"):
        if choice.dataset == "people" and not draft.own:
            example_buttons()
        extra = show_example(session)
    with below:
        if session.runs.given != session.runs.drawn:
            st.caption("Start weights were set by hand.")
            st.button("Use the drawn ones", on_click=pressed, args=(session.start_from, session.runs.drawn))
    session.ask(Asked(points.asked.names + extra.names, points.asked.places + extra.places))
    session.link.draft, session.link.own = draft, None if points.asked == usual else points.asked
    session.table, session.fault = draft.id, points.refused or draft.fault
    if comparing:
        with comparison:
            compare.compare_tab(session)
    else:
        st.session_state.pop(compare.SEEN, None)
    if exporting:
        with export:
            experiment_file(session, draft)
            export_tab(session, draft.title)
    with sweep:
        sweep_tab(session, experiment, sweeping)
    note.caption(fed_in(session.scene.view, inputs.standardise))
    told = st.session_state.pop(TOLD)
    said = literal(fault), refused(told, st.query_params.get("epoch", "")) if begin is not None else ""
    st.session_state.drawn = _settings()
    with above:
        if any(said):
            st.warning(" ".join(said).strip(), icon=":material/link_off:")
        _stage()


def _draft(choice: Choice, begin: Saved | None) -> Draft:
    preset, drawn = DATASETS[choice.dataset], (choice.samples, choice.noise, choice.draw)
    start = opened(preset.title, preset.make(*drawn))
    anew = begin and (restored(begin.table, start) if begin.table else start)
    return table_tab(start, " ".join(map(str, (choice.dataset, *drawn))), choice.train_share is None, anew)


def kept_by_link() -> tuple[Saved | None, str]:
    """What to begin anew with beyond the controls, by the link or when the player asks for it; and what is wrong.

    None where the session goes on.
    """
    field = st.session_state.pop(RESTORE, None)
    if field is None and "session" in st.session_state:
        return None, ""
    if field is None:
        field = st.query_params.get("state", "")
    try:
        return held(field) or read(field), ""
    except LinkError as error:
        return EMPTY, str(error)


@st.fragment
def _stage() -> None:
    session: Session = st.session_state.session
    # A control was used in the moment of a request, and Streamlit ran this fragment alone for both. That one is gone,
    # such as the editor before an undo, is no reason.
    if DUE in st.session_state or not _settings().items() <= st.session_state.drawn.items():
        st.rerun()
    player(session.message(pinning.kept_pins(), pinning.copied()), _hear)


def _hear(request: Request) -> None:
    keep_replaced()
    session: Session = st.session_state.session
    before = _settings()
    if request.restore is not None and session.runs.of(request.run):    # else it was done, and asked for once more
        st.session_state[RESTORE] = request.restore
        due()
    pinning.hear(session, request)
    if strokes := session.hear(request):
        draw(strokes, session.scene.view.axes)
        ask(strokes, session.scene.view.axes)
    compare.hear(session, request)
    if _settings() != before:
        due()


def _settings() -> dict[str, Any]:
    """What the controls and the table say, and the theme that all is drawn in."""
    state = st.session_state.to_dict() | {"theme": st.session_state.session.theme}
    return {key: value for key, value in state.items() if key not in INTERNAL and not key.startswith(TICKED)}
