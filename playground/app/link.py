"""The link: what the controls do not say of an experiment, as one field of the address, and back.

The field is `1.` and base64url of a zlib stream of JSON, see Saved.content.
"""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from typing import Any

from playground.app.history import Draft
from playground.app.runs import Runs
from playground.app.saved import EMPTY, Saved, packed, parsed, saved
from playground.data import Asked
from playground.nn import Config

VERSION = "1"
LONGEST = 6000                                                          # characters that an address can carry
LARGEST = 2_000_000                                                     # bytes of JSON that are read
TOO_LONG = "What you changed is too much for a link, which has the settings alone. A file holds it all: see Export."
WHAT = "The link cannot be read in full"


class LinkError(ValueError):
    """A field that cannot be used, in one sentence for a person."""


def written(what: Saved) -> str:
    """The field; "" where the controls say it all."""
    fields = what.content
    if not fields:
        return ""
    if "course" in fields:
        fields["course"]["given"] = [[epoch, packed(row)] for epoch, row in what.given]
    text = json.dumps(fields, separators=(",", ":"), ensure_ascii=False)
    return f"{VERSION}.{base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip('=')}"


class Link:
    """A viewer's link: the field, written anew when something changes. It has the table as it is edited, and the points
    that are asked if they are not those of the data set.
    """

    def __init__(self) -> None:
        self.draft: Draft | None = None
        self.own: Asked | None = None
        self._go: dict[str, Any] | None = None
        self._made: tuple[tuple[object, ...], str] | None = None

    def saved(self, runs: Runs, config: Config) -> Saved:
        """What it must hold beyond the controls, which say this config."""
        return saved(self.draft, self.own, config, runs.recording.course, runs.drawn)

    def go(self, epoch: int, query: str | None = None, field: str | None = None) -> None:
        """Lets the player go to an epoch; if there is a query, to that address first, as back and forward do.

        Then it asks for what is beyond the controls by that field.
        """
        self._go = {"id": secrets.token_hex(4), "epoch": epoch, "query": query, "field": field}

    def told(self, runs: Runs, config: Config, held: str) -> dict[str, Any]:
        """The field with its id, unless the player holds that, and a sentence if no address can have it, as JSON.

        And where the player is to go, which it does once.
        """
        key = (runs.run, self.draft, self.own)
        if self._made is None or self._made[0] != key:
            self._made = key, written(self.saved(runs, config))
        field, name = self._made[1], f"{hash(self._made[1]):x}"
        told = {"id": name, "why": TOO_LONG if len(field) > LONGEST else "", "go": self._go}
        return told if held == name else {**told, "field": field}


def read(field: str) -> Saved:
    """What such a field holds; LinkError for one that is damaged, too large, of another version, or no such thing."""
    if not field:
        return EMPTY
    version, _, content = field.partition(".")
    if version != VERSION:
        raise LinkError(f"{WHAT}: it was made by another version of this page. Its settings hold.")
    try:
        return parsed(_unpacked(content))
    except ValueError as error:
        raise LinkError(f"{WHAT}: {error}. Its settings hold; copy it anew for the rest.") from error


def _unpacked(content: str) -> object:
    try:
        data = base64.b64decode(content + "=" * (-len(content) % 4), altchars=b"-_", validate=True)
        stream = zlib.decompressobj()
        text = stream.decompress(data, LARGEST)
        if not stream.eof:
            raise ValueError("too large, or cut off")
        return json.loads(text.decode())
    except (ValueError, zlib.error, RecursionError, MemoryError) as error:
        raise ValueError("it is damaged or cut off") from error
