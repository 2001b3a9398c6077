"""The notebook: the script's sections as the cells of a Jupyter notebook."""

from __future__ import annotations

import json
from typing import Any

from playground.exports.result import Result
from playground.exports.script import Section, sections


def notebook(result: Result) -> str:
    """The document in the format nbformat 4.5, without outputs."""
    written = [cell for section in sections(result) for cell in _cells(section)]
    return json.dumps({
        "cells": [{"id": f"cell-{number}", **cell} for number, cell in enumerate(written)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }, ensure_ascii=False, indent=1) + "\n"


def _cells(section: Section) -> list[dict[str, Any]]:
    """What it is in Markdown, and its code."""
    said = f"## {_literal(section.title)}\n\n{_literal(section.text)}".strip()
    return [
        {"cell_type": "markdown", "metadata": {}, "source": said.splitlines(keepends=True)},
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [],
         "source": section.code.splitlines(keepends=True)},
    ]


def _literal(text: str) -> str:
    """The text, of which Markdown makes nothing else."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|$&~" else c for c in text)
