"""The README's examples do what it says."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from streamlit import config

from playground.app.document import LARGEST
from playground.app.parts import HIDEABLE
from playground.data import MAX_BYTES
from playground.nn import activations

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
ADDED, NOTEBOOK = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_activation_to_add_has_the_derivative_it_comes_with():
    module = dict(vars(activations))
    exec(ADDED.replace("    ...\n", ""), module)
    ((function, derivative),) = module["ACTIVATIONS"].values()
    z, h = np.linspace(-4, 4, 81), 1e-5
    a, above, below, slope = (np.empty_like(z) for _ in range(4))
    derivative(z, function(z, a), slope)
    assert slope == pytest.approx((function(z + h, above) - function(z - h, below)) / (2 * h), abs=1e-9)


def test_the_notebook_example_predicts_emily_and_frank(capsys):
    exec(NOTEBOOK, {})
    *losses, emily, frank = capsys.readouterr().out.splitlines()
    assert len(losses) == 11 and losses[0].startswith("epoch 0: loss ") and losses[-1].startswith("epoch 1000: ")
    assert float(emily.strip("[] ")) == pytest.approx(0.966, abs=0.02)
    assert float(frank.strip("[] ")) == pytest.approx(0.039, abs=0.02)


def test_every_name_that_a_link_can_hide_is_listed_and_no_other():
    section = README.split("## Show less of it")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    listed = re.findall(r"`([^`]+)`", "\n".join(rows))
    assert sorted(listed) == sorted(HIDEABLE)


def test_every_setting_and_file_that_hosting_names_exists():
    section = README.split("## Host it")[1].split("\n## ")[0]
    settings = set(re.findall(r"\b(server\.[a-z]\w+)", section))
    assert len(settings) >= 4
    for setting in settings:
        config.get_option(setting)
    (command,) = re.findall(r"CMD (\[.*\])", section)
    assert (ROOT / json.loads(command)[2]).is_file() and (ROOT / "requirements.txt").is_file()
    limit = re.search(r"`server\.maxUploadSize = (\d+)`", section)[1]
    assert f"maxUploadSize = {limit}\n" in (ROOT / ".streamlit/config.toml").read_text("utf-8")
    assert int(limit) * 1e6 >= LARGEST > MAX_BYTES
