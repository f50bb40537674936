"""A chat server that plays what a test tells it: every request goes to a function, which says what comes back."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

JSON = "application/json"


@dataclass(frozen=True)
class Seen:
    """One request: its body as JSON, its headers, and how many came before it."""

    number: int
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """The document."""
        return str(self.body["messages"][1]["content"])


@dataclass(frozen=True)
class Sent:
    """What goes back; `cut` ends the connection in the middle, `wait` holds the answer back, `drip` sends it letter by letter."""

    body: bytes
    status: int = 200
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    wait: float = 0.0
    drip: float = 0.0


Script = Callable[[Seen], Sent]


def completion(content: Any, *, reason: str = "stop", usage: dict[str, Any] | None = None, model: str = "scripted") -> Sent:
    """A chat completion with that text, or with that object as JSON text."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": reason}
    body = {"model": model, "choices": [choice], "usage": usage or {"prompt_tokens": 1000, "completion_tokens": 100}}
    return Sent(json.dumps(body, ensure_ascii=False).encode())


def failing(status: int, told: str = "no", **headers: str) -> Sent:
    """An error as OpenAI's servers word it."""
    return Sent(
        json.dumps({"error": {"message": told}}).encode(),
        status,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


class ScriptedServer(ThreadingHTTPServer):
    """Listens on a free port of this machine."""

    daemon_threads = True

    def __init__(self, script: Script, models: tuple[str, ...] = ("scripted",)) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script, self.models = script, models
        self.seen: list[Seen] = []
        self.lock = threading.Lock()

    @property
    def base(self) -> str:
        """The address to give as --base-url."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ScriptedServer

    def log_message(self, *_: Any) -> None:
        return

    def do_GET(self) -> None:
        listed = {"data": [{"id": name, "max_model_len": 32768} for name in self.server.models]}
        self._send(Sent(json.dumps(listed).encode()) if self.path == "/v1/models" else failing(404))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            seen = Seen(len(self.server.seen), self.path, dict(self.headers), body)
            self.server.seen.append(seen)
        self._send(self.server.script(seen))

    def _send(self, sent: Sent) -> None:
        time.sleep(sent.wait)
        self.send_response(sent.status)
        self.send_header("Content-Type", sent.kind)
        self.send_header("Content-Length", str(len(sent.body)))
        for name, value in sent.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if sent.cut:
            self.wfile.write(sent.body[: len(sent.body) // 2])
            self.wfile.flush()
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return
        if sent.drip:
            for letter in sent.body:
                self.wfile.write(bytes([letter]))
                self.wfile.flush()
                time.sleep(sent.drip)
            return
        self.wfile.write(sent.body)


@contextmanager
def serving(script: Script, models: tuple[str, ...] = ("scripted",)) -> Iterator[ScriptedServer]:
    """A server that plays a script."""
    server = ScriptedServer(script, models)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
