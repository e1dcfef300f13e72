"""What would leave this machine unencrypted, and which secrets are none: judged from the settings' own values."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

SHORTEST_SECRET, FEWEST_DIFFERENT = 32, 10
#: What stands in examples where a secret should stand; looked for without case, hyphens and the like.
PLACEHOLDERS = (
    "changeme", "changethis", "replaceme", "placeholder", "djangoinsecure", "insecure", "yoursecret", "yourkey",
    "secretkey", "supersecret", "topsecret", "mysecret", "password", "letmein", "somepepper", "example", "notsecret",
    "developmentkey", "testkey", "12345678", "abcdefgh", "qwertyui",
)  # fmt: skip
#: Passwords that come with a program or with an example of one.
KNOWN_PASSWORDS = frozenset({
    "admin", "changeme", "default", "guest", "master", "password", "postgres", "rabbitmq", "redis", "root", "secret",
    "test", "user", "1234", "12345", "123456", "12345678",
})  # fmt: skip
ENCRYPTED_MODES = frozenset({"require", "verify-ca", "verify-full"})
#: Schemes of addresses that name no other machine, and of those that are encrypted.
LOCAL_SCHEMES = frozenset({
    "memory", "filesystem", "redis+socket", "sentinel+socket", "unix", "dbcache", "filecache", "locmemcache",
    "dummycache",
})  # fmt: skip
ENCRYPTED_SCHEMES = frozenset({"amqps", "rediss"})


def is_secret(text: str) -> bool:
    """Whether a key is long, varied and no placeholder of an example."""
    if len(text) < SHORTEST_SECRET or len(set(text)) < FEWEST_DIFFERENT:
        return False
    bare = re.sub(r"[^a-z0-9]", "", text.lower())
    return not any(each in bare for each in PLACEHOLDERS)


def is_here(host: str) -> bool:
    """Whether a host is this machine: nothing, a socket's path, localhost or an address of the loopback."""
    bare = host.strip().strip("[]")
    if not bare or bare.startswith(("/", "@")) or bare.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def database_faults(database: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
    """What is wrong with the way to a PostgreSQL server. ``environment``: where its own library looks, too."""
    if not database["ENGINE"].endswith("postgresql"):
        return []
    options = database.get("OPTIONS", {})
    if options.get("service") or environment.get("PGSERVICE"):
        return ["names a service of a file, so that nobody can see where it leads; write the host and sslmode instead"]
    named = str(database.get("HOST") or options.get("host") or environment.get("PGHOST", ""))
    address = str(options.get("hostaddr") or environment.get("PGHOSTADDR", ""))
    if all(is_here(each) for each in f"{named},{address}".split(",")):
        return []
    found = []
    if (options.get("sslmode") or environment.get("PGSSLMODE")) not in ENCRYPTED_MODES:
        found.append("leads to another machine without encryption; add ?sslmode=verify-full (at least require)")
    password = str(database.get("PASSWORD") or "")
    if password and is_known(password, str(database.get("USER") or "")):
        found.append("has a password that everybody knows")
    return found


def address_faults(addresses: str) -> list[str]:
    """What is wrong with the addresses of brokers or caches, several of them separated by ";" or ","."""
    found: dict[str, None] = {}
    for part in re.split(r"[;,]", addresses):
        scheme, slashes, _rest = part.strip().partition("://")
        if not slashes:
            scheme, part = _scheme_of(addresses), f"//{part.strip()}"
        for each in _of_address(scheme.lower(), part.strip()):
            found[each] = None
    return list(found)


def _scheme_of(addresses: str) -> str:
    """That of the first one, which the hosts after it share: "redis://one:6379,two:6379/1"."""
    return addresses.partition("://")[0].strip()


def _of_address(scheme: str, address: str) -> Iterable[str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        yield "is no address"
        return
    if scheme in LOCAL_SCHEMES or is_here(parts.hostname or ""):
        return
    if scheme not in ENCRYPTED_SCHEMES:
        yield "leads to another machine without encryption; write amqps:// or rediss://"
    if parts.password and is_known(unquote(parts.password), unquote(parts.username or "")):
        yield "has a password that everybody knows"


def is_known(password: str, user: str) -> bool:
    return password.lower() in KNOWN_PASSWORDS or password == user


def mail_faults(backend: str, host: str, *, encrypted: bool) -> list[str]:
    """What is wrong with the way to a mail server."""
    if not backend.endswith("smtp.EmailBackend") or is_here(host) or encrypted:
        return []
    return ["leads to another machine without encryption; write smtp+tls:// or smtp+ssl://"]
