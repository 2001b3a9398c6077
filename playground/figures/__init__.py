"""Figures of a recording: a panel for the network, one for its decision boundary and one for its loss."""

from playground.figures.choice import Look
from playground.figures.evaluation import View, evaluate
from playground.figures.health import remarks
from playground.figures.layout import words
from playground.figures.loss import MOST_PINS, Curve, history, loss_curve, overlay, series, swatch
from playground.figures.panel import Arrays, Picture
from playground.figures.scene import Scene
from playground.figures.theme import THEMES
from playground.figures.thumbnail import specks, thumbnail
from playground.figures.walk import walk

__all__ = [
    "MOST_PINS", "THEMES", "Arrays", "Curve", "Look", "Picture", "Scene", "View", "evaluate", "history", "loss_curve",
    "overlay", "remarks", "series", "specks", "swatch", "thumbnail", "walk", "words",
]
