"""Points that are asked about: read as a person types them, or answered with one sentence."""

import pytest

from playground.data import DATASETS, Asked, Domain, asked_columns, outside, read_asked

INPUTS = ("weight", "height")


def read(*rows):
    return read_asked(dict(zip(("name", "input 1", "input 2"), zip(*rows, strict=True), strict=True)), INPUTS)


def test_the_notebooks_two_are_there_to_begin_with():
    assert DATASETS["people"].asked == Asked(("Emily", "Frank"), ((-7, -3), (20, 2)))


def test_what_is_shown_reads_back_as_it_was():
    asked = Asked(("Zoë", "b"), ((1.5, -2.0), (3.0, 0.25)))
    assert read_asked(asked_columns(asked, INPUTS), INPUTS) == asked
    assert read_asked(asked_columns(Asked(), INPUTS), INPUTS) == Asked()


def test_either_decimal_mark_will_do_blank_rows_are_left_out_and_a_point_needs_no_name():
    read_back = read(("a", "1,5", "2"), ("", None, " "), (None, "3", "4.25"))
    assert read_back == Asked(("a", "point 3"), ((1.5, 2), (3, 4.25)))


@pytest.mark.parametrize(("row", "sentence"), [
    (("a", "heavy", "1"), "Row 2, weight: “heavy” is no number up to 1,000,000. Type a number such as 25 or 2.5."),
    (("a", "1", ""), "Row 2, height: the cell is empty. Type a number such as 25 or 2.5."),
    (("a", "1", "1e9"), "Row 2, height: “1e9” is no number up to 1,000,000. Type a number such as 25 or 2.5."),
    (("a", "nan", "1"), "Row 2, weight: “nan” is no number up to 1,000,000. Type a number such as 25 or 2.5."),
])
def test_what_is_no_place_gets_a_sentence(row, sentence):
    with pytest.raises(ValueError) as error:
        read(("fine", "1", "2"), row)
    assert str(error.value) == sentence


def test_there_are_at_most_fifty():
    read(*[("", "1", "2")] * 50)
    with pytest.raises(ValueError, match="50 points to predict at most"):
        read(*[("", "1", "2")] * 51)


def test_points_beyond_any_edge_of_the_plane_are_named_and_those_on_an_edge_are_not():
    asked = Asked(tuple("abcdef"), ((0, 0), (-2, 5), (-2.5, 0), (3.5, 0), (0, -1.5), (0, 5.5)))
    assert outside(asked, Domain(-2, 3, -1, 5)) == ["c", "d", "e", "f"]
    assert outside(Asked(("a", "b"), ((0,), (4,))), Domain(-2, 3, 1, 5)) == ["b"]
    assert outside(Asked(), Domain(-2, 3, 1, 5)) == []
