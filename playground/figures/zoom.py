"""Zoom: a panel with everything in it that is measured in pixels larger, for a page that is seen from far away."""

from __future__ import annotations

from typing import Any

from playground.figures.panel import Channel, Panel, Tool

# Keys of a figure that are pixels wherever they stand, and those that are only below one of these other keys.
PIXELS = ("linewidth", "ticklen", "xshift", "yshift", "thickness", "xpad", "ypad")
WITHIN = {"size": ("font", "textfont", "tickfont", "marker"), "width": ("line",),
          **dict.fromkeys("lrtb", ("margin",))}
CORNERS = ("x", "y")                                                    # of a shape; pixels where its sizemode says so


def enlarged(panel: Panel, zoom: float) -> Panel:
    """The panel, `zoom` times as large but for its plot area; on the axes stand as many fewer numbers."""
    if zoom == 1:
        return panel
    return panel._replace(
        figure=_larger(panel.figure, zoom), channels={name: _room(channel, zoom) for name, channel in
                                                      panel.channels.items()},
        tools=tuple(_marked(tool, zoom) for tool in panel.tools),
        pointer=panel.pointer and _larger({"marker": panel.pointer}, zoom)["marker"])


def _larger(value: Any, zoom: float, key: str = "") -> Any:
    if isinstance(value, list):
        return [_larger(part, zoom, key) for part in value] if value and isinstance(value[0], dict) else value
    if not isinstance(value, dict):
        return value
    return {name: _scaled(number, zoom, name) if _is_pixels(name, key, value) else _larger(number, zoom, name)
            for name, number in value.items()}


def _is_pixels(name: str, key: str, within: dict[str, Any]) -> bool:
    if name[:-1] in CORNERS and name[-1:] in ("0", "1"):
        return within.get(f"{name[0]}sizemode") == "pixel"
    return name in PIXELS or name == "nticks" or key in WITHIN.get(name, ())


def _scaled(number: Any, zoom: float, name: str) -> Any:
    if isinstance(number, list):
        return [_scaled(part, zoom, name) for part in number]
    if name == "nticks":
        return max(round(number / zoom), 2)
    # Plotly takes fractions of a pixel for lines only, and the pictures' side must be that of their markers.
    return number * zoom if name in ("width", "linewidth") else round(number * zoom)


def _room(channel: Channel, zoom: float) -> Channel:
    """Pictures may be larger by as much as their markers are, and the words between them are."""
    if "room" not in channel.options:
        return channel
    room = channel.options["room"]
    larger = {name: round(room[name] * zoom) for name in ("words", "most")}
    return channel._replace(options={**channel.options, "room": {**room, **larger}})


def _marked(tool: Tool, zoom: float) -> Tool:
    return tool._replace(marker=_larger({"marker": dict(tool.marker)}, zoom)["marker"])
