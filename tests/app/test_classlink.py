"""The link for a class: it says all that the address bar says, and what to leave out."""

from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest

from playground.app.classlink import address, frame

HOSTILE = ['"><script>alert(1)</script>', "a&b=c", "é %00 +", "'x' onload=1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_the_address_bar_says_is_in_the_link(text):
    query = {"data": [text], "features": ["x₁", "x₂"], "hide": ["network"], "projector": ["true"]}
    said = parse_qs(address(query, ["data", "loss"], False, True))
    assert said == {"data": [text], "features": ["x₁", "x₂"], "hide": ["data,loss"], "embed": ["true"]}


def test_a_page_as_it_is_has_a_plain_link():
    assert address({}, [], False, False) == ""
    assert address({"seed": ["3"]}, ["loss", "table"], True, False) == "seed=3&hide=loss,table&projector=true"


@pytest.mark.parametrize("text", HOSTILE)
def test_the_frame_is_one_element_that_shows_the_link(text):
    link = "https://example.org/?" + address({"data": [text]}, ["table"], False, True)
    tags = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: tags.append((tag, dict(attributes)))
    parser.feed(frame(link))
    ((tag, attributes),) = tags
    assert (tag, attributes["src"]) == ("iframe", link)
    assert attributes["title"] and not any(name.startswith("on") for name in attributes)
    raw = frame('https://example.org/?"><script>')
    assert "<script" not in raw
