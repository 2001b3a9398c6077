"""Themes: every colour can be told from what it lies on."""

from dataclasses import dataclass

import pytest

from playground.figures import THEMES
from tests.figures.drawing import contrast, luminance


@dataclass
class Known:
    one: str
    other: str
    ratio: float


@pytest.mark.parametrize("known", [
    Known("#000000", "#ffffff", 21.0), Known("#ffffff", "#ffffff", 1.0), Known("#777777", "#ffffff", 4.48),
])
def test_the_contrast_is_that_of_the_web_guidelines(known):
    assert contrast(known.one, known.other) == pytest.approx(known.ratio, abs=0.005)


@pytest.fixture(params=THEMES)
def theme(request):
    return THEMES[request.param]


def test_there_is_a_light_and_a_dark_one():
    assert luminance(THEMES["light"].paper) > 0.8 > 0.1 > luminance(THEMES["dark"].paper)


def test_text_can_be_read(theme):
    assert contrast(theme.ink, theme.paper) >= 7
    assert contrast(theme.muted, theme.paper) >= 4.5


def test_points_stand_out_from_the_field_of_their_own_class(theme):
    low, middle, high = theme.field
    assert theme.fields[:2] == (low, high)
    for point, own in zip(theme.classes, theme.fields, strict=True):
        assert contrast(point, own) >= 2.5
        assert contrast(point, middle) >= 3
        assert contrast(point, theme.paper) >= 3, "their outline has the paper's colour"


def test_points_stand_out_from_the_field_of_the_other_class(theme):
    low, _, high = theme.field
    for point, other in zip(theme.classes[:2], (high, low), strict=True):
        assert contrast(point, other) >= 2, "a wrong point has a ring and an outline as well"


def test_the_boundary_line_stands_out_from_the_field_it_runs_through(theme):
    assert contrast(theme.ink, theme.field[1]) >= 7
    for colour in theme.field:
        assert contrast(theme.ink, colour) >= 3, "a ring stands out everywhere"


def test_weights_and_losses_stand_out_from_the_paper(theme):
    for colour in (theme.positive, theme.negative, *theme.losses):
        assert contrast(colour, theme.paper) >= 3


def test_the_field_is_palest_at_the_threshold(theme):
    low, middle, high = theme.field
    for colour in (low, high):
        assert contrast(middle, theme.paper) < contrast(colour, theme.paper)


def test_the_pairs_are_four_different_colours(theme):
    assert len({*theme.classes[:2], theme.positive, theme.negative}) == 4
    assert len(set(theme.classes)) == len(set(theme.fields)) == 6
