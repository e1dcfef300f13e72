"""Our messages to a person: what waits for them, and ending it. Whoever brings the code may; there is no account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from registration import phrases
from registration.domain import deleting, outbox, subscriptions
from registration.domain.field_encryption import CannotRead
from registration.domain.submission import Submitted
from registration.models import Subscription
from registration.phrases.messages import what
from registration.views.away import code_again, comes_back
from registration.views.challenge import too_many_misses
from registration.views.delete import deleted_page, too_many
from registration.views.guard import own_site
from registration.views.page import page
from registration.views.place import local_day
from state_rules import load


def in_words(submitted: Submitted) -> dict[str, Any] | None:
    """What the page after the submission says of what will be sent; None where nothing is. Never an address."""
    application, found = submitted.application, submitted.subscription
    if submitted.created and not submitted.wants_messages:
        return None
    if found is None:
        found = Subscription.objects.filter(application=application).first()
    waiting = subscriptions.promised(application, found)
    if not waiting:
        return None
    place = load(application.jurisdiction)
    # what is due already comes now
    rows = [
        (what(each.kind), phrases.day(local_day(each.at, place)) if each.kind.startswith("remind_") else "")
        for each in waiting
    ]
    links = {each.kind for each in waiting} & {"link_email", "link_sms"}
    return {"rows": rows, "has_link": bool(links), "code": _code(found) if found else ""}


def code_waits(submitted: Submitted) -> bool:
    """Whether the code of the form is with us until what was asked for is sent."""
    if submitted.created and not submitted.wants_messages:
        return False
    return outbox.holds(submitted.application.pk)


def _code(subscription: Subscription) -> str:
    try:
        return subscriptions.token_of(subscription)
    except CannotRead:
        return ""


@own_site
@require_http_methods(["GET", "HEAD", "POST"])
@comes_back(code_again("messages", "token"))
def messages(request: HttpRequest) -> HttpResponse:
    """Where the link in every message leads, with the token in its fragment: a script puts it in the form, or a person
    does. Nothing happens before a button is pressed: programs that look at links press none."""
    if request.method != "POST":
        return page(request, "messages/code.html", {"sms": subscriptions.sms_offered()})
    token, what_to_do, now = request.POST.get("token", ""), request.POST.get("do", ""), timezone.now()
    if what_to_do == "mailed":
        found = subscriptions.mailed(token, now)
    elif what_to_do == "stop_email":
        found = subscriptions.unsubscribe(token, "email", now)
    elif what_to_do == "stop_sms":
        found = subscriptions.unsubscribe(token, "phone", now)
    elif what_to_do == "delete":
        return too_many(request) or deleted_page(request, deleting.delete_by_token(token, now), by_link=True)
    else:
        typed = {"sms": subscriptions.sms_offered(), "token": token, "undecided": True}
        return page(request, "messages/code.html", typed, status=422)
    refused = None if found else too_many_misses(request)
    if refused:
        return refused
    context: dict[str, Any] = {"found": found, "did": what_to_do if found else "", "switches": []}
    return page(request, "messages/done.html", context, status=200 if found else 404)


def _stop_again(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001  the shape of the view
    return _private(page(request, "messages/stop.html", {"switches": [], "away": True}))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@comes_back(_stop_again)
def unsubscribe(request: HttpRequest, code: str) -> HttpResponse:
    """The one click of RFC 8058: a mail provider posts ``List-Unsubscribe=One-Click`` here, from anywhere and without a
    person; a person who follows the address sees a button.

    The code stands in the path, as that RFC wants it. It is made so that it can stop e-mails and do nothing else, and
    our servers write no log of addresses.
    """
    context: dict[str, Any] = {"switches": [], "one_click": True}
    if request.method != "POST":
        return _private(page(request, "messages/stop.html", context))
    stopped = subscriptions.stop_emails(code, timezone.now())
    context |= {"found": stopped, "did": "stop_email" if stopped else ""}
    return _private(page(request, "messages/done.html", context, status=200 if stopped else 404))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    return response
