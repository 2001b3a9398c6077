"""Script and notebook: run with NumPy alone, they end with the parameters that the page shows, to the last bit."""

import ast
import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from playground.data import DATASETS, FEATURES, TARGETS, TASKS, Asked, Table, task
from playground.exports import EXPORTS
from playground.exports.activation import activation, derivative
from playground.exports.notebook import notebook
from playground.exports.script import script
from playground.exports.source import returning
from playground.exports.training import every
from playground.exports.update import UPDATES
from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, OUTPUT_ACTIVATIONS, Activation, Config
from tests.exports.runs import bits, code, parameters_at, result_of, run

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def fitting(kind):
    """The (output activation, loss) that tables of a task can have."""
    return [(output, name) for output in TASKS[kind].outputs for name, loss in LOSSES.items()
            if loss.output_activation in ("", output) and (output != "softmax" or loss.output_activation == output)]


def turn(family, k):
    return list(family)[k % len(list(family))]


def sampled():
    """A run for each data set; all other choices take turns."""
    seen = dict.fromkeys(TASKS, 0)
    for k, (rows, preset) in enumerate(DATASETS.items()):
        kind = task(table := preset.make(20, 10, 0))
        output, loss = turn(fitting(kind), seen[kind])
        seen[kind] += 1
        config = Config(
            turn([(3, 2), (4,), (2, 2, 2)], k), turn(ACTIVATIONS, k), output, loss, turn(OPTIMIZERS, k), 0.01,
            turn([1, 3, 7, 1000], k), bool(k // 2 % 2), turn(INITIALIZERS, k), turn([0.0, 0.01], k // 3),
            turn([0.0, 0.02], k // 5), k)
        usable = [name for name, feature in FEATURES.items() if feature.needs <= len(table.inputs)]
        yield rows, (config, rows), {"share": turn([100, 60], k), "standardise": bool(k % 3),
                                     "features": tuple(usable[: k % 8 + 1])}


SAMPLED = {name: (arguments, options) for name, arguments, options in sampled()}
FLAT = Table(("a", "b"), "c", ("no", "yes"), ("",) * 4, [[1, 0.1], [2, 0.1], [3, 0.1], [4, 0.1]], [0, 1, 0, 1])
MORE = {
    "without hidden layers": ((Config(()), "gauss"), {}),
    "untrained": ((Config((3,)), "moons"), {"epoch": 0}),
    "adamw that decays nothing": ((Config(optimizer="adamw", l1=0.1), "xor_table"), {}),
    "a constant column standardised": ((Config(), FLAT), {"standardise": True}),
    "many points": ((Config((8, 8), "tanh", batch_size=30), "spiral"), {"samples": 1000, "share": 50, "epoch": 3}),
}


def changed(recording):
    """Everything that a viewer can change half way, and weights by hand."""
    config, P = recording.config, len(recording.course.given[0])
    recording = recording.branch(0, replace(config, frozen=(1,)), np.linspace(-1, 1, P))
    for k, (epoch, optimizer) in enumerate([(4, "adam"), (5, "sgd"), (9, "adamw"), (12, "momentum"), (15, "momentum"),
                                            (18, "adam")]):
        parameters = recording.frames([epoch]).parameters[0]
        parameters[2 : 4 + k] += 0.25
        config = replace(recording.config, optimizer=optimizer, learning_rate=0.1 / (k + 2), l1=0.001 * (k % 3),
                         l2=0.01 * (k % 2), batch_size=4 + k, shuffle=k % 2 == 0, frozen=(1, 5)[: k % 3])
        recording = recording.branch(epoch, config, parameters if k % 2 else None)
    return recording


def drawn_but_one(recording):
    parameters = recording.course.given[0].copy()
    parameters[3] = -0.0
    return recording.branch(0, recording.config, parameters)


HALF_WAY = {
    "changed half way": ((Config((3,), "tanh"), "moons"), {"change": changed, "share": 70}),
    "in the middle of the changes": ((Config((3,), "tanh"), "moons"), {"change": changed, "epoch": 12}),
    "a start weight by hand": ((Config(), "people"), {"change": drawn_but_one}),
}
ALL = SAMPLED | MORE | HALF_WAY


@pytest.mark.parametrize("case", ALL)
def test_script_and_notebook_end_with_the_bits_of_the_page(case):
    arguments, options = ALL[case]
    recording, result = result_of(*arguments, **options)
    said, cells = run(script(result), code(notebook(result)))
    assert bits(said[-1]) == parameters_at(recording, result.epoch)
    assert said == cells
    assert said[-2] == f"loss {recording.frames([result.epoch]).train_loss.item()!r}"


def test_the_sample_covers_every_entry_of_every_registry():
    configs = [arguments[0] for arguments, _ in SAMPLED.values()]
    assert {config.activation for config in configs} == ACTIVATIONS.keys()
    assert {config.output_activation for config in configs} == TARGETS.keys()
    assert {config.loss for config in configs} == LOSSES.keys()
    assert {config.optimizer for config in configs} == OPTIMIZERS.keys()
    assert {config.initializer for config in configs} == INITIALIZERS.keys()
    assert {name for _, options in SAMPLED.values() for name in options["features"]} == FEATURES.keys()
    assert {arguments[1] for arguments, _ in SAMPLED.values()} == DATASETS.keys()
    for choice in ("shuffle", "l1", "l2"):
        assert {bool(getattr(config, choice)) for config in configs} == {True, False}


@pytest.mark.parametrize("name", OUTPUT_ACTIVATIONS)
def test_the_text_of_an_activation_answers_bit_for_bit_what_the_registry_does(name):
    z, space = np.concatenate([np.linspace(-9, 9, 301), [-800.0, 800.0, 1e200]]).reshape(2, -1), {"np": np}
    exec(activation(name), space)
    with np.errstate(all="ignore"):
        a = OUTPUT_ACTIVATIONS[name](z, np.empty_like(z))
        assert space[name](z).tobytes() == a.tobytes()
        if name in ACTIVATIONS:
            exec(derivative(name), space)
            slope = ACTIVATIONS[name].derivative(z, a, np.empty_like(z))
            assert space[f"deriv_{name}"](z, a).tobytes() == slope.tobytes()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_registrys_own_source_is_good_enough_for_an_activation(name):
    z, space = np.linspace(-4, 4, 40), {"np": np}
    function, slope = ACTIVATIONS[name]
    exec(f"{returning(function, 'f')}\n{returning(slope, 'd')}", space)
    a = function(z, np.empty_like(z))
    assert space["f"](z).tobytes() == a.tobytes()
    assert space["d"](z, a).tobytes() == slope(z, a, np.empty_like(z)).tobytes()


def test_the_activation_that_the_readme_adds_is_exported_without_more(tmp_path, monkeypatch):
    added = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0].partition("ACTIVATIONS")[0]
    begin = "import numpy as np\nfrom numpy.typing import NDArray as Array\n"
    (tmp_path / "added.py").write_text(begin + added, "utf-8")
    spec = importlib.util.spec_from_file_location("added", tmp_path / "added.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(__import__("sys").modules, "added", module)
    spec.loader.exec_module(module)
    monkeypatch.setitem(ACTIVATIONS, "arctan", Activation(module.arctan, module.arctan_derivative))
    monkeypatch.setitem(OUTPUT_ACTIVATIONS, "arctan", module.arctan)
    recording, result = result_of(Config((3,), "arctan"), "moons")
    (said,) = run(script(result))
    assert bits(said[-1]) == parameters_at(recording, result.epoch)


def test_every_optimizer_has_its_lines():
    assert UPDATES.keys() == OPTIMIZERS.keys()


def test_a_script_prints_nothing_when_it_is_given_an_argument_or_imported():
    _, result = result_of()
    program = script(result)
    assert run(program, arguments=["quiet"]) == [[]]
    imported = f"space = {{'__name__': 'imported'}}\nexec({program!r}, space)\nprint(space['sizes'])"
    assert run(imported) == [["[2, 2, 1]"]]


def test_a_script_tells_its_losses_every_so_often_and_what_was_asked():
    recording, result = result_of(epoch=1000)
    (said,) = run(script(result))
    losses = recording.frames([0, 500, 1000]).train_loss
    for epoch, loss in zip((0, 500, 1000), losses, strict=True):
        assert f"epoch {epoch}: loss {loss:.6f}" in said
    assert 10 <= sum(line.startswith("epoch ") for line in said) <= 30
    (emily,), (frank,) = json.loads(re.sub(r"\]\s*\[", "],[", "".join(said[-4:-2])))
    assert emily == pytest.approx(0.966, abs=0.02) and frank == pytest.approx(0.039, abs=0.02)


@pytest.mark.parametrize(("epochs", "step"), [(0, 1), (20, 1), (21, 2), (100, 5), (200, 10), (10**6, 50000)])
def test_the_losses_that_are_told_are_at_round_epochs(epochs, step):
    assert every(epochs) == step


def test_a_script_has_only_what_its_run_needs():
    _, plain = result_of(Config((2,), optimizer="adam"))
    text = script(plain)
    for absent in ("tanh", "l1", "l2", "frozen", "permutation", "test", "mean, deviation", "rate * (", "by hand"):
        assert absent not in text, absent
    assert "# Alice" in text and "# weight, height" in text and "# gender: 0 M, 1 F" in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("evil", [
    '\nraise SystemExit("run")\n', '"""', "'''", "\\", "\r\u2028\x85\x0c#", "\x00", "\ud800", "{x}"])
def test_words_from_outside_are_never_code(evil):
    names = (f"a{evil}", f"b{evil}"), f"c{evil}", (f"no{evil}", f"yes{evil}"), (f"n{evil}", evil)
    table = Table(*names, [[1, 2], [3, 4]], [0, 1])
    recording, result = result_of(Config(), table)
    result = result._replace(title=f"own {evil}", asked=Asked((evil,), ((1.0, 2.0),)))
    for said in run(script(result), code(notebook(result))):
        assert bits(said[-1]) == parameters_at(recording, result.epoch)
    for export in EXPORTS.values():
        assert export.function(result).encode("utf-8", "replace")
    ast.parse(EXPORTS["pytorch"].function(result))


def test_a_notebook_is_a_document_of_the_format_with_titles_in_markdown():
    _, result = result_of()
    document = json.loads(notebook(result._replace(title="<b>*my* table")))
    assert (document["nbformat"], document["nbformat_minor"]) == (4, 5)
    kinds = [cell["cell_type"] for cell in document["cells"]]
    assert kinds == ["markdown", "code"] * (len(kinds) // 2)
    assert len({cell["id"] for cell in document["cells"]}) == len(kinds)
    assert "".join(document["cells"][0]["source"]).startswith("## \\<b\\>\\*my\\* table")
    assert all(set(cell) >= {"source", "metadata"} for cell in document["cells"])
