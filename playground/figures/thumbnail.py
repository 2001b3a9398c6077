"""Thumbnails: what one network predicts, as a picture of a few hundred bytes; many of them fit on a page.

Both kinds are SVG documents over the same square: a thumbnail for each network, and one of the points for all.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.data import Domain, grid
from playground.figures.boundary import ground, shades
from playground.figures.evaluation import View
from playground.figures.panel import Picture
from playground.figures.points import groups, places
from playground.figures.theme import Theme
from playground.nn import layer_activations

NODES = 96                                                              # along a side of a thumbnail
SHADES, INKS = 64, 4                                                    # of the plane, and of the line at the threshold
RADII = {20: 3.0, 100: 1.8}                                             # at most so many points: radius, in 100ths


def thumbnail(view: View, parameters: ArrayLike, theme: Theme) -> str:
    """Prediction of a network (P,) in the colours of the boundary, with a line at the threshold between two classes.

    Over a single input, every output as a line.
    """
    x_min, x_max, y_min, y_max = view.domain
    x, y = (x_max - x_min) / NODES / 2, (y_max - y_min) / NODES / 2     # half a pixel, whose middle a node is
    plane = grid(Domain(x_min + x, x_max - x, y_min + y, y_max - y), NODES)
    points = view.fed(plane.points)
    outputs = layer_activations(view.config, view.sizes, np.array(parameters)[np.newaxis], points, np.float32)[-1]
    outputs = outputs.reshape(1, NODES, NODES, -1)                      # rows from the lowest y to the highest
    if len(view.table.inputs) == 1:
        return _document(*_lines(view, outputs[0, 0], theme))
    values, scale = shades(view, outputs), ground(view, theme, "", "")["colorscale"]
    if isinstance(values, Picture):
        pixels, colours = _shaded(view, values.values[0]), palette(scale, SHADES)
    else:
        pixels, colours = values[0], palette(scale, 256)
    if view.task == "two classes":
        pixels = np.add(pixels, SHADES * _line(outputs[0, ..., 0] - view.threshold), dtype=np.uint8)
        colours = np.concatenate([_mixed(colours, theme.ink, ink / (INKS - 1)) for ink in range(INKS)])
    image = b64encode(png(pixels[::-1], colours)).decode()
    return _document(f'<image width="100" height="100" href="data:image/png;base64,{image}"/>')


def specks(view: View, theme: Theme) -> str:
    """The points over any thumbnail of a view: filled those that train, hollow those that test."""
    table, spots = view.table, np.array([_across(view, places(view)[:, 0]), _up(view, places(view)[:, 1])]).T
    radius = next((radius for most, radius in RADII.items() if len(view.rows) <= most), 1.1)
    low, high = view.span
    numbers = palette(theme.scale, 256)
    marks = []
    for rows, of, label in groups(view):
        for row in rows:
            colour = theme.classes[label]
            if view.task == "regression":
                share = np.clip((table.y[row] - low) / (high - low), 0, 1)
                colour = "#" + bytes(numbers[round(255 * share)]).hex() if len(table.inputs) == 2 else theme.classes[1]
            fill, line = (theme.paper, colour) if of == "test" else (colour, theme.paper)
            marks.append(f'<circle cx="{spots[row, 0]:.1f}" cy="{spots[row, 1]:.1f}" r="{radius}" fill="{fill}" '
                         f'stroke="{line}" stroke-width="{radius / 4:.2f}"/>')
    return _document(*marks)


def palette(scale: Sequence[Sequence[float | str]], count: int) -> NDArray[np.uint8]:
    """A Plotly colour scale as `count` colours (count, 3) at equal distances."""
    stops, colours = [float(stop) for stop, _ in scale], np.array([_rgb(str(colour)) for _, colour in scale])
    shares = np.linspace(0, 1, count)
    return np.asarray(np.round([np.interp(shares, stops, channel) for channel in colours.T]).T, np.uint8)


def png(pixels: NDArray[np.uint8], colours: NDArray[np.uint8]) -> bytes:
    """A PNG file of pixels (rows, columns), each the index of a colour (n, 3)."""
    height, width = pixels.shape
    lines = np.column_stack([np.zeros(height, np.uint8), pixels])       # each begins with its filter: none
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)), (b"PLTE", colours.tobytes()),
              (b"IDAT", zlib.compress(lines.tobytes())), (b"IEND", b"")]
    framed = [struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
              for kind, data in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


def _lines(view: View, outputs: NDArray[np.float32], theme: Theme) -> list[str]:
    """Outputs (NODES, n_outputs) along the only input."""
    across = (np.arange(NODES) + 0.5) * 100 / NODES
    colours = [theme.ink] if outputs.shape[1] == 1 else theme.classes[: outputs.shape[1]]
    up = np.nan_to_num(_up(view, outputs), nan=200.0).clip(-100, 200)
    drawn = [
        '<polyline fill="none" stroke="{}" stroke-width="2" points="{}"/>'.format(
            colour, " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, line, strict=True)))
        for colour, line in zip(colours, up.T, strict=True)
    ]
    if view.task == "two classes":
        y = float(_up(view, np.array(view.threshold)))
        drawn.append(f'<path d="M0 {y:.1f}H100" stroke="{theme.muted}" stroke-dasharray="4 3"/>')
    return drawn


def _shaded(view: View, outputs: NDArray[np.float32]) -> NDArray[np.uint8]:
    low, high = view.span
    with np.errstate(all="ignore"):
        shares = np.nan_to_num((outputs - low) / (high - low), nan=0.5).clip(0, 1)
    return np.asarray(np.round((SHADES - 1) * shares), np.uint8)


def _line(excess: NDArray[Any]) -> NDArray[np.uint8]:
    """How much ink, 0 to INKS - 1, each pixel of a plane gets from a smooth line where the excess is 0."""
    with np.errstate(all="ignore"):
        distance = np.abs(excess) / np.hypot(*np.gradient(excess))      # in pixels, to first order
        return np.asarray(np.round((INKS - 1) * np.nan_to_num(1.3 - distance).clip(0, 1)), np.uint8)


def _mixed(colours: NDArray[np.uint8], ink: str, share: float) -> NDArray[np.uint8]:
    return np.asarray(np.round((1 - share) * colours + share * np.array(_rgb(ink))), np.uint8)


def _across(view: View, x: NDArray[np.float64]) -> NDArray[np.float64]:
    return 100 * (x - view.axes.x_min) / (view.axes.x_max - view.axes.x_min)


def _up(view: View, y: NDArray[np.floating]) -> NDArray[np.floating]:
    return 100 * (view.axes.y_max - y) / (view.axes.y_max - view.axes.y_min)


def _rgb(colour: str) -> list[int]:
    return list(bytes.fromhex(colour.removeprefix("#")))


def _document(*elements: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{"".join(elements)}</svg>'
