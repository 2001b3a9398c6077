"""The confusion matrix: every row counted once, at its true and its predicted class."""

import html

import numpy as np
import pytest

from playground.figures import THEMES
from playground.figures.confusion import matrices
from playground.nn import Config, EpochState, predict, unflatten
from tests.figures.drawing import arrays_of, count, frames_of, panel_of, recorded, table, view_of

RNG = np.random.default_rng(8)
SOFTMAX = Config((3,), "tanh", "softmax", "cross_entropy")
NAMES = ("Iris setosa, the bristle-pointed", "<b>W</b>", "%{x}", "WWWWWWWWWWWWWWW", "日本語のとても長いクラス名", "e")
SIX = table(X=RNG.normal(size=(60, 2)), y=np.arange(60) % 6, classes=NAMES)


def answers(view, parameters, rows):
    weights, biases = unflatten(np.asarray(parameters, float), view.sizes)
    outputs = predict(view.config, EpochState(0, weights, biases, 0.0, 0.0), view.table.X[rows]).tolist()
    return [int(o[0] > 0.5) if len(o) == 1 else o.index(max(o)) for o in outputs]


def counted(view, parameters, rows):
    """{(true, predicted): count}, row by row."""
    counts = {}
    for truth, answer in zip(view.table.y[rows].tolist(), answers(view, parameters, rows), strict=True):
        counts[truth, answer] = counts.get((truth, answer), 0) + 1
    return counts


@pytest.mark.parametrize(("config", "rows"), [(Config((3,), "tanh"), "gauss"), (SOFTMAX, "blobs"), (SOFTMAX, SIX)],
                         ids=["two classes", "three classes", "six classes"])
@pytest.mark.parametrize("share", [100, 60])
def test_each_frame_counts_the_rows_that_train_and_those_that_test(config, rows, share):
    view = view_of(config, rows, share=share)
    many, n = RNG.normal(size=(4, count(view))), len(view.table.classes)
    arrays = arrays_of(view, frames_of(*many))
    parts = {"train": view.train} | ({"test": view.test} if share < 100 else {})
    assert {name for name in arrays if name.startswith("confusion/")} == {"confusion/counts"} | {
        f"confusion/{of}" for of in parts}
    trace = panel_of(view, "confusion")["figure"]["data"][-1]
    for k, parameters in enumerate(many):
        texts = arrays["confusion/counts"][k].reshape(len(parts), n, n)
        for m, (of, part) in enumerate(parts.items()):
            expected = counted(view, parameters, part)
            shades = arrays[f"confusion/{of}"][k]
            for true, predicted in np.ndindex(n, n):
                wanted = expected.get((true, predicted), 0)
                assert texts[m, true, predicted] == wanted
                at = (m * n + true) * n + predicted
                assert trace["y"][at] == n - 1 - true, "the first class is on top"
                total = sum(number for (row, _), number in expected.items() if row == true)
                byte = int(shades[trace["y"][at], predicted])
                assert byte // 42 == predicted, "in the colour of what is predicted"
                assert byte % 42 == pytest.approx(41 * wanted / max(total, 1), abs=0.51)


def test_matrices_of_several_frames_do_not_mix():
    truth, given = np.array([0, 0, 1, 2]), np.array([[0, 1, 1, 2], [2, 2, 2, 2]])
    assert matrices(given, truth, 3).tolist() == [
        [[1, 1, 0], [0, 1, 0], [0, 0, 1]], [[0, 0, 2], [0, 0, 1], [0, 0, 1]]]


@pytest.mark.parametrize("share", [100, 60])
def test_the_axes_the_classes_and_the_matrices_are_named_and_what_is_right_is_outlined(share):
    view = view_of(SOFTMAX, "iris", share=share)
    panel = panel_of(view, "confusion")
    layout, theme = panel["figure"]["layout"], THEMES["light"]
    texts = [label["text"] for label in layout["annotations"]]
    parts = ["train", "test"][: 2 if share < 100 else 1]
    assert [text for text in texts if "predicted" in text] == [f"{of}: predicted →" for of in parts]
    assert "true ↓" in texts
    assert {"setosa ◆", "versicolor ●", "virginica ■"} <= set(texts)
    outlined = [shape for shape in layout["shapes"] if shape["line"]["color"] == theme.ink]
    places = [(shape["x0"] + 0.5, shape["y0"] + 0.5) for shape in outlined]
    counts = panel["figure"]["data"][-1]
    right = [(x, y) for x, y, text in zip(counts["x"], counts["y"], counts["text"], strict=True) if ": right" in text]
    assert len(right) == 3 * len(parts)
    np.testing.assert_allclose(places, right)
    assert panel["note"] == "outlined: right"


def test_hovering_says_of_how_many_what_was_made():
    view = view_of(rows="people")
    (truth, mistaken) = panel_of(view, "confusion")["figure"]["data"][-1]["text"][:2]
    assert truth == "of 2 M in train<br>predicted as M: right"
    assert mistaken == "of 2 M in train<br>predicted as F: wrong"


def test_long_names_are_cut_to_what_a_phone_has_room_for_and_none_is_markup():
    panel = panel_of(view_of(SOFTMAX, SIX, share=60), "confusion")
    layout = panel["figure"]["layout"]
    rows = [label["text"] for label in layout["annotations"] if label.get("xref") == "paper"][1:]
    assert rows[0] == "Iris setos… ◆" and rows[5] == "e ⬟"
    assert html.unescape(rows[1]) == "<b>W</b> ●" and rows[1] != "<b>W</b> ●"
    assert rows[2].replace("\u200b", "") == "%{x} ■" != rows[2]
    assert all(len(html.unescape(row)) <= 13 for row in rows)
    columns = [label["text"] for label in layout["annotations"] if label.get("yref") == "paper"]
    assert [text for text in columns if len(text) == 1] == list("◆●■▲✚⬟") * 2, "there is room for a sign only"
    assert layout["margin"]["l"] < 120


def test_numbers_have_no_confusion_matrix():
    view = view_of(Config((3,), output_activation="linear"), "hills", share=60)
    assert not any(name.startswith("confusion/") for name in arrays_of(view, recorded(view).frames([0])))
