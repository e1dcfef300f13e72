"""The e-mails of the dashboard, drawn from templates/email/ and put on their way."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from registration.domain.mail import Letter, post


def write(name: str, to: str, context: dict[str, Any]) -> None:
    """Put an e-mail on its way, in the active language. Sent once the caller's transaction is committed."""
    values = {"site_name": settings.SITE_NAME, "site_contact": settings.SITE_CONTACT, **context}
    subject = " ".join(render_to_string(f"email/{name}_subject.txt", values).split())
    text = render_to_string(f"email/{name}_message.txt", values).strip()
    post(Letter(to, subject, text), timezone.now())
