"""What was done in a partner's name: its own entries of the audit, in words."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registration.models import AuditEntry, Membership
from registration.phrases.members import deed, reason
from registration.views.partners.access import member_page
from registration.views.partners.page import member_page_response

PER_PAGE = 50


@member_page()
@require_safe
def activity(request: HttpRequest, membership: Membership) -> HttpResponse:
    entries = AuditEntry.objects.filter(partner=membership.partner).order_by("-pk")
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    names = _names(membership)
    rows = [
        (entry.at, names.by(entry.who), deed(entry.action, entry.details, names.of(entry)), reason(entry.reason))
        for entry in page
    ]
    return member_page_response(request, membership, "partners/activity.html", {"rows": rows, "page": page})


class _Names:
    """Members by the numbers that the audit holds. Who left has no name here any more."""

    def __init__(self, members: dict[int, str]) -> None:
        self._members = members

    def by(self, who: str) -> str:
        word, _space, number = who.partition(" ")
        if word == "member" and number.isdigit():
            return self._members.get(int(number)) or _("A former member")
        return _("This service")

    def of(self, entry: AuditEntry) -> str:
        if entry.subject_kind != "membership":
            return ""
        return self._members.get(entry.subject_id) or _("a former member")


def _names(membership: Membership) -> _Names:
    found = Membership.objects.filter(partner=membership.partner).select_related("user")
    return _Names({each.pk: each.user.first_name or each.user.email for each in found})
