"""A request: what the player asks of the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from playground.figures import THEMES, Look

MOST = 240                                                              # epochs that one request may ask for
STROKES = 200                                                           # that one request may carry
EDITS = 50                                                              # likewise
CHOICES = 2                                                             # of a panel that is looked at
HEAVIEST = 1e6                                                          # size of a weight that is set by hand
SPANS = 8                                                               # spans of epochs in a request that are read
AHEAD = 60                                                              # frames for a page that opens
FARTHEST = 10_000_000                                                   # epochs that a run may have


class Stroke(NamedTuple):
    """What a person drew at a place of the plane: a point with a value, if it needs one, or to erase what is nearest.

    Or the person `asks` what the network predicts there. `id` counts a player's strokes, `table` is what it showed
    then.
    """

    id: int
    table: str
    x: float
    y: float
    value: float | None
    erase: bool
    asks: bool = False


class Edit(NamedTuple):
    """What a person did to a parameter, by its number, at an epoch of a run: set it to a value, or froze or freed it.

    `id` counts a player's edits. With `undo` the last one is taken back instead.
    """

    id: int
    run: str
    epoch: int
    parameter: int
    value: float | None
    frozen: bool | None
    undo: bool


class Mark(NamedTuple):
    """An epoch of a run that a person pinned; `id` counts a player's."""

    id: int
    run: str
    epoch: int


class Walk(NamedTuple):
    """What is to be explained of the epoch at rest: the update by a sample, counted in the order of training.

    `neuron` is that of the diagram which was chosen, None if none was.
    """

    sample: int
    neuron: int | None


class Vary(NamedTuple):
    """A parameter, by its number, that is to be seen at values from -reach to reach, at the epoch at rest."""

    parameter: int
    reach: float


class Request(NamedTuple):
    """What the player asks: frames of the given epochs, or training until a goal is reached.

    `id` counts its requests, `scene` and `run` are what it holds, `at` is the epoch on screen, or, if `promised`, the
    last that is shown before the answer; `theme` is the page's. `strokes` and `edits` are all that have no answer yet.
    `look` is the panel in front that is drawn only then, and `figure` the one that it holds of it,
    `pointed` the place there that the viewer points at. `restore` is the field of the link of what was on screen before
    the server lost it, and `link` the one that the player holds. `pins` have no answer yet, it holds `pinned`, and the
    browser has `copy` of pins from before.
    """

    id: int
    theme: str
    scene: str
    run: str
    at: int
    playing: bool
    promised: bool
    epochs: tuple[int, ...]
    goal_epoch: int | None
    goal_loss: float | None
    strokes: tuple[Stroke, ...]
    edits: tuple[Edit, ...]
    walk: Walk | None
    vary: Vary | None
    look: Look | None
    figure: str
    pointed: tuple[float, ...]
    restore: str | None = None
    link: str = ""
    pins: tuple[Mark, ...] = ()
    pinned: str = ""
    copy: str = ""


def read_request(value: object) -> Request | None:
    """A browser's message as a request, None where it is not one: nothing in it is trusted."""
    if not isinstance(value, Mapping):
        return None
    epochs: set[int] = set()
    for span in _list(value.get("want"))[:SPANS]:
        first, count, stride = ([_count(number) for number in _list(span)[:3]] + [None] * 3)[:3]
        if first is not None and count and stride:
            epochs.update(range(first, min(first + min(count, MOST) * stride, FARTHEST + 1), stride))
    goal = value.get("goal")
    goal = goal if isinstance(goal, Mapping) else {}
    return Request(
        id=_count(value.get("id")) or 0, theme=theme if (theme := str(value.get("theme"))) in THEMES else "light",
        scene=str(value.get("scene")), run=str(value.get("run")), at=_count(value.get("at")) or 0,
        playing=value.get("playing") is True, promised=value.get("promised") is True,
        epochs=tuple(sorted(epochs)[:MOST]),
        goal_epoch=_count(goal.get("epoch")), goal_loss=_number(goal.get("loss")),
        strokes=tuple(filter(None, map(_stroke, _list(value.get("strokes"))[:STROKES]))),
        edits=tuple(filter(None, map(_edit, _list(value.get("edits"))[:EDITS]))),
        walk=_walk(value.get("walk")), vary=_vary(value.get("vary")), look=_look(value.get("look")),
        figure=str(value.get("figure")),
        pointed=tuple(number for number in map(_number, _list(value.get("pointed"))[:2]) if number is not None),
        pins=tuple(filter(None, map(_mark, _list(value.get("pins"))[:EDITS]))), pinned=str(value.get("pinned", "")),
        copy=str(value.get("copy", "")),
        link=str(value.get("link", "")), restore=value["restore"] if isinstance(value.get("restore"), str) else None,
    )


def opening(run: str, theme: str, epoch: str) -> Request | None:
    """What a player is about to ask for that opens at the epoch in the address, None if that says none."""
    if not epoch.isdecimal():
        return None
    first = min(int(epoch[:9]), FARTHEST)
    return read_request({"run": run, "theme": theme, "at": first, "want": [[first, AHEAD, 1]]})


def _walk(value: object) -> Walk | None:
    return Walk(_count(value.get("sample")) or 0, _count(value.get("neuron"))) if isinstance(value, Mapping) else None


def _vary(value: object) -> Vary | None:
    if not isinstance(value, Mapping):
        return None
    parameter, reach = _count(value.get("parameter")), _number(value.get("reach"))
    return Vary(parameter, reach) if parameter is not None and reach and 0 < reach <= 2 * HEAVIEST else None


def _look(value: object) -> Look | None:
    if not isinstance(value, Mapping):
        return None
    chosen = [_count(number) for number in _list(value.get("chosen"))[:CHOICES]]
    return Look(str(value.get("panel")), tuple(number for number in chosen if number is not None))


def _stroke(value: object) -> Stroke | None:
    if not isinstance(value, Mapping):
        return None
    number, x, y = _count(value.get("id")), _number(value.get("x")), _number(value.get("y"))
    if number is None or x is None or y is None:
        return None
    return Stroke(number, str(value.get("table")), x, y, _number(value.get("value")), value.get("erase") is True,
                  value.get("asks") is True)


def _edit(value: object) -> Edit | None:
    if not isinstance(value, Mapping):
        return None
    numbers = [_count(value.get(name)) for name in ("id", "epoch", "parameter")]
    given, frozen, undo = _number(value.get("value")), value.get("frozen"), value.get("undo") is True
    kept = frozen if isinstance(frozen, bool) else None
    number, epoch, parameter = numbers
    if number is None or epoch is None or parameter is None:
        return None
    if not undo and kept is None and (given is None or abs(given) > HEAVIEST):
        return None
    return Edit(number, str(value.get("run")), epoch, parameter, given, kept, undo)


def _mark(value: object) -> Mark | None:
    if not isinstance(value, Mapping):
        return None
    number, epoch = _count(value.get("id")), _count(value.get("epoch"))
    return Mark(number, str(value.get("run")), epoch) if number is not None and epoch is not None else None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: object) -> float | None:
    """A finite number of a sensible size, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e300:
        return None
    return float(value)


def _count(value: object) -> int | None:
    """A whole number from 0 to FARTHEST, else None."""
    number = _number(value)
    return int(number) if number is not None and 0 <= number <= FARTHEST and number.is_integer() else None
