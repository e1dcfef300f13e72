"""The members of a partner: who they are, inviting, roles, leaving."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from registration.domain import members as domain
from registration.domain.validation.problem import Problem
from registration.forms.partners.joining import InviteForm, RoleForm
from registration.models import Invitation, Membership, Role
from registration.phrases.members import ROLE_HINTS, ROLES, member_problem
from registration.views.partners.access import member_page, order_of
from registration.views.partners.letters import write
from registration.views.partners.page import member_page_response


def _list(request: HttpRequest, membership: Membership, form: InviteForm, status: int = 200) -> HttpResponse:
    partner = membership.partner
    rows = [(each, ROLES[each.role], each.pk == membership.pk) for each in domain.members_of(partner)]
    invited = [(each, ROLES[each.role]) for each in domain.open_invitations(partner, timezone.now())]
    hints = [(ROLES[role.value], ROLE_HINTS[role.value]) for role in reversed(Role)]
    context = {"rows": rows, "invited": invited, "form": form, "hints": hints}
    return member_page_response(request, membership, "partners/members.html", context, status)


@member_page(at_least=Role.OWNER, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The list; a POST invites somebody."""
    if request.method != "POST":
        return _list(request, membership, InviteForm(initial={"role": Role.VIEWER}))
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _list(request, membership, form, 422)
    too_often: HttpResponse | None = ratelimit.consume_or_429(request, action="invite", user=membership.user)
    if too_often:
        return too_often
    email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
    with transaction.atomic():
        made = domain.invite(membership.partner, email, role, order_of(request, timezone.now()), membership.user)
        if isinstance(made, domain.Invited):
            path = reverse("partners:invitation", kwargs={"token": made.token})
            link = request.build_absolute_uri(path)
            context = {"partner": membership.partner, "role": ROLES[role], "link": link}
            write("invitation", email, context)
    if isinstance(made, Problem):
        form.say([made])
        return _list(request, membership, form, 422)
    messages.success(request, _("The invitation is on its way. Its link works for 7 days."))
    return _back(membership)


@member_page(at_least=Role.OWNER, step_up=True)
@require_POST
def revoke(request: HttpRequest, membership: Membership, pk: int) -> HttpResponse:
    open_ones = {each.pk: each for each in domain.open_invitations(membership.partner, timezone.now())}
    invitation: Invitation | None = open_ones.get(pk)
    if invitation is None:
        raise Http404
    domain.revoke(invitation, order_of(request, timezone.now()))
    messages.success(request, _("The invitation is taken back. Its link leads nowhere now."))
    return _back(membership)


@member_page(at_least=Role.OWNER, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, membership: Membership, pk: int) -> HttpResponse:
    """One member: change the role, or remove them."""
    subject = Membership.objects.select_related("partner", "user").filter(partner=membership.partner, pk=pk).first()
    if subject is None:
        raise Http404
    form = RoleForm(request.POST if "change" in request.POST else None, initial={"role": subject.role})
    problem = None
    if request.method == "POST" and "remove" in request.POST:
        problem = domain.remove(subject, order_of(request, timezone.now()))
        if problem is None:
            messages.success(request, _("The member is removed."))
            return _back(membership)
        form.add_error(None, member_problem(problem)) if form.is_bound else None
    elif request.method == "POST" and form.is_valid():
        problem = domain.change_role(subject, Role(form.cleaned_data["role"]), order_of(request, timezone.now()))
        if problem is None:
            messages.success(request, _("The role is changed."))
            return _back(membership)
        form.say([problem])
    status = 422 if problem or form.errors else 200
    words = [member_problem(problem)] if problem and not form.is_bound else []
    context = {"subject": subject, "form": form, "hints": _hints(), "words": words}
    return member_page_response(request, membership, "partners/member.html", context, status)


@member_page()
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, membership: Membership) -> HttpResponse:
    problem = None
    if request.method == "POST":
        problem = domain.remove(membership, order_of(request, timezone.now()))
        if problem is None:
            messages.success(request, _("You left the organization."))
            return redirect("partners:home")
    context = {"words": [member_problem(problem)] if problem else []}
    return member_page_response(request, membership, "partners/leave.html", context, 422 if problem else 200)


def _hints() -> list[tuple[object, object]]:
    return [(ROLES[role.value], ROLE_HINTS[role.value]) for role in reversed(Role)]


def _back(membership: Membership) -> HttpResponse:
    return redirect("partners:members", slug=membership.partner.slug)
