"""Every page of the settings: who may look, who may change, and who is told that there is no such page."""

import pytest
from django.urls import get_resolver

from registration.models import AuditEntry
from registration.views.partners import settings_urls
from tests.members import show_factor
from tests.registration.views.partners.setting_up import furnish, pages

pytestmark = pytest.mark.django_db


def statuses(client, people, paths, method="get"):
    return {path: getattr(client, method)(people.url(path)).status_code for path in paths}


def test_every_page_of_the_settings_is_walked(people):
    """A route that nobody added to the list below would not be tried with every role."""
    furnish(people.partner)
    found = pages(people.partner)
    every = [people.url(path) for path in (*found.looks, *found.changes, *found.posts)]
    walked = {get_resolver().resolve(address).url_name for address in every}
    assert walked == {pattern.name for pattern in settings_urls.urlpatterns}


def test_s22_viewer_looks_and_changes_nothing(people):
    furnish(people.partner)
    found, before = pages(people.partner), AuditEntry.objects.count()
    assert set(statuses(people.viewer, people, found.looks).values()) == {200}
    assert set(statuses(people.viewer, people, found.changes).values()) == {403}
    sent = statuses(people.viewer, people, ("widget/", *found.changes, *found.posts), "post")
    assert set(sent.values()) == {403}
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("who", ["owner", "manager"])
def test_s22_owner_and_manager_open_every_page(people, who):
    furnish(people.partner)
    found = pages(people.partner)
    assert set(statuses(getattr(people, who), people, (*found.looks, *found.changes)).values()) == {200}


def test_s22_a_page_that_only_takes_what_is_sent_is_not_opened(people):
    furnish(people.partner)
    assert set(statuses(people.owner, people, pages(people.partner).posts).values()) == {405}


@pytest.mark.parametrize("method", ["get", "post"])
def test_s22_for_a_stranger_there_is_no_such_page(people, method):
    furnish(people.partner)
    found, before = pages(people.partner), AuditEntry.objects.count()
    every = [*found.looks, *found.changes, *found.posts]
    answers = statuses(people.stranger, people, every, method)
    expected = {path: 405 if path == "widget/logo/" and method == "get" else 404 for path in every}
    assert answers == expected
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("who", ["anonymous", "without_factor"])
def test_s22_nobody_without_sign_in_and_factor_gets_there(people, who):
    furnish(people.partner)
    found = pages(people.partner)
    answers = statuses(getattr(people, who), people, [*found.looks, *found.changes])
    assert set(answers.values()) == {302}


def test_s22_things_of_another_partner_do_not_exist(people):
    """A member of two minds: the address says one partner, the number is the other's."""
    furnish(people.partner)
    found = pages(people.partner)
    other = f"/partners/not-{people.partner.slug}/"
    named = ("sites/add/", "keys/make/", "webhooks/add/", "widget/logo/", "widget/logo/remove/", "questions/add/")
    wanted = [path for path in (*found.changes, *found.posts) if path not in named]
    assert len(wanted) >= 10
    answers = {path: people.stranger.post(other + path).status_code for path in wanted}
    assert answers == dict.fromkeys(wanted, 404)


@pytest.mark.parametrize("path", ["sites/add/", "keys/make/"])
def test_s14_sites_and_keys_ask_for_the_factor_again(people, path):
    show_factor(people.owner, people.members["owner"].user, seconds_ago=600)
    answer = people.owner.get(people.url(path))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/partners/account/factor/again/")


@pytest.mark.parametrize("path", ["questions/", "widget/", "sites/", "keys/"])
def test_looking_asks_for_the_factor_once_a_session(people, path):
    show_factor(people.owner, people.members["owner"].user, seconds_ago=600)
    assert people.owner.get(people.url(path)).status_code == 200


def test_pages_speak_spanish(people):
    furnish(people.partner)
    for path in pages(people.partner).looks:
        assert people.owner.get("/es" + people.url(path)).status_code == 200


def test_s35_only_the_page_of_the_look_and_its_preview_may_be_framed_and_by_us_alone(people):
    furnish(people.partner)
    framed = {}
    for path in pages(people.partner).looks:
        policy = people.owner.get(people.url(path))["Content-Security-Policy"]
        framed[path] = "frame-ancestors 'self'" in policy
        assert "default-src 'none'" in policy
        assert ("frame-ancestors 'none'" in policy) is not framed[path]
    assert [path for path, is_framed in framed.items() if is_framed] == ["widget/", "widget/preview/"]
