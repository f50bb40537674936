"""Addresses: public ones only, within limits, and every failure a FetchError."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from talaan.documents import fetching as room
from talaan.documents import load
from talaan.documents.fetching import checked_address, fetch, is_public, parsed
from talaan.model.errors import FetchError

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
PAGE = (
    b"<html lang='de'><body><article><p>" + "Zwei Boote für die Küste bestellt. ".encode("latin-1") * 10 + b"</p></article></body></html>"
)
DRIP = threading.Event()


class Site(BaseHTTPRequestHandler):
    """A small site with everything that can go wrong."""

    def do_GET(self) -> None:
        answer = getattr(self, "page_" + self.path.strip("/").partition("/")[0].partition("?")[0], None)
        if answer is None:
            self.reply(404)
        else:
            answer()

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page_page(self) -> None:
        self.reply(200, PAGE, Content_Type="text/html; charset=ISO-8859-1")

    def page_host(self) -> None:
        self.reply(200, self.headers["Host"].encode(), Content_Type="text/plain")

    def page_hop(self) -> None:
        left = int(self.path.rsplit("/", 1)[1])
        self.reply(302, Location=f"/hop/{left - 1}" if left else "/page")

    def page_to(self) -> None:
        self.reply(301, Location=self.path.partition("?")[2])

    def page_nowhere(self) -> None:
        self.reply(304)

    def page_large(self) -> None:
        self.reply(200, b"a" * 3000, Content_Type="text/plain")

    def page_packed(self) -> None:
        self.reply(200, gzip.compress(PAGE), Content_Type="text/html; charset=latin-1", Content_Encoding="gzip")

    def page_bomb(self) -> None:
        self.reply(200, gzip.compress(bytes(50_000_000)), Content_Type="text/plain", Content_Encoding="gzip")

    def page_cut(self) -> None:
        self.reply(200, gzip.compress(PAGE)[:-20], Content_Type="text/html", Content_Encoding="gzip")

    def page_broken(self) -> None:
        self.reply(200, b"no gzip", Content_Type="text/html", Content_Encoding="gzip")

    def page_brotli(self) -> None:
        self.reply(200, b"x", Content_Encoding="br")

    def page_rubbish(self) -> None:
        self.wfile.write(b"rubbish\r\n\r\n")

    def page_drip(self) -> None:
        self.send_response(200)
        while not DRIP.wait(0.05):
            self.wfile.write(b"X")

    def log_message(self, *_: object) -> None:
        """Keeps the test's output clean."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    DRIP.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """press.example stands on this machine, which counts as public here; inner.example has one public and one private address."""
    known = {"press.example": ["127.0.0.1"], "inner.example": ["127.0.0.1", "10.0.0.1"]}
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *rest: object, **more: object) -> object:
        return [row for name in known.get(host, [host]) for row in real(name, port, *rest, **more)]  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(room, "is_public", lambda address: address == "127.0.0.1" or is_public(address))


def test_a_page_becomes_a_document(site: str) -> None:
    document = load(f"{site}/page", allow_private=True)
    assert document.text.startswith("Zwei Boote für die Küste bestellt.")
    assert (document.path, document.url, document.media_type, document.encoding) == (f"{site}/page", f"{site}/page", "text/html", "cp1252")


def test_redirects_are_followed_and_counted(site: str) -> None:
    assert fetch(f"{site}/hop/4", allow_private=True).url == f"{site}/page"
    with pytest.raises(FetchError, match="More than 5 redirects"):
        fetch(f"{site}/hop/5", allow_private=True)


def test_the_server_is_asked_under_its_name(site: str, names: None) -> None:
    port = site.rpartition(":")[2]
    assert fetch(f"http://press.example:{port}/host").raw.decode() == f"press.example:{port}"


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://inner.example/", "http://169.254.169.254/latest", "http://[::1]/", "//127.0.0.2/"]
)
def test_a_redirect_to_a_private_address_is_refused(site: str, names: None, target: str) -> None:
    port = site.rpartition(":")[2]
    with pytest.raises(FetchError, match="not a public one") as caught:
        fetch(f"http://press.example:{port}/to?{target}")
    assert target.strip("/").split("/")[-1] in caught.value.where or "latest" in target


@pytest.mark.parametrize("target", ["file:///etc/hosts", "ftp://press.example/a", "http://[broken", "javascript:alert(1)"])
def test_a_redirect_to_what_is_no_web_address_is_refused(site: str, target: str) -> None:
    with pytest.raises(FetchError):
        fetch(f"{site}/to?{target}", allow_private=True)


def test_the_name_is_looked_up_once_and_the_checked_address_is_used(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = socket.getaddrinfo, []

    def look_up(host: str, *rest: object, **more: object) -> object:
        asked.append(host)
        return real("127.0.0.1" if host == "press.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    port = site.rpartition(":")[2]
    fetch(f"http://press.example:{port}/host", allow_private=True)
    assert asked.count("press.example") == 1


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("missing", "answered 404"),
        ("nowhere", "answered 304"),
        ("cut", "cut off"),
        ("broken", "came broken"),
        ("brotli", "not asked for"),
        ("rubbish", "could not be fetched"),
    ],
)
def test_wrong_answers(site: str, page: str, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        fetch(f"{site}/{page}", allow_private=True)


def test_packed_pages_are_unpacked(site: str) -> None:
    assert fetch(f"{site}/packed", allow_private=True).raw == PAGE


def test_the_size_limit_holds_for_what_is_unpacked_too(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FetchError, match="larger than 10 MB"):
        fetch(f"{site}/bomb", allow_private=True)
    monkeypatch.setattr(room, "LARGEST", 2000)
    with pytest.raises(FetchError, match="larger than"):
        fetch(f"{site}/large", allow_private=True)


def test_unpacking_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST", 1000)
    packed = zlib.compress(bytes(30_000_000))
    tracemalloc.start()
    with pytest.raises(FetchError, match="larger"):
        room._unpacked([packed], "deflate", "http://a.example")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 1_000_000, "more was unpacked than the limit"


def test_a_server_that_answers_one_letter_at_a_time_holds_up_nobody(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LONGEST", 0.4)
    start = time.monotonic()
    with pytest.raises(FetchError, match="longer than"):
        fetch(f"{site}/drip", allow_private=True)
    assert time.monotonic() - start < 2


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match=r"could not be fetched \(ConnectError\)"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://127.0.0.1/",
            "http://10.1.2.3/",
            "http://192.168.0.1/",
            "http://169.254.169.254/",
            "http://0.0.0.0/",
            "http://100.64.0.1/",
        ),
        *(
            "http://[::1]/",
            "http://[fe80::1]/",
            "http://[fc00::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::]/",
        ),
        *("http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://localhost/"),
        *("http://224.0.0.1/", "http://[ff02::1]/", "http://[64:ff9b::a00:1]/", "http://[2002:a00:1::]/"),
    ],
)
def test_private_addresses_are_refused_in_every_form(url: str) -> None:
    with pytest.raises(FetchError, match=r"not a public one|not known|no address"):
        checked_address(parsed(url))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_pass(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.example/", "file:///etc/hosts", "http://", "http:///path", "http://[::1", "http://a.example:99999/", "http://a b/"),
        *("http://user:secret@a.example/", "http://\x00/", "http://" + "a" * 70_000, "http://a..example/", "http://xn--a/", "gopher"),
    ],
)
def test_what_is_no_web_address(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchError) as caught:
        fetch(url)
    assert "secret" not in str(caught.value)


def test_an_international_name_is_looked_up_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def look_up(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(0, 0, 0, "", ("8.8.8.8", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert checked_address(httpx.URL("http://münchen.example/")) == "8.8.8.8"
    assert asked == ["xn--mnchen-3ya.example"]
