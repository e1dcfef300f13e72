"""Every page of the settings: who may look, who may change, and who is told that there is no such page."""

import pytest
from django.utils import translation

from registration.models import AuditEntry, Partner, Role
from registration.views.partners import settings_urls
from tests.members import People, show_factor
from tests.registration.views.partners.setting_up import ROWS, address, furnish

pytestmark = pytest.mark.django_db
LOOKS = [name for name, row in ROWS.items() if row.least == Role.VIEWER]
CHANGES = [name for name, row in ROWS.items() if row.least == Role.MANAGER]
OWNERS = [name for name, row in ROWS.items() if row.least == Role.OWNER]
TAKES = [name for name, row in ROWS.items() if row.only_takes]


@pytest.fixture
def furnished(people) -> People:
    furnish(people.partner)
    return people


def statuses(client, people, names, method="get"):
    return {name: getattr(client, method)(address(name, people.partner)).status_code for name in names}


def test_every_route_of_the_settings_has_its_row():
    assert {pattern.name for pattern in settings_urls.urlpatterns} == set(ROWS)


def test_s22_viewer_looks_and_changes_nothing(furnished):
    before = AuditEntry.objects.count()
    assert statuses(furnished.viewer, furnished, LOOKS) == dict.fromkeys(LOOKS, 200)
    assert statuses(furnished.viewer, furnished, CHANGES) == dict.fromkeys(CHANGES, 403)
    sent = [*CHANGES, "widget"]
    assert statuses(furnished.viewer, furnished, sent, "post") == dict.fromkeys(sent, 403)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("who", ["owner", "manager"])
def test_s22_owner_and_manager_open_every_page(furnished, who):
    answers = statuses(getattr(furnished, who), furnished, ROWS)
    denied = OWNERS if who == "manager" else []
    assert answers == {name: 403 if name in denied else 302 if name in TAKES else 200 for name in ROWS}


#: Where an address leads that only takes what is sent, below the partner's own.
ABOVE = {
    "widget_logo": "widget/",
    "widget_logo_remove": "widget/",
    "questions_add": "questions/",
    "questions_move": "questions/{number}/",
    "webhooks_replay": "webhooks/log/",
    "webhooks_test": "webhooks/{public_id}/",
}


@pytest.mark.parametrize("language", ["", "/es"])
def test_address_that_only_takes_leads_a_reader_to_the_nearest_page_above(furnished, language):
    partner, found = furnished.partner, {}
    for name, url in {name: language + address(name, partner) for name in TAKES}.items():
        answer = furnished.manager.get(url, follow=True)
        found[name] = (answer.status_code, answer.redirect_chain[-1][0])
    assert found == {
        name: (200, f"{language}/partners/acme/{ABOVE[name].format(**ROWS[name].named(partner))}") for name in TAKES
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_s22_for_a_stranger_there_is_no_such_page(furnished, method):
    before = AuditEntry.objects.count()
    assert statuses(furnished.stranger, furnished, ROWS, method) == dict.fromkeys(ROWS, 404)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("who", ["anonymous", "without_factor"])
def test_s22_nobody_without_sign_in_and_factor_gets_there(furnished, who):
    for method in ("get", "post"):
        answers = statuses(getattr(furnished, who), furnished, ROWS, method)
        assert answers == dict.fromkeys(ROWS, 302)


def test_s22_things_of_another_partner_do_not_exist_under_the_own_name(furnished):
    other, before = Partner.objects.get(slug="not-acme"), AuditEntry.objects.count()
    named = [name for name, row in ROWS.items() if row.named(furnished.partner)]
    found = {name: furnished.stranger.post(address(name, furnished.partner, other)).status_code for name in named}
    assert found == dict.fromkeys(named, 404)
    assert (len(named), AuditEntry.objects.count()) == (11, before)


@pytest.mark.parametrize("name", ["sites_add", "sites_remove", "keys_make", "keys_rotate", "keys_revoke"])
def test_s14_sites_and_keys_ask_for_the_factor_again(furnished, name):
    show_factor(furnished.owner, furnished.members["owner"].user, seconds_ago=600)
    answer = furnished.owner.get(address(name, furnished.partner))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/partners/account/factor/again/")


@pytest.mark.parametrize("name", LOOKS)
def test_looking_asks_for_the_factor_once_a_session(furnished, name):
    show_factor(furnished.owner, furnished.members["owner"].user, seconds_ago=600)
    assert furnished.owner.get(address(name, furnished.partner)).status_code == 200


def test_pages_speak_spanish(furnished):
    with translation.override("es"):
        found = [address(name, furnished.partner) for name in ("tracking", "sites", "keys")]
        answers = [furnished.owner.get(each) for each in found]
    assert found == ["/es/partners/acme/tracking/", "/es/partners/acme/sites/", "/es/partners/acme/keys/"]
    assert ['<html lang="es">' in answer.content.decode() for answer in answers] == [True, True, True]


def test_s35_only_the_preview_may_be_framed_and_by_us_alone(furnished):
    policies = {
        name: furnished.owner.get(address(name, furnished.partner))["Content-Security-Policy"] for name in LOOKS
    }
    assert [name for name, policy in policies.items() if "frame-ancestors 'none'" not in policy] == ["widget_preview"]
    assert "frame-ancestors 'self';" in policies["widget_preview"]
    assert [name for name, policy in policies.items() if "frame-src" in policy] == ["widget"]
    assert [name for name, policy in policies.items() if "default-src 'none'" not in policy] == []


def test_days_and_times_are_in_one_form(furnished):
    log, sites = (
        furnished.owner.get(address(name, furnished.partner)).content.decode() for name in ("webhooks_log", "sites")
    )
    assert '<span class="item small">June 1, 2028, 12:00:00 UTC</span>' in log
    assert '<td data-label="Added">June 1, 2028</td>' in sites
    with translation.override("es"):
        log = furnished.owner.get(address("webhooks_log", furnished.partner)).content.decode()
    assert "1 de junio de 2028, 12:00:00 UTC" in log
