"""Where a model is asked: an address as the user gave it in, the checked base address and the key's value out."""

import os
from urllib.parse import urlsplit

from talaan.model.errors import UsageError

VERSION_PATH = "/v1"
HTTP_HINT = "write https://…, or http:// for a server on this machine or in the private network"


def checked_base(url: str, *, with_key: bool) -> str:
    """The address with its version path and without a slash at the end; UsageError where it cannot be asked safely.

    Plain http is for this machine and private networks. A user name, a password or a query in the address is refused:
    addresses are recorded.

    >>> checked_base("http://localhost:11434", with_key=False), checked_base("https://api.example.org/v1/", with_key=True)
    ('http://localhost:11434/v1', 'https://api.example.org/v1')
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise UsageError("The server's address is none", hint=HTTP_HINT) from None
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise UsageError("The server's address holds more than a place", hint="leave out user, password and query; see --api-key-env")
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError("The server's address is none", where=url, hint=HTTP_HINT)
    if parts.scheme == "http" and not _is_private(host):
        what = "The key and the texts would travel in the open" if with_key else "The texts would travel in the open"
        raise UsageError(what, where=url, hint=HTTP_HINT)
    path = parts.path.rstrip("/") or VERSION_PATH
    return f"{parts.scheme}://{parts.netloc}{path}"


def key_of(variable: str | None) -> str | None:
    """The key in the environment variable of that name; None where no variable is named, UsageError where it holds none."""
    if variable is None:
        return None
    key = os.environ.get(variable, "").strip()
    if not key:
        raise UsageError("The variable that --api-key-env names holds no key", hint="set it in the shell that calls talaan")
    if not key.isascii() or not key.isprintable():
        raise UsageError("The key holds signs that no key has", hint="look at the variable that --api-key-env names")
    return key


def _is_private(host: str) -> bool:
    """Whether every address of a host is this machine's or a private network's; a name that is not found is not."""
    if host == "localhost":
        return True
    import ipaddress
    import socket

    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
        return bool(found) and all(ipaddress.ip_address(address.partition("%")[0]).is_private for address in found)
    except (OSError, ValueError):
        return False
