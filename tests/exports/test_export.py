"""Exports: each says what it is, and has a file of its own, named after the experiment."""

import pytest

from playground.exports import EXPORTS
from tests.exports.runs import result_of


def test_each_says_in_a_sentence_what_it_is():
    for export in EXPORTS.values():
        assert export.title and export.description.endswith(".") and len(export.description) < 110
    for told in ("title", "description", "suffix"):
        assert len({getattr(export, told) for export in EXPORTS.values()}) == len(EXPORTS)


@pytest.mark.parametrize(("title", "name"), [
    ("Four people", "four-people-2-2-1.py"), ("AND (truth table)", "and-truth-table-2-2-1.py"),
    ("my data.csv", "my-data-2-2-1.py"), ("größe/..\\x", "größe-2-2-1.py"), ("", "run-2-2-1.py"),
    ("../..", "run-2-2-1.py"), ("x" * 500, "x" * 60 + "-2-2-1.py"),
])
def test_a_file_is_named_after_the_experiment(title, name):
    assert EXPORTS["script"].file_name(title, (2, 2, 1)) == name


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_result_is_exported_as_the_same_text(name):
    (_, first), (_, second) = result_of(), result_of()
    assert EXPORTS[name].function(first) == EXPORTS[name].function(second)
