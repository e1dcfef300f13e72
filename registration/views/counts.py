"""What is counted of a visit, and when. docs/counting.md says it in full."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from registration.domain import switches
from registration.domain.counting import Kind, Visit, count_each
from registration.models import SITE_SLUG, Partner
from registration.views.partner import channel_of, named, partner_of, tracking_of

#: Stands among the passed steps that a page remembers: its form was counted as started.
STARTED = "started"


def _add_if_there(request: HttpRequest, kind: Kind, code: str, step: str = "") -> None:
    if not switches.is_database_away():  # nobody waits for a number
        partner = partner_of(request) or named(SITE_SLUG)
        if partner is not None:
            _add(request, partner, (kind,), code, step)


def _add(request: HttpRequest, partner: Partner, kinds: Sequence[Kind], code: str, step: str = "") -> None:
    visit = Visit(partner, channel_of(request), code, get_language() or "en", tracking_of(request))
    count_each(visit, kinds, timezone.now(), step)


def counted(request: HttpRequest) -> list[str]:
    """The steps that the page says were counted already. A page that lies spoils nothing but a number."""
    return request.POST.get("counted", "")[:500].split()


def remembered(request: HttpRequest) -> str:
    """What a form that comes back says of itself: it was sent, so it was started, unless only its language changed."""
    found = counted(request)
    sent = request.method == "POST" and "switch_language" not in request.POST
    return " ".join(dict.fromkeys([*found, *([STARTED] if sent else [])]))


def started(request: HttpRequest, code: str) -> None:
    """A person pressed Continue, or sent the form, for the first time on this form."""
    if STARTED not in counted(request):
        _add_if_there(request, Kind.STARTED, code)


def step_passed(request: HttpRequest, code: str, step: str) -> None:
    if step not in counted(request):
        _add_if_there(request, Kind.STEP, code, step)


def form_made(request: HttpRequest, code: str, partner: Partner) -> None:
    """Counted whatever was thought of the database a moment ago: it is just storing the form, in the same transaction,
    and has read ``partner``, of which this process may know nothing yet. With it the start, where the form was sent
    without a step before."""
    begun = () if STARTED in counted(request) else (Kind.STARTED,)
    _add(request, partner, (*begun, Kind.FORM_MADE), code)


def handed_to_state(request: HttpRequest, code: str) -> None:
    """Counts where the browser says that a person followed a link of ours; not a program, a preview or a HEAD."""
    person = request.headers.get("Sec-Fetch-User") == "?1" and request.headers.get("Sec-Fetch-Site") == "same-origin"
    if request.method == "GET" and person and "Sec-Purpose" not in request.headers:
        _add_if_there(request, Kind.HANDED_TO_STATE, code)
