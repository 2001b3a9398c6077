"""Exports: a run in files that are taken home, as programs, weights and tables."""
