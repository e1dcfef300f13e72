"""Where a partner's message may go: to a public host over https, and to no address of our own network (S-11).

The name is looked up once, every address it has must be a public one, and the connection is made to an address that
was looked at. So a name whose address changes between the look and the connection gains nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

HTTPS_PORT = 443
LONGEST_URL, LONGEST_HOST = 500, 253
#: More addresses than a name honestly has are not looked at; the name is refused.
MOST_ADDRESSES = 32
IpAddress = IPv4Address | IPv6Address
#: Gives the addresses of a host name as text. Raises OSError.
Resolver = Callable[[str], list[str]]
_WRITTEN = re.compile(r"[!-~]+", re.ASCII)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
#: What `ipaddress` calls global, or does not know, and is no public host: relays and translators that lead back in.
_REFUSED = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
#: The only part of IPv6 in which there are public hosts. NAT64, mapped and compatible IPv4, local ones lie outside.
_PUBLIC_IPV6 = ip_network("2000::/3")


class BadTarget(Exception):
    """The address cannot be one that gets messages; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect, and what to ask for there."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def is_loopback_name(self) -> bool:
        return self.host == "localhost" or self.host.endswith(".localhost") or _is_loopback(self.host)


def look_up(host: str) -> list[str]:
    """The addresses of ``host``, as this machine's resolver gives them. Raises OSError."""
    found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def parse(url: str, *, allow_loopback: bool = False) -> Target:
    """The target that ``url`` names, by its letters alone. Raises BadTarget.

    ``allow_loopback``: for development; http and any port will do where the host is this machine by its name.
    """
    if len(url) > LONGEST_URL:
        raise BadTarget("webhook_url_too_long")
    parts, port = _parts(url)
    host = (parts.hostname or "").lower()
    if not _is_host(host):
        raise BadTarget("webhook_url_host")
    target = Target(parts.scheme == "https", host, port or _default_port(parts), _path(parts))
    if allow_loopback and target.is_loopback_name:
        return target
    if not target.secure:
        raise BadTarget("webhook_url_not_https")
    if target.port != HTTPS_PORT:
        raise BadTarget("webhook_url_port")
    if target.is_loopback_name or not _is_public_literal(host):
        raise BadTarget("webhook_url_private")
    return target


def _parts(url: str) -> tuple[SplitResult, int | None]:
    if not _WRITTEN.fullmatch(url) or "\\" in url:
        raise BadTarget("webhook_url_shape")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadTarget("webhook_url_shape") from None
    if parts.scheme not in ("http", "https"):
        raise BadTarget("webhook_url_not_https")
    if "@" in parts.netloc:
        raise BadTarget("webhook_url_credentials")
    if port == 0 or "#" in url:
        raise BadTarget("webhook_url_shape")
    return parts, port


def _default_port(parts: SplitResult) -> int:
    return HTTPS_PORT if parts.scheme == "https" else 80


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _is_host(host: str) -> bool:
    """Whether it is an IP address in its usual form, or a name; not a number that some programs read as an address."""
    if _address(host) is not None:
        return True
    labels = host.split(".")
    if len(host) > LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    return (len(labels) > 1 or host == "localhost") and not _NUMBER.fullmatch(labels[-1])


def _address(text: str) -> IpAddress | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_loopback(text: str) -> bool:
    address = _address(text)
    return address is not None and address.is_loopback


def _is_public_literal(host: str) -> bool:
    """True for a name, too: its addresses are looked at when they are known."""
    address = _address(host)
    return address is None or is_public(address)


def is_public(address: IpAddress) -> bool:
    """Whether a host of the public internet may have this address."""
    if isinstance(address, IPv6Address) and (address not in _PUBLIC_IPV6 or address.scope_id is not None):
        return False
    if any(address.version == network.version and address in network for network in _REFUSED):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def addresses_of(target: Target, resolver: Resolver = look_up, *, allow_loopback: bool = False) -> tuple[str, ...]:
    """Every address of the target, all of which may be connected to. Raises BadTarget.

    One address that is not public refuses the whole name. A name of this machine (``allow_loopback``) must lead to it.
    """
    try:
        texts = [target.host] if _address(target.host) is not None else resolver(target.host)
    except (OSError, UnicodeError):
        raise BadTarget("webhook_url_unknown_host") from None
    found = [_address(text) for text in texts]
    if not found or len(found) > MOST_ADDRESSES:
        raise BadTarget("webhook_url_unknown_host")
    local = allow_loopback and target.is_loopback_name
    if not all(each is not None and (each.is_loopback if local else is_public(each)) for each in found):
        raise BadTarget("webhook_url_private")
    return tuple(str(each) for each in found)
