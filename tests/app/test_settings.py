"""Settings of a sweep: a run is what the page makes of the same controls, and what cannot be used gets a sentence."""

from dataclasses import asdict, replace

import pytest

from playground.app.boxes import title
from playground.app.settings import APART, SETTINGS
from playground.nn import Config
from tests.app.test_page import experiment, opened, rendered

TYPED = {"rate": "0,07", "seed": "4321", "hidden": "8-1-3-2-2-8", "batch": "77", "l1": "1e-4", "l2": " 0.5 "}


@pytest.mark.parametrize("key", SETTINGS)
def test_the_controls_of_a_value_make_the_run_that_the_sweep_trains(key):
    setting, page, changed = SETTINGS[key], opened(), set()
    assert len(setting.usual) <= 6 and set(setting.usual) <= set(setting.options)
    for text in (*setting.options, TYPED.get(key, setting.options[0])):
        if text in setting.options:
            for control, value in setting.controls(text).items():
                page.session_state[control] = value
            rendered(page)
        else:
            page = opened(**{control: str(value) for control, value in setting.controls(text).items()})
        config = experiment(page).config
        assert not page.error
        assert config == replace(Config(), **setting.fields(setting.read(text))), text
        changed |= {name for name, value in asdict(config).items() if value != getattr(Config(), name)}
    assert len(changed) == 1, "it is one setting"


def test_a_penalty_replaces_the_other_one():
    page = opened(penalty="L2", penalty_rate="0.3")
    for control, value in SETTINGS["l1"].controls("0.01").items():
        page.session_state[control] = value
    config = experiment(rendered(page)).config
    assert config == replace(Config(l2=0.3), **SETTINGS["l1"].fields(0.01)) == Config(l1=0.01)
    assert APART["l1"] == "l2" and APART["l2"] == "l1"


@pytest.mark.parametrize(("key", "texts"), [
    ("rate", ["", "fast", "-1", "nan", "inf", "1e10", "<b>"]), ("seed", ["", "-1", "1.5", "1000000", "9" * 5000, "٣"]),
    ("batch", ["0", "1001", "ten"]), ("hidden", ["", "0", "9", "2-", "4,2", "1-1-1-1-1-1-1", "²"]),
    ("l1", ["x", "-0.1"]),
])
def test_what_cannot_be_used_gets_a_sentence(key, texts):
    for text in texts:
        with pytest.raises(ValueError, match=r"cannot be used: type .*\.$") as refused:
            SETTINGS[key].read(text)
        assert f"“{text}”" in str(refused.value)


def test_values_are_called_what_the_sidebar_calls_them():
    assert [title(text) for text in ("sgd", "leaky_relu", "0.1")] == ["SGD", "leaky ReLU", "0.1"]
