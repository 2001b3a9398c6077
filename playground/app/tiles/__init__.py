"""Tiles: a component that shows a table of pictures, each of which can be clicked."""

from playground.app.tiles.tiles import KEY, Tile, Tiles, tiles

__all__ = ["KEY", "Tile", "Tiles", "tiles"]
