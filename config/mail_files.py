"""E-mail into files, one a message, that only their owner can read: the default until a mail server is set."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage


class EmailBackend(BaseEmailBackend):
    """The newest file's name sorts last. Text that reads as it was written, not as it would travel."""

    def __init__(self, *args: Any, file_path: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = file_path or str(settings.MAIL_FOLDER)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        for message in email_messages:
            head = f"To: {', '.join(message.to)}\nFrom: {message.from_email}\nSubject: {message.subject}\n\n"
            path = os.path.join(self.folder, f"{time.time_ns()}.txt")
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(f"{head}{message.body}\n")
        return len(email_messages)
