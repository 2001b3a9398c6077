"""The layers: what a folder may import, how long a module may be, and what a notebook gets along with the core."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "playground").rglob("*.py"))
LONGEST = 220  # lines

# Each folder's own name is permitted to it; "playground.app" is not listed, because it may import everything.
PERMITTED = {
    "playground.nn": {"numpy"},
    "playground.data": {"numpy"},
    "playground.figures": {"numpy", "plotly", "playground.nn", "playground.data"},
    "playground.exports": {"numpy", "playground.nn", "playground.data"},
}


def name_of(path, root=ROOT):
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def imports(source, module, is_package=False):
    """Dotted names of the modules that a source text imports, relative ones resolved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".")
            above = parts[: len(parts) - node.level + is_package] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def layer_of(module):
    return next((layer for layer in PERMITTED if f"{module}.".startswith(f"{layer}.")), None)


def forbidden(source, module, is_package=False):
    layer = layer_of(module)
    if layer is None:
        return []
    allowed = {*PERMITTED[layer], layer, *sys.stdlib_module_names}
    return [name for name in imports(source, module, is_package)
            if not any(f"{name}.".startswith(f"{permitted}.") for permitted in allowed)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_its_layer_may(path):
    broken = forbidden(path.read_text("utf-8"), name_of(path), path.name == "__init__.py")
    assert not broken, f"{path.relative_to(ROOT)} must not import {', '.join(broken)}"


@pytest.mark.parametrize(("module", "line", "found"), [
    ("playground.nn.x", "import streamlit as st", ["streamlit"]),
    ("playground.nn.x", "from playground.data import Table", ["playground.data.Table"]),
    ("playground.nn.x", "from ..data import Table", ["playground.data.Table"]),
    ("playground.data.x", "from playground import nn", ["playground.nn"]),
    ("playground.data.x", "def f():\n    import pandas.core", ["pandas.core"]),
    ("playground.figures.x", "from playground.app.session import Session", ["playground.app.session.Session"]),
    ("playground.figures.x", "import streamlit, json, plotly.graph_objects", ["streamlit"]),
    ("playground.figures.x", "from playground.nn import Config\nfrom . import panel", []),
    ("playground.app.x", "import pandas, streamlit", []),
])
def test_an_import_across_layers_would_be_found(module, line, found):
    assert forbidden(line, module) == found


def test_every_layer_has_modules():
    assert {layer_of(name_of(path)) for path in MODULES} >= PERMITTED.keys()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_fits_on_about_two_screens(path):
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST, f"{path.relative_to(ROOT)} has {lines} lines"


@pytest.mark.parametrize("layer", ["playground.nn", "playground.data"])
def test_a_notebook_with_nothing_but_numpy_can_import_the(layer):
    program = f"""
import sys
for absent in ("streamlit", "plotly", "pandas", "pyarrow", "scipy"):
    sys.modules[absent] = None  # as if it were not installed
import {layer}
print(*sorted(name.split(".")[0] for name, module in sys.modules.items() if module is not None))
"""
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert ran.returncode == 0, ran.stderr
    assert not {"streamlit", "plotly", "pandas"} & set(ran.stdout.split())
