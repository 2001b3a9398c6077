"""The sidebar: controls in the order a learner meets them, each bound to the address bar under its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import streamlit as st

from playground.app.boxes import BOUND, select, typed, whole
from playground.app.parts import heading, part
from playground.app.press import pressed
from playground.data import DATASETS, NOISE, SAMPLES, TASKS
from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, Config

RATES = ("0.00001", "0.0001", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10")
PENALTY_RATES = ("0", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10")
MOST_LAYERS, MOST_NEURONS = 6, 8
LAST_SEED, DRAWS = 999_999, (0, 9999)
REPLACED = "replaced"                                                   # in the session until the browser knows better
BY_SHARE, MARKED = "by share", "in the table"                           # what decides which points test
OUTPUTS = {"two classes": "output", "several classes": "outputs", "regression": "answer"}     # task: key in the link
PENALTIES = {"none": "", "L1": "l1", "L2": "l2"}                        # name on the page: field of Config


class Choice(NamedTuple):
    """What the sidebar says of the data: the set and how it is drawn, and what is held back.

    Without a share the table itself says which rows test.
    """

    dataset: str
    samples: int
    noise: int
    draw: int
    train_share: int | None


def data_controls() -> Choice:
    """Draws the upper part of the sidebar."""
    with st.sidebar:
        st.markdown("#### Neural network playground")
        heading("data")
        with part("data-set"):
            dataset = st.selectbox(
                "Data set", list(DATASETS), key="data", format_func=lambda name: DATASETS[name].title, **BOUND,
                help="What the network learns. Each set is a different kind of problem.",
            )
            st.caption(DATASETS[dataset].description)
            samples, noise, draw = _drawing(dataset)
        with part("test-points"):
            share = _share()
            if share is not None and share < 100 and not DATASETS[dataset].generated:
                draw = whole(st, "Draw", DRAWS, 0, "draw", "Another number holds other rows back.")
    return Choice(dataset, samples, noise, draw, share)


def network_controls(task: str) -> Config:
    """Draws the lower part: the network and its training, as far as they make sense for this kind of answer."""
    with st.sidebar:
        heading("network")
        network = _network(task)
        heading("training")
        training = _training(network["output_activation"])
    return Config(**network, **training)


def _drawing(dataset: str) -> tuple[int, int, int]:
    """Number of points, noise in percent and seed of a generated set; constants for one that is not."""
    if not DATASETS[dataset].generated:
        return SAMPLES[0], NOISE[0], 0
    left, right = st.columns(2)
    samples = whole(left, "Points", SAMPLES, 500, "samples", "How many points are drawn.", 50)
    draw = whole(right, "Draw", DRAWS, 0, "draw", "Another number draws other points.")
    noise = st.slider("Noise", *NOISE, 0, 5, key="noise", format="%d %%", help="How far points stray.", **BOUND)
    return samples, noise, draw


def _share() -> int | None:
    """Percent of the points that train, None if the table says which."""
    decides = st.segmented_control(
        "Test points", [BY_SHARE, MARKED], default=BY_SHARE, key="split", required=True, **BOUND,
        help="Points that only test the network are drawn by lot, or are those marked in the table's last column.",
    )
    if decides == MARKED:
        return None
    share: int = st.slider(
        "Share for training", 10, 100, 100, 10, key="share", format="%d %%", **BOUND,
        help="These points train the network; the others only test it. At 100 % nothing is held back.",
    )
    return share


def _network(task: str) -> dict[str, Any]:
    with part("layers"):
        layers = whole(st, "Hidden layers", (0, MOST_LAYERS), 1, "layers",
                       "Layers of neurons between inputs and output. With none, the boundary is a straight line.")
        columns = st.columns(3) * 2
        hidden = tuple(
            whole(columns[i], f"Layer {i + 1}", (1, MOST_NEURONS), 2, f"n{i + 1}", "Neurons in this layer.")
            for i in range(layers)
        )
    activation = select("Activation", ACTIVATIONS, "sigmoid", "activation",
                        "What a hidden neuron does to its weighted sum. Without a bend (linear), layers add nothing.")
    with part("start-weights"), st.expander("Output and start weights"):
        output = select("Output activation", TASKS[task].outputs, TASKS[task].outputs[0], OUTPUTS[task],
                        "Sigmoid answers from 0 to 1, tanh from minus 1 to 1, linear without limits. Softmax makes "
                        "the outputs of several classes add up to 1.")
        initializer = select("Start weights", INITIALIZERS, "normal", "start",
                             "How the first weights are drawn. With zeros, all neurons of a layer stay equal.")
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    seed = whole(left, "Seed", (0, LAST_SEED), 0, "seed", "The same seed draws the same start weights.")
    right.button("New weights", on_click=pressed, args=(_next_seed,), width="stretch", icon=":material/casino:",
                 help="Start again from other random weights: the next seed.")
    return {"hidden": hidden, "activation": activation, "output_activation": output, "initializer": initializer,
            "seed": seed}


def _training(output: str) -> dict[str, Any]:
    rate = typed("Learning rate", RATES, "0.1", "rate",
                 "How far each update moves the weights. Can be changed half way: training goes on. Type any number.")
    left, right = st.columns(2)
    with left:
        optimizer = select("Optimizer", OPTIMIZERS, "sgd", "optimizer",
                           "The rule that turns gradients into updates. Can be changed half way.")
    batch = whole(right, "Batch size", (1, 1000), 1, "batch",
                  "Samples per update. 1 updates after every sample, as in the notebook.")
    with part("regularisation"), st.expander("Loss and regularisation"):
        own = [name for name, loss in LOSSES.items() if loss.output_activation == output]
        general = [name for name, loss in LOSSES.items() if not loss.output_activation]
        fitting = own if output == "softmax" else general + own
        loss = select("Loss", fitting, fitting[0], "loss", "What training makes small, and the curve shows.")
        penalty = st.segmented_control(
            "Penalty on weights", list(PENALTIES), default="none", key="penalty", required=True, **BOUND,
            help="L1 pushes small weights to zero, L2 keeps all weights small.",
        )
        strength, field = 0.0, PENALTIES[penalty or "none"]
        if field:
            strength = typed("Penalty rate", PENALTY_RATES, "0.001", "penalty_rate",
                             "How strongly the penalty pulls.")
        shuffle = st.toggle("Shuffle every epoch", key="shuffle", help="Take the samples in another order each epoch.",
                            **BOUND)
    return {"learning_rate": rate, "optimizer": optimizer, "batch_size": batch, "loss": loss, "shuffle": shuffle,
            **({field: strength} if field else {})}


def _next_seed() -> None:
    keep_replaced()
    replace("seed", (st.session_state["seed"] + 1) % (LAST_SEED + 1))


def replace(key: str, value: Any) -> None:
    """Gives a control another value, before it is drawn."""
    old = st.session_state.get(key)
    if old != value:
        _note(key, old, value)
        st.session_state[key] = value


def note_replaced(keys: Iterable[str], before: Mapping[str, Any]) -> None:
    """Takes note of those of these controls that have other values than before, as the address says."""
    for key in keys:
        if key in before and key in st.session_state and st.session_state[key] != before[key]:
            _note(key, before[key], st.session_state[key])


def keep_replaced() -> None:
    """Puts values back that the player's next request has undone: it may carry those the browser still had."""
    for key, (olds, value) in st.session_state.pop(REPLACED, {}).items():
        if st.session_state.get(key) in olds:
            st.session_state.setdefault(REPLACED, {})[key] = olds, value
            st.session_state[key] = value


def _note(key: str, old: Any, value: Any) -> None:
    replaced = st.session_state.setdefault(REPLACED, {})
    olds, _ = replaced.get(key, ((), None))
    replaced[key] = (*olds, old), value
