"""Scripts for browsers, each under an address that says what it holds: who has a script never asks for it again."""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING

import streamlit.components.v1 as components_v1
from starlette.datastructures import Headers
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
FOLDER = TemporaryDirectory(prefix="playground-")                       # for Streamlit, which serves what is there
SERVED: dict[str, Path] = {}                                            # by address
LOCK = Lock()                                                           # two viewers may be the first


def served(name: str, script: str) -> str:
    """Serves a script; returns its address, relative to the page."""
    file = f"{name}-{sha1(script.encode(), usedforsecurity=False).hexdigest()[:16]}.js"
    address, path = f"component/{__name__}.scripts/{file}", Path(FOLDER.name) / file
    with LOCK:
        if address not in SERVED:
            components_v1.declare_component("scripts", path=FOLDER.name)
            path.write_text(script, "utf-8")
            SERVED[address] = path
    return address


class Kept:
    """ASGI middleware: browsers keep what is `served`, and it is compressed once instead of for every viewer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] == "GET"
        file = SERVED.get("component/" + scope["path"].rpartition("component/")[2]) if asked else None
        answer = _answer(file, Headers(scope=scope)) if file else self.app
        await answer(scope, receive, send)


def _answer(file: Path, asked: Headers) -> Response:
    if "gzip" in asked.get("Accept-Encoding", ""):
        return Response(_compressed(file), media_type="text/javascript", headers=FOREVER | {"Content-Encoding": "gzip"})
    return Response(file.read_bytes(), media_type="text/javascript", headers=FOREVER)


@cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes())
