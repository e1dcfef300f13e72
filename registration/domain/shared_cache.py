"""What the server processes share for a while lies in a table, unless Redis has it. It goes when its time is over."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection


def clear(now: datetime) -> int:
    """Delete what is over, which Django itself does only for what is asked for again; returns how many."""
    if settings.CACHE_URL:
        return 0
    table, expires = (connection.ops.quote_name(name) for name in (settings.CACHES["default"]["LOCATION"], "expires"))
    with connection.cursor() as cursor:
        before = connection.ops.adapt_datetimefield_value(now.replace(microsecond=0))
        cursor.execute(f"DELETE FROM {table} WHERE {expires} < %s", [before])  # noqa: S608  our own names
        return int(cursor.rowcount)
