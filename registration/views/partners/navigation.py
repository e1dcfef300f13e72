"""What a member finds in the dashboard, in order. A page that is for nobody of their role is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registration.models import Membership, Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

RANKS = {Role.VIEWER: 0, Role.MANAGER: 1, Role.OWNER: 2}


def may(role: str, at_least: Role) -> bool:
    """Whether a role is ``at_least`` that one."""
    return RANKS[Role(role)] >= RANKS[at_least]


@dataclass(frozen=True, slots=True)
class Entry:
    """``name`` of the route under "partners:"; all routes whose names begin with it are its pages."""

    name: str
    label: str | _StrPromise
    at_least: Role = Role.VIEWER


ENTRIES = (
    Entry("overview", _("Overview")),
    Entry("numbers", _("Numbers")),
    Entry("contacts", _("Contacts"), Role.OWNER),
    Entry("sites", _("Sites")),
    Entry("widget", _("Look")),
    Entry("snippet", _("Embed code")),
    Entry("questions", _("Questions")),
    Entry("storing", _("What is kept")),
    Entry("tracking", _("Tracking")),
    Entry("keys", _("API keys")),
    Entry("webhooks", _("Webhooks")),
    Entry("members", _("Members"), Role.OWNER),
    Entry("activity", _("Activity")),
)


def links(membership: Membership, current: str) -> list[tuple[str, str | _StrPromise, bool]]:
    """(address, label, whether it is the page shown) for a member; ``current`` is the shown route's name."""
    kwargs = {"slug": membership.partner.slug}
    return [
        (reverse(f"partners:{entry.name}", kwargs=kwargs), entry.label, current.startswith(entry.name))
        for entry in ENTRIES
        if may(membership.role, entry.at_least)
    ]
