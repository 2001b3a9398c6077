"""The script: a run as a plain Python program that needs nothing but NumPy and arrives at the same numbers."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

import numpy as np

from playground.exports import network, samples, training
from playground.exports.literal import matrix, word
from playground.exports.result import Result


class Section(NamedTuple):
    """A piece of a script or a notebook: what it is about, and its code."""

    title: str
    text: str
    code: str


ABOUT = (f"Needs nothing but NumPy, and ends with the numbers that the playground shows, to the last digit. They are "
         f"those of NumPy {np.__version__}; another version, or another kind of processor, may round differently.")
BEGIN = 'import numpy as np\n\nnp.seterr(all="ignore")  # overflow does no harm: 1 / (1 + inf) is 0, as it should be'


def script(result: Result) -> str:
    """The program. It prints losses and, last, the parameters; imported or run with an argument, it prints nothing."""
    first, *others = sections(result, say="say")
    loud = 'say = print if __name__ == "__main__" and len(sys.argv) == 1 else lambda *words: None'
    head = f"# {first.title}\n{_comment(first.text)}\n\nimport sys\n\n{first.code}\n\n{loud}"
    return "\n\n\n".join([head, *(_section(section) for section in others)]) + "\n"


def sections(result: Result, say: str = "print") -> list[Section]:
    """The program in sections, which write by the function `say`; the first one says what it is."""
    return [
        Section(heading(result), ABOUT, BEGIN),
        Section("Activation and loss",
                "z and a are what an activation function is given and what it answers, y what it should answer; "
                "a row per neuron, a column per sample.", network.functions(result)),
        Section("The network",
                "All weights and biases are one vector of parameters, and the layers are views into it.",
                "\n\n\n".join([f"sizes = {list(result.sizes)}  # inputs, neurons of each layer",
                               network.LAYERS, network.ONES, network.forward(result), network.backward(result),
                               network.loss_of(result)])),
        Section("The data", "Rows are samples.", samples.tables(result) + "\n\n\n" + samples.fed(result)),
        Section("Start weights", "", training.start(result)),
        Section("How well it does", "", _report(result, say)),
        *(Section("Training", said, code) for said, code in training.training(result)),
        *_predictions(result, say),
        Section("The result", "Weights and biases, layer after layer, to the last digit.", _end(result, say)),
    ]


def heading(result: Result) -> str:
    """What the run is, in a line."""
    return f"{word(result.title)}: a {'-'.join(map(str, result.sizes))} network, {_epochs(result.epoch)} of training"


def _epochs(count: int) -> str:
    return f"{count} epoch{'' if count == 1 else 's'}"


def _report(result: Result, say: str) -> str:
    test = ", test loss {loss_of(x_test, y_test):.6f}" if len(result.test) else ""
    return f"""\
def report(epoch):
    {say}(f"epoch {{epoch}}: loss {{loss_of(x_train, y_train):.6f}}{test}")


report(0)"""


def _predictions(result: Result, say: str) -> list[Section]:
    if not result.asked.places:
        return []
    places = matrix(np.array(result.asked.places), result.asked.names)
    return [Section("Predictions", "Points that the network was only asked about.", f"""\
asked = {places}
_, _, a = forward(fed(asked).T)
{say}(a[-1].T)""")]


def _end(result: Result, say: str) -> str:
    return f"{say}(f\"loss {{loss_of(x_train, y_train)!r}}\")\n{say}(parameters.tolist())"


def _section(section: Section) -> str:
    line = f"# {section.title} ".ljust(100, "-")
    return "\n".join([line, *([_comment(section.text)] if section.text else []), "", section.code])


def _comment(text: str) -> str:
    return textwrap.fill(text, 100, initial_indent="# ", subsequent_indent="# ")
