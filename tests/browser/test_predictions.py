"""Predictions: what stands beside a star is the network's answer at the epoch on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.nn import predict
from tests.browser.core import Core
from tests.browser.playground import Playground

Visit = Callable[..., Playground]


def told(page: Playground) -> list[float]:
    """The outputs beside Emily and Frank, of whichever class they are told."""
    page.rest()
    texts: list[dict[str, Any]] = [trace for trace in page.data("boundary") if trace.get("mode") == "text"]
    return [max(value for trace in texts if (value := trace["customdata"][i]) is not None) for i in range(2)]


def test_emily_and_frank_are_predicted_at_every_epoch_and_nothing_is_trained_by_them(visit: Visit) -> None:
    core, page = Core(), visit()
    page.run_to(1000)
    for epoch in (1000, 999):
        page.at(epoch)
        expected = predict(core.config, core.state(epoch), [[-7, -3], [20, 2]])[:, 0]
        assert told(page) == pytest.approx(expected, abs=1e-6)
        page.press("Step back")
    assert core.losses(998)[0] == page.losses[0]


def test_another_data_set_has_no_stars_of_these_people_and_coming_back_brings_them_again(visit: Visit) -> None:
    page = visit()
    page.run_to(20)
    page.choose("Data set", "Circle")
    page.page.wait_for_function("document.querySelector('[data-testid=figure-boundary] .xtitle').textContent === 'x1'")
    assert not [trace for trace in page.data("boundary") if trace.get("mode") == "text"]
    page.choose("Data set", "Four people")
    page.page.wait_for_function(
        "document.querySelector('[data-testid=figure-boundary] .xtitle').textContent === 'weight'")
    page.press("Step")
    page.at(1)
    expected = predict(Core().config, Core().state(1), [[-7, -3], [20, 2]])[:, 0]
    assert told(page) == pytest.approx(expected, abs=1e-6)
