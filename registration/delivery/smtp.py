"""Django's e-mail backend for a mail server, over in a set time, and knowing whether a message was handed over."""

from __future__ import annotations

import smtplib
import socket
import threading
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

#: Seconds for a connection, for each answer of the server, for the one after the message, which many servers look
#: through first (RFC 5321, 4.5.3.2.6), and for all of one message. A lease of the outbox lasts longer.
CONNECT, ANSWER, TAKEN, WHOLE = 5.0, 10.0, 60.0, 90.0
READY, GO_AHEAD = 220, 354


class _Session:
    """What both kinds of connection do here. ``unsure``: the whole message was sent and no answer has come."""

    unsure = False
    seconds = (CONNECT, ANSWER, TAKEN)

    def _get_socket(self, host: str, port: int, _timeout: float) -> Any:
        # smtplib's own hook; the second kind of connection puts TLS around it.
        connected = super()._get_socket(host, port, self.seconds[0])  # type: ignore[misc]
        connected.settimeout(self.seconds[1])
        return connected

    def getreply(self) -> tuple[int, bytes]:
        code, text = super().getreply()  # type: ignore[misc]
        self.unsure = code == GO_AHEAD
        self.sock.settimeout(self.seconds[2 if self.unsure else 1])  # type: ignore[attr-defined]  # smtplib's
        return code, text


class _Plain(_Session, smtplib.SMTP):
    pass


class _Secure(_Session, smtplib.SMTP_SSL):
    pass


class BoundedBackend(EmailBackend):
    """``seconds``: see CONNECT, ANSWER, TAKEN. For one message; to be closed after it, however that ended."""

    def __init__(self, seconds: tuple[float, float, float] = (CONNECT, ANSWER, TAKEN), whole: float = WHOLE) -> None:
        super().__init__(timeout=seconds[1])
        self.seconds = seconds
        self.whole = whole
        self._session: Any = None

    @property
    def unsure(self) -> bool:
        """Whether the server may have taken a message without our having heard so."""
        return bool(self._session is not None and self._session.unsure)

    @property
    def connection_class(self) -> Any:
        return self._connect

    def _connect(self, host: str, port: int, **options: Any) -> Any:
        kind = _Secure if self.use_ssl else _Plain
        # made first and connected then, so that what goes wrong while connecting leaves it known
        self._session = kind(**options)
        self._session.seconds = self.seconds
        self._session._host = host  # for the name in the certificate, as smtplib keeps it
        code, text = self._session.connect(host, port)
        if code != READY:
            self._session.close()
            raise smtplib.SMTPConnectError(code, text)
        return self._session

    def send_messages(self, email_messages: Any) -> int:
        watch = threading.Timer(self.whole, self._cut)
        watch.daemon = True
        watch.start()
        try:
            return super().send_messages(email_messages)
        finally:
            watch.cancel()

    def _cut(self) -> None:
        """End a conversation that takes too long, however steadily the other side sends a little."""
        connected = getattr(self._session, "sock", None)
        if connected is not None:
            try:
                # the plain socket's own, which does not wait for TLS
                socket.socket.shutdown(connected, socket.SHUT_RDWR)
            except OSError:
                return

    def _close_connection(self, connection: Any) -> None:
        """Say goodbye. What was taken was taken, so that nothing that goes wrong now matters."""
        unsure = self.unsure
        try:
            connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()
        finally:
            connection.unsure = unsure
