"""The sweep tab: the experiment on screen with several values of one or two settings, each run a small picture."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from playground.app import controls
from playground.app.boxes import title
from playground.app.experiment import Experiment
from playground.app.markdown import literal
from playground.app.press import pressed
from playground.app.session import Session
from playground.app.settings import APART, SETTINGS
from playground.app.tiles import Tile, Tiles, tiles
from playground.figures import THEMES, specks, thumbnail
from playground.nn import Config, Outcome, Sweep

MOST_VALUES, MOST_EPOCHS = 6, 10_000
SECONDS = 10.0                                                          # of training: others wait meanwhile
# In the session: the last one, one that is to be trained, and the run that was clicked.
SWEPT, WANTED, OPENED = "swept", "sweep wanted", "sweep opened"
WIDGETS = "sweep: "                                                     # keys of the tab's widgets begin with it


class Axis(NamedTuple):
    """A setting, by its key in SETTINGS, and the values to try, as texts."""

    setting: str
    values: tuple[str, ...]


class Swept:
    """A trained sweep: row by row the `texts` of each run, a value for each axis, and where it started and ended."""

    def __init__(self, session: Session, experiment: Experiment, axes: tuple[Axis, ...], epochs: int) -> None:
        self.experiment, self.axes, self.wanted = experiment, axes, epochs
        across, *down = axes
        self.texts = [(value, *other) for other in ([(text,) for text in down[0].values] if down else [()])
                      for value in across.values]
        self.view = experiment.view()
        configs, self.starts = [], []
        for texts in self.texts:
            config = self.configured(experiment, texts).config
            frozen, start = session.kept(experiment._replace(config=config))
            configs.append(replace(config, frozen=frozen))
            self.starts.append(start)
        recording = experiment.record()
        sweep = Sweep(configs, recording.dataset, recording.test, self.starts)
        self.reached = sweep.advance(epochs, seconds=SECONDS)
        self.outcomes = sweep.outcomes()
        self._drawn: dict[str, tuple[str, list[str]]] = {}              # by theme

    def configured(self, experiment: Experiment, texts: tuple[str, ...]) -> Experiment:
        """An experiment with these values."""
        fields: dict[str, Any] = {}
        for axis, text in zip(self.axes, texts, strict=True):
            setting = SETTINGS[axis.setting]
            fields |= setting.fields(setting.read(text))
        return experiment._replace(config=replace(experiment.config, **fields))

    def fits(self, experiment: Experiment) -> bool:
        """Whether these are runs of this experiment: nothing differs but what was swept."""
        return self.configured(experiment, self.texts[0]) == self.configured(self.experiment, self.texts[0])

    def best(self) -> int | None:
        """The run with the lowest test loss, without test points train loss; None where all diverged."""
        losses = [np.inf if outcome.divergence else outcome.train_loss if np.isnan(outcome.test_loss)
                  else outcome.test_loss for outcome in self.outcomes]
        return int(np.argmin(losses)) if np.isfinite(losses).any() else None

    def drawn(self, theme: str) -> tuple[str, list[str]]:
        """The points, and the picture of each run."""
        if theme not in self._drawn:
            views = [self.view._replace(config=outcome.config) for outcome in self.outcomes]
            self._drawn[theme] = specks(self.view, THEMES[theme]), [
                thumbnail(view, outcome.parameters, THEMES[theme])
                for view, outcome in zip(views, self.outcomes, strict=True)
            ]
        return self._drawn[theme]


def sweep_tab(session: Session, experiment: Experiment, is_open: bool) -> None:
    """Draws the tab if it is open."""
    if not is_open:
        for key in [key for key in st.session_state if str(key).startswith(WIDGETS)]:
            st.session_state[key] = st.session_state[key]               # Streamlit forgets a widget that is not drawn
        return
    left, right = st.columns([2, 5], gap="large")
    with left:
        axes = _axes()
        epochs = st.number_input("Epochs of each run", 1, MOST_EPOCHS, 300, 100, key=f"{WIDGETS}epochs",
                                 help="Passes over the training points, the same number for every run.")
        count = int(np.prod([len(axis.values) for axis in axes or ()]))
        st.button("Run sweep", disabled=not axes, width="stretch", icon=":material/grid_view:", on_click=pressed,
                  args=(st.session_state.update, {WANTED: True}),
                  help="Trains a run with every value, of two settings with every pair, from epoch 0.")
        if st.session_state.pop(WANTED, False) and axes:
            with right, st.spinner(f"Training {count} runs"):
                st.session_state[SWEPT] = Swept(session, experiment, axes, epochs)
    with right:
        _show(st.session_state.get(SWEPT), session, experiment)


def show_opened(session: Session, experiment: Experiment) -> None:
    """Starts the run whose picture was clicked just now, which the controls already say, and goes to its epoch."""
    swept, number = st.session_state.pop(OPENED, (None, 0))
    if swept and swept.fits(experiment):
        outcome = swept.outcomes[number]
        if replace(outcome.config, frozen=()) == experiment.config:
            session.start(experiment, outcome.config.frozen, swept.starts[number])
            session.link.go(outcome.epoch)


def _axes() -> tuple[Axis, ...] | None:
    """What is chosen; None, and a sentence, where it cannot be used."""
    first = st.selectbox("Setting", list(SETTINGS), key=f"{WIDGETS}first", format_func=_title,
                         help="What the runs differ in; everything else is as in the sidebar.")
    axes = [_values(first, "across")]
    others = [key for key in SETTINGS if key not in (first, APART.get(first))]
    second = st.selectbox("Second setting", others, None, key=f"{WIDGETS}second", format_func=_title,
                          placeholder="none", help="Each of its values is tried with each of the first.")
    if second:
        axes.append(_values(second, "down"))
    found = tuple(axis for axis in axes if axis)
    return found if len(found) == len(axes) else None


def _title(key: str) -> str:
    return SETTINGS[key].title


def _values(key: str, side: str) -> Axis | None:
    setting = SETTINGS[key]
    texts = st.multiselect(
        f"Values of {setting.title.lower()}", setting.options, setting.usual, key=f"{WIDGETS}{side} {key}",
        format_func=title, max_selections=MOST_VALUES, accept_new_options=setting.typed,
        help=f"Up to {MOST_VALUES}." + (" Type others." if setting.typed else ""),
    )
    try:
        values = {setting.read(text): text.strip() for text in texts}
    except ValueError as error:
        st.error(f"{setting.title}: {literal(str(error))}")
        return None
    if not values:
        st.error(f"{setting.title}: choose at least one value.")
        return None
    return Axis(key, tuple(values[value] for value in (sorted(values) if setting.typed else values)))


def _show(swept: Swept | None, session: Session, experiment: Experiment) -> None:
    if not swept:
        st.caption("Which learning rate is best, and does it depend on the start weights? Choose what to try: "
                   "all runs are trained side by side, and each is shown as a picture with its loss.")
        return
    if not swept.fits(experiment):
        st.info("The data or other settings have changed since this sweep: run it again to see its pictures.",
                icon=":material/update:")
        return
    if swept.reached < swept.wanted:
        st.info(f"Time was up after {SECONDS:g} seconds: every run has {swept.reached} epochs, not {swept.wanted}.",
                icon=":material/timer:")
    over, pictures = swept.drawn(session.theme)
    axes = [(SETTINGS[axis.setting].title, tuple(map(title, axis.values))) for axis in swept.axes]
    (across, columns), (down, rows) = [*axes, ("", ("",))][:2]
    best = swept.best()
    found = zip(swept.texts, swept.outcomes, pictures, strict=True)
    tiles(Tiles(across, down, columns, rows, over, tuple(
        _tile(swept, texts, outcome, picture, i == best, session.experiment.config)
        for i, (texts, outcome, picture) in enumerate(found)
    )), partial(pressed, _open))
    st.caption(f"After {swept.reached} epochs. Click a picture to open its run: the sidebar takes its settings, and it "
               "is trained to this epoch.")


def _tile(
    swept: Swept, texts: tuple[str, ...], outcome: Outcome, picture: str, best: bool, current: Config
) -> Tile:
    losses = [f"train {_number(outcome.train_loss)}"]
    if not np.isnan(outcome.test_loss):
        losses.append(f"test {_number(outcome.test_loss)}")
    lines = [f"diverged after {outcome.epoch}"] if outcome.divergence else losses
    values = [f"{SETTINGS[axis.setting].title} {title(text)}" for axis, text in zip(swept.axes, texts, strict=True)]
    said = str(outcome.divergence or ", ".join([*losses, *(["the best"] if best else [])])).rstrip(".")
    return Tile(picture, tuple(lines), f"{', '.join(values)}: {said}. Open this run.", best,
                replace(outcome.config, frozen=()) == current)


def _number(loss: float) -> str:
    if loss == 0 or 1e-3 <= loss < 1000:
        return f"{loss:.4f}"
    digits, exponent = f"{loss:.1e}".split("e")
    return f"{digits}e{int(exponent)}"


def _open(number: int) -> None:
    """The controls take the settings of a run."""
    controls.keep_replaced()
    swept: Swept = st.session_state[SWEPT]
    for axis, text in zip(swept.axes, swept.texts[number], strict=True):
        for key, value in SETTINGS[axis.setting].controls(text).items():
            controls.replace(key, value)
    st.session_state[OPENED] = swept, number
