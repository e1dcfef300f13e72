"""A text message to one telephone, through the provider that SMS_URL names.

A provider is a class with ``send``; ``channel_for`` chooses it by the scheme of the address:

- ``console:`` writes each message into a file that only its owner can read.
- ``twilio://sid:token@/?from=+14045550123`` sends through Twilio's HTTP interface.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote, urlencode, urlsplit

from registration.delivery.base import REFUSED_AGAIN, DeliveryError
from registration.delivery.timed import Timed, connect, secure
from registration.delivery.webhook import default_context, wait_of

E164 = re.compile(r"\+[1-9]\d{6,14}")
CONSOLE = "console:"
READ_AT_MOST = 16 * 1024
#: Answers that say something about us and not about the message: an operator puts that right, and it is sent then.
OURS_TO_REPAIR = (401, 402, 403, 404, 405, 408)
TOO_MANY = 429
#: Twilio's codes for a number that is none, takes no texts, or asked for none.
OF_NUMBER = frozenset({21211, 21214, 21217, 21610, 21612, 21614})


class BadSmsUrl(ValueError):
    """The text names no provider, or not all that it needs. Says which, and never a secret."""


class SmsChannel(Protocol):
    def send(self, to: str, text: str, key: str) -> None:
        """Hand over ``text`` to ``to`` (E.164). ``key`` is the same whenever the same message is sent again.

        Raises DeliveryError: permanent "refused" or "bad_number"; "away" and the like, to be tried again; "unsure"
        where it may have been taken.
        """


def check_number(to: str) -> None:
    """Raises DeliveryError, permanent, for what is no number as E.164."""
    if not E164.fullmatch(to):
        raise DeliveryError("bad_number", permanent=True)


@dataclass(frozen=True, slots=True)
class ConsoleSms:
    """One file a message in ``folder``; the newest one's name sorts last."""

    folder: Path

    def send(self, to: str, text: str, key: str) -> None:
        check_number(to)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.folder / f"{time.time_ns()}.txt"
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(f"To: {to}\nKey: {key}\n\n{text}\n")
        except OSError:
            raise DeliveryError("away") from None


@dataclass(frozen=True, slots=True, repr=False)
class TwilioSms:
    """``account``, ``token``: the operator's; ``sender``: a number of theirs, or a messaging service ("MG...").

    ``host`` and ``port``: where the interface is; ``context`` must know its certificate. Nothing is sent without TLS.
    """

    account: str
    token: str
    sender: str
    host: str = "api.twilio.com"
    port: int = 443
    context: ssl.SSLContext = field(default_factory=default_context)
    connect_seconds: float = 5.0
    total_seconds: float = 20.0

    def send(self, to: str, text: str, key: str) -> None:
        check_number(to)
        until = time.monotonic() + self.total_seconds
        try:
            plain = connect((self.host,), self.port, each=self.connect_seconds, until=until)
            timed = Timed(secure(plain, self.host, self.context, until), until)
        except ssl.SSLCertVerificationError:
            raise DeliveryError("certificate_refused") from None
        except (OSError, ValueError):
            raise DeliveryError("away") from None
        _judge(*self._exchange(timed, to, text, key))

    def _exchange(self, timed: Timed, to: str, text: str, key: str) -> tuple[int, str, int]:
        """The status, when to come again, and the provider's own code, or 0. Raises DeliveryError."""
        connection = http.client.HTTPConnection(self.host, self.port)
        connection.sock = timed
        login = base64.b64encode(f"{self.account}:{self.token}".encode()).decode()
        headers = {
            "authorization": f"Basic {login}",
            "content-type": "application/x-www-form-urlencoded",
            "accept": "application/json",
            # Whoever takes this interface's messages and knows the header sends none twice.
            "idempotency-key": key,
            "connection": "close",
        }
        sender = "MessagingServiceSid" if self.sender.startswith("MG") else "From"
        body = urlencode({"To": to, sender: self.sender, "Body": text}).encode()
        path = f"/2010-04-01/Accounts/{quote(self.account, safe='')}/Messages.json"
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            code = _code_of(answer.read(READ_AT_MOST)) if answer.status >= 400 else 0
            return answer.status, answer.getheader("retry-after", ""), code
        except (OSError, http.client.HTTPException, ValueError):
            # It was on its way, and what became of it was not said.
            raise DeliveryError("unsure") from None
        finally:
            timed.end()


def _code_of(body: bytes) -> int:
    try:
        code = json.loads(body)["code"]
    except (ValueError, KeyError, TypeError):
        return 0
    return code if isinstance(code, int) else 0


def _judge(status: int, retry_after: str, code: int) -> None:
    """Raises DeliveryError for what is no success. A number is given up only for a fault of its own."""
    if 200 <= status < 300:
        return
    if status == TOO_MANY or status >= 500 or status < 200:
        raise DeliveryError("away", status=status, retry_after=wait_of(retry_after, datetime.now(UTC)))
    if status in OURS_TO_REPAIR or status < 400:
        raise DeliveryError("login_refused", status=status)
    if code and code not in OF_NUMBER:
        raise DeliveryError("sender_refused", status=status, retry_after=REFUSED_AGAIN)
    raise DeliveryError("refused", permanent=True, status=status)


def channel_for(url: str, folder: Path) -> SmsChannel:
    """The provider of an SMS_URL; ``folder`` is where the console writes. Raises BadSmsUrl."""
    if url == CONSOLE:
        return ConsoleSms(folder)
    parts = urlsplit(url)
    if parts.scheme != "twilio":
        raise BadSmsUrl("SMS_URL must begin with console: or twilio://.")
    values = dict(part.partition("=")[::2] for part in parts.query.split("&"))
    # not parse_qs, which takes the + of a number for a space
    sender = unquote(values.get("from", ""))
    account, token = unquote(parts.username or ""), unquote(parts.password or "")
    if not account or not token:
        raise BadSmsUrl("SMS_URL needs the account and its token: twilio://sid:token@/?from=+14045550123.")
    if not E164.fullmatch(sender) and not re.fullmatch(r"MG[0-9a-f]{32}", sender):
        raise BadSmsUrl("SMS_URL needs from=, a number such as +14045550123 or a messaging service.")
    try:
        port = parts.port or 443
    except ValueError:
        raise BadSmsUrl("SMS_URL has a port that is none.") from None
    return TwilioSms(account, token, sender, host=parts.hostname or "api.twilio.com", port=port)
