"""Text from outside, so that Markdown shows it as it is."""

import re

SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@])")


def literal(text: str) -> str:
    """The text with every character escaped that Markdown, HTML, LaTeX or Streamlit's directives would interpret."""
    return SPECIAL.sub(r"\\\1", text)
