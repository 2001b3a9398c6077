"""The scripts that are served: their addresses, and how browsers get and keep them."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from playground.app.served import SERVED, Kept, served

SCRIPT = "export const greeting = 'Grüße';\n" * 200


def test_an_address_says_what_is_there():
    assert served("some", SCRIPT) == served("some", SCRIPT)
    assert len({served("some", SCRIPT), served("other", SCRIPT), served("some", SCRIPT + "\n")}) == 3
    assert SERVED[served("some", SCRIPT)].read_text("utf-8") == SCRIPT


@pytest.mark.parametrize("below", ["/", "/behind/a/proxy/"])
def test_a_script_is_kept_for_good_and_compressed_for_those_who_understand_that(below):
    path = below + served("some", SCRIPT)
    status, headers, body = get(path, {"accept-encoding": "deflate, gzip;q=1.0, br"})
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(body).decode() == SCRIPT
    assert len(body) < len(SCRIPT) / 10
    plain = get(path, {})
    assert plain[0] == 200 and "content-encoding" not in plain[1] and plain[2].decode() == SCRIPT
    for answer in (headers, plain[1]):
        assert answer["content-type"].startswith("text/javascript")
        assert answer["cache-control"] == "public, max-age=31536000, immutable"
        assert answer["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(("path", "method"), [
    ("/", "GET"), ("/component/", "GET"), ("/component/playground.app.served.scripts/some.js", "GET"),
    ("/component/playground.app.served.scripts/../../etc/passwd", "GET"), ("/_stcore/health", "GET"),
    ("/{served}", "POST"), ("/{served}", "OPTIONS"), ("/{served}/", "GET"),
])
def test_all_else_is_streamlits_affair(path, method):
    assert get(path.format(served=served("some", SCRIPT)), {"accept-encoding": "gzip"}, method)[0] == 418


def test_what_is_no_request_for_a_page_is_let_through():
    assert ask({"type": "lifespan"})[0]["status"] == 418


def get(path: str, headers: dict[str, str], method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; 418 where the request was passed on."""
    given = [(name.encode(), value.encode()) for name, value in headers.items()]
    start, *rest = ask({"type": "http", "method": method, "path": path, "headers": given})
    sent = {name.decode(): value.decode() for name, value in start.get("headers", [])}
    return start["status"], sent, b"".join(message["body"] for message in rest)


def ask(scope: dict[str, Any]) -> list[Any]:
    said: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        said.append(message)

    async def streamlit(scope: Any, receive: Any, send: Any) -> None:
        await send({"status": 418})

    with pytest.raises(StopIteration):                                  # the end: nothing here has to wait for anything
        Kept(streamlit)(scope, receive, send).send(None)
    return said
