"""Keys and webhooks in the dashboard: a secret is shown once, and what is ended stays ended."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from registration.domain import keys as domain
from registration.domain.webhooks import FORM_READY, TEST
from registration.models import ApiKey, AuditEntry, WebhookDelivery, WebhookEndpoint
from tests.members import show_factor
from tests.registration.views.partners.setting_up import ORDER, delivery, endpoint

pytestmark = pytest.mark.django_db
WISH = {"name": "Sign-up page", "mode": "live", "scopes": ["applications:write", "statistics:read"]}


def text_of(answer) -> str:
    """The key on the page that shows it."""
    return re.search(r"ef_(live|test)_\w+", answer.content.decode()).group()


def a_key(people, name: str = "Old") -> ApiKey:
    return domain.make(people.partner, domain.KeyWish(name, "live", ("statistics:read",)), ORDER)[0]


def test_key_is_shown_once_and_never_again(people):
    answer = people.manager.post(people.url("keys/make/"), WISH)
    text = text_of(answer)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
    found = domain.find(text, timezone.now())
    assert (found.name, found.mode, found.scopes) == ("Sign-up page", "live", ["applications:write", "statistics:read"])
    assert f"curl -H &quot;Authorization: Bearer {text}&quot;" in answer.content.decode()
    listed = people.viewer.get(people.url("keys/")).content.decode()
    assert domain.shown(found) in listed
    assert text not in listed


@pytest.mark.parametrize(
    ("scope", "status"),
    [("applications:write", 200), ("applications:read", 404), ("statistics:read", 200), ("webhooks:write", 200)],
)
def test_first_call_shows_whether_a_key_works(people, client, scope, status):
    page = html.unescape(people.manager.post(people.url("keys/make/"), {**WISH, "scopes": [scope]}).content.decode())
    text, path = re.search(r'curl -H "Authorization: Bearer (\S+)" http://testserver([/\w-]+)', page).groups()
    answers = [client.get(path, headers={"Authorization": f"Bearer {each}"}) for each in (text, text[:-1])]
    assert [each.status_code for each in answers] == [status, 401]


def test_keys_show_the_names_of_scopes_and_where_the_api_is_described(people):
    a_key(people)
    listed, form = (people.manager.get(people.url(each)).content.decode() for each in ("keys/", "keys/make/"))
    assert "Read your statistics <code>statistics:read</code>" in listed
    assert 'href="/api/v1/docs/"' in listed
    assert "Send applications <code>applications:write</code></label>" in form


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Enter a name for the key."),
        ({"name": "\u200b\u2060"}, "Enter a name for the key."),
        ({"name": "a\u202eb"}, "Type this again."),
        ({"name": "x" * 101}, "Choose a shorter name."),
        ({"mode": ""}, "Choose live or test."),
        ({"mode": "root"}, "Choose live or test."),
        ({"scopes": []}, "Choose what the key may do."),
        ({"scopes": ["everything"]}, "Choose what the key may do."),
    ],
)
def test_key_that_cannot_be_made_is_said_at_its_field(people, change, said):
    answer = people.manager.post(people.url("keys/make/"), {**WISH, **change})
    assert (answer.status_code, ApiKey.objects.count()) == (400, 0)
    assert answer.content.decode().count(said) == 2


def test_there_is_an_end_to_keys(people):
    for number in range(domain.MOST_KEYS):
        a_key(people, f"Key {number}")
    answer = people.manager.post(people.url("keys/make/"), WISH)
    assert (answer.status_code, ApiKey.objects.count()) == (400, domain.MOST_KEYS)
    assert "You can have 40 keys." in answer.content.decode()


def test_s14_key_is_not_made_while_the_factor_is_old(people):
    show_factor(people.manager, people.members["manager"].user, seconds_ago=301)
    assert people.manager.post(people.url("keys/make/"), WISH).status_code == 302
    assert ApiKey.objects.count() == 0


@pytest.mark.parametrize(("hours", "overlap"), [("0", 0), ("24", 24), ("720", 720)])
def test_s05_rotated_key_works_for_as_long_as_was_chosen(people, hours, overlap):
    key = a_key(people)
    answer = people.manager.post(people.url(f"keys/{key.identifier}/rotate/"), {"hours": hours})
    assert domain.find(text_of(answer), timezone.now()).name == "Old"
    key.refresh_from_db()
    left = key.expires_at - AuditEntry.objects.get(action="key_rotated").at
    assert left == timedelta(hours=overlap)


@pytest.mark.parametrize("hours", ["", "7", "-1", "x", "100000"])
def test_overlap_that_nobody_offers_is_refused(people, hours):
    key = a_key(people)
    answer = people.manager.post(people.url(f"keys/{key.identifier}/rotate/"), {"hours": hours})
    assert (answer.status_code, ApiKey.objects.count()) == (400, 1)


def test_key_is_rotated_once(people):
    key = a_key(people)
    people.manager.post(people.url(f"keys/{key.identifier}/rotate/"), {"hours": "24"})
    answer = people.manager.post(people.url(f"keys/{key.identifier}/rotate/"), {"hours": "24"})
    assert (answer.status_code, ApiKey.objects.count()) == (400, 2)
    assert "This key was rotated or ended before." in answer.content.decode()


def test_key_is_revoked_after_a_question_and_once(people):
    key = a_key(people)
    address = people.url(f"keys/{key.identifier}/revoke/")
    assert "Revoke this key?" in people.manager.get(address).content.decode()
    key.refresh_from_db()
    assert key.revoked_at is None
    assert "“Old” no longer works." in people.manager.post(address, follow=True).content.decode()
    assert "This key was revoked before." in people.manager.post(address, follow=True).content.decode()
    key.refresh_from_db()
    assert key.revoked_at is not None


HOOK = {"url": "https://127.0.0.1/hook", "events": [FORM_READY]}


@pytest.fixture
def loopback(settings):
    """As on a developer's own machine."""
    settings.WEBHOOK_ALLOW_LOOPBACK = True


def test_endpoint_is_added_and_its_secret_shown_once(people, loopback):
    answer = people.manager.post(people.url("webhooks/add/"), HOOK)
    secret = re.search(r"whsec_[\w+/=]+", answer.content.decode()).group()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
    made = WebhookEndpoint.objects.get()
    assert (made.partner, made.url, made.events) == (people.partner, HOOK["url"], [FORM_READY])
    assert secret not in people.manager.get(people.url("webhooks/")).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"url": ""}, "Enter the address that gets the messages."),
        ({"url": "http://example.org/"}, "The address must start with https://."),
        ({"url": "https://10.0.0.1/"}, "This host is not on the public internet."),
        ({"events": []}, "Choose at least one event."),
        ({"events": ["everything"]}, "There is no event “everything.”"),
    ],
)
def test_s11_endpoint_that_cannot_be_made_is_said_at_its_field(people, change, said):
    answer = people.manager.post(people.url("webhooks/add/"), {**HOOK, **change})
    assert (answer.status_code, WebhookEndpoint.objects.count()) == (400, 0)
    assert answer.content.decode().count(said) == 2


def test_form_of_an_endpoint_needs_both_of_its_fields(people):
    assert "(optional)" not in people.manager.get(people.url("webhooks/add/")).content.decode()


@pytest.mark.parametrize("allowed", [False, True])
def test_form_of_an_endpoint_says_that_this_machine_is_let_through(people, settings, allowed):
    settings.WEBHOOK_ALLOW_LOOPBACK = allowed
    shown = people.manager.get(people.url("webhooks/add/")).content.decode()
    found = ("reachable from the internet" in shown, "or be on this machine" in shown)
    assert found == (True, allowed)


def test_endpoint_is_changed_turned_off_and_on(people, loopback):
    made = endpoint(people.partner, "https://127.0.0.1/hook")
    address = people.url(f"webhooks/{made.public_id}/")
    people.manager.post(address, {**HOOK, "url": "https://127.0.0.1/other"})
    made.refresh_from_db()
    assert (made.url, made.events, made.disabled_at) == ("https://127.0.0.1/other", [FORM_READY], None)
    people.manager.post(address, {**HOOK, "turn": "yes"})
    made.refresh_from_db()
    assert (made.disabled_at is None, made.disabled_because) == (False, "partner")
    people.manager.post(address, HOOK)
    made.refresh_from_db()
    assert made.disabled_at is not None
    people.manager.post(address, {**HOOK, "turn": "yes"})
    made.refresh_from_db()
    assert made.disabled_at is None


def test_secret_is_rotated_with_the_chosen_overlap(people):
    made = endpoint(people.partner)
    answer = people.manager.post(people.url(f"webhooks/{made.public_id}/rotate/"), {"hours": "24"})
    assert "whsec_" in answer.content.decode()
    made.refresh_from_db()
    assert made.former_until - AuditEntry.objects.get().at == timedelta(hours=24)


def test_endpoint_is_removed_after_a_question(people):
    made = endpoint(people.partner)
    address = people.url(f"webhooks/{made.public_id}/remove/")
    assert "Remove this endpoint?" in people.manager.get(address).content.decode()
    people.manager.post(address)
    made.refresh_from_db()
    assert made.deleted_at is not None
    assert people.manager.get(address).status_code == 404


def test_test_message_waits_in_the_log(people):
    made = endpoint(people.partner)
    answer = people.manager.post(people.url(f"webhooks/{made.public_id}/test/"), follow=True)
    assert WebhookDelivery.objects.get().message.type == TEST
    assert "A test" in answer.content.decode()


def shown(answer) -> int:
    """How many messages the page of the log lists."""
    return answer.content.decode().count('<th scope="row">')


def test_log_shows_what_is_asked_for(people):
    one, other = endpoint(people.partner), endpoint(people.partner, "https://other.example.org/hook")
    now = timezone.now()
    delivery(one, delivered_at=now, attempts=1, last_status=200)
    delivery(one, given_up_at=now, attempts=9, last_status=500, last_failure="refused")
    delivery(other, attempts=1, last_failure="connect_timeout")
    log = people.url("webhooks/log/")
    asked = [
        {}, {"state": "delivered"}, {"state": "given_up"}, {"state": "waiting"}, {"endpoint": str(one.public_id)},
        {"state": "waiting", "endpoint": str(one.public_id)}, {"state": "nonsense"}, {"endpoint": "'--"}, {"page": "x"},
    ]  # fmt: skip
    assert [shown(people.viewer.get(log, each)) for each in asked] == [3, 1, 1, 1, 2, 0, 3, 3, 3]


def test_log_has_pages_that_keep_the_choice(people):
    made = endpoint(people.partner)
    for _ in range(51):
        delivery(made)
    first = people.viewer.get(people.url("webhooks/log/"), {"state": "waiting"})
    assert (shown(first), 'href="?state=waiting&amp;page=2"' in first.content.decode()) == (50, True)
    assert shown(people.viewer.get(people.url("webhooks/log/"), {"state": "waiting", "page": "2"})) == 1


def test_log_is_of_the_own_partner_alone(people):
    delivery(endpoint(people.partner))
    assert shown(people.stranger.get("/partners/not-acme/webhooks/log/")) == 0


def test_message_is_sent_again(people):
    sent = delivery(endpoint(people.partner), given_up_at=timezone.now(), attempts=9)
    people.manager.post(people.url(f"webhooks/log/{sent.public_id}/replay/"))
    again = WebhookDelivery.objects.latest("pk")
    assert (again.message, again.attempts, again.given_up_at) == (sent.message, 0, None)


def test_message_to_an_endpoint_that_is_off_is_not_sent_again(people):
    made = endpoint(people.partner)
    sent = delivery(made, given_up_at=timezone.now())
    WebhookEndpoint.objects.update(disabled_at=timezone.now())
    answer = people.manager.post(people.url(f"webhooks/log/{sent.public_id}/replay/"), follow=True)
    assert "This endpoint is off. Turn it on first." in answer.content.decode()
    assert WebhookDelivery.objects.count() == 1
