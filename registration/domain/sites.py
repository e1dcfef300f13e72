"""The web sites that may show a partner's widget and use its keys in a browser: exact origins and nothing wider."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.db import transaction

from registration.domain.audit import Order, record
from registration.domain.last_known import LastKnown
from registration.domain.validation.problem import Problem
from registration.models import AuditEntry, Partner, PartnerSite

MOST_SITES = 50
#: Seconds for which a process does not ask again which sites a partner has.
FRESH = 60.0
FIELD = "site"
LONGEST_HOST = 253
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE | re.ASCII)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_LOOPBACK = frozenset({"localhost", "127.0.0.1"})
_DEFAULT_PORTS = {"https": 443, "http": 80}
#: Letters that browsers keep and the older rules change: "ß" is "ss" to one and a letter of its own to the other.
_DEVIATING = frozenset("ßς\u200c\u200d")


class Refusal(Exception):
    """Carries a problem out of the reading of an address."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def _refuse(code: str, **params: str | int) -> Refusal:
    return Refusal(Problem(code, FIELD, dict(params)))


def origin_of(text: str) -> str | Problem:
    """The origin that a person's text means, such as "https://www.example.org:8443"; or why it is none.

    The host is in its ASCII form, so that a name which only looks like another one is seen to be different.
    """
    try:
        return _origin(text.strip())
    except Refusal as refusal:
        return refusal.problem


def _origin(text: str) -> str:
    if not text:
        raise _refuse("site_required")
    if "*" in text:
        raise _refuse("site_wildcard")
    if len(text) > LONGEST_HOST + 50 or any(mark.isspace() or not mark.isprintable() for mark in text):
        raise _refuse("site_shape")
    parts, port = _parts(text if _SCHEME.match(text) else f"https://{text}")
    if "@" in parts.netloc:
        raise _refuse("site_credentials")
    host = _host(parts.hostname or "")
    scheme = parts.scheme.lower()
    if host in _LOOPBACK:
        _check_loopback(scheme)
    elif scheme != "https":
        raise _refuse("site_not_https", origin=_written("https", host, None if port == 80 else port))
    origin = _written(scheme, host, port)
    if parts.path not in ("", "/") or parts.query or parts.fragment or text.endswith(("?", "#")):
        raise _refuse("site_path", origin=origin)
    return origin


def _parts(address: str) -> tuple[SplitResult, int | None]:
    if "\\" in address:
        raise _refuse("site_shape")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _refuse("site_shape") from None
    if port == 0 or parts.netloc.endswith(":"):
        raise _refuse("site_shape")
    return parts, port


def _host(name: str) -> str:
    """The host's ASCII form. A dot at its end makes another origin to a browser, so that it is refused, not dropped."""
    if any(mark in _DEVIATING for mark in name):
        raise _refuse("site_letters")
    try:
        host = name.encode("idna").decode("ascii").lower() if name else ""
    except UnicodeError:
        raise _refuse("site_shape" if name.isascii() else "site_letters") from None
    if host in _LOOPBACK:
        return host
    labels = host.split(".")
    if len(host) > LONGEST_HOST or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refuse("site_shape")
    if _is_number(labels[-1]):
        raise _refuse("site_number")
    return host


def _is_number(last: str) -> bool:
    """Whether a browser would read the host as an IP address: by its last part, be it decimal or hexadecimal."""
    return last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last) is not None


def _check_loopback(scheme: str) -> None:
    """A page on the developer's own machine is fine where this service is on that machine, too."""
    if scheme not in _DEFAULT_PORTS:
        raise _refuse("site_shape")
    if settings.BEHIND_TLS:
        raise _refuse("site_loopback")


def _written(scheme: str, host: str, port: int | None) -> str:
    return f"{scheme}://{host}" + (f":{port}" if port and port != _DEFAULT_PORTS[scheme] else "")


def sites_of(partner: Partner) -> list[PartnerSite]:
    return list(PartnerSite.objects.filter(partner=partner).order_by("origin"))


def allow(partner: Partner, text: str, order: Order) -> PartnerSite | Problem:
    """Let a site show the partner's widget. The problem where it is no origin, is there already or one too many."""
    order.check()
    origin = origin_of(text)
    if isinstance(origin, Problem):
        return origin
    with transaction.atomic():
        Partner.objects.select_for_update().get(pk=partner.pk)  # one after the other, or the limit could be passed
        there = set(PartnerSite.objects.filter(partner=partner).values_list("origin", flat=True))
        if origin in there:
            return Problem("site_there", FIELD, {"origin": origin})
        if len(there) >= MOST_SITES:
            return Problem("site_too_many", FIELD, {"limit": MOST_SITES})
        site = PartnerSite.objects.create(partner=partner, origin=origin, created_at=order.at)
        record(order, AuditEntry.Action.SITE_ALLOWED, site, {"origin": origin}, partner)
    _origins.forget(partner.slug)
    return site


def remove(site: PartnerSite, order: Order) -> None:
    """Take a site off the list. Other processes follow within a minute."""
    order.check()
    with transaction.atomic():
        record(order, AuditEntry.Action.SITE_REMOVED, site, {"origin": site.origin}, site.partner)
        site.delete()
    _origins.forget(site.partner.slug)


@dataclass(frozen=True, slots=True)
class _Read:
    origins: tuple[str, ...]
    at: float


class Origins:
    """What was read of partners' sites, kept for a minute. ``clock``: seconds that only ever grow."""

    def __init__(self, last_known: LastKnown[str, str], clock: Callable[[], float] = time.monotonic) -> None:
        self._last_known = last_known
        self._clock = clock
        self._read: dict[str, _Read] = {}

    def of(self, slug: str) -> tuple[str, ...]:
        now = self._clock()
        kept = self._read.get(slug)
        if kept is not None and now - kept.at < FRESH:
            return kept.origins
        found = self._last_known.read(slug, lambda: _query(slug))
        if found:
            self._read[slug] = _Read(found, now)
        else:
            self._read.pop(slug, None)  # a name may come from an address, and nobody may fill the memory with such
        return found

    def forget(self, slug: str) -> None:
        self._read.pop(slug, None)


def _query(slug: str) -> tuple[str, ...]:
    rows = PartnerSite.objects.filter(
        partner__slug=slug, partner__approved_at__isnull=False, partner__suspended_at__isnull=True
    )
    return tuple(rows.order_by("origin").values_list("origin", flat=True))


_origins = Origins(LastKnown("sites"))


def origins_of(slug: str) -> tuple[str, ...]:
    """The origins of an active partner, at most a minute old; while the database is away, as last known."""
    return _origins.of(slug)
