"""The first page of a partner, with what to do next; and how its words for tracking work."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registration.domain import statistics
from registration.domain.theme import Theme, theme_of
from registration.models import DailyCount, Membership, Partner
from registration.views.partners.access import member_page
from registration.views.partners.numbers import DEFAULT, said, utc_day
from registration.views.partners.settings_page import settings_page


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. ``name``: the route of its page; ``is_optional`` where the widget works without it."""

    name: str
    title: str
    says: str
    is_done: bool
    is_optional: bool = False


def steps(partner: Partner) -> tuple[Step, ...]:
    has_logo = hasattr(partner, "logo")
    return (
        Step(
            "sites",
            _("Allow your site"),
            _("The widget shows only on sites that you name."),
            partner.sites.exists(),
        ),
        Step(
            "widget",
            _("Give the widget your look"),
            _("Two colors, a typeface and your logo. Ours are fine, too."),
            has_logo or theme_of(partner) != Theme(),
            is_optional=True,
        ),
        Step(
            "snippet",
            _("Copy the lines into your page"),
            _("It is done when the first person has started a form."),
            partner.counts.filter(kind=DailyCount.Kind.STARTED).exists(),
        ),
        Step(
            "questions",
            _("Ask if you may write"),
            _("In your own words. Only people who say yes are on your list."),
            partner.questions.filter(retired_at=None).exists(),
            is_optional=True,
        ),
        Step(
            "keys",
            _("Make a key for the API"),
            _("Only if your own programs send applications or read numbers."),
            partner.keys.filter(revoked_at=None).exists(),
            is_optional=True,
        ),
        Step(
            "webhooks",
            _("Hear of applications on your server"),
            _("Signed messages with ids and states, and nothing about the person."),
            partner.webhooks.filter(deleted_at=None).exists(),
            is_optional=True,
        ),
    )


@member_page()
@require_safe
def overview(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A partner's first page: its numbers of late, and what to do next."""
    partner = membership.partner
    found = steps(partner)
    span = statistics.last_days(DEFAULT, utc_day(timezone.now()))
    context = {
        "steps": found,
        "next": next((step for step in found if not step.is_done and not step.is_optional), None),
        "days": DEFAULT,
        "total": said(statistics.total(partner, span)),
    }
    return settings_page(request, membership, "overview.html", context)


@member_page()
@require_safe
def tracking(request: HttpRequest, membership: Membership) -> HttpResponse:
    base = request.build_absolute_uri(reverse("home")) + f"?partner={membership.partner.slug}"
    context = {
        "plain": base,
        "with_source": f"{base}&source=library-desk",
        "with_campaign": f"{base}&utm_source=newsletter&utm_medium=email&utm_campaign=fall-drive",
        "slug": membership.partner.slug,
    }
    return settings_page(request, membership, "tracking.html", context)
