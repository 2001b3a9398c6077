"""One update against the same calculation by hand, one number at a time, in the notebook's names."""

import math
from dataclasses import replace

import numpy as np
import pytest

from playground.nn import LOSSES, OPTIMIZERS, Config, Dataset, Recording, Updates, flatten

X = [[-2, -1], [2.5, 0.6], [1.7, 0.4], [-1.5, -0.6], [0.3, 1.1]]
DATA = Dataset(X, [1, 0, 0, 1, 1])
TWO_CLASSES = Dataset(X, [[1, 0], [0, 1], [0, 1], [1, 0], [1, 0]])
FIRST, SECOND = {"learning_rate": 0.1, "l1": 0.02, "l2": 0.3}, {"learning_rate": 0.03, "l1": 0.01, "l2": 0.2}


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def deriv_sigmoid(x):
    fx = sigmoid(x)
    return fx * (1 - fx)


def one_output(p, x, y, loss):
    """What a sample does in the 2-2-1 network: all numbers of forward and backward, by name."""
    w1, w3, w2, w4, b1, b2, w5, w6, b3 = p
    y_true, = y
    sum_h1 = w1 * x[0] + w2 * x[1] + b1
    h1 = sigmoid(sum_h1)
    sum_h2 = w3 * x[0] + w4 * x[1] + b2
    h2 = sigmoid(sum_h2)
    sum_o1 = w5 * h1 + w6 * h2 + b3
    y_pred = sigmoid(sum_o1)

    L = {
        "mse": (y_true - y_pred) ** 2,
        "half_mse": (y_true - y_pred) ** 2 / 2,
        "binary_cross_entropy": -(y_true * math.log(y_pred) + (1 - y_true) * math.log(1 - y_pred)),
    }[loss]
    d_L_d_ypred = {
        "mse": -2 * (y_true - y_pred),
        "half_mse": -(y_true - y_pred),
        "binary_cross_entropy": -y_true / y_pred + (1 - y_true) / (1 - y_pred),
    }[loss]

    d_ypred_d_w5 = h1 * deriv_sigmoid(sum_o1)
    d_ypred_d_w6 = h2 * deriv_sigmoid(sum_o1)
    d_ypred_d_b3 = deriv_sigmoid(sum_o1)
    d_ypred_d_h1 = w5 * deriv_sigmoid(sum_o1)
    d_ypred_d_h2 = w6 * deriv_sigmoid(sum_o1)
    d_h1_d_w1 = x[0] * deriv_sigmoid(sum_h1)
    d_h1_d_w2 = x[1] * deriv_sigmoid(sum_h1)
    d_h1_d_b1 = deriv_sigmoid(sum_h1)
    d_h2_d_w3 = x[0] * deriv_sigmoid(sum_h2)
    d_h2_d_w4 = x[1] * deriv_sigmoid(sum_h2)
    d_h2_d_b2 = deriv_sigmoid(sum_h2)

    return {
        "z": [sum_h1, sum_h2, sum_o1],
        "a": [h1, h2, y_pred],
        "slope": [d_h1_d_b1, d_h2_d_b2, d_ypred_d_b3],
        "delta": [d_L_d_ypred * d_ypred_d_h1 * d_h1_d_b1, d_L_d_ypred * d_ypred_d_h2 * d_h2_d_b2,
                  d_L_d_ypred * d_ypred_d_b3],
        "error_output": [d_L_d_ypred],
        "loss": [L],
        "gradient": [
            d_L_d_ypred * d_ypred_d_h1 * d_h1_d_w1, d_L_d_ypred * d_ypred_d_h2 * d_h2_d_w3,
            d_L_d_ypred * d_ypred_d_h1 * d_h1_d_w2, d_L_d_ypred * d_ypred_d_h2 * d_h2_d_w4,
            d_L_d_ypred * d_ypred_d_h1 * d_h1_d_b1, d_L_d_ypred * d_ypred_d_h2 * d_h2_d_b2,
            d_L_d_ypred * d_ypred_d_w5, d_L_d_ypred * d_ypred_d_w6, d_L_d_ypred * d_ypred_d_b3,
        ],
    }


def two_outputs(p, x, y, loss):
    """The same in the 2-2-2 network that ends in softmax, where each prediction depends on both sums."""
    w1, w3, w2, w4, b1, b2, w5, w7, w6, w8, b3, b4 = p
    sum_h1 = w1 * x[0] + w2 * x[1] + b1
    h1 = sigmoid(sum_h1)
    sum_h2 = w3 * x[0] + w4 * x[1] + b2
    h2 = sigmoid(sum_h2)
    sum_o1 = w5 * h1 + w6 * h2 + b3
    sum_o2 = w7 * h1 + w8 * h2 + b4
    y_pred1 = math.exp(sum_o1) / (math.exp(sum_o1) + math.exp(sum_o2))
    y_pred2 = math.exp(sum_o2) / (math.exp(sum_o1) + math.exp(sum_o2))

    d_L_d_ypred1, d_L_d_ypred2 = -y[0] / y_pred1, -y[1] / y_pred2
    d_ypred1_d_o1, d_ypred2_d_o2 = y_pred1 * (1 - y_pred1), y_pred2 * (1 - y_pred2)
    d_ypred1_d_o2 = d_ypred2_d_o1 = -y_pred1 * y_pred2
    d_L_d_o1 = d_L_d_ypred1 * d_ypred1_d_o1 + d_L_d_ypred2 * d_ypred2_d_o1
    d_L_d_o2 = d_L_d_ypred1 * d_ypred1_d_o2 + d_L_d_ypred2 * d_ypred2_d_o2
    d_L_d_sum_h1 = (d_L_d_o1 * w5 + d_L_d_o2 * w7) * deriv_sigmoid(sum_h1)
    d_L_d_sum_h2 = (d_L_d_o1 * w6 + d_L_d_o2 * w8) * deriv_sigmoid(sum_h2)

    return {
        "z": [sum_h1, sum_h2, sum_o1, sum_o2],
        "a": [h1, h2, y_pred1, y_pred2],
        "slope": [deriv_sigmoid(sum_h1), deriv_sigmoid(sum_h2), d_ypred1_d_o1, d_ypred2_d_o2],
        "delta": [d_L_d_sum_h1, d_L_d_sum_h2, d_L_d_o1, d_L_d_o2],
        "loss": [-y[0] * math.log(y_pred1) - y[1] * math.log(y_pred2)],
        "gradient": [
            d_L_d_sum_h1 * x[0], d_L_d_sum_h2 * x[0], d_L_d_sum_h1 * x[1], d_L_d_sum_h2 * x[1],
            d_L_d_sum_h1, d_L_d_sum_h2,
            d_L_d_o1 * h1, d_L_d_o2 * h1, d_L_d_o1 * h2, d_L_d_o2 * h2, d_L_d_o1, d_L_d_o2,
        ],
    }


def new_value(optimizer, p, g, m, t, rate, decay):
    """One parameter after its update by the published rule; `m` is what it remembers, changed in place."""
    match optimizer:
        case "sgd":
            return p - rate * g
        case "momentum":
            m["v"] = 0.9 * m["v"] + rate * g
            return p - m["v"]
        case "nesterov":
            m["v"] = 0.9 * m["v"] + rate * g
            return p - (0.9 * m["v"] + rate * g)
        case "rmsprop":
            m["v"] = 0.9 * m["v"] + 0.1 * g * g
            return p - rate * g / (math.sqrt(m["v"]) + 1e-8)
        case "adagrad":
            m["v"] = m["v"] + g * g
            return p - rate * g / (math.sqrt(m["v"]) + 1e-8)
        case "adam" | "adamw":
            p = p - rate * decay * p
            m["m"] = 0.9 * m["m"] + 0.1 * g
            m["v"] = 0.999 * m["v"] + 0.001 * g * g
            m_hat, v_hat = m["m"] / (1 - 0.9**t), m["v"] / (1 - 0.999**t)
            return p - rate * m_hat / (math.sqrt(v_hat) + 1e-8)


SLOTS = {"sgd": "", "adam": "mv", "adamw": "mv"}      # the others remember v


def close(expected):
    return pytest.approx(expected, rel=1e-12, abs=1e-12)


def recorded(optimizer, loss, batch_size, shuffle):
    """A recording whose config changes at epoch 1, and what trains there."""
    output = "softmax" if loss == "cross_entropy" else "sigmoid"
    config = Config((2,), "sigmoid", output, loss, optimizer, batch_size=batch_size, shuffle=shuffle, **FIRST)
    recording = Recording(config, TWO_CLASSES if loss == "cross_entropy" else DATA)
    return recording.branch(1, replace(config, **SECOND))


def first_updates(recording, number):
    """The first updates of a run, over as many epochs as it takes."""
    found, epoch = [], 0
    while len(found) < number:
        found += Updates(recording, epoch)
        epoch += 1
    return found[:number]


COMBINATIONS = [
    pytest.param(optimizer, loss, batch_size, shuffle, id=f"{optimizer}-{loss}-{batch_size}{'-shuffled' * shuffle}")
    for optimizer in OPTIMIZERS for loss in LOSSES for batch_size in (1, 3, 5) for shuffle in (False, True)
]


@pytest.mark.parametrize(("optimizer", "loss", "batch_size", "shuffle"), COMBINATIONS)
def test_every_number_of_the_first_updates_is_that_of_the_calculation_by_hand(optimizer, loss, batch_size, shuffle):
    recording = recorded(optimizer, loss, batch_size, shuffle)
    data, by_hand = recording.dataset, two_outputs if loss == "cross_entropy" else one_output
    start = recording.state(0)
    p = flatten(start.weights, start.biases).tolist()
    is_weight = [1] * 4 + [0] * 2 + ([1] * 4 + [0] * 2 if loss == "cross_entropy" else [1] * 2 + [0])
    memory = [dict.fromkeys(SLOTS.get(optimizer, "v"), 0.0) for _ in p]

    for t, update in enumerate(first_updates(recording, 8), 1):
        now = FIRST if update.epoch == 0 else SECOND
        samples = [by_hand(p, data.X[row].tolist(), data.y[row].tolist(), loss) for row in update.rows]
        n = len(samples)

        def mean(name, samples=samples, n=n):
            return [sum(numbers) / n for numbers in zip(*(sample[name] for sample in samples), strict=True)]

        def by_neuron(name, share=1, samples=samples):
            return np.transpose([[number / share for number in sample[name]] for sample in samples])

        assert update.parameters == close(p)
        assert np.vstack(update.z) == close(by_neuron("z"))
        assert np.vstack(update.a) == close(by_neuron("a"))
        assert np.vstack(update.slope) == close(by_neuron("slope"))
        assert np.vstack(update.delta) == close(by_neuron("delta", n))
        if loss in ("mse", "half_mse"):
            assert update.error_output == close(by_neuron("error_output", n))
        else:
            assert update.error_output is None
        assert update.loss == close(mean("loss")[0])

        l1, l2 = now["l1"], now["l2"]
        loss_gradient = mean("gradient")
        penalty_gradient = [
            w * (math.copysign(l1, value) + (0 if optimizer == "adamw" else l2 * value))
            for w, value in zip(is_weight, p, strict=True)
        ]
        assert update.loss_gradient == close(loss_gradient)
        assert update.penalty_gradient == close(penalty_gradient)

        assert columns(update.memory, memory)
        p = [
            new_value(optimizer, value, g + penalty, m, t, now["learning_rate"], w * l2 * (optimizer == "adamw"))
            for value, g, penalty, m, w in zip(p, loss_gradient, penalty_gradient, memory, is_weight, strict=True)
        ]
        assert columns(update.new_memory, memory)
        assert update.t == (t if optimizer in ("adam", "adamw") else 0)
        assert update.new_parameters == close(p)


def columns(arrays, memory):
    """Whether named arrays are, name by name, what each parameter remembers."""
    return list(arrays) == list(memory[0]) and all(
        array == close([m[name] for m in memory]) for name, array in arrays.items()
    )


@pytest.mark.parametrize(("optimizer", "loss", "batch_size", "shuffle"), COMBINATIONS)
def test_the_updates_of_an_epoch_lead_to_the_next_recorded_one_bit_for_bit(optimizer, loss, batch_size, shuffle):
    recording = recorded(optimizer, loss, batch_size, shuffle)
    parameters = recording.frames(range(5)).parameters
    for epoch in range(4):
        reached, used = parameters[epoch], []
        for update in Updates(recording, epoch):
            assert np.array_equal(update.parameters, reached)
            assert np.array_equal(update.X, recording.dataset.X[update.rows])
            assert np.array_equal(update.y, recording.dataset.y[update.rows])
            assert update.config == recording.segments[min(epoch, 1)][1]
            reached = update.new_parameters
            used += update.rows.tolist()
        assert np.array_equal(reached, parameters[epoch + 1])
        assert sorted(used) == [0, 1, 2, 3, 4]
        assert (used == [0, 1, 2, 3, 4]) is not (shuffle and batch_size < 5)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_thinned_rows_and_changes_of_optimizer_and_batches_are_no_obstacle(optimizer):
    rng = np.random.default_rng(3)
    data = Dataset(rng.normal(size=(11, 2)), rng.integers(0, 2, 11))
    config = Config((4, 3), "tanh", optimizer=optimizer, learning_rate=0.01, batch_size=4, shuffle=True, l1=1e-3)
    recording = Recording(config, data, budget=20_000)
    recording.advance(150)
    recording = recording.branch(120, replace(config, optimizer="adam" if optimizer == "sgd" else "sgd", batch_size=1))
    recording.advance(300)
    held = recording.history()[0].tolist()
    assert len(held) < 200, "nothing was thinned"
    for epoch in (299, 60, 119, 120, 121, 200):
        *_, last = Updates(recording, epoch)
        assert last.batches == (3 if epoch < 120 else 11)
        assert np.array_equal(last.new_parameters, recording.frames([epoch + 1]).parameters[0])
    assert recording.history()[0].tolist() == held


def test_an_update_is_the_same_whichever_was_asked_for_before():
    recording = recorded("adam", "mse", 1, shuffle=True)
    updates = Updates(recording, 3)
    in_order = list(updates)
    recording.advance(40)
    for index in (4, 1, 1, 2, 0, 3):
        again, alone = updates[index], Updates(recording, 3)[index]
        assert again.batch == alone.batch == index
        for field in ("parameters", "new_parameters", "loss_gradient", "rows"):
            assert np.array_equal(getattr(again, field), getattr(in_order[index], field))
            assert np.array_equal(getattr(alone, field), getattr(in_order[index], field))
        assert np.array_equal(again.memory["v"], in_order[index].memory["v"])


def test_looking_into_an_epoch_leaves_the_run_as_it_is():
    looked_into, left_alone = recorded("momentum", "mse", 3, True), recorded("momentum", "mse", 3, True)
    for until in (5, 9, 14):
        looked_into.advance(until)
        left_alone.advance(until)
        for epoch in (until, 2, 0):
            list(Updates(looked_into, epoch))
    assert looked_into.history()[0].tolist() == left_alone.history()[0].tolist()
    assert np.array_equal(looked_into.frames(range(15)).parameters, left_alone.frames(range(15)).parameters)


def test_a_block_holds_the_weights_and_biases_that_the_sums_are_made_of():
    update = Updates(recorded("sgd", "half_mse", 3, False), 0)[0]
    (W1, b1), (W2, b2) = ((block[:-1], block[-1]) for block in update.blocks)
    assert update.z[0] == close((update.X @ W1 + b1).T)
    assert update.z[1] == close((update.a[0].T @ W2 + b2).T)


def test_a_network_without_hidden_layer_has_updates():
    update = Updates(Recording(Config((), loss="binary_cross_entropy"), DATA), 0)[2]
    a = sigmoid(update.z[0].item())
    assert update.slope[0].item() == close(a * (1 - a))
    assert update.delta[0].item() == close(a - update.y.item())


def test_an_update_that_does_not_exist_is_named():
    updates = Updates(recorded("sgd", "mse", 3, False), 0)
    assert len(updates) == 2
    for index in (2, -1):
        with pytest.raises(IndexError, match=f"update {index} does not exist: epoch 0 is followed by 2 updates"):
            updates[index]


def test_the_update_that_ends_a_run_can_be_looked_at_but_none_after_it():
    recording = Recording(Config(output_activation="linear", learning_rate=1e200), DATA)
    recording.advance(10)
    last = recording.divergence.epoch
    *_, update = Updates(recording, last)
    assert not np.isfinite(update.new_parameters).all()
    with pytest.raises(ValueError, match=f"epoch {last + 1} does not exist"):
        Updates(recording, last + 1)
