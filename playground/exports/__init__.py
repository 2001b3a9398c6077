"""Exports: a run in files that are taken home, as programs, weights and a table. NumPy only."""

from playground.exports.export import EXPORTS, Export, stem
from playground.exports.result import Result, until

__all__ = ["EXPORTS", "Export", "Result", "stem", "until"]
