"""Whether a form is taken at once, or only with some work or a wait, so that programs cannot pour forms in.

Nobody is refused and nobody is remembered: what a page carries for this is signed and bound to its form's reference,
and one reference makes one record. docs/bots.md says it in full.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from registration.domain.rates import Standing
from registration.domain.sealing import BadReference, normal_reference

Reason = Literal["fast", "unstamped", "many"]
#: For how long a stamp, some work or the end of a wait counts.
LONGEST = timedelta(hours=24)
#: Servers' clocks differ a little.
SKEW = timedelta(minutes=1)
#: The work is cut into as many parts, so that its time varies little and a page can say how far it is.
PARTS = 8
#: By how much the work may grow, in doublings, and the wait, in times.
MOST_DOUBLINGS, LONGEST_WAITS = 3, 10
EASIEST_BITS, HARDEST_BITS = 8, 20
_TOKEN = re.compile(r"(\d{10})(?:-(\d{1,2}))?-([0-9a-f]{40})", re.ASCII)
_NUMBERS = re.compile(rf"\d{{1,10}}(?:\.\d{{1,10}}){{{PARTS - 1}}}", re.ASCII)
_LARGEST = 2**32


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form carries beside its answers, as posted or "". ``proof``: a number for each part of ``work``."""

    reference: str
    made: str = ""
    work: str = ""
    proof: str = ""
    waited: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What is asked before a form is taken: ``work`` done for this reference, or to send ``waited`` again after
    ``seconds``."""

    reason: Reason
    work: str
    waited: str
    seconds: int


def stamp(reference: str, now: datetime) -> str:
    """When a page with this reference was made; nothing of a person."""
    return _signed("made", _second(now), reference)


def work(standings: Sequence[Standing], now: datetime) -> str:
    """The work that is asked of whoever stands there, as "second-bits-signature": the more forms, the more of it."""
    bits = settings.FORM_WORK_BITS + min(MOST_DOUBLINGS, int(math.log2(max(1, _excess(standings)))))
    return _signed("work", f"{_second(now)}-{bits}", "")


def is_near(standings: Sequence[Standing]) -> bool:
    """Whether a page had better do the work already, so that its form need not come back."""
    return any(each.count * 2 >= each.rate.limit for each in standings)


def judge(sent: Sent, standings: Sequence[Standing], now: datetime) -> Challenge | None:
    """None: the form is taken. ``standings``: where its address and its network stand, this form counted."""
    reason = _reason(sent, standings, now) if _is_reference(sent.reference) else None  # without one, none is made
    if reason is None or is_solved(sent, now) or _wait_left(sent, now) == 0:
        return None
    left = _wait_left(sent, now)
    if left is not None:
        return Challenge(reason, work(standings, now), sent.waited, left)
    seconds = _wait(standings) if reason == "many" else settings.FORM_FASTEST_SECONDS
    until = _signed("waited", _second(now + timedelta(seconds=seconds)), sent.reference)
    return Challenge(reason, work(standings, now), until, seconds)


def kept(sent: Sent, reference: str, now: datetime) -> Sent:
    """What a page that comes back goes on carrying. It keeps the time of its first stamp, also for a new reference;
    what is worth nothing is dropped."""
    made = _read("made", sent.made, sent.reference, now)
    if reference != sent.reference:
        return Sent(reference, stamp(reference, made or now))
    solved = is_solved(sent, now)
    return Sent(
        reference,
        sent.made if made else stamp(reference, now),
        sent.work if solved else "",
        sent.proof if solved else "",
        sent.waited if _wait_left(sent, now) is not None else "",
    )


def is_solved(sent: Sent, now: datetime) -> bool:
    """Whether the work is ours, not too old, and done for this reference."""
    found = _TOKEN.fullmatch(sent.work)
    if not found or not found[2] or not _read("work", sent.work, "", now) or not _NUMBERS.fullmatch(sent.proof):
        return False
    numbers = [int(number) for number in sent.proof.split(".")]
    seed, bits = _seed(sent), _bits_of_a_part(int(found[2]))
    return all(number < _LARGEST and _fits(seed, part, number, bits) for part, number in enumerate(numbers))


def solve(work: str, reference: str) -> str:
    """The proof, as a page's script finds it: for load clients and tests of our own."""
    found = _TOKEN.fullmatch(work)
    if not found or not found[2]:
        raise ValueError("This is no work.")
    seed, bits = _seed(Sent(reference, work=work)), _bits_of_a_part(int(found[2]))
    numbers = (next(n for n in range(_LARGEST) if _fits(seed, part, n, bits)) for part in range(PARTS))
    return ".".join(map(str, numbers))


def _reason(sent: Sent, standings: Sequence[Standing], now: datetime) -> Reason | None:
    if any(each.is_over for each in standings):
        return "many"
    if settings.FORM_FASTEST_SECONDS == 0:
        return None
    made = _read("made", sent.made, sent.reference, now)
    if made is None:
        return "unstamped"
    return "fast" if now - made < timedelta(seconds=settings.FORM_FASTEST_SECONDS) else None


def _is_reference(text: str) -> bool:
    try:
        normal_reference(text)
    except BadReference:
        return False
    return True


def _excess(standings: Sequence[Standing]) -> float:
    """How many times its limit the fullest count has reached."""
    return max((each.count / each.rate.limit for each in standings), default=0)


def _wait(standings: Sequence[Standing]) -> int:
    """Seconds. Each form above the limit adds one, so that who only waits does not get far."""
    above = max((each.count - each.rate.limit for each in standings), default=0)
    shortest: int = settings.FORM_WAIT_SECONDS
    return min(shortest * LONGEST_WAITS, shortest + max(0, above))


def _wait_left(sent: Sent, now: datetime) -> int | None:
    """Seconds until the wait is over, 0 when it is; None where there is none."""
    longest = timedelta(seconds=settings.FORM_WAIT_SECONDS * LONGEST_WAITS)
    until = _read("waited", sent.waited, sent.reference, now, ahead=longest + SKEW)
    return None if until is None else max(0, math.ceil((until - now).total_seconds()))


def _fits(seed: bytes, part: int, number: int, bits: int) -> bool:
    text = seed + part.to_bytes(4, "big") + number.to_bytes(4, "big")
    return int.from_bytes(hashlib.sha256(text).digest()[:4], "big") >> (32 - bits) == 0


def _seed(sent: Sent) -> bytes:
    return hashlib.sha256(f"{sent.work}:{sent.reference}".encode()).digest()


def _bits_of_a_part(bits: int) -> int:
    """The parts together take about two to the power of ``bits`` tries."""
    return bits - PARTS.bit_length() + 1


def _second(at: datetime) -> str:
    return str(int(at.timestamp()))


def _signed(kind: str, text: str, reference: str) -> str:
    return f"{text}-{_signature(kind, text, reference, settings.SECRET_KEY)}"


def _signature(kind: str, text: str, reference: str, key: str) -> str:
    value = f"{text}\0{reference}"
    return salted_hmac(f"registration.bots.{kind}", value, secret=key, algorithm="sha256").hexdigest()[:40]


def _read(kind: str, token: str, reference: str, now: datetime, ahead: timedelta = SKEW) -> datetime | None:
    """The moment in a token of ours; None for another's, for one that is too old or too far ahead."""
    found = _TOKEN.fullmatch(token)
    if not found:
        return None
    text = token.rpartition("-")[0]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(found[3], _signature(kind, text, reference, key)) for key in keys):
        return None
    at = datetime.fromtimestamp(int(found[1]), UTC)
    return at if now - LONGEST <= at <= now + ahead else None
