"""What every way of handing something over has in common."""

from __future__ import annotations

from datetime import timedelta

#: When to try again what the other side refuses because of us: it may be repaired by then.
REFUSED_AGAIN = timedelta(hours=1)


class DeliveryError(Exception):
    """It was not handed over. ``permanent``: trying again would be in vain.

    ``code`` is one of a few words and never holds what was sent or where. ``status`` and ``retry_after`` are what the
    other side answered, where it did.
    """

    def __init__(
        self, code: str, *, permanent: bool = False, status: int | None = None, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.status = status
        self.retry_after = retry_after
