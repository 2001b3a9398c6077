"""Text from outside in Markdown: shown as it is."""

import re

import pytest

from playground.app.markdown import literal

hypothesis = pytest.importorskip("hypothesis", reason="`bash tests/run` installs hypothesis, which this needs")
given, st = hypothesis.given, hypothesis.strategies

# Every ASCII character that CommonMark, its GFM extensions, LaTeX or Streamlit's own directives give a meaning within a
# line; a backslash takes that meaning away from any ASCII punctuation (CommonMark 6.1).
MEANINGFUL = set("\\`*_{}[]()<>#+-.!|~$:&@")


@given(st.text(alphabet=st.characters() | st.sampled_from(sorted(MEANINGFUL)), max_size=60))
def test_every_meaningful_character_is_escaped_and_nothing_is_lost(text):
    escaped = literal(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped) == text, "what a reader sees is the text"
    unescaped = re.sub(r"\\.", "", escaped, flags=re.S)
    assert not MEANINGFUL & set(unescaped)


@pytest.mark.parametrize("text", [
    "<b>x</b>", "[a](http://b.c)", "![i](x.png)", ":red[hot]", "$x^2$", "`code`", "**b** _i_ ~~s~~", "1. item",
    "# head", "a | b", "&lt;", "me@home.org", "\\", "\\*",
])
def test_markup_is_taken_apart(text):
    assert set(re.sub(r"\\.", "", literal(text))).isdisjoint(MEANINGFUL)


def test_plain_words_stay_as_they_are():
    assert literal("Ada Löwe 37 %, “yes”") == "Ada Löwe 37 %, “yes”"
