"""By which means this site sends anything, as its operator set it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from registration.delivery.base import DeliveryError
from registration.delivery.email import EmailChannel
from registration.delivery.sms import CONSOLE, BadSmsUrl, SmsChannel, channel_for
from registration.domain.loopback import is_own

#: Backends that send nothing: for one's own machine.
FILES_ONLY = "config.mail_files.EmailBackend"


def email_offered() -> bool:
    """Whether people can be written to: a mail server is set, or this is somebody's own machine."""
    return settings.EMAIL_BACKEND != FILES_ONLY or is_own()


def sms_offered() -> bool:
    """Whether people can be sent text messages: a provider is set, or this is somebody's own machine."""
    return bool(settings.SMS_URL) or is_own()


def print_offered() -> bool:
    """Whether the operator has a print shop that mails forms to people."""
    return bool(settings.PRINT_SHOP)


def email() -> EmailChannel:
    """Raises DeliveryError where no e-mail is sent from here."""
    if not email_offered():
        raise DeliveryError("not_offered")
    return EmailChannel()


def sms() -> SmsChannel:
    """Raises DeliveryError where no text message is sent from here."""
    if not sms_offered():
        raise DeliveryError("not_offered")
    try:
        return _sms(settings.SMS_URL or CONSOLE, settings.SMS_FOLDER)
    except BadSmsUrl:
        raise DeliveryError("not_offered") from None


@lru_cache(maxsize=4)
def _sms(url: str, folder: Path) -> SmsChannel:
    return channel_for(url, folder)


def check_sms() -> None:
    """Raises BadSmsUrl."""
    if settings.SMS_URL:
        channel_for(settings.SMS_URL, settings.SMS_FOLDER)


def message_id(dedupe_key: str) -> str:
    """The same for the same row, however often it is sent: "<link_email.0190...@vote.example.org>"."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{dedupe_key}@{host}>"
