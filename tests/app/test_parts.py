"""Parts: which of the page's parts are hidden with others."""

import pytest

from playground.app.parts import GROUPS, HIDEABLE, everything, left_out
from playground.figures.scene import LOOKS, PANELS, TOOLS


@pytest.mark.parametrize(("named", "hidden"), [
    ([], set()),
    (["speed"], {"speed"}),
    (["data"], {"data", "data-set", "test-points", "inputs", "examples"}),
    (["boundary"], {"boundary", "drawing"}),
    (["drawing"], {"drawing"}),
    (["learning-rate", "optimizer", "batch-size"], {"learning-rate", "optimizer", "batch-size"}),
    (["learning-rate", "optimizer", "batch-size", "regularisation"],
     {"training", "learning-rate", "optimizer", "batch-size", "regularisation"}),
])
def test_a_group_hides_what_is_in_it_and_goes_with_the_last_of_it(named, hidden):
    assert everything(named) == hidden


def test_every_panel_and_tool_can_be_left_out():
    assert left_out(frozenset(HIDEABLE)) == {*PANELS, *LOOKS, *TOOLS, "walk"}


def test_what_is_within_another_part_comes_after_it():
    for name, part in HIDEABLE.items():
        assert not part.within or list(HIDEABLE).index(part.within) < list(HIDEABLE).index(name)
    assert {part.within for part in HIDEABLE.values()} >= GROUPS
