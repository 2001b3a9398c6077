"""The player: shows any frame of a recording in the browser, and asks the server for the frames it lacks."""

from playground.app.player.player import KEY, player, plotly_js
from playground.app.player.request import FARTHEST, Edit, Mark, Request, Stroke, Vary, Walk, opening
from playground.app.player.wire import pack

__all__ = ["FARTHEST", "KEY", "Edit", "Mark", "Request", "Stroke", "Vary", "Walk", "opening", "pack",
           "player", "plotly_js"]
