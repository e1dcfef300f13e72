"""An e-mail to one person: text and HTML side by side, under a Message-ID that says which message it is.

Nothing in it is fetched from anywhere and nothing tells whether it was read.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend

from registration.delivery.base import REFUSED_AGAIN, DeliveryError
from registration.delivery.smtp import ANSWER, CONNECT, TAKEN, WHOLE, BoundedBackend

_ADDRESS = re.compile(r"[^\s@<>(),;:\\\"\[\]\x00-\x20\x7f]{1,64}@[^\s@<>(),;:\\\"\[\]\x00-\x20\x7f]{1,255}")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._-]+@[A-Za-z0-9.:\[\]-]+>")
_SECOND_CODE = re.compile(r"5\.\d{1,3}\.\d{1,3}", re.ASCII)
#: No such mailbox or host, moved, disabled or full.
_OF_MAILBOX = re.compile(r"5\.(?:1\.(?:[0-46]|10)|2\.[0-2])", re.ASCII)
#: Of RFC 5322.
LONGEST_LINE = 998
#: Machines wrote it, so that no other machine answers (RFC 3834).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """``message_id`` with its angle brackets. ``headers`` come beside those that every letter has."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    headers: dict[str, str] = field(default_factory=dict)


def one_click(url: str) -> dict[str, str]:
    """The headers by which a mail program stops such letters with one POST to ``url`` (RFC 8058)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


@dataclass(frozen=True, slots=True)
class EmailChannel:
    """Sends through the backend of the settings. The seconds bound a mail server's time (``delivery.smtp``)."""

    connect: float = CONNECT
    answer: float = ANSWER
    taken: float = TAKEN
    whole: float = WHOLE

    def send(self, letter: Letter) -> None:
        """Hand a letter over. Raises DeliveryError: permanent "refused", "bad_address" or "address_unsupported";
        "away" and the like, to be tried again; "unsure" where it may have been taken."""
        message = _message(letter)
        backend = self.backend()
        try:
            if not backend.send_messages([message]):
                raise DeliveryError("away")
        except smtplib.SMTPException as error:
            raise _said(error, unsure=_is_unsure(backend)) from None
        except ssl.SSLCertVerificationError:
            raise DeliveryError("certificate_refused") from None
        except OSError:
            raise DeliveryError("unsure" if _is_unsure(backend) else "away") from None
        finally:
            backend.close()

    def backend(self) -> Any:
        """For one message."""
        configured = get_connection()
        if isinstance(configured, EmailBackend):
            return BoundedBackend((self.connect, self.answer, self.taken), self.whole)
        return configured


def check_address(address: str) -> None:
    """Raises DeliveryError, permanent, for what no letter can be sent to."""
    if not _ADDRESS.fullmatch(address):
        raise DeliveryError("bad_address", permanent=True)
    local, _, domain = address.rpartition("@")
    if not local.isascii():
        # It would need SMTPUTF8 on the whole way, which few servers speak.
        raise DeliveryError("address_unsupported", permanent=True)
    try:
        domain.encode("idna")
    except UnicodeError:
        raise DeliveryError("bad_address", permanent=True) from None


class _Message(EmailMultiAlternatives):
    """Headers stand on one line each: not every program reads a Message-ID or an address on the line below its name."""

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        made.policy = made.policy.clone(max_line_length=LONGEST_LINE)
        return made


def _message(letter: Letter) -> EmailMultiAlternatives:
    """Raises DeliveryError, and ValueError where a header of ours is broken."""
    check_address(letter.to)
    if not _MESSAGE_ID.fullmatch(letter.message_id):
        raise ValueError("not a Message-ID")
    local, _, domain = letter.to.rpartition("@")
    headers = {"Message-ID": letter.message_id, **AUTOMATIC, **letter.headers}
    if any(mark in value for value in (letter.subject, *headers.values()) for mark in "\r\n\0"):
        raise ValueError("a header of two lines")
    to = f"{local}@{domain.encode('idna').decode()}"
    message = _Message(letter.subject, letter.text, to=[to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message


def _is_unsure(backend: Any) -> bool:
    return isinstance(backend, BoundedBackend) and backend.unsure


def _said(error: smtplib.SMTPException, *, unsure: bool) -> DeliveryError:
    """What a mail server's answer means for the letter. What it says about us is the operator's to put right."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return _refused(*max(error.recipients.values(), default=(0, b"")), unless_said=True)
        case smtplib.SMTPSenderRefused():
            return DeliveryError("away" if error.smtp_code < 500 else "sender_refused", status=error.smtp_code)
        case smtplib.SMTPAuthenticationError():
            return DeliveryError("login_refused", status=error.smtp_code)
        case smtplib.SMTPDataError():
            return _refused(error.smtp_code, error.smtp_error, unless_said=False)
        case smtplib.SMTPNotSupportedError():
            return DeliveryError("not_supported")
        case smtplib.SMTPResponseException():
            return DeliveryError("away", status=error.smtp_code)
    return DeliveryError("unsure" if unsure else "away")


def _refused(code: int, text: bytes | str, *, unless_said: bool) -> DeliveryError:
    """Over for good only where it is the mailbox that takes nothing. A server may as well refuse us: for a quota, a
    list, a signature. Its second code (RFC 3463) tells; ``unless_said``: whether it is the mailbox where there is none.
    """
    if code < 500:
        return DeliveryError("away", status=code)
    said = _SECOND_CODE.match(text.decode("ascii", "replace") if isinstance(text, bytes) else text)
    if bool(_OF_MAILBOX.fullmatch(said.group())) if said else unless_said:
        return DeliveryError("refused", permanent=True, status=code)
    return DeliveryError("sender_refused", status=code, retry_after=REFUSED_AGAIN)
