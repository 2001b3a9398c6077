"""Standings: a component that shows a table of runs, each of which can be shown, renamed and removed."""

from playground.app.standings.standings import KEY, Row, standings

__all__ = ["KEY", "Row", "standings"]
