"""The walk: every number that a person reads equals the notebook's own calculation, and lights the right part."""

import math
import re

import numpy as np
import pytest

from playground.data import Table
from playground.figures import walk
from playground.nn import ACTIVATIONS, LOSSES, OPTIMIZERS, Config, Updates
from tests.figures.drawing import recorded, table, view_of

PEOPLE = [(-2, -1, 1), (25, 6, 0), (17, 4, 0), (-15, -6, 1)]
NAMED = re.compile(r'data-name="([^"]+)" data-value="([^"]+)"')


def told(view, update, sample=0, chosen=None):
    """All lines of the walk, by phase."""
    phases = walk(view, update, sample, chosen)["phases"]
    return {phase["name"]: phase["lines"] for phase in phases}


def numbers(phases):
    """Every number with a name."""
    return {name: float(value) for lines in phases.values() for line in lines
            for name, value in NAMED.findall(line["html"])}


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def slope(x):
    return sigmoid(x) * (1 - sigmoid(x))


def notebook(p, x, y):
    """The notebook's quantities for one sample, by its names; p by theirs."""
    sum_h1 = p["w1"] * x[0] + p["w2"] * x[1] + p["b1"]
    sum_h2 = p["w3"] * x[0] + p["w4"] * x[1] + p["b2"]
    h1, h2 = sigmoid(sum_h1), sigmoid(sum_h2)
    sum_o1 = p["w5"] * h1 + p["w6"] * h2 + p["b3"]
    d = {"d_L_d_ypred": -2 * (y - sigmoid(sum_o1)), "L": (y - sigmoid(sum_o1)) ** 2, "y_pred": sigmoid(sum_o1),
         "sum_h1": sum_h1, "h1": h1, "sum_h2": sum_h2, "h2": h2,
         "d_ypred_d_w5": h1 * slope(sum_o1), "d_ypred_d_w6": h2 * slope(sum_o1), "d_ypred_d_b3": slope(sum_o1),
         "d_ypred_d_h1": p["w5"] * slope(sum_o1), "d_ypred_d_h2": p["w6"] * slope(sum_o1),
         "d_h1_d_w1": x[0] * slope(sum_h1), "d_h1_d_w2": x[1] * slope(sum_h1), "d_h1_d_b1": slope(sum_h1),
         "d_h2_d_w3": x[0] * slope(sum_h2), "d_h2_d_w4": x[1] * slope(sum_h2), "d_h2_d_b2": slope(sum_h2)}
    for h, names in (("h1", ("w1", "w2", "b1")), ("h2", ("w3", "w4", "b2"))):
        d |= {f"d_L_d_{n}": d["d_L_d_ypred"] * d[f"d_ypred_d_{h}"] * d[f"d_{h}_d_{n}"] for n in names}
    d |= {f"d_L_d_{n}": d["d_L_d_ypred"] * d[f"d_ypred_d_{n}"] for n in ("w5", "w6", "b3")}
    return d | {f"new_{n}": p[n] - 0.1 * d[f"d_L_d_{n}"] for n in p}


def by_name(blocks):
    """Parameters of a 2-2-1 network by the notebook's names."""
    (W1, W2) = blocks
    return {"w1": W1[0, 0], "w2": W1[1, 0], "b1": W1[2, 0], "w3": W1[0, 1], "w4": W1[1, 1], "b2": W1[2, 1],
            "w5": W2[0, 0], "w6": W2[1, 0], "b3": W2[2, 0]}


@pytest.mark.parametrize("epoch", [0, 7])
def test_every_number_of_an_epoch_on_the_notebooks_network_is_the_notebooks(epoch):
    view = view_of(Config())
    for update, (x1, x2, y) in zip(Updates(recorded(view), epoch), PEOPLE, strict=True):
        shown = numbers(told(view, update))
        expected = notebook(by_name(update.blocks), (x1, x2), y)
        assert expected.keys() <= shown.keys()
        for name, value in expected.items():
            assert shown[name] == pytest.approx(value, abs=1e-12), name


def test_the_numbers_on_screen_are_those_behind_them_in_fixed_digits():
    view = view_of(Config())
    html = " ".join(line["html"] for lines in told(view, Updates(recorded(view), 0)[0]).values() for line in lines)
    pairs = re.findall(r'title="([^"]+)">([^<]+)<', html)
    assert len(pairs) > 80
    for exact, text in pairs:
        assert float(text.replace("\N{MINUS SIGN}", "-")) == pytest.approx(float(exact), abs=6e-5)


def test_new_weights_are_the_recorded_next_epoch_to_the_last_bit():
    view = view_of(Config(optimizer="adam", l2=0.01))
    recording = recorded(view)
    *_, last = Updates(recording, 3)
    shown, state = numbers(told(view, last)), recording.state(4)
    for name, value in by_name([np.vstack([W, b]) for W, b in zip(state.weights, state.biases, strict=True)]).items():
        assert shown[f"new_{name}"] == value


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_optimizers_rule_and_memory_are_told(optimizer):
    view = view_of(Config(optimizer=optimizer))
    phases = told(view, Updates(recorded(view), 1)[2])
    assert optimizer in phases["update"][0]["html"]
    for slot in OPTIMIZERS[optimizer].memory:
        assert {f"{slot}_w1", f"{slot}_b3"} <= numbers(phases).keys()


@pytest.mark.parametrize(("loss", "output"), [(loss, entry.output_activation or "tanh")
                                              for loss, entry in LOSSES.items()])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_gradients_are_those_that_train_whatever_the_loss(loss, output, activation):
    several = loss == "cross_entropy"
    rows = "iris" if several else "people"
    view = view_of(Config((2,), activation, output, loss, batch_size=3), rows)
    update = Updates(recorded(view), 0)[0]
    shown = numbers(told(view, update, sample=1))
    first, _ = update.blocks
    gradient = update.loss_gradient[: first.size].reshape(first.shape)
    for name, value in {"w1": gradient[0, 0], "w2": gradient[1, 0], "b1": gradient[2, 0], "w4": gradient[1, 1]}.items():
        assert shown[f"d_L_d_{name}"] == value
    assert shown["h2"] == update.a[0][1, 1]


def test_a_line_lights_the_edge_it_is_about():
    phases = told(view_of(Config()), Updates(recorded(view_of(Config())), 0)[0])
    (line,) = [line for line in phases["update"] if "new_w2" in line["html"]]          # from height to h1
    assert line["edges"] == (2,) and set(line["neurons"]) == {1, 2}
    (line,) = [line for line in phases["forward"] if 'data-name="h2"' in line["html"]]
    assert line["edges"] == (1, 3) and set(line["neurons"]) == {0, 1, 3}


def test_a_wide_network_shows_one_neuron_and_not_a_wall_of_formulas():
    view = view_of(Config((8, 8), "tanh"), "circle", features=("x1", "x2", "x1_squared", "x1_x2"))
    update = Updates(recorded(view), 0)[0]
    output = walk(view, update, 0, None)
    assert output["neuron"] == "ŷ" and [len(phase["lines"]) for phase in output["phases"]] == [1, 2, 11, 10]
    hidden = walk(view, update, 0, 4 + 8 + 2)                           # the third neuron of the second layer
    assert hidden["neuron"] == "h11" and len(hidden["phases"][0]["lines"]) == 1
    assert walk(view, update, 0, 999)["neuron"] == "ŷ"


def test_names_from_outside_are_no_markup():
    alien = table(inputs=("<b>x</b>", "<script>"), target="<i>t", classes=("<u>no</u>", "yes"))
    phases = told(view_of(Config(), alien), Updates(recorded(view_of(Config(), alien)), 0)[0])
    text = str(phases)
    assert "<script>" not in text and "<b>x" not in text and "&lt;script&gt;" in text


def test_a_network_without_hidden_layers_and_one_input_can_be_followed():
    rows = Table(("a",), "y", (), ("",) * 3, np.array([[1.0], [2.0], [4.0]]), np.array([1.0, 2.0, 3.0]))
    view = view_of(Config((), output_activation="linear"), rows, features=("x1",))
    shown = numbers(told(view, Updates(recorded(view), 0)[1]))
    assert shown["d_ypred_d_w1"] == 2 and shown["d_L_d_w1"] == pytest.approx(2 * shown["d_L_d_ypred"])


def test_every_activation_can_be_followed():
    for activation in ACTIVATIONS:
        view = view_of(Config((2,), activation))
        assert len(told(view, Updates(recorded(view), 0)[0])["forward"]) == 3


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_frozen_weight_is_said_to_be_frozen_and_shows_the_value_it_keeps(optimizer):
    view = view_of(Config(optimizer=optimizer, frozen=(2,)))
    recording = recorded(view)
    before = recording.frames([1]).parameters[0]
    lines = told(view, Updates(recording, 0)[3])["update"]
    frozen = [line for line in lines if "frozen" in line["html"]]
    assert len(frozen) == 1 and frozen[0]["edges"] == (2,)
    assert dict(NAMED.findall(frozen[0]["html"])) == {"new_w2": repr(float(before[2]))}


def test_a_sentence_ends_the_last_phase_alone_and_is_no_markup():
    view = view_of()
    phases = walk(view, Updates(recorded(view), 0)[0], 0, None, "Then <b>this</b>.")["phases"]
    assert phases[-1]["lines"][-1]["html"] == "Then &lt;b&gt;this&lt;/b&gt;."
    assert "Then" not in str(phases[:-1])


def test_an_input_that_is_a_product_is_one_factor():
    view = view_of(features=("x1", "x1_x2"))
    lines = told(view, Updates(recorded(view), 0)[0])
    factor = "(weight \N{MULTIPLICATION SIGN} height)"
    assert f"·{factor} + " in lines["forward"][0]["html"]
    assert any(f"= {factor}·" in line["html"] for line in lines["backward"])
