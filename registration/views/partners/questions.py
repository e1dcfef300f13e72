"""The opt-in questions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registration.domain import questions as domain
from registration.forms.partners.questions import QuestionForm
from registration.models import Membership, OptInQuestion, Role
from registration.views.partners.access import member_page
from registration.views.partners.settings_page import order_now, said_and_done, settings_page


def _page(request: HttpRequest, membership: Membership, form: QuestionForm) -> HttpResponse:
    partner = membership.partner
    asked = domain.active(partner)
    context = {
        "form": form,
        "questions": asked,
        "retired": domain.retired(partner),
        "limit": domain.MOST_ACTIVE,
        "is_full": len(asked) >= domain.MOST_ACTIVE,
    }
    return settings_page(request, membership, "questions.html", context, is_wrong=form.is_bound)


@member_page()
@require_safe
def questions(request: HttpRequest, membership: Membership) -> HttpResponse:
    return _page(request, membership, QuestionForm(initial={"means": OptInQuestion.Means.EMAIL}))


@member_page(at_least=Role.MANAGER)
@require_POST
def add(request: HttpRequest, membership: Membership) -> HttpResponse:
    form = QuestionForm(request.POST)
    found = domain.add(membership.partner, form.wording, order_now(request))
    if not found:
        return said_and_done(request, membership, "questions", _("The question is asked from now on."))
    form.say(found)
    return _page(request, membership, form)


def _question(membership: Membership, number: int) -> OptInQuestion:
    """One that is still asked."""
    rows = OptInQuestion.objects.select_related("partner").filter(partner=membership.partner, retired_at=None)
    return get_object_or_404(rows, pk=number)


@member_page(at_least=Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    question = _question(membership, number)
    form = QuestionForm.showing(question)
    if request.method == "POST":
        form = QuestionForm(request.POST)
        found = domain.change(question, form.wording, order_now(request))
        if not found:
            return said_and_done(request, membership, "questions", _("The question is asked in its new words."))
        form.say(found)
    context = {"form": form, "question": question}
    return settings_page(request, membership, "question_change.html", context, is_wrong=form.is_bound)


@member_page(at_least=Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    question = _question(membership, number)
    if request.method == "POST":
        domain.retire(question, order_now(request))
        return said_and_done(request, membership, "questions", _("The question is no longer asked."))
    return settings_page(
        request, membership, "question_retire.html", {"question": question, "asks": _("Stop asking this?")}
    )


@member_page(at_least=Role.MANAGER)
@require_POST
def move_up(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    domain.move_up(_question(membership, number), order_now(request))
    return said_and_done(request, membership, "questions", _("The questions have their new order."))
