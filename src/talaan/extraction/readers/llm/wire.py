"""One chat request over HTTP: a body in, the server's answer and what it took out, with time-outs, tries and limits on size.

The key is read from the environment at the moment of asking, goes into one header, and is taken out of everything that the
server says. Redirects are not followed: the key would go along.
"""

import json
import queue
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from talaan.extraction.readers.llm.endpoint import key_of
from talaan.extraction.readers.llm.settings import LlmSettings
from talaan.model.errors import ModelError

if TYPE_CHECKING:
    import httpx

LARGEST = 16_000_000
CONNECT = 10.0
FIRST_PAUSE, LONGEST_PAUSE, LONGEST_RETRY_AFTER = 1.0, 60.0, 300.0
AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
LASTING = frozenset({401, 402, 403, 404, 405, 407})
MOST_SHOWN = 240
SHORTEST_SECRET = 4


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: the status, the JSON body (None: none), and how many seconds it asks to wait."""

    status: int
    body: Any
    retry_after: float | None = None


class RefusedError(ModelError):
    """The server refused this request (4xx) for a reason that another request need not have."""

    def __init__(self, status: int, told: str, where: str) -> None:
        super().__init__(f"The server refused the request ({status}: {told})", where=where, hint="see the server's log")
        self.status, self.told = status, told


class Wire:
    """A connection to one server; safe to use from several threads. `stop` ends waiting and asking."""

    def __init__(
        self, settings: LlmSettings, *, stop: threading.Event | None = None, pause: Callable[[float], object] | None = None
    ) -> None:
        if settings.base_url is None:
            raise ModelError("No server is named", hint="give --base-url, as http://localhost:11434/v1", lasting=True)
        self.settings, self.base = settings, settings.base_url
        self.stop = stop or threading.Event()
        self._pause = pause or self.stop.wait
        self._client: httpx.Client | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Ends the connection."""
        if self._client is not None:
            self._client.close()

    def chat(self, body: Mapping[str, Any], *, seconds: float | None = None) -> dict[str, Any]:
        """The chat completion for a body, after as many tries as it takes.

        ModelError where there is none: `lasting` where no other request would fare better, `RefusedError` where this one is at
        fault. `seconds` bounds all tries together.
        """
        until = time.monotonic() + seconds if seconds is not None else None
        pause = FIRST_PAUSE
        for number in range(1, self.settings.tries + 1):
            try:
                reply = self._once("POST", "/chat/completions", body, until)
                if reply.status not in AGAIN or _about_form(reply):
                    return self._completion(reply)
                fault = self._told(reply)
                wait = reply.retry_after
            except _BrokenError as broken:
                fault, wait = self._fault(str(broken), lasting=broken.lasting), None
            longest = wait is not None and wait > LONGEST_RETRY_AFTER
            if number == self.settings.tries or longest or self.stop.is_set():
                raise fault
            rest = wait if wait is not None else pause * random.uniform(0.75, 1.25)
            if until is not None and time.monotonic() + rest > until:
                raise fault
            self._pause(rest)
            pause = min(2 * pause, LONGEST_PAUSE)
        raise AssertionError("tries is at least 1")

    def look(self, path: str, *, beside: bool = False) -> Any:
        """The JSON at a path of the server, None where it has nothing there; `beside` looks beside the version path."""
        base = self.base.rpartition("/")[0] if beside else self.base
        try:
            reply = self._once("GET", path, None, None, base=base)
        except _BrokenError as broken:
            raise self._fault(str(broken), lasting=True) from None
        if reply.status in (401, 402, 403, 407):
            raise self._told(reply)
        return reply.body if reply.status == 200 else None

    def _completion(self, reply: Reply) -> dict[str, Any]:
        if reply.status != 200:
            raise self._told(reply)
        choices = reply.body.get("choices") if isinstance(reply.body, dict) else None
        if (
            not isinstance(choices, list)
            or not choices
            or not isinstance(choices[0], dict)
            or not isinstance(choices[0].get("message"), dict)
        ):
            raise self._fault("The server answers no chat completion", lasting=False)
        body: dict[str, Any] = reply.body
        return body

    def _told(self, reply: Reply) -> ModelError:
        """The fault that a status means."""
        told = _message(reply.body)
        if reply.status in LASTING:
            hints = {
                401: "look at the key and --api-key-env",
                403: "look at the key and --api-key-env",
                404: "look at --base-url and --model",
            }
            what = f"The server answered {reply.status}" + (f" ({told})" if told else "")
            return ModelError(what, where=self.base, hint=hints.get(reply.status, "see the server's manual"), lasting=True)
        if 300 <= reply.status < 400:
            return self._fault("The server redirects, which is not followed", lasting=True)
        if reply.status in AGAIN and not _about_form(reply):
            return self._fault(f"The server answered {reply.status}" + (f" ({told})" if told else ""), lasting=False)
        return RefusedError(reply.status, told or "no reason given", self.base)

    def _fault(self, what: str, *, lasting: bool) -> ModelError:
        hint = (
            "is the server running, and is this its address? talaan llm test tells more"
            if lasting
            else "run it again: what is answered is kept"
        )
        return ModelError(what, where=self.base, hint=hint, lasting=lasting)

    def _once(self, method: str, path: str, body: Mapping[str, Any] | None, until: float | None, *, base: str | None = None) -> Reply:
        """One try, done beside the caller, who waits no longer than the time-out: a server that drips letters holds up nobody."""
        key = key_of(self.settings.api_key_env)
        limit = self.settings.timeout
        if until is not None:
            limit = max(0.05, min(limit, until - time.monotonic()))
        done: queue.SimpleQueue[Reply | Exception] = queue.SimpleQueue()
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace") if body is not None else None
        call = _Call(method, (base or self.base) + path, content, key, limit)
        threading.Thread(target=self._beside, args=(done, call), daemon=True).start()
        ends = time.monotonic() + limit
        while True:
            try:
                answer = done.get(timeout=max(0.01, min(0.25, ends - time.monotonic())))
            except queue.Empty:
                if self.stop.is_set():
                    raise _BrokenError("Asking was stopped") from None
                if time.monotonic() >= ends:
                    raise _BrokenError(f"The server took longer than {limit:g} s") from None
                continue
            if isinstance(answer, Reply):
                return answer
            raise answer

    def _beside(self, done: "queue.SimpleQueue[Reply | Exception]", call: "_Call") -> None:
        import httpx

        try:
            done.put(self._asked(call))
        except _BrokenError as broken:
            done.put(broken)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as fault:
            done.put(_BrokenError(f"The server cannot be reached ({type(fault).__name__})", lasting=True))
        except httpx.TimeoutException:
            done.put(_BrokenError(f"The server took longer than {call.limit:g} s"))
        except httpx.HTTPError as fault:
            done.put(_BrokenError(f"The connection broke ({type(fault).__name__})"))
        except (OSError, RuntimeError) as fault:
            done.put(_BrokenError(f"The connection broke ({type(fault).__name__})"))

    def _asked(self, call: "_Call") -> Reply:
        import httpx

        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if call.content is not None:
            headers["Content-Type"] = "application/json"
        if call.key is not None:
            headers["Authorization"] = f"Bearer {call.key}"
        timeout = httpx.Timeout(call.limit, connect=min(CONNECT, call.limit))
        with self._connected().stream(call.method, call.url, content=call.content, headers=headers, timeout=timeout) as response:
            raw = bytearray()
            for chunk in response.iter_raw():
                raw += chunk
                if len(raw) > LARGEST:
                    raise _BrokenError(f"The answer is larger than {LARGEST // 1_000_000} MB")
            return _reply(response, bytes(raw), call.key)

    def _connected(self) -> "httpx.Client":
        import httpx

        with self._lock:
            if self._client is None:
                most = httpx.Limits(max_connections=None, max_keepalive_connections=self.settings.concurrency)
                self._client = httpx.Client(follow_redirects=False, trust_env=False, limits=most)
            return self._client


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    url: str
    content: bytes | None
    key: str | None = field(repr=False)
    limit: float


class _BrokenError(Exception):
    """A try that came to nothing before there was an answer; `lasting` where the server was never reached."""

    def __init__(self, what: str, *, lasting: bool = False) -> None:
        super().__init__(what)
        self.lasting = lasting


def _reply(response: "httpx.Response", raw: bytes, key: str | None) -> Reply:
    """The answer with the key taken out; _BrokenError where a success is no JSON."""
    text = raw.decode("utf-8", "replace")
    if key is not None and len(key) >= SHORTEST_SECRET:
        text = text.replace(key, "[key]").replace(json.dumps(key)[1:-1], "[key]")
    after = _retry_after(response.headers.get("retry-after", ""))
    try:
        return Reply(response.status_code, json.loads(text), after)
    except (ValueError, RecursionError):
        pass
    if response.status_code != 200:
        return Reply(response.status_code, text, after)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    raise _BrokenError("The server answered no JSON" + (f" ({kind[:40]})" if kind and kind != "application/json" else ""))


def _about_form(reply: Reply) -> bool:
    """Whether a server fails at the form that the answer is forced into (some say 500 to a schema they cannot use)."""
    told = _message(reply.body).lower()
    return reply.status == 500 and any(word in told for word in ("grammar", "schema", "response_format"))


def _retry_after(header: str) -> float | None:
    """The seconds a server asks to wait, given as a number or as a date; None where it says nothing usable."""
    header = header.strip()
    try:
        if header.replace(".", "", 1).isdecimal():
            return float(header)
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time()) if header else None
    except (ValueError, TypeError, OverflowError):
        return None


def _message(body: Any) -> str:
    """What an error body says, on one line, shortened, without control signs."""
    found = body
    for name in ("error", "message"):
        if isinstance(found, dict):
            found = found.get(name, found.get("detail", ""))
    text = found if isinstance(found, str) else json.dumps(found) if found else ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:MOST_SHOWN]
