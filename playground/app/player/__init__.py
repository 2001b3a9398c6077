"""The player: shows any frame of a recording in the browser, and asks the server for the frames it lacks."""

from playground.app.player.player import KEY, Request, Stroke, Walk, player
from playground.app.player.wire import pack

__all__ = ["KEY", "Request", "Stroke", "Walk", "pack", "player"]
