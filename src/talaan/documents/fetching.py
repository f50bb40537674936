"""An address into bytes: http and https only, public addresses only, with limits on size, time and redirects."""

import ipaddress
import queue
import socket
import threading
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from talaan.model.errors import FetchError

if TYPE_CHECKING:
    import httpx

LARGEST = 10_000_000
LONGEST = 30.0
MOST_REDIRECTS = 5
AGENT = "talaan (research tool; one page at a time)"
CHECK = "check the address and the connection"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave, and where it came from in the end."""

    raw: bytes
    url: str
    media_type: str | None
    charset: str | None


@dataclass(frozen=True, slots=True)
class _Redirect:
    url: str


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """The bytes at an address; FetchError says what went wrong. `allow_private` is for tests against this machine.

    The work is done beside the caller, who waits `LONGEST` at most: a server that answers one letter a second holds up nobody.
    """
    answers: queue.SimpleQueue[Fetched | FetchError | None] = queue.SimpleQueue()
    threading.Thread(target=_answer, args=(url, allow_private, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=LONGEST)
    except queue.Empty:
        raise FetchError(f"The page took longer than {LONGEST:.0f} s", where=url, hint=CHECK) from None
    if isinstance(answer, Fetched):
        return answer
    raise answer or FetchError("The page could not be fetched", where=url, hint=CHECK)


def _answer(url: str, allow_private: bool, answers: "queue.SimpleQueue[Fetched | FetchError | None]") -> None:
    answer: Fetched | FetchError | None = None
    try:
        answer = _followed(url, allow_private)
    except FetchError as fault:
        answer = fault
    finally:
        answers.put(answer)


def _followed(url: str, allow_private: bool) -> Fetched:
    import httpx

    for _ in range(MOST_REDIRECTS + 1):
        try:
            answer = _one(url, allow_private)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise FetchError(f"The page could not be fetched ({type(fault).__name__})", where=url, hint=CHECK) from fault
        if isinstance(answer, Fetched):
            return answer
        url = answer.url
    raise FetchError(f"More than {MOST_REDIRECTS} redirects", where=url)


def _one(url: str, allow_private: bool) -> Fetched | _Redirect:
    """The page, or where the server sends one to; the connection goes to the address that was checked, under the name that was asked."""
    import httpx

    target = parsed(url)
    address = checked_address(target, allow_private=allow_private)
    headers = {"Host": target.netloc.decode("ascii"), "User-Agent": AGENT, "Accept-Encoding": "gzip"}
    with httpx.Client(timeout=10.0, trust_env=False, follow_redirects=False) as client:
        name = {"sni_hostname": target.raw_host.decode("ascii")}
        request = client.build_request("GET", target.copy_with(host=address), headers=headers, extensions=name)
        response = client.send(request, stream=True)
        try:
            return _read(response, url)
        finally:
            response.close()


def _read(response: "httpx.Response", url: str) -> Fetched | _Redirect:
    if response.has_redirect_location:
        return _Redirect(_joined(url, response.headers["location"]))
    if response.status_code != 200:
        raise FetchError(f"The server answered {response.status_code}", where=url, hint="check the address")
    raw = _unpacked(response.iter_raw(), response.headers.get("content-encoding", ""), url)
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower() or None
    return Fetched(raw, url, media_type, response.charset_encoding)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as fault:
        raise FetchError("The server redirects to an address that is none", where=url) from fault


def _unpacked(chunks: Iterable[bytes], encoding: str, url: str) -> bytes:
    """The body, unpacked no further than the limit; FetchError beyond it or where it cannot be unpacked."""
    kind = encoding.strip().lower()
    if kind not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"The server packs the page in a way that was not asked for ({kind[:20]})", where=url)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if kind not in ("", "identity") else None
    body = bytearray()
    for chunk in chunks:
        try:
            body += unpacker.decompress(chunk, LARGEST + 1 - len(body)) if unpacker else chunk
        except zlib.error as fault:
            raise FetchError("The page came broken", where=url, hint="try again") from fault
        if len(body) > LARGEST:
            raise FetchError(f"The page is larger than {LARGEST // 1_000_000} MB", where=url, hint="save it to a file and give that")
    if unpacker and body and not unpacker.eof:
        raise FetchError("The page came cut off", where=url, hint="try again")
    return bytes(body)


def parsed(url: str) -> "httpx.URL":
    """The address in its parts; FetchError where it is none that is fetched."""
    import httpx

    try:
        target = httpx.URL(url)
    except httpx.InvalidURL as fault:
        raise FetchError("This is no address", where=url, hint="check it") from fault
    if target.scheme not in ("http", "https") or not target.raw_host:
        raise FetchError("Only http and https addresses are fetched", where=url, hint="save the page to a file and give that")
    if target.userinfo:
        raise FetchError("Addresses with a user name or password are not fetched", hint="save the page to a file and give that")
    return target


def checked_address(target: "httpx.URL", *, allow_private: bool = False) -> str:
    """The number address to connect to; FetchError where the host is unknown or any of its addresses is not a public one."""
    url = str(target)
    try:
        port = target.port or (443 if target.scheme == "https" else 80)
        found = socket.getaddrinfo(target.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as fault:
        raise FetchError("The host is not known", where=url, hint=CHECK) from fault
    addresses = [str(row[4][0]) for row in found]
    if not allow_private and not all(map(is_public, addresses)):
        raise FetchError("The address is not a public one", where=url, hint="save the page to a file and give that")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether a number address is one of the public internet, and so is every older address it wraps.

    >>> [is_public(text) for text in ("93.184.215.14", "127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::")]
    [True, False, False, False, False]
    """
    parsed_address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed_address, ipaddress.IPv6Address):
        teredo = parsed_address.teredo or ()
        wrapped = [parsed_address.ipv4_mapped, parsed_address.sixtofour, *teredo]
        if parsed_address in ipaddress.ip_network("64:ff9b::/96"):
            wrapped.append(ipaddress.IPv4Address(int(parsed_address) & 0xFFFFFFFF))
        if not all(_is_open(inner) for inner in wrapped if inner is not None):
            return False
        if parsed_address.ipv4_mapped:
            return True
    return _is_open(parsed_address)


def _is_open(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_global and not address.is_multicast
