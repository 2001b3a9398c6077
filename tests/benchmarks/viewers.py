"""What viewers cost a server: its memory, and the processor's seconds and bytes for each of them.

    python -m tests.benchmarks.viewers [--viewers 1 10 30] [--seconds 60]

A viewer is a connection that speaks as the page does, but draws nothing: it opens the page, rests, plays at 60 epochs
a second and leaves. The processor's seconds are those of the server alone, so that they depend little on what else the
machine does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import struct
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.benchmarks.restart import seconds
from tests.browser.machine import Server, serve

RATE, CHUNK = 60, 36                                                    # epochs a second; asked for at once
SETTLE, FORGET = 5, 125                                                 # seconds; Streamlit keeps a session for 120
NETWORKS: dict[str, dict[str, object]] = {
    "2-2-1, the page's first": {},
    "2-8-8-8-8-8-8-1, 500 points": {
        "data": "Circle", "share": 50, "activation": "tanh", "output": "tanh", "batch": 10, "rate": "0.03", "layers": 6,
        **{f"n{i}": 8 for i in range(1, 7)}},
}


class Viewer:
    """A connection to the page, which has shown the epochs up to `at` and holds those up to `held`."""

    def __init__(self, socket: ClientConnection, url: str) -> None:
        self.socket, self.url = socket, url
        self.id = self.fragment = self.script = ""
        self.header: dict[str, Any] = {}
        self.asked = self.held = self.at = self.bytes = self.epochs = 0

    async def open(self) -> None:
        await self._send({})
        await self._hear()
        await self.ask(playing=False, want=[[0, 34, 1]])

    async def ask(self, playing: bool, want: list[list[int]]) -> None:
        """Asks as the player does, until the answer is there."""
        self.asked += 1
        value = {"id": self.asked, "theme": self.header["theme"], "scene": self.header["sceneId"],
                 "run": self.header["run"]["id"], "at": self.at, "playing": playing, "want": want,
                 "link": self.header["link"]["id"], "pinned": self.header["pins"]["id"]}
        events = json.dumps([{"event": "request", "value": value}])
        await self._send({f"$$STREAMLIT_INTERNAL_KEY_{self.id}__events": events})
        while self.header["answers"] != self.asked:
            await self._hear()

    async def play(self, until: float) -> None:
        """Shows 60 epochs a second, as far as they are there."""
        shown, before = float(self.at), monotonic()
        while monotonic() < until:
            if self.held - self.at < CHUNK + 1:
                await self.ask(True, [[self.held + 1, CHUNK, 1]])
            else:
                await asyncio.sleep((self.held - self.at - CHUNK) / RATE)
            shown, before = min(shown + RATE * (monotonic() - before), self.held), monotonic()
            self.epochs += int(shown) - self.at
            self.at = int(shown)

    async def _send(self, events: dict[str, str]) -> None:
        message = BackMsg()
        message.rerun_script.context_info.url = self.url
        message.rerun_script.context_info.timezone = "UTC"
        message.rerun_script.query_string = urlsplit(self.url).query
        message.rerun_script.page_script_hash, message.rerun_script.fragment_id = self.script, self.fragment
        for name, value in events.items():
            message.rerun_script.widget_states.widgets.add(id=name, json_trigger_value=value)
        await self.socket.send(message.SerializeToString())

    async def _hear(self) -> None:
        """Awaits the end of a run of the page, or of its part with the player."""
        while True:
            data = await self.socket.recv()
            self.bytes += len(data)
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") == "script_finished":
                return
            self.script = message.new_session.page_script_hash or self.script
            component = message.delta.new_element.bidi_component
            if component.bytes:
                self.id, self.fragment = component.id, message.delta.fragment_id
                length, = struct.unpack_from("<I", component.bytes)
                self.header = json.loads(component.bytes[4 : 4 + length])
                self.held = max([self.held, *self.header["epochs"]])


class Cost(NamedTuple):
    """MB of a server: at start, with viewers, after they played, when they have left; of each viewer the processor's
    seconds for a minute of rest and of playing, the kB in a second of playing, and the epochs a second.
    """

    start: float
    open: float
    played: float
    left: float
    opening: float
    resting: float
    playing: float
    sent: float
    rate: float


def measure(server: Server, settings: dict[str, object], viewers: int, span: float) -> Cost:
    return asyncio.run(_measure(server, settings, viewers, span))


async def _measure(server: Server, settings: dict[str, object], count: int, span: float) -> Cost:
    process = server.process.pid
    query = urlencode(settings)
    address = f"{server.url.replace('http', 'ws')}/_stcore/stream"

    async def opened() -> Viewer:
        socket = await connect(address, subprotocols=["streamlit", "viewer"], max_size=None, compression=None)
        viewer = Viewer(socket, f"{server.url}/?{query}")
        await viewer.open()
        return viewer

    await (await opened()).socket.close()                               # what is loaded once
    start, used = memory(process), seconds(process)
    viewers = [await opened() for _ in range(count)]
    opening = seconds(process) - used
    await asyncio.sleep(SETTLE)
    held, used = memory(process), seconds(process)
    await asyncio.sleep(span)
    resting = seconds(process) - used
    used, before = seconds(process), [(viewer.bytes, viewer.epochs) for viewer in viewers]
    until = monotonic() + span
    await asyncio.gather(*(viewer.play(until) for viewer in viewers))
    playing, played = seconds(process) - used, memory(process)
    sent = sum(viewer.bytes - size for viewer, (size, _) in zip(viewers, before, strict=True))
    epochs = sum(viewer.epochs - shown for viewer, (_, shown) in zip(viewers, before, strict=True))
    for viewer in viewers:
        await viewer.socket.close()
    await asyncio.sleep(FORGET)
    await (await opened()).socket.close()
    await asyncio.sleep(SETTLE)
    minutes = count * span / 60
    return Cost(start, held, played, memory(process), opening / count, resting / minutes, playing / minutes,
                sent / 1000 / count / span, epochs / count / span)


def memory(process: int) -> float:
    """MB of a process that are in memory."""
    line, = [line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1000


def show(name: str, counts: Iterable[int], span: float) -> None:
    print(f"\n{name}\n{'':8}{'server, MB':>32}{'seconds of processor':>32}")
    print(f"{'viewers':<8}{'start':>8}{'open':>8}{'played':>8}{'left':>8}{'to open':>12}{'min rest':>10}"
          f"{'min play':>10}{'kB/s':>10}{'epochs/s':>10}")
    for count in counts:
        with TemporaryDirectory() as folder, serve(Path(folder) / "log.txt") as server:
            cost = measure(server, NETWORKS[name], count, span)
        print(f"{count:<8}{cost.start:>8.0f}{cost.open:>8.0f}{cost.played:>8.0f}{cost.left:>8.0f}{cost.opening:>12.2f}"
              f"{cost.resting:>10.2f}{cost.playing:>10.2f}{cost.sent:>10.0f}{cost.rate:>10.1f}", flush=True)


def main() -> None:
    ask: Any = argparse.ArgumentParser(prog="python -m tests.benchmarks.viewers", description=__doc__)
    ask.add_argument("--viewers", type=int, nargs="+", default=[1, 10, 30])
    ask.add_argument("--seconds", type=float, default=60, help="of rest, and of playing")
    arguments = ask.parse_args()
    for name in NETWORKS:
        show(name, arguments.viewers, arguments.seconds)


if __name__ == "__main__":
    main()
