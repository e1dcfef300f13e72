"""How often a guest has come in a window of time, counted for all processes together.

Redis counts where ``CACHE_URL`` names one, otherwise the database. While that store is away each process counts for
itself: a limit that is too generous for a while is better than a door that is shut.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

import redis
from django.conf import settings
from django.db import DatabaseError, connection

from registration.domain.last_known import Outage
from registration.models import RateWindow

logger = logging.getLogger(__name__)
LONGEST_WINDOW = 86_400
#: Seconds between two clearings of windows that are over, by one process.
CLEARING_EVERY = 60
#: How long a request may wait for Redis.
REDIS_SECONDS = 0.25
#: Guests that a process keeps in mind by itself.
GUESTS_KEPT = 10_000
_IPV6_OF_ONE_GUEST = 64
_IPV4_NETWORK, _IPV6_NETWORK = 24, 48


@dataclass(frozen=True, slots=True)
class Rate:
    """``limit`` times in ``seconds``. ``name`` keeps what is counted apart; clients see it."""

    name: str
    limit: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a guest stands in its window after this time: how often it may come yet, and when the window ends."""

    rate: Rate
    count: int
    reset: int

    @property
    def is_over(self) -> bool:
        return self.count > self.rate.limit

    @property
    def remaining(self) -> int:
        return max(0, self.rate.limit - self.count)


class BadRate(ValueError):
    """The text is not "how often/seconds" with whole numbers, or the window is longer than a day."""


@lru_cache(maxsize=64)
def rate(name: str, text: str) -> Rate:
    """A rate from a setting such as "240/60". Raises BadRate."""
    limit, _, seconds = text.partition("/")
    plain = limit.isascii() and limit.isdigit() and seconds.isascii() and seconds.isdigit() and len(text) < 20
    if not plain or int(limit) < 1 or not 1 <= int(seconds) <= LONGEST_WINDOW:
        raise BadRate(f"{text!r} must be like 240/60: how often, and in how many seconds (at most {LONGEST_WINDOW}).")
    return Rate(name, int(limit), int(seconds))


def take(allowed: Rate, guest: str, now: float) -> Standing:
    """Count ``guest`` once more. ``guest`` says nothing of a person: a key's identifier or ``guest_of_address``."""
    begins = int(now) // allowed.seconds * allowed.seconds
    count = _count(f"{allowed.name}:{guest}", begins, allowed.seconds)
    return Standing(allowed, count, max(1, begins + allowed.seconds - int(now)))


def look(allowed: Rate, guest: str, now: float) -> Standing:
    """Where ``guest`` stands, without counting it once more."""
    begins = int(now) // allowed.seconds * allowed.seconds
    count = _counted(f"{allowed.name}:{guest}", begins)
    return Standing(allowed, count, max(1, begins + allowed.seconds - int(now)))


def guest_of_address(remote: str, forwarded: str) -> str:
    """A digest, keyed with SECRET_KEY, of the address that a request came from; the address itself is kept nowhere.

    ``forwarded`` is X-Forwarded-For. Everyone may write into it, so only the entry that the outermost of our own
    ``TRUSTED_PROXIES`` wrote counts. The addresses of one IPv6 network (/64) are one guest.
    """
    return _digest(_plain(_address(remote, forwarded)))


def guest_of_network(remote: str, forwarded: str) -> str:
    """As ``guest_of_address``, of the network around the address: /24, in IPv6 /48."""
    plain = _plain(_address(remote, forwarded))
    if not plain:
        return _digest("network")
    size = _IPV6_NETWORK if ":" in plain else _IPV4_NETWORK
    return _digest(f"network {ip_network(plain).supernet(new_prefix=size)}")


def guest_of_recipient(address: str) -> str:
    """As ``guest_of_address``, of an e-mail address or telephone number (E.164) that is written to. What one mailbox
    goes by is one guest: in any case, and whatever stands after a "+" (RFC 5233)."""
    local, at, domain = address.strip().casefold().rpartition("@")
    return _digest(f"recipient {local.partition('+')[0]}{at}{domain}")


def _address(remote: str, forwarded: str) -> str:
    hops = settings.TRUSTED_PROXIES
    entries = [entry.strip() for entry in forwarded.split(",")] if forwarded else []
    return entries[-hops] if 0 < hops <= len(entries) else remote


def _digest(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"rates\0" + text.encode(), hashlib.sha256).hexdigest()[:40]


def _plain(address: str) -> str:
    """One spelling for each guest, without a port; "" for what is no address."""
    host = address[1:].partition("]")[0] if address.startswith("[") else address
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, _IPV6_OF_ONE_GUEST), strict=False))


class _OwnCount:
    """The count of this process alone, for as long as the store is away."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, int], int] = {}

    def add(self, guest: str, begins: int) -> int:
        with self._lock:
            if len(self._counts) >= GUESTS_KEPT:
                self._counts.clear()
            count = self._counts.get((guest, begins), 0) + 1
            self._counts[guest, begins] = count
            return count

    def of(self, guest: str, begins: int) -> int:
        return self._counts.get((guest, begins), 0)


_own, _outage = _OwnCount(), Outage()
_cleared = {"at": 0}


def _count(guest: str, begins: int, seconds: int) -> int:
    count = _count_in_redis if settings.CACHE_URL else _count_in_database
    return _of_all_processes(lambda: count(guest, begins, seconds), lambda: _own.add(guest, begins))


def _counted(guest: str, begins: int) -> int:
    counted = _counted_in_redis if settings.CACHE_URL else _counted_in_database
    return _of_all_processes(lambda: counted(guest, begins), lambda: _own.of(guest, begins))


def _of_all_processes(ask: Callable[[], int], own: Callable[[], int]) -> int:
    """What the store says; while it is away, what this process knows."""
    if not _outage.should_ask():
        return own()
    try:
        count = ask()
    except (DatabaseError, redis.RedisError):
        _outage.begin()
        logger.exception("rates are counted by each process for itself")
        return own()
    _outage.end()
    return count


def _count_in_database(guest: str, begins: int, seconds: int) -> int:  # noqa: ARG001  the shape of a store
    """One statement, so that nobody is counted twice or not at all, however many come at once."""
    table, window = (connection.ops.quote_name(name) for name in (RateWindow._meta.db_table, "window"))
    sql = (
        f"INSERT INTO {table} (guest, {window}, count) VALUES (%s, %s, 1) "  # noqa: S608  our own names
        f"ON CONFLICT (guest, {window}) DO UPDATE SET count = {table}.count + 1 RETURNING count"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [guest, begins])
        count: int = cursor.fetchone()[0]
    if begins - _cleared["at"] >= CLEARING_EVERY:
        _cleared["at"] = begins
        clear(begins)
    return count


def clear(now: float) -> int:
    """Forget the windows that are over; returns how many."""
    return RateWindow.objects.filter(window__lt=int(now) - LONGEST_WINDOW).delete()[0]


def _counted_in_database(guest: str, begins: int) -> int:
    found = RateWindow.objects.filter(guest=guest, window=begins).values_list("count", flat=True).first()
    return found or 0


def _counted_in_redis(guest: str, begins: int) -> int:
    return int(_redis(settings.CACHE_URL).get(_key(guest, begins)) or 0)


def _key(guest: str, begins: int) -> str:
    return f"enfranchise:rate:{guest}:{begins}"


def _count_in_redis(guest: str, begins: int, seconds: int) -> int:
    key = _key(guest, begins)
    with _redis(settings.CACHE_URL).pipeline(transaction=True) as both:
        both.incr(key)
        both.expire(key, seconds + 1)
        return int(both.execute()[0])


@lru_cache(maxsize=4)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS)
