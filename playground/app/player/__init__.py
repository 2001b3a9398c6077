"""The player: shows any frame of a recording in the browser, and asks the server for the frames it lacks."""

from playground.app.player.player import KEY, Edit, Request, Stroke, Vary, Walk, player
from playground.app.player.wire import pack

__all__ = ["KEY", "Edit", "Request", "Stroke", "Vary", "Walk", "pack", "player"]
