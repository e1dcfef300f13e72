"""A message to a partner's server: one POST to an address that was looked at, and the status of the answer.

Nothing is followed and nothing is kept: no redirect, no proxy, no cookie, and no more of the answer than its status
and when to come again.
"""

from __future__ import annotations

import http.client
import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from registration.delivery.base import DeliveryError
from registration.delivery.targets import BadTarget, Resolver, Target, addresses_of, look_up, parse
from registration.delivery.timed import Timed, connect, secure

GONE = 410
LONGEST_WAIT = timedelta(days=1)
#: The body of the answer is read so far, so that the other side can finish, and then dropped.
READ_AT_MOST = 16 * 1024
AGENT = "Enfranchise-Webhooks/1"


@lru_cache(maxsize=1)
def default_context() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Post:
    """What is sent and where. ``headers`` sign ``body``."""

    url: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """How messages are sent. ``connect_seconds`` for each address, ``total_seconds`` for all of one sending."""

    allow_loopback: bool = False
    resolver: Resolver = look_up
    context: ssl.SSLContext = field(default_factory=default_context)
    connect_seconds: float = 5.0
    total_seconds: float = 12.0

    def send(self, post: Post, now: datetime) -> int:
        """The status of the answer, from 200 to 299. Raises DeliveryError for everything else."""
        try:
            target = parse(post.url, allow_loopback=self.allow_loopback)
            addresses = addresses_of(target, self.resolver, allow_loopback=self.allow_loopback)
        except BadTarget as bad:
            raise DeliveryError(_REASONS.get(bad.code, "target_refused")) from None
        return self.send_to(target, addresses, post, now)

    def send_to(self, target: Target, addresses: tuple[str, ...], post: Post, now: datetime) -> int:
        """The same, to addresses that were looked at. Raises DeliveryError."""
        until = time.monotonic() + self.total_seconds
        try:
            connected = connect(addresses, target.port, each=self.connect_seconds, until=until)
            if target.secure:
                connected = secure(connected, target.host, self.context, until)
        except ssl.SSLCertVerificationError:
            raise DeliveryError("certificate_refused") from None
        except ssl.SSLError:
            raise DeliveryError("tls_failed") from None
        except TimeoutError:
            raise DeliveryError("connect_timeout") from None
        except (OSError, ValueError):
            raise DeliveryError("connect_failed") from None
        return _judge(*_exchange(target, Timed(connected, until), post), now)


_REASONS = {"webhook_url_unknown_host": "unknown_host", "webhook_url_private": "private_address"}


def _exchange(target: Target, timed: Timed, post: Post) -> tuple[int, str]:
    """The status and when to come again. Raises DeliveryError."""
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.default_port = 443 if target.secure else 80  # for the Host header
    connection.sock = timed
    try:
        headers = {**post.headers, "content-type": "application/json", "user-agent": AGENT, "connection": "close"}
        connection.request("POST", target.path, post.body, headers)
        answer = connection.getresponse()
        _drain(answer)
        return answer.status, answer.getheader("retry-after", "")
    except TimeoutError:
        raise DeliveryError("answer_timeout") from None
    except (OSError, http.client.HTTPException):
        raise DeliveryError("connection_lost") from None
    except ValueError:
        raise DeliveryError("bad_answer") from None
    finally:
        timed.end()


def _drain(answer: Any) -> None:
    """Take what little there is. The status has been said, so that whatever goes wrong here changes nothing."""
    try:
        answer.read1(READ_AT_MOST)
    except (OSError, http.client.HTTPException, ValueError):
        return


def _judge(status: int, retry_after: str, now: datetime) -> int:
    if 200 <= status < 300:
        return status
    code = "gone" if status == GONE else "redirect" if 300 <= status < 400 else "refused"
    raise DeliveryError(code, permanent=status == GONE, status=status, retry_after=wait_of(retry_after, now))


def wait_of(retry_after: str, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for, a day at most: seconds, or a moment. None where it cannot be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return min(timedelta(seconds=int(text)), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), LONGEST_WAIT)
