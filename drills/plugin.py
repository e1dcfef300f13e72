"""Work for the outbox that follows each application of a drill: an e-mail and a text message to nobody.

Runs inside the product's own processes (``drills.settings``), so that what is drilled is the product's own outbox.
"""

from __future__ import annotations

import json
import os
import smtplib
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import AppConfig

HOST = "drills.example"
SUBJECT = "A drill's letter"
TEMPORARY = range(400, 500)


def letter_of(ref: object) -> tuple[str, str]:
    """(Message-ID, recipient) of the letter about an application."""
    return f"<drill_letter.{ref}@{HOST}>", f"letter-{ref}@people.example"


class DrillsConfig(AppConfig):
    name = "drills"
    label = "drills"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from registration.domain import outbox
        from registration.models import Application

        outbox.register(outbox.Kind("drill_letter", "mail", send_letter))
        outbox.register(outbox.Kind("drill_text", "sms", send_text))
        post_save.connect(_follow, sender=Application, dispatch_uid="drills")


def _follow(instance: Any, created: bool, **_more: Any) -> None:
    """In the submission's own transaction."""
    from registration.domain import outbox

    if created:
        for kind in ("drill_letter", "drill_text"):
            content = {"about": str(instance.pk)}
            outbox.add(outbox.Entry(kind, instance.pk, instance.partner, content), instance.created_at)


def _is_poison(ref: object) -> bool:
    """A file names what no worker can do."""
    path = Path(os.environ.get("DRILL_POISON", "/nowhere"))
    return path.exists() and str(ref) in path.read_text().split()


def send_letter(row: Any, now: datetime) -> Any:
    from django.core.mail import EmailMessage

    from registration.delivery.base import DeliveryError
    from registration.domain.outbox import Effect

    if _is_poison(row.ref_id):
        raise ValueError("cannot be made")
    time.sleep(float(os.environ.get("DRILL_PAUSE", "0")))
    message_id, to = letter_of(row.ref_id)
    letter = EmailMessage(SUBJECT, "Your form is ready.", to=[to], headers={"Message-ID": message_id})
    try:
        letter.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        raise DeliveryError("refused", permanent=not set(_codes(error)) & set(TEMPORARY)) from None
    except (OSError, smtplib.SMTPException):
        raise DeliveryError("away", retry_after=timedelta(seconds=5)) from None
    return Effect("email", message_id)


def _codes(error: smtplib.SMTPException) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def send_text(row: Any, now: datetime) -> Any:
    from registration.domain.outbox import Effect

    path = os.environ.get("DRILL_TEXTS", "")
    if path:
        line = json.dumps({"ref": str(row.ref_id), "at": time.time()}) + "\n"
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)
    return Effect("sms", str(row.ref_id))
