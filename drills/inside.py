"""What the canary drill does inside the product's own code, for which there is a page and no command.

Run by ``manage.py shell -c "from drills import inside; inside.…"``.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.utils import timezone

from registration.domain import exports, questions, sites
from registration.domain.audit import Order
from registration.domain.exports import Format
from registration.domain.validation.problem import Problem
from registration.models import Partner

FORMATS: tuple[Format, ...] = ("csv", "xlsx")


def order() -> Order:
    return Order("Drill", "What a partner of a drill needs.", timezone.now())


def ask_and_allow(slug: str, origin: str) -> None:
    """The partner asks two questions, and its site may show the widget and use its keys."""
    partner = Partner.objects.get(slug=slug)
    for means in ("email", "phone"):
        problems = questions.add(partner, questions.Wording(means, f"May we write to you by {means}?"), order())
        assert not problems, problems
    assert not isinstance(sites.allow(partner, origin, order()), Problem)
    print("questions", *(each.pk for each in questions.active(partner)))  # the drill reads it


def export(slug: str, folder: str) -> None:
    """The contacts' files, as the dashboard sends them to an owner."""
    partner = Partner.objects.get(slug=slug)
    for form in FORMATS:
        exports.begin(partner, form, order())
        path = Path(folder) / f"contacts.{form}"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.writelines(exports.contacts_as(form, partner, timezone.now()))
