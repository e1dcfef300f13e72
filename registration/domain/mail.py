"""E-mail to the dashboard's people. Rows are the queue: what is committed is sent; no request waits for a server."""

from __future__ import annotations

import json
import logging
import smtplib
import threading
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction

from registration.delivery.email import EmailChannel
from registration.domain.field_encryption import CannotRead, Place, decrypt, encrypt
from registration.models import Mail
from registration.models.identifiers import uuid7

logger = logging.getLogger(__name__)
#: Backends that write on this machine, so that a request may do it itself.
LOCAL = ("config.mail_files.EmailBackend", "django.core.mail.backends.locmem.EmailBackend")
#: How long one process has for one message before another may try it.
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 12
AT_ONCE = 50
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    subject: str
    text: str


def post(letter: Letter, now: datetime) -> None:
    """Send a letter once the caller's transaction is committed; again and again for a day if the server is away."""
    key = uuid7()
    sealed = encrypt(json.dumps(asdict(letter)), _place(str(key)))
    Mail.objects.create(id=key, sealed=sealed, created_at=now, available_at=now)
    transaction.on_commit(lambda: _begin(now))


def send_due(now: datetime) -> int:
    """Send what is due; returns how many were sent."""
    sent, begun = 0, time.monotonic()
    for key in list(Mail.objects.filter(available_at__lte=now).order_by("id").values_list("id", flat=True)[:AT_ONCE]):
        moment = now + timedelta(seconds=int(time.monotonic() - begun))
        if Mail.objects.filter(id=key, available_at__lte=moment).update(available_at=moment + LEASE):
            try:
                sent += _send(Mail.objects.get(id=key), moment)
            except _Away:
                break  # the others would wait for it as long, and whoever called with them
    return sent


class _Away(Exception):
    """The mail server does not answer."""


def _send(mail: Mail, now: datetime) -> bool:
    """Raises _Away. ``now`` is when it was taken."""
    try:
        letter = Letter(**json.loads(decrypt(bytes(mail.sealed), _place(str(mail.pk)))))
        EmailMessage(letter.subject, letter.text, to=[letter.to], connection=EmailChannel().backend()).send()
    except Exception as error:  # noqa: BLE001  a letter that nobody can send holds up no other one
        mail.attempts += 1
        code = type(error).__name__
        if mail.attempts >= MOST_ATTEMPTS or isinstance(error, CannotRead):
            logger.error("an e-mail is given up", extra={"code": code})
            mail.delete()
            return False
        logger.warning("an e-mail was not sent; it is tried again", extra={"code": code})
        mail.available_at = now + timedelta(minutes=2 ** min(mail.attempts, 8))
        mail.save(update_fields=["attempts", "available_at"])
        if _is_away(error):
            raise _Away from None
        return False
    mail.delete()
    return True


def _is_away(error: Exception) -> bool:
    said_something = isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)
    return isinstance(error, OSError) and not said_something


def _begin(now: datetime) -> None:
    """Here where it is only a file; else in a thread of its own, so that nobody waits for a mail server."""
    if settings.EMAIL_BACKEND in LOCAL:
        send_due(now)
    else:
        threading.Thread(target=_apart, args=(now,), daemon=True).start()


def _apart(now: datetime) -> None:
    """One at a time in a process, however many letters come: what it does not see any more, the chore sends."""
    if not _one_at_a_time.acquire(blocking=False):
        return
    try:
        send_due(now)
    except DatabaseError:
        logger.exception("e-mails wait: the database does not answer")
    finally:
        _one_at_a_time.release()
        connection.close()


def _place(row: str) -> Place:
    return Place("mail", "sealed", row)
