"""Messages to applicants, as Django system checks."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from registration.delivery.sms import CONSOLE, BadSmsUrl
from registration.domain import channels
from registration.domain.loopback import is_public
from registration.domain.rates import BadRate, rate

#: Of Django: they print, write down or drop what they are given, and say that it was sent.
SENDS_NOTHING = frozenset(
    f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "filebased", "dummy")
)


@register(Tags.security)
def channels_work(**_: Any) -> list[CheckMessage]:
    """enfranchise.E055 to E059: settings under which messages to applicants would go nowhere, be read, or be too many
    to one."""
    found: list[CheckMessage] = []
    try:
        channels.check_sms()
    except BadSmsUrl as error:
        found.append(Error(str(error), hint="See SMS_URL in docs/messages.md.", id="enfranchise.E055"))
    if is_public() and settings.OFFER_SMS and settings.SMS_URL in ("", CONSOLE):
        text = "OFFER_SMS is on, on a public site, and SMS_URL names no provider."
        found.append(Error(text, hint="Nobody would get a message.", id="enfranchise.E056"))
    if settings.EMAIL_BACKEND != channels.FILES_ONLY and not _is_sender(settings.DEFAULT_FROM_EMAIL):
        text = "EMAIL_FROM must be an email address, or a name and an address in angle brackets."
        found.append(Error(text, hint="Where it is not set, it is SITE_CONTACT.", id="enfranchise.E057"))
    if is_public() and settings.EMAIL_BACKEND in SENDS_NOTHING:
        text = "EMAIL_URL sends no email, on a public site: it would be said to be sent."
        found.append(
            Error(text, hint="Such as smtp+tls://user:password@host:587; or leave it out.", id="enfranchise.E058")
        )
    try:
        rate("recipient", settings.RECIPIENT_RATE)
    except BadRate as error:
        found.append(Error(f"RECIPIENT_RATE: {error}", id="enfranchise.E059"))
    return found


def _is_sender(sender: str) -> bool:
    """Whether an e-mail can come from it: an address, be it after a name."""
    try:
        validate_email(parseaddr(sender)[1])
    except ValidationError:
        return False
    return "\n" not in sender and "\r" not in sender
