"""S-22: every address of the dashboard with every kind of visitor, generated from the URLconf.

A new route needs a row here: the least that a visitor must be, and what stands in its address.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from registration.domain.audit import Order
from registration.domain.members import invite
from registration.models import Role
from tests.members import People
from tests.registration.views.partners.setting_up import ROWS, Row, furnish

pytestmark = pytest.mark.django_db

#: Pages for everyone; for whoever is signed in, with or without a second factor; for whoever has shown one.
ANYONE, SIGNED_IN, PERSON = "anyone", "signed in", "person"
RANKS = (Role.VIEWER, Role.MANAGER, Role.OWNER)
SIGN_IN, ADD_FACTOR = "/partners/account/sign-in/", "/partners/account/factor/"


@dataclass(frozen=True)
class Route:
    """``arguments``: what stands in the address beside the partner's short name, made of the partner's own things."""

    least: str
    arguments: Callable[[People], dict[str, Any]] = lambda _people: {}


def a_member(people: People) -> dict[str, Any]:
    return {"pk": people.members[Role.VIEWER].pk}


def an_invitation(people: People) -> dict[str, Any]:
    order = Order("test", "To have one.", timezone.now())
    return {"pk": invite(people.partner, "new@example.org", Role.VIEWER, order).invitation.pk}


def of_settings(row: Row) -> Route:
    """A route of the settings, of a partner that has one of each thing."""

    def arguments(people: People) -> dict[str, Any]:
        if not people.partner.sites.exists():
            furnish(people.partner)
        return row.named(people.partner)

    return Route(row.least, arguments)


ROUTES = {
    "account_login": Route(ANYONE),
    "account_logout": Route(ANYONE),
    "account_signup": Route(ANYONE),
    "account_inactive": Route(ANYONE),
    "account_email_verification_sent": Route(ANYONE),
    "account_confirm_email": Route(ANYONE, lambda _: {"key": "no-such-key"}),
    "account_set_password": Route(ANYONE),
    "account_reset_password": Route(ANYONE),
    "account_reset_password_done": Route(ANYONE),
    "account_reset_password_from_key": Route(ANYONE, lambda _: {"uidb36": "1", "key": "no-key"}),
    "account_reset_password_from_key_done": Route(ANYONE),
    "mfa_authenticate": Route(ANYONE),
    "account_change_password": Route(SIGNED_IN),
    "account_reauthenticate": Route(SIGNED_IN),
    "mfa_index": Route(SIGNED_IN),
    "mfa_reauthenticate": Route(SIGNED_IN),
    "mfa_activate_totp": Route(SIGNED_IN),
    "mfa_deactivate_totp": Route(SIGNED_IN),
    "mfa_view_recovery_codes": Route(SIGNED_IN),
    "mfa_generate_recovery_codes": Route(SIGNED_IN),
    "mfa_download_recovery_codes": Route(SIGNED_IN),
    "mfa_list_webauthn": Route(SIGNED_IN),
    "mfa_add_webauthn": Route(SIGNED_IN),
    "mfa_reauthenticate_webauthn": Route(SIGNED_IN),
    "mfa_remove_webauthn": Route(SIGNED_IN, lambda _: {"pk": 1}),
    "mfa_edit_webauthn": Route(SIGNED_IN, lambda _: {"pk": 1}),
    "partners:join": Route(ANYONE),
    "partners:joined": Route(ANYONE),
    "partners:invitation": Route(ANYONE, lambda _: {"token": "no-such-token"}),
    "partners:home": Route(PERSON),
    "partners:account": Route(PERSON),
    "partners:sign_out_elsewhere": Route(PERSON),
    "partners:overview": Route(Role.VIEWER),
    "partners:numbers": Route(Role.VIEWER),
    "partners:numbers_file": Route(Role.VIEWER),
    "partners:contacts": Route(Role.OWNER),
    "partners:contacts_export": Route(Role.OWNER),
    "partners:members": Route(Role.OWNER),
    "partners:members_one": Route(Role.OWNER, a_member),
    "partners:members_revoke": Route(Role.OWNER, an_invitation),
    "partners:leave": Route(Role.VIEWER),
    "partners:activity": Route(Role.VIEWER),
    **{f"partners:{name}": of_settings(row) for name, row in ROWS.items()},
}


def routes_under(prefix: str) -> Iterator[str]:
    """The names of all routes whose address begins so, with their namespaces."""

    def walk(resolver: URLResolver, before: str, names: str) -> Iterator[tuple[str, str]]:
        for each in resolver.url_patterns:
            path = before + str(each.pattern)
            if isinstance(each, URLPattern):
                yield path, names + (each.name or "")
            else:
                yield from walk(each, path, names + (f"{each.namespace}:" if each.namespace else ""))

    return (name for path, name in walk(get_resolver(), "", "") if path.startswith(prefix))


def test_s22_every_route_of_the_dashboard_has_its_row():
    assert set(routes_under("partners/")) == set(ROUTES)


@pytest.fixture
def address(people) -> Callable[[str], str]:
    def find(name: str) -> str:
        route = ROUTES[name]
        slug = {"slug": people.partner.slug} if route.least in RANKS else {}
        return reverse(name, kwargs={**slug, **route.arguments(people)})

    return find


def answers(client: Client, url: str) -> set[tuple[int, str]]:
    """(status, where it leads without the query) of reading and of an empty POST."""
    found = [client.get(url), client.post(url)]
    return {(each.status_code, each.get("Location", "").partition("?")[0]) for each in found}


BY_ROLE = [name for name, route in ROUTES.items() if route.least in RANKS]
BY_PERSON = [name for name, route in ROUTES.items() if route.least == PERSON]
SIGNED = [name for name, route in ROUTES.items() if route.least == SIGNED_IN]


@pytest.mark.parametrize("name", BY_ROLE)
def test_s22_page_of_a_partner_is_closed_to_who_is_less(people, address, name):
    url, least = address(name), ROUTES[name].least
    assert answers(people.stranger, url) == {(404, "")}
    assert answers(people.without_factor, url) == {(302, ADD_FACTOR)}
    assert answers(people.anonymous, url) == {(302, SIGN_IN)}
    lower = [role for role in RANKS if RANKS.index(role) < RANKS.index(Role(least))]
    for role in lower:
        assert answers(getattr(people, role.value), url) == {(403, "")}, role


@pytest.mark.parametrize("name", BY_ROLE)
def test_s22_page_of_a_partner_is_open_to_who_is_enough(people, address, name):
    url, least = address(name), ROUTES[name].least
    for role in RANKS[RANKS.index(Role(least)) :]:
        assert getattr(people, role.value).get(url, follow=True).status_code == 200, role


@pytest.mark.parametrize("name", BY_PERSON)
def test_s22_page_of_a_person_needs_a_second_factor(people, address, name):
    assert answers(people.without_factor, address(name)) == {(302, ADD_FACTOR)}
    assert answers(people.anonymous, address(name)) == {(302, SIGN_IN)}


@pytest.mark.parametrize("name", SIGNED)
def test_s22_page_of_an_account_needs_a_sign_in(people, address, name):
    assert answers(people.anonymous, address(name)) == {(302, SIGN_IN)}


#: Shown in a frame of the page about the widget's look, and of no other.
PREVIEW = "partners:widget_preview"


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_no_page_of_the_dashboard_fails_or_is_stored(people, address, name):
    url = address(name)
    for client in (people.owner, people.without_factor, people.anonymous):
        for answer in (client.get(url), client.get(f"/es{url}")):
            assert answer.status_code < 500
            assert "no-store" in answer["Cache-Control"]
            assert answer["Referrer-Policy"] == "same-origin"
            whom = "'self'" if name == PREVIEW and answer.status_code == 200 else "'none'"
            assert f"frame-ancestors {whom};" in answer["Content-Security-Policy"]
