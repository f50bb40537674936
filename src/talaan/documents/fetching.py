"""An address into bytes: http and https only, public addresses only, with limits on size, time and redirects."""

import ipaddress
import socket
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from talaan.model.errors import FetchError

LARGEST = 10_000_000
LONGEST = 30.0
MOST_REDIRECTS = 5
AGENT = "talaan (research tool; one page at a time)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave, and where it came from in the end."""

    raw: bytes
    url: str
    media_type: str | None
    charset: str | None


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """The bytes at an address; FetchError says what went wrong. `allow_private` is for tests against this machine."""
    import httpx

    deadline = time.monotonic() + LONGEST
    for _ in range(MOST_REDIRECTS + 1):
        host, address = checked_address(url, allow_private=allow_private)
        try:
            with httpx.Client(timeout=10.0, trust_env=False, follow_redirects=False) as client:
                target = httpx.URL(url).copy_with(host=address)
                request = client.build_request(
                    "GET", target, headers={"Host": _host_header(url), "User-Agent": AGENT}, extensions={"sni_hostname": host}
                )
                response = client.send(request, stream=True)
                if response.is_redirect:
                    url = urljoin(url, response.headers.get("location", ""))
                    response.close()
                    continue
                if response.status_code != 200:
                    raise FetchError(f"The server answered {response.status_code}", where=url)
                raw = b"".join(_limited(response.iter_bytes(), url, deadline))
        except httpx.HTTPError as fault:
            raise FetchError(
                f"The page could not be fetched ({type(fault).__name__})", where=url, hint="check the address and the connection"
            ) from fault
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower() or None
        return Fetched(raw, url, media_type, response.charset_encoding)
    raise FetchError(f"More than {MOST_REDIRECTS} redirects", where=url)


def _limited(chunks: "object", url: str, deadline: float) -> list[bytes]:
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:  # type: ignore[attr-defined]
        size += len(chunk)
        if size > LARGEST:
            raise FetchError(f"The page is larger than {LARGEST // 1_000_000} MB", where=url)
        if time.monotonic() > deadline:
            raise FetchError(f"The page took longer than {LONGEST:.0f} s", where=url)
        parts.append(chunk)
    return parts


def _host_header(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2]


def checked_address(url: str, *, allow_private: bool = False) -> tuple[str, str]:
    """(host name, address to connect to): the address that was checked is the one connected to, so that a name cannot change in between."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError("Only http and https addresses are fetched", where=url)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80), type=socket.SOCK_STREAM)
    except (OSError, ValueError) as fault:
        raise FetchError("The host is not known", where=url, hint="check the address and the connection") from fault
    addresses = [str(row[4][0]) for row in found]
    for address in addresses:
        if not allow_private and not ipaddress.ip_address(address.partition("%")[0]).is_global:
            raise FetchError("The address is not a public one", where=url, hint="save the page to a file and give that")
    return parts.hostname, addresses[0]
