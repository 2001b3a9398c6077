"""A scene: the same for the same view, JSON a browser can read, and an array per frame for everything that changes."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.figures import Picture, Scene
from playground.nn import Config
from tests.figures.drawing import ALL_FEATURES, count, frames_of, parsed, recorded, table, view_of

ONE_ROW = table(X=[(2.0, 3.0)], y=[1])
VIEWS = {
    "four people": view_of(),
    "no hidden layer": view_of(Config(())),
    "six layers of eight": view_of(Config((8,) * 6, "tanh"), "spiral"),
    "seven features": view_of(Config((3, 2), "relu"), "circle", features=ALL_FEATURES),
    "one feature": view_of(features=("x2",)),
    "linear output": view_of(Config((2,), output_activation="linear"), "xor"),
    "tanh output, with test points": view_of(Config((4, 2), "tanh", "tanh"), "gauss", share=60),
    "one row": view_of(rows=ONE_ROW),
    "one row to train on and one to test on": view_of(rows=table(), share=50),
    "one class only": view_of(rows=table(y=[1, 1])),
    "three classes, with test points": view_of(
        Config((3,), output_activation="softmax", loss="cross_entropy"), "blobs", share=60),
    "three classes, an output each from -1 to 1": view_of(Config((3,), output_activation="tanh"), "iris"),
    "numbers": view_of(Config((3,), output_activation="linear"), "hills", share=60),
    "a thousand points": view_of(rows="spiral", samples=1000, share=50),
}
every_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)


@every_view
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_same_view_gives_the_same_json_and_id(view, theme):
    first, second = Scene(view, theme), Scene(view._replace(features=tuple(view.features)), theme)
    assert first.json == second.json
    assert first.id == second.id


def test_another_theme_network_table_or_split_has_another_id():
    view = view_of()
    moved = table(X=view.table.X + 1, y=view.table.y, inputs=view.table.inputs, target=view.table.target)
    scenes = [Scene(view, "light"), Scene(view, "dark"), Scene(view_of(Config((3,))), "light"),
              Scene(view_of(rows=moved), "light"), Scene(view_of(share=50), "light"),
              Scene(view_of(features=("x1", "x2", "x1_x2")), "light"), Scene(view_of(Config(loss="half_mse")), "light")]
    assert len({scene.id for scene in scenes}) == len(scenes)


def test_what_is_not_drawn_does_not_mount_the_figures_anew():
    first, second = view_of(), view_of(Config(learning_rate=0.3, optimizer="adam"))
    assert Scene(first, "light").id == Scene(second, "light").id


@every_view
def test_the_json_is_valid_and_every_panel_is_a_figure_that_plotly_accepts(view):
    panels = parsed(Scene(view, "light"))["panels"]
    assert list(panels) == ["network", "boundary", "loss", *["confusion"] * bool(view.table.classes), "health",
                            "walk", *["hidden"] * bool(view.config.hidden), "neuron"]
    assert panels.pop("walk")["text"]
    for panel in panels.values():
        figure = go.Figure(panel["figure"])  # raises ValueError for a property or a value that Plotly does not know
        for channel in panel["channels"].values():
            assert set(channel["traces"]) <= set(range(len(figure.data)))


@every_view
def test_every_channel_has_an_array_with_a_row_per_frame(view):
    scene = Scene(view, "light")
    arrays = scene.frames(recorded(view).frames([0, 1, 3]))
    channels = {f"{name}/{key}": channel for name, panel in parsed(scene)["panels"].items()
                for key, channel in panel.get("channels", {}).items() if channel["kind"] not in ("history", "pinned")}
    readouts = {f"readout/{item['name']}" for readout in parsed(scene)["readouts"]
                for item in (readout, *readout["notes"])}
    assert arrays.keys() == channels.keys() | readouts
    for name, array in arrays.items():
        values = array.values if isinstance(array, Picture) else array
        assert len(values) == 3, name
        assert values.dtype in (np.uint8, np.float32, np.float64), name
        missing = (name.startswith("readout/test-") or name == "loss/at_loss") and not len(view.test)
        assert missing or np.isfinite(values).all(), name
    for name, channel in channels.items():
        if channel["kind"] == "deal":
            assert arrays[name].shape[1] == len(channel["x"]) == len(channel["y"])


@every_view
def test_a_frame_is_the_same_alone_as_in_a_chunk(view):
    scene, recording = Scene(view, "light"), recorded(view)
    chunk, alone = scene.frames(recording.frames(range(6))), scene.frames(recording.frames([4]))
    for name, array in chunk.items():
        one = alone[name]
        if isinstance(array, Picture):
            array, one = array.values, one.values
        if name in ("network/pictures", "boundary/plane"):  # single precision, whose sums depend on the batch
            tolerance = 1 if array.dtype == np.uint8 else 1e-5
            assert np.abs(array[4].astype(float) - one[0]).max() <= tolerance
        else:
            np.testing.assert_array_equal(array[4], one[0], name)


def test_outputs_beyond_single_precision_still_make_a_picture():
    far = table(X=[(1e6, -1e6), (-1e6, 1e6)])
    view = view_of(Config((8,) * 6, "relu", "linear"), far, features=ALL_FEATURES[:5])
    largest = np.full((2, count(view)), 1e4) * [[1], [-1]]             # a larger weight counts as diverged
    arrays = Scene(view, "light").frames(frames_of(*largest))
    assert arrays["network/pictures"].shape[:2] == (2, 54)
    assert np.unique(arrays["network/pictures"][0, -1]).tolist() == [255], "far above what the colours span"


def test_the_readouts_are_the_numbers_of_the_recording():
    view = view_of(replace(Config(), seed=3), "spiral", share=50)
    frames = recorded(view).frames([0, 7, 20])
    arrays = Scene(view, "light").frames(frames)
    assert arrays["readout/epoch"].tolist() == [0, 7, 20]
    assert arrays["readout/train-loss"].dtype == arrays["readout/test-loss"].dtype == np.float64
    assert arrays["readout/train-loss"].tolist() == frames.train_loss.tolist()
    assert arrays["readout/test-loss"].tolist() == frames.test_loss.tolist()


@pytest.mark.parametrize("name", ["network", "boundary", "loss", "confusion", "health", "walk", "hidden", "neuron"])
def test_a_hidden_panel_is_neither_mounted_nor_sent_and_the_others_stay(name):
    view = view_of()
    frames = recorded(view).frames([0, 1])
    whole, part = Scene(view, "light"), Scene(view, "light", frozenset({name}))
    mounted, left = parsed(whole)["panels"], parsed(part)["panels"]
    assert mounted.pop(name) and left == mounted
    assert whole.id != part.id
    assert part.frames(frames).keys() == {key for key in whole.frames(frames) if not key.startswith(f"{name}/")}


@pytest.mark.parametrize(("tool", "panel", "nothing"), [("tools", "boundary", []), ("handles", "network", None)])
def test_a_hidden_tool_leaves_its_panel_as_it_is(tool, panel, nothing):
    whole, part = parsed(Scene(view_of(), "light"))["panels"], parsed(Scene(view_of(), "light", {tool}))["panels"]
    assert whole[panel].pop(tool)
    assert part[panel].pop(tool) == nothing
    assert part == whole
