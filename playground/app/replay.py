"""A replay: a run as a web page in a single file, with the player and all that it shows inside."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from functools import cache
from html import escape
from string import Template
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.app.account import account
from playground.app.player import pack
from playground.app.player.player import HERE, PLOTLY, SCRIPTS
from playground.app.rest import every_finding
from playground.app.session import NEURONS
from playground.exports import Export, Result, stem
from playground.exports.script import heading
from playground.figures import Arrays, Scene, remarks
from playground.figures.scene import LOOKS, TOOLS
from playground.nn import Divergence

BYTES = 6_600_000                                                       # of all frames, before they are deflated
STEPS = (1, 2, 5)                                                       # epochs from frame to frame, times 10, 100 …
NEEDS_SERVER = frozenset({"walk", *LOOKS, *TOOLS})                      # what a scene is drawn without


class Played(NamedTuple):
    """A run up to the epoch on screen, its scene, without what NEEDS_SERVER, the panel in front that is looked at, the
    curves of its losses, what is pinned, and its end.
    """

    run: Result
    scene: Scene
    front: str
    curves: Arrays
    pins: tuple[dict[str, Any], Arrays]
    end: Divergence | None


def replay(played: Played) -> str:
    """The page: every epoch, or as many as BYTES allow, evenly spread; it asks for nothing but itself."""
    run, scene = played.run, played.scene
    last, held = run.epoch, run.recording.history()[0]
    frame = len(pack({}, scene.frames(run.recording.frames([last]))))
    step = spacing(last, max(BYTES // frame, 1))
    epochs = spread(held, step)
    script = "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in (*SCRIPTS, "replay"))
    style = "\n".join((HERE / f"{name}.css").read_text("utf-8") for name in ("player", "replay"))
    return Template((HERE / "replay.html").read_text("utf-8")).substitute(
        theme=scene.theme, front=played.front, title=escape(heading(run)),
        about=escape(f"{account(run)} {_held(epochs, step)}"),
        style=style, player=(HERE / "player.html").read_text("utf-8"),
        script=script.replace("</script", "<\\/script"), plotly=_plotly(),
        messages="\n".join(f'<script type="text/plain" class="message">{_deflated(message)}</script>'
                           for message in _messages(played, epochs)))


def spacing(last: int, most: int) -> int:
    """The least round number of epochs from frame to frame with which `most` frames reach an epoch."""
    step, i = 1, 0
    while -(-last // step) + 1 > most and step < last:
        i += 1
        step = STEPS[i % 3] * 10 ** (i // 3)
    return step


def spread(held: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """Every step-th epoch and the last one, or those held (rows,) that are nearest: nothing is trained again."""
    wanted = np.append(np.arange(0, held[-1], step), held[-1])
    after = held.searchsorted(wanted)
    before = np.maximum(after - 1, 0)
    nearer = wanted - held[before] < held[after] - wanted
    return np.unique(held[np.where(nearer, before, after)])


def _held(epochs: NDArray[np.int64], step: int) -> str:
    """Which epochs there are, in a sentence."""
    last = int(epochs[-1])
    even = len(epochs) == -(-last // step) + 1 and not (epochs[:-1] % step).any()
    every = "every epoch" if step == 1 else "every second epoch" if step == 2 else f"every {step}th epoch"
    return f"This file holds {'' if even else 'about '}{every} from 0 to {last}, and works offline."


def _messages(played: Played, epochs: NDArray[np.int64]) -> Iterator[bytes]:
    """What a server would send, in parts as large as it would send them."""
    run, scene = played.run, played.scene
    said = f" {played.end}" if played.end and played.end.epoch == run.epoch else ""
    common = {
        "name": stem(run.title, run.sizes), "plotly": "", "theme": scene.theme, "projected": False,
        "sceneId": scene.id, "latest": run.epoch,
        "run": {"id": "replay", "lineage": {}, "at": None,
                "end": {"epoch": run.epoch, "text": f"The replay ends here, at epoch {run.epoch}.{said}"}},
        "table": "", "drawn": 0, "link": {}, "remarks": {"epoch": 0},
    }
    size = max(NEURONS // sum(run.sizes), 1)
    for first in range(0, len(epochs), size):
        frames = run.recording.frames(epochs[first : first + size].tolist())
        header: dict[str, Any] = {
            **common, "scene": None if first else scene.json, "epochs": frames.epochs.tolist(),
            "said": [{"health": remarks(found)} if "health" in scene.panels else {}
                     for found in every_finding(run.recording, frames, played.end)]}
        pins, lines = played.pins
        yield pack(header if first else {**header, "pins": pins},
                   scene.frames(frames) | ({} if first else played.curves | lines))


def _deflated(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content)).decode()


@cache
def _plotly() -> str:
    return _deflated(PLOTLY.read_bytes())


REPLAY: Export[Played] = Export(
    "Replay as a web page", "The figures in a file that plays, steps and scrubs in any browser, also offline.",
    "-replay.html", "text/html", replay)
