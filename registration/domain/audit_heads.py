"""The audit's head, signed and published where who can change the database may not reach: a file and e-mails.

The file has a line of JSON for each head. Each line holds the SHA-256 of the line before it and an Ed25519
signature; docs/audit.md has the grammar.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from registration.delivery.durable import sync_folder
from registration.domain import mail
from registration.domain.audit_chain import Fault, Kind, Point, all_faults, head_now
from registration.models import AuditHead

logger = logging.getLogger(__name__)
SHORTEST_KEY = 32
SIGNED_FOR = b"enfranchise audit head v1\n"


@dataclass(frozen=True, slots=True)
class PublishedHead:
    """One line of the file. ``after``: the SHA-256 of the line before, empty for the first; ``key``: the public key."""

    number: int
    digest: str
    count: int
    at: str
    after: str
    key: str
    signature: str

    @property
    def point(self) -> Point:
        return Point(self.number, self.digest, self.count)

    @property
    def line(self) -> str:
        return _json(asdict(self))

    def signed_bytes(self) -> bytes:
        fields = asdict(self)
        del fields["signature"]
        return SIGNED_FOR + _json(fields).encode()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``entries``: by the head; ``heads``: how many published ones were compared."""

    faults: list[Fault]
    entries: int
    heads: int


def public_key() -> str:
    """What others need to check our signatures, in hexadecimal."""
    return _signer(settings.AUDIT_KEY).public_key().public_bytes_raw().hex()


def publish_head(now: datetime) -> PublishedHead:
    """Append the head to AUDIT_HEADS and send it to AUDIT_HEADS_TO where it is new or the day's first.

    What is wrong with the audit is logged as an error, and the head is published all the same. Raises
    AuditHead.DoesNotExist where there is no head, OSError where the file cannot be written.
    """
    with transaction.atomic():
        head, is_news = _append(now)
        if is_news:
            for address in settings.AUDIT_HEADS_TO:
                mail.post(_letter(address, head), now)
    found = verify().faults
    if found:
        logger.error("the audit is not what was written: manage.py audit verify", extra={"count": len(found)})
    return head


def verify(files: Iterable[Path] | None = None, keys: Iterable[str] = ()) -> Verdict:
    """Compare the database with itself and with the heads in ``files``, our own where None is given.

    ``keys``: further public keys to believe, such as former ones. A file that is given may hold some of the lines only,
    as e-mails do; one that cannot be read is a fault.
    """
    trusted = {public_key(), *keys}
    heads: list[PublishedHead] = []
    found: list[Fault] = []
    ours = [settings.AUDIT_HEADS] if settings.AUDIT_HEADS.exists() else []
    for path in ours if files is None else files:
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            found.append(Fault(0, Kind.PUBLISHED, f"{path} cannot be read"))
            continue
        parsed = [_parsed(line) for line in lines]
        found += _line_faults(parsed, trusted)
        if files is None:
            found += _gaps(parsed)
        heads += [head for head in parsed if head is not None and not _wrong_with(head, trusted)]
    of_chain = all_faults(each.point for each in heads)
    now = head_now()
    return Verdict([*of_chain, *found], now.count if now else 0, len(heads))


def _append(now: datetime) -> tuple[PublishedHead, bool]:
    """The new line, and whether somebody should hear of it."""
    path: Path = settings.AUDIT_HEADS
    is_new = not path.exists()
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        kept = file.read().decode("utf-8", errors="replace")
        point = head_now()
        if point is None:
            raise AuditHead.DoesNotExist
        last = _last(kept)
        head = _sign(point, now, last)
        # A line that a crash cut off must not swallow the next one.
        start = "\n" if kept and not kept.endswith("\n") else ""
        file.write(f"{start}{head.line}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)
    is_news = last is None or last.point != head.point or last.at[:10] != head.at[:10]
    return head, is_news


def _sign(point: Point, now: datetime, last: PublishedHead | None) -> PublishedHead:
    at = now.astimezone(UTC).isoformat(timespec="seconds")
    after = hashlib.sha256(last.line.encode()).hexdigest() if last else ""
    bare = PublishedHead(point.number, point.digest, point.count, at, after, public_key(), "")
    signature = _signer(settings.AUDIT_KEY).sign(bare.signed_bytes()).hex()
    return PublishedHead(point.number, point.digest, point.count, at, after, bare.key, signature)


def _line_faults(heads: Sequence[PublishedHead | None], trusted: set[str]) -> Iterator[Fault]:
    for index, head in enumerate(heads, start=1):
        wrong = _wrong_with(head, trusted) if head else "cannot be read"
        if wrong:
            number = head.number if head else 0
            yield Fault(number, Kind.PUBLISHED, f"line {index} of the published heads {wrong}")


def _gaps(heads: Sequence[PublishedHead | None]) -> Iterator[Fault]:
    """Lines that do not follow the one before them. A line that a crash cut off is passed over."""
    after = ""
    for index, head in enumerate(heads, start=1):
        if head is None:
            continue
        if head.after != after:
            text = f"what line {index} of the published heads follows is gone or was changed"
            yield Fault(head.number, Kind.PUBLISHED, text)
        after = hashlib.sha256(head.line.encode()).hexdigest()


def _wrong_with(head: PublishedHead, trusted: set[str]) -> str:
    if head.key not in trusted:
        return "is signed with a key that is not ours"
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.key))
        key.verify(bytes.fromhex(head.signature), head.signed_bytes())
    except (InvalidSignature, ValueError):
        return "has a wrong signature"
    return ""


def _last(text: str) -> PublishedHead | None:
    heads = (_parsed(line) for line in reversed(text.splitlines()))
    return next((head for head in heads if head is not None), None)


def _parsed(line: str) -> PublishedHead | None:
    """None for whatever is not exactly a line of ours."""
    with suppress(ValueError, TypeError):
        head = PublishedHead(**json.loads(line))
        numbers, texts = (head.number, head.count), (head.digest, head.at, head.after, head.key, head.signature)
        right = all(type(each) is int for each in numbers) and all(isinstance(each, str) for each in texts)
        if right and head.line == line:
            return head
    return None


def _letter(address: str, head: PublishedHead) -> mail.Letter:
    text = (
        f"The audit of {settings.SITE_URL} had {head.count} entries, the last one number {head.number}, at {head.at}.\n"
        "Keep this e-mail. The line below shows later whether entries were changed or taken away:\n"
        "save it as a file and run: manage.py audit verify --heads FILE\n\n"
        f"{head.line}\n"
    )
    return mail.Letter(address, f"{settings.SITE_NAME}: the audit's head, entry {head.number}", text)


def _json(fields: dict[str, object]) -> str:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=8)
def _signer(key: str) -> Ed25519PrivateKey:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"enfranchise audit heads v1")
    return Ed25519PrivateKey.from_private_bytes(derivation.derive(key.encode()))
