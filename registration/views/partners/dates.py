"""Days and times of the dashboard's templates, all in one form ({% load dates %})."""

from __future__ import annotations

from datetime import UTC, datetime

from django.template import Library

from registration import phrases

register = Library()


@register.filter
def utc_day(value: datetime | None) -> str:
    """As in "October 5, 2026"."""
    return phrases.plain_day(value.astimezone(UTC).date()) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """As in "October 5, 2026, 14:05 UTC"."""
    return phrases.moment(value) if value else ""


@register.filter
def second(value: datetime | None) -> str:
    """As in "October 5, 2026, 14:05:59 UTC", for what is looked up in a log."""
    return phrases.moment(value, seconds=True) if value else ""
