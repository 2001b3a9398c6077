"""A session: the run one viewer watches, where in it the viewer is, and what the player in the browser was sent."""

from __future__ import annotations

from dataclasses import replace
from threading import RLock
from typing import Any

from playground.app.alone import alone, in_turn
from playground.app.experiment import Experiment
from playground.app.link import Link
from playground.app.pins import Pin, told
from playground.app.player import FARTHEST, Request, Stroke, pack, plotly_js
from playground.app.rest import Rest, varied
from playground.app.runs import Runs
from playground.app.saved import EMPTY, Saved
from playground.data import Asked
from playground.exports import stem
from playground.figures import Look, Scene, history, remarks
from playground.nn import Frames, Recording

SECONDS = 0.08                                                          # of training for one message, so many can share
NEURONS = 1500                                                          # pictures of neurons in one message


class Session:
    """Answers the player about its runs, of which one is on screen."""

    def __init__(self, experiment: Experiment, theme: str, kept: Saved = EMPTY) -> None:
        self.lock = RLock()
        recording, drawn = experiment.drawn()
        course = kept.course(experiment.config)
        self.runs = Runs(experiment.record(course) if course else recording, drawn)
        self.link = Link()
        self.at, self.playing = 0, False                                # the epoch on screen, as far as the player told
        self.held = ""                                                  # id of the scene that the player holds
        self.request: Request | None = None
        self.answered: int | None = None                                # the last request about this run, by its id
        self.waiting: Experiment | None = None
        self.query: tuple[tuple[str, str], ...] = ()                    # settings in the address of the page
        self.turns = 0                                                  # pages drawn by the browser's history
        self.table, self.fault = "", ""                                 # what is drawn on, and what is wrong with it
        self.drawn = self.edited = self.pinned = 0                      # the last stroke, edit, pin taken, by their ids
        self.theme, self.projected = theme, False                       # a first guess; the player knows better
        self.hidden: frozenset[str] = frozenset()                       # panels and tools of them
        self.asked, self.rest = Asked(), Rest()
        self.look: Look | None = None                                   # in front, as far as the player told
        self.figure = ""
        self.pointed: tuple[float, ...] = ()                            # the place there that the viewer points at
        self.experiment = experiment
        self._draw()

    @alone
    def show(self, experiment: Experiment) -> None:
        """Makes this the experiment on screen: the run goes on where only its training changed, else starts again."""
        self.waiting = None
        if experiment != self.experiment and experiment.continues(self.experiment):
            if self.playing:
                self.waiting = experiment                               # until the player says which epoch is on screen
            else:
                self._branch(experiment)
        elif experiment != self.experiment:
            self.start(experiment, *self.kept(experiment))

    def ask(self, asked: Asked) -> None:
        """Lets these points be predicted; the run goes on as it is."""
        if asked != self.asked:
            self.asked = asked
            self._draw()

    def trim(self, hidden: frozenset[str], projected: bool) -> None:
        """Leaves these panels and tools out, and draws for a projector if it is `projected`."""
        if (hidden, projected) != (self.hidden, self.projected):
            if projected != self.projected:
                self.theme = "projector" if projected else "light"
            self.hidden, self.projected = hidden, projected
            self._draw()

    @alone
    def hear(self, request: Request) -> tuple[Stroke, ...]:
        """Takes note of what the player asks, which `message` answers, and returns the strokes that are new."""
        self.request = request
        self.held, self.look, self.figure, self.pointed = request.scene, request.look, request.figure, request.pointed
        if request.run == self.run:
            self.at, self.playing = request.at, request.playing
        if request.theme != self.theme and request.theme.endswith("projector") == self.projected:
            self.theme = request.theme
            self._draw()
        for edit in request.edits:
            if edit.id <= self.edited:
                continue
            self.edited = edit.id
            if self.runs.undo(self.experiment.config) if edit.undo else self.runs.edit(edit):
                self._arrive()
        strokes = tuple(stroke for stroke in request.strokes if stroke.id > self.drawn)
        self.drawn = max([self.drawn, *(stroke.id for stroke in strokes)])
        return strokes

    @property
    def run(self) -> str:
        return self.runs.run

    @property
    def recording(self) -> Recording:
        return self.runs.recording

    @property
    def here(self) -> int:
        """The epoch on screen, which the player says and this run has been trained to."""
        return min(self.at, self.recording.latest)

    @alone
    @in_turn
    def message(self, pins: tuple[Pin, ...] = (), copy: str = "") -> bytes:
        """What the player needs now: the figures and pins if it has not got them, and the frames it asked for."""
        request, self.request = self.request, None
        if request and request.run != self.run:
            request = None                                              # it was about a run that is gone
        if request and request.promised and self.waiting:
            self._branch(self.waiting)
            self.waiting = None
        if request:
            self.answered = request.id
        reached = self._train(request) if request else None
        frames = self._frames(request, reached) if request else self.recording.frames([self.here])
        end = self.recording.divergence
        header: dict[str, Any] = {
            "plotly": plotly_js(),
            "name": stem(self.link.draft.title if self.link.draft else "", self.recording.sizes),
            "theme": self.theme, "projected": self.projected, "query": self.query, "turns": self.turns,
            "sceneId": self.scene.id,
            "scene": None if self.held == self.scene.id else self.scene.json,
            "run": {"id": self.run, "same": self.runs.same, "lineage": self.runs.lineage, "at": self.runs.branched_at,
                    "end": end and {"epoch": end.epoch, "text": f"{end} Lower the learning rate and continue."}},
            "epochs": frames.epochs.tolist(),
            "latest": self.recording.latest,
            "ask": self.waiting is not None,
            "answers": self.answered,
            "goal": reached,
            "table": self.table, "drawn": self.drawn, "fault": self.fault,
            "link": self.link.told(self.runs, self.experiment.config, request.link if request else ""),
            "edits": {"taken": self.edited, "steps": len(self.runs.steps), "frozen": self.recording.config.frozen},
            "remarks": {"epoch": self.here, **({"health": remarks(self.rest.findings(self.runs, self.here))}
                                               if "health" in self.scene.panels else {})},
        }
        look = self.look if self.look and self.look.panel in self.scene.looks else None
        header["look"] = self._looked(look) if look else None
        arrays = self.scene.frames(frames, look) if len(frames.epochs) else {}
        if request and not request.playing and request.walk:
            header["walk"] = self.rest.walk(self.runs, self.scene, self.here, request.walk)
        if request and not request.playing and request.vary:
            header["vary"], others = varied(self.runs, self.scene, self.here, request.vary, look)
            arrays |= others
        header["pins"], lines = told(
            pins, self.recording.config.loss, self.pinned, request.pinned if request else "", copy)
        curves = {f"history/{name}": curve for name, curve in history(self.recording, self.runs.ghost).items()}
        return pack(header, arrays | curves | lines)

    def _train(self, request: Request) -> dict[str, Any] | None:
        """Trains towards the goal of a request for as long as one message may take."""
        if request.goal_epoch is None and request.goal_loss is None:
            return None
        loss = request.goal_loss
        passed = self.recording.first_below(loss, self.here) if loss is not None else None
        if passed is not None:
            return {"epoch": passed, "reached": True}
        last = request.goal_epoch if request.goal_epoch is not None else FARTHEST
        epoch = min(self.recording.advance(last, loss=loss, seconds=SECONDS), last)
        below = loss is not None and self.recording.first_below(loss, epoch) is not None
        return {"epoch": epoch, "reached": epoch >= last or below}

    def _frames(self, request: Request, reached: dict[str, Any] | None) -> Frames:
        if reached:
            return self.recording.frames([reached["epoch"]])
        return self.recording.frames(request.epochs[: max(NEURONS // sum(self.recording.sizes), 1)], seconds=SECONDS)

    def _looked(self, look: Look) -> dict[str, Any]:
        """What the frames have the arrays of, with the figure if the player has not got that, and what it says."""
        here = None if self.playing else self.recording.frames([self.here]).parameters[0]
        said = self.scene.said(look, here, self.pointed) if here is not None else None
        return {**self.scene.told(look, self.figure), "said": said and {**said, "run": self.run, "epoch": self.here}}

    def kept(self, experiment: Experiment) -> tuple[tuple[int, ...], tuple[float, ...] | None]:
        """What stays where an experiment's controls draw the same weights as now: what is frozen, and start weights."""
        if self.recording.sizes == experiment.sizes and experiment.draws_like(self.experiment):
            return self.recording.config.frozen, self.runs.given
        return (), None

    @alone
    def start(self, experiment: Experiment, frozen: tuple[int, ...] = (),
              given: tuple[float, ...] | None = None) -> None:
        """A new run, at epoch 0, in which these parameters are frozen, from these start weights or those it draws."""
        recording, drawn = experiment.drawn()
        if frozen or given is not None:
            recording = recording.branch(0, replace(recording.config, frozen=frozen), given)
        self.runs.start(recording, drawn)
        self.at, self.playing, self.answered, self.waiting = 0, False, None, None
        self.experiment = experiment
        self._draw()

    @alone
    def start_from(self, parameters: tuple[float, ...]) -> None:
        """Gives the run these start weights and biases, and goes there."""
        self.runs.start_from(parameters)
        self._arrive()

    def _branch(self, experiment: Experiment) -> None:
        """The run goes on from the epoch on screen; the future it would have had stays as a ghost."""
        self.runs.branch(self.here, experiment.config)
        self.experiment = experiment
        self.answered = None

    def _arrive(self) -> None:
        """The epoch on screen is the one at which the run has been changed."""
        self.at, self.answered = self.runs.branched_at or 0, None

    def _draw(self) -> None:
        view = self.experiment.view()
        fitting = all(len(place) == len(view.table.inputs) for place in self.asked.places)
        self.scene = Scene(view._replace(asked=self.asked) if fitting else view, self.theme, self.hidden)
