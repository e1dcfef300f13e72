"""T9: what the schedule promises goes on its day, and in the end nothing but counts is left."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.test import override_settings

from registration.domain import retention
from registration.domain.retention import SCHEDULE, STAYS, BadLength, check_lengths, length_of
from registration.domain.retention.lengths import BACKUPS, FIXED, LONGEST
from registration.models import (
    Application,
    Chore,
    Contact,
    DailyCount,
    Delivery,
    Document,
    Forgotten,
    Invitation,
    Membership,
    Outbox,
    Partner,
    RateWindow,
    Role,
    Subscription,
    WebhookMessage,
)
from registration.phrases import retention as words
from state_rules import JURISDICTIONS, keeping, load
from tests.members import make_partner, make_person

pytestmark = pytest.mark.django_db
#: Django's own lists of what exists; they hold nothing that anybody did.
LISTS = {"contenttypes.ContentType", "auth.Permission", "auth.Group"}


def labels() -> set[str]:
    return {model._meta.label for model in apps.get_models()}


def test_every_model_stands_in_the_schedule():
    named = {label for kept in (*SCHEDULE, *STAYS) for label in kept.models}
    assert (labels() - LISTS - named, named - labels()) == (set(), set())


def test_every_kind_has_its_words_and_its_days():
    kinds = [kept.kind for kept in SCHEDULE]
    assert set(kinds) == {*LONGEST, *FIXED}
    assert all(words.kept(kept.kind, 2).why for kept in (*SCHEDULE, *STAYS))
    assert "%(" not in "".join(words.kept(kind, days).how_long for kind in kinds for days in (1, 2))


def test_tombstones_outlast_the_oldest_backup():
    assert length_of("tombstones").days > BACKUPS


def held() -> dict[str, int]:
    """How many rows of each kind of the applicant's are left."""
    models = (Document, Contact, Subscription, Outbox, Delivery, WebhookMessage)
    return {model.__name__: model.objects.count() for model in models if model.objects.exists()}


def test_t09_each_thing_goes_on_its_day_and_only_counts_are_left(everything, acme, now):
    everything()
    start = {"Document": 1, "Contact": 1, "Subscription": 1, "Outbox": 3, "Delivery": 1, "WebhookMessage": 1}
    assert held() == start

    def after(moment: datetime) -> dict[str, int]:
        retention.forget_all(lambda: moment)
        return {name: count for name, count in held().items() if count != start[name]} | {
            name: 0 for name in start if name not in held()
        }

    second = timedelta(seconds=1)
    payload = Outbox.objects.filter(payload__isnull=False)
    assert after(now + timedelta(days=3) - second) == {}
    assert payload.count() == 1
    assert after(now + timedelta(days=3)) == {}
    assert (payload.count(), Outbox.objects.get(kind="test_link").outcome) == (0, "too_late")
    assert after(now + timedelta(days=30) - second) == {}
    assert after(now + timedelta(days=30)) == {"Document": 0, "Outbox": 2}
    assert after(now + timedelta(days=30) + second) == {"Document": 0, "Outbox": 2, "WebhookMessage": 0}
    assert after(now + timedelta(days=90) - second)["Outbox"] == 0
    assert "Delivery" not in after(now + timedelta(days=90) - second)
    assert after(now + timedelta(days=90))["Delivery"] == 0
    until = datetime(2028, 12, 7, 5, tzinfo=UTC)
    assert {"Contact", "Subscription"} & set(after(until - second)) == set()
    assert after(until) == dict.fromkeys(start, 0)

    stay = {label for kept in STAYS for label in kept.models}
    left = {model._meta.label for model in apps.get_models() if model.objects.exists()} - LISTS
    assert left - stay - {"registration.WebhookEndpoint"} == set()  # the partner's own, as long as it wants it
    assert (Application.objects.get().status, DailyCount.objects.get(kind="contact").count) == ("purged", 1)
    counted = dict(Forgotten.objects.filter(why="schedule").values_list("kind", "count"))
    assert {kind: counted[kind] for kind in ("sealed_answers", "contacts", "subscriptions", "deliveries")} == {
        "sealed_answers": 1,
        "contacts": 1,
        "subscriptions": 1,
        "deliveries": 1,
    }


def test_subscription_that_was_ended_goes_a_day_later(everything, now):
    everything()
    Subscription.objects.update(created_at=now - timedelta(days=10), email=None, email_ended_at=now)
    assert retention.forget_kind("subscriptions", now + timedelta(hours=23)) == 0
    assert retention.forget_kind("subscriptions", now + timedelta(days=1)) == 1
    assert Outbox.objects.get(kind="test_reminder").outcome == "withdrawn"


def test_subscription_goes_a_day_after_the_form_was_mailed(everything, now):
    everything()
    Subscription.objects.update(created_at=now - timedelta(days=10), email=None, phone=None, mailed_at=now)
    assert retention.forget_kind("subscriptions", now + timedelta(hours=23)) == 0
    assert retention.forget_kind("subscriptions", now + timedelta(days=1)) == 1


def test_contact_goes_when_its_states_law_comes_to_forbid_it(everything, now):
    everything()
    forbidding = next(code for code in JURISDICTIONS if keeping(load(code), now.date()) == "forbidden")
    assert retention.forget_kind("contacts_forbidden", now) == 0
    Contact.objects.update(jurisdiction=forbidding)
    assert retention.forget_kind("contacts_forbidden", now) == 1


def test_messages_to_whom_an_organization_brought_go_when_the_law_comes_to_forbid_them(everything, now):
    everything()
    forbidding = next(code for code in JURISDICTIONS if keeping(load(code), now.date()) == "forbidden")
    Subscription.objects.update(jurisdiction=forbidding)
    brought = Application.objects.filter(subscription__isnull=False)
    brought.update(partner=Partner.objects.get(slug="site"))
    assert retention.forget_kind("subscriptions", now) == 0
    brought.update(partner=make_partner("bringer"))
    assert retention.forget_kind("subscriptions", now) == 1


def test_set_aside_row_loses_what_it_carries_before_it_goes(everything, now):
    everything()
    Outbox.objects.filter(kind="test_link").update(dead_at=now, useful_until=None)
    assert retention.forget_kind("payloads", now + timedelta(days=3) - timedelta(seconds=1)) == 0
    assert retention.forget_kind("payloads", now + timedelta(days=3)) == 1
    assert retention.forget_kind("outbox", now + timedelta(days=30)) == 2  # with the one that was sent


def test_row_at_work_keeps_what_it_needs(everything, now):
    everything()
    late = now + timedelta(days=4)
    Outbox.objects.filter(kind="test_link").update(lease_until=late + timedelta(minutes=1))
    assert retention.forget_kind("payloads", late) == 0


def test_unapproved_organization_loses_its_name_and_its_people(now):
    partner = Partner.objects.create(slug="waiting", name="Waiting for ever")
    person = make_person("ana@example.org")
    Membership.objects.create(partner=partner, user=person, role=Role.OWNER, created_at=now)
    Invitation.objects.create(
        partner=partner, email="b@example.org", role="viewer", token_hash=b"x" * 32, created_at=now, expires_at=now
    )
    Partner.objects.update(created_at=now)
    assert retention.forget_kind("sign_ups", now + timedelta(days=89)) == 0
    assert retention.forget_kind("sign_ups", now + timedelta(days=90)) == 1
    partner.refresh_from_db()
    assert (partner.name, partner.slug) == ("", f"forgotten-{partner.pk}")
    assert (Membership.objects.count(), Invitation.objects.count()) == (0, 0)
    assert type(person).objects.filter(pk=person.pk).count() == 0
    assert retention.forget_kind("sign_ups", now + timedelta(days=91)) == 0


def test_rate_windows_go_after_a_day(now):
    RateWindow.objects.create(guest="x", window=int(now.timestamp()), count=1)
    assert retention.forget_kind("rate_windows", now + timedelta(days=1)) == 0
    assert retention.forget_kind("rate_windows", now + timedelta(days=1, seconds=1)) == 1


def test_shorter_is_a_setting(everything, now, settings):
    settings.KEEP_DAYS = ["webhooks=7", "contacts=10"]
    everything()
    check_lengths()
    assert retention.forget_webhooks(now + timedelta(days=7, seconds=1)) == 1
    assert Contact.objects.get().expires_at == datetime(2028, 11, 17, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", ["webhooks=31", "webhooks=0", "webhooks", "webhooks=x", "nothing=3", "tombstones=1"])
def test_longer_or_unknown_is_refused(text):
    with override_settings(KEEP_DAYS=[text]), pytest.raises(BadLength):
        check_lengths()


def test_last_run_and_what_is_late_are_told(everything, now):
    everything()
    assert (retention.last_run(), retention.late(now)) == (None, ())
    later = now + timedelta(days=30, minutes=61)
    assert "sealed_answers" in retention.late(later)
    retention.forget_all(lambda: later)
    assert (retention.last_run(), retention.late(later)) == (later, ())
    assert Chore.objects.get().due_at == later + retention.EVERY
