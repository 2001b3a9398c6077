"""Panels: a Plotly figure together with the parts of it that change from frame to frame.

A channel names those parts. The player keeps, for every frame, one array per channel and paints the traces from it; how
a trace looks (colour, width, font) is said in the figure alone. There are five kinds:

- `values`: the frame's array becomes the attribute `attr` of each of `traces`; where there are `texts`, each of its
  bytes also stands for one of them, which becomes `hovertext`.
- `deal`: the frame's bytes deal the items, each a short line (or a point) `x`, `y`, to the `traces`: byte b is trace b,
  255 is none.
- `tiles`: the frame's array (n, p, p) is a picture inside each of the first n markers of trace `traces[0]`.
- `history`: the lines of the whole run so far, up to where the viewer has been; not an array per frame.
- `pinned`: lines of other runs, as a message has them with their names. The traces `key` stand by name beside the plot.

With the option `painted` the traces are never handed to Plotly, which would draw them again when the viewer rests. With
`glimpse` a picture of the diagram takes their place while the viewer points at it there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.figures.choice import Choice
from playground.figures.evaluation import Evaluation

NOWHERE = 255                                                           # the byte of an item that no trace gets


class Picture(NamedTuple):
    """Values (k, rows, columns) that become colours; only near `centre`, where a line is drawn, they must be exact."""

    values: NDArray[Any]
    centre: float


Arrays = dict[str, NDArray[Any] | Picture]


class Channel(NamedTuple):
    """One changing part of a figure; `options` are JSON values that its kind needs."""

    kind: str
    traces: tuple[int, ...]
    options: Mapping[str, Any]


class Tool(NamedTuple):
    """A way to draw on a panel: a click there is a point with a `value`, or the one in a number `field`, or erases.

    Or it `asks` what is predicted there. `marker`, as Plotly has them, is how that looks until the table has it. Texts
    are plain here and not escaped.
    """

    label: str
    marker: Mapping[str, Any]
    value: float | None = None
    field: Mapping[str, Any] | None = None                              # label, help, and the value to begin with
    erases: bool = False
    asks: bool = False


class Handles(NamedTuple):
    """The P numbers of a panel that a person may set, each an item of a `values` channel, where it is also drawn."""

    labels: tuple[str, ...]                                             # plain text
    channels: tuple[str, ...]
    items: tuple[int, ...]


class Panel(NamedTuple):
    """A Plotly figure (data, layout) at no epoch in particular, its channels by name, and their arrays for k frames.

    `place` is "main", "side" or "foot"; panels with the same one stand behind each other as tabs.
    """

    title: str
    place: str
    figure: dict[str, Any]
    channels: dict[str, Channel]
    frames: Callable[[Evaluation], Arrays]
    aspect: float | None = None                                         # height / width of the plot area, None: free
    log_scale: bool = False                                             # whether the viewer may choose one for y
    note: str = ""                                                      # a few words beside the title
    tools: tuple[Tool, ...] = ()
    still: tuple[int, ...] = ()                                         # traces that are painted once, not by Plotly
    handles: Handles | None = None
    remark: str = ""                                                    # words beside it while a session has no others
    tab: str = ""                                                       # the title in short, where tabs share a line
    choices: tuple[Choice, ...] = ()
    pointer: Mapping[str, Any] | None = None                            # the marker where the viewer points, if it says

    @property
    def json(self) -> dict[str, Any]:
        """What the player mounts: all but the arrays."""
        return {
            "title": self.title, "tab": self.tab, "place": self.place, "figure": self.figure, "aspect": self.aspect,
            "logScale": self.log_scale, "note": self.note, "tools": [tool._asdict() for tool in self.tools],
            "still": self.still, "handles": self.handles and self.handles._asdict(), "pointer": self.pointer,
            "remark": self.remark, "choices": [choice._asdict() for choice in self.choices],
            "channels": {key: {"kind": channel.kind, "traces": channel.traces, **channel.options}
                         for key, channel in self.channels.items()},
        }


def settled(panel: Panel) -> Panel:
    """The panel with nothing to choose or to point at; if it is about one thing alone, its title says which."""
    names = [name for choice in panel.choices for _, options in choice.groups for value, name in options
             if value == choice.chosen]
    title = f"{panel.title}: {names[0]}" if len(names) == 1 else panel.title
    return panel._replace(title=title, choices=(), pointer=None)


def dealt(items: NDArray[np.float64]) -> dict[str, list[list[float]]]:
    """Options of a `deal` channel for items (n, vertices, 2)."""
    return {"x": items[..., 0].tolist(), "y": items[..., 1].tolist()}
