"""Parts of the page that a link can hide by name: groups of controls, tabs and panels.

What is hidden is out of sight alone: its values still hold, and a link can set them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


class Part(NamedTuple):
    """A part that can be hidden, with what is `within` it: its title, and where it is.

    That is a CSS selector, else the container of its name in the sidebar, or what a scene calls it.
    """

    title: str
    within: str = ""
    selector: str = ""
    panel: str = ""
    tab: bool = False


def part(name: str) -> DeltaGenerator:
    """A container for what goes out of sight under this name."""
    return st.container(key=f"part-{name}")


def heading(name: str) -> None:
    """Draws the heading of a group of controls."""
    with part(name):
        st.subheader(HIDEABLE[name].title, anchor=False)


def everything(names: Iterable[str]) -> frozenset[str]:
    """These names, all that is within them, and what has nothing left within it."""
    hidden = set(names)
    hidden |= {name for name, part in HIDEABLE.items() if part.within in hidden}
    for group in GROUPS:
        inner = {name for name, part in HIDEABLE.items() if part.within == group}
        if inner <= hidden:
            hidden.add(group)
    return frozenset(hidden)


def tabs(hidden: frozenset[str]) -> list[tuple[DeltaGenerator, bool]]:
    """Of each of TABS its place and whether it is open; of a hidden one, a place out of sight."""
    titles = {name: HIDEABLE[name].title for name in TABS if name not in hidden}
    made = st.tabs(list(titles.values()), key="tab", on_change="rerun", bind="query-params") if titles else []
    seen = dict(zip(titles, made, strict=True))
    return [(seen[name], bool(seen[name].open)) if name in seen else (part(name), False) for name in TABS]


def left_out(hidden: frozenset[str]) -> frozenset[str]:
    """What a scene is drawn without, by its names."""
    return frozenset(HIDEABLE[name].panel for name in hidden) - {""}


def style(hidden: frozenset[str]) -> str:
    """The CSS that hides parts, but for those that the scene leaves out."""
    selectors = [found for name in hidden if (found := _selector(name))]
    if hidden >= GROUPS:
        selectors.append(SIDEBAR)
    rules = [f"{', '.join(sorted(selectors))} {{ display: none !important; }}"] if selectors else []
    if hidden >= set(TABS):
        rules.append(TALL)
    return " ".join(rules)


def _selector(name: str) -> str:
    found = HIDEABLE[name]
    if found.panel:
        return ""
    key = f".st-key-part-{name}"
    return found.selector or f"{key}, [data-testid=stLayoutWrapper]:has(> {key})"


# Without tabs the figures are as high as the page, and as the second one grows with it the first keeps some room.
TALL = (".player { --below: 70px !important; } "
        "@container (min-width: 641px) { "
        ".player .panels:has(> :is(.place-main, .place-foot):not([hidden])) > .place-side { max-width: 50cqw; } }")
SIDEBAR = "[data-testid=stSidebar], [data-testid=stExpandSidebarButton]"

# What a link can hide: in the sidebar, around the figures, the figures.
HIDEABLE: dict[str, Part] = {
    "data": Part("Data"),
    "data-set": Part("Data set, points and noise", "data"),
    "test-points": Part("Test points", "data"),
    "inputs": Part("Inputs of the network", "data"),
    "examples": Part("Examples", "data"),
    "network": Part("Network"),
    "layers": Part("Layers", "network"),
    "activation": Part("Activation", "network", ".st-key-activation"),
    "start-weights": Part("Output and start weights", "network"),
    "seed": Part("Seed and new weights", "network", "[data-testid=stHorizontalBlock]:has(.st-key-seed)"),
    "training": Part("Training"),
    "learning-rate": Part("Learning rate", "training", ".st-key-rate"),
    "optimizer": Part("Optimizer", "training", "[data-testid=stColumn]:has(.st-key-optimizer)"),
    "batch-size": Part("Batch size", "training", "[data-testid=stColumn]:has(.st-key-batch)"),
    "regularisation": Part("Loss and regularisation", "training"),
    "playback": Part("Playback and scrub bar", "", ".player :is(.buttons, .scrub)"),
    "readouts": Part("Epoch and losses", "", ".player .readouts"),
    "speed": Part("Speed", "", ".player .pace"),
    "run-to": Part("Run to an epoch or a loss", "", ".player .options form"),
    "copy-link": Part("Copy link", "", ".player .copy"),
    "save-figure": Part("Save figures", "", ".player .save"),
    "table": Part("Data table", tab=True),
    "predictions": Part("Predictions", tab=True),
    "sweep": Part("Sweep", tab=True),
    "compare": Part("Compare", "", ".st-key-part-compare, .player .pin", tab=True),
    "export": Part("Export", tab=True),
    "explanation": Part("What am I looking at?", tab=True),
    "share": Part("Buttons for links and projector"),
    "diagram": Part("Network diagram", panel="network"),
    "edit-weights": Part("Edit weights", "diagram", panel="handles"),
    "boundary": Part("Decision boundary or prediction", panel="boundary"),
    "drawing": Part("Drawing and asking", "boundary", panel="tools"),
    "update": Part("Inside one update", panel="walk"),
    "hidden-space": Part("Hidden space", panel="hidden"),
    "neuron": Part("One neuron", panel="neuron"),
    "loss": Part("Loss curve", panel="loss"),
    "confusion": Part("Confusion matrix", panel="confusion"),
    "health": Part("Health", panel="health"),
}
GROUPS = frozenset({"data", "network", "training"})                     # of the sidebar
TABS = tuple(name for name, part in HIDEABLE.items() if part.tab)       # below the figures
