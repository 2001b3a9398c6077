"""Results to export, and a clean interpreter that has NumPy and the standard library alone to run what comes out."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from playground.app.experiment import Experiment
from playground.data import DATASETS
from playground.exports import Result, until
from playground.nn import Config

EVERYTHING = str(Path(np.__file__).parents[1])                      # NumPy's neighbours, which are not to be seen
PROGRAM = f"""
import sys

class NothingElse:
    def find_spec(self, name, path=None, target=None):
        if (root := name.partition(".")[0]) != "numpy" and root not in sys.stdlib_module_names:
            raise ImportError("not installed: " + root)

sys.meta_path.insert(0, NothingElse())
sys.path.append({EVERYTHING!r})
"""


def result_of(config=None, rows="people", *, epoch=25, share=100, features=None, standardise=False, samples=40,
              change=lambda recording: recording):
    """(recording, result) of a run, which `change` may branch, at an epoch. `rows` names a data set or is a table."""
    preset = DATASETS.get(rows) if isinstance(rows, str) else None
    table = preset.make(samples, 10, 0) if preset else rows
    features = features or ("x1", "x2")[: len(table.inputs)]
    experiment = Experiment(config or Config(), table, None, share, 0, features, standardise)
    recording, view = change(experiment.record()), experiment.view()
    recording.advance(epoch)
    return recording, Result(
        preset.title if preset else "own", until(recording, epoch), table, view.train, view.test, features,
        view.scaling, preset.asked if preset else view.asked)


def parameters_at(recording, epoch):
    """The bits of the page's parameters."""
    (parameters,) = recording.frames([epoch]).parameters
    return parameters.tobytes()


def run(*programs, arguments=()):
    """The lines that each program prints, in one clean interpreter but a namespace each."""
    what = (f"{PROGRAM}\nimport json, io, contextlib\nsys.argv = ['program', *{list(arguments)!r}]\n"
            "for text in json.load(sys.stdin):\n"
            "    with contextlib.redirect_stdout(io.StringIO()) as said:\n"
            "        exec(compile(text, 'program', 'exec'), {'__name__': '__main__'})\n"
            "    print(json.dumps(said.getvalue().splitlines()))")
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", what], input=json.dumps(programs), capture_output=True,
                         text=True, timeout=60, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def bits(line):
    """Those of the parameters in a program's last line."""
    return np.array(json.loads(line), np.float64).tobytes()


def code(document):
    """What a notebook runs, cell after cell."""
    return "\n".join("".join(cell["source"]) for cell in json.loads(document)["cells"] if cell["cell_type"] == "code")
