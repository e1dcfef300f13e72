"""S-29: deletion on request, from every table, once, and again after a restore."""

import json
from datetime import timedelta

import pytest
from django.test import TestCase

from registration.domain import backups, outbox, sealing, submission, tombstones
from registration.domain.deleting import delete_by_token, delete_everything
from registration.domain.submission import Expired, ReferenceReused, open_form
from registration.models import (
    Application,
    Contact,
    Delivery,
    Document,
    Forgotten,
    Outbox,
    Subscription,
    Tombstone,
    WebhookMessage,
)
from tests.registration.retention.conftest import TOKEN

pytestmark = pytest.mark.django_db
HELD = (Document, Contact, Subscription, Delivery)


def counts() -> list[int]:
    return [model.objects.count() for model in HELD]


def requested() -> dict[str, int]:
    return dict(Forgotten.objects.filter(why="request").values_list("kind", "count"))


def test_s29_with_the_reference_everything_goes_in_one_transaction(everything, reference, now):
    made = everything()
    with TestCase.captureOnCommitCallbacks(execute=True):
        deleted = delete_everything(reference, now)
    assert (deleted.answers, deleted.subscription, deleted.messages, deleted.application) == (True, True, 2, True)
    assert deleted.contact.columns == ("name", "email", "zip_code")
    assert counts() == [0, 0, 0, 0]
    assert Application.objects.get().status == "withdrawn"
    assert set(Outbox.objects.values_list("kind", "outcome", "payload")) == {
        ("test_link", "withdrawn", None),
        ("test_reminder", "withdrawn", None),
        ("test_welcome", "sent", None),
    }
    assert requested() == {"sealed_answers": 1, "contacts": 1, "subscriptions": 1, "outbox": 2, "deliveries": 1}
    told = json.loads(WebhookMessage.objects.get(type="application.withdrawn").body)["data"]
    assert (told["application"], told["status"]) == (str(made.application.pk), "withdrawn")


def test_s29_second_time_and_a_wrong_code_find_nothing(everything, reference, now):
    everything()
    assert delete_everything(sealing.new_reference(), now) is None
    assert delete_everything("no reference", now) is None
    assert counts() == [1, 1, 1, 1]
    delete_everything(reference, now)
    assert delete_everything(reference, now) is None
    assert WebhookMessage.objects.filter(type="application.withdrawn").count() == 1


def test_s29_after_it_the_code_opens_nothing_and_makes_nothing_again(everything, reference, applicant, now):
    everything()
    delete_everything(reference, now)
    with pytest.raises(Expired):
        open_form(reference, now=now)
    with pytest.raises(ReferenceReused):
        everything()


def test_s29_with_the_token_all_goes_but_the_contact_that_only_the_code_names(everything, now):
    everything()
    assert delete_by_token("another", now) is None
    deleted = delete_by_token(f" {TOKEN.upper()} ", now)
    assert (deleted.answers, deleted.subscription, deleted.contact, deleted.contact_unknown) == (True, True, None, True)
    assert counts() == [0, 1, 0, 0]
    assert delete_by_token(TOKEN, now) is None


def test_s29_worker_that_holds_a_message_comes_too_late(everything, reference, now):
    made = everything()
    row = Outbox.objects.get(kind="test_link")
    held = outbox.claim(row.pk, now + timedelta(seconds=1))
    delete_everything(reference, now)
    effect = outbox.Effect("email", "<late@localhost>")
    assert outbox.finish(held, "sent", now, effect) is False
    assert Delivery.objects.filter(ref_id=made.application.pk).count() == 0


def test_tombstones_are_in_the_journal_after_the_commit_and_hold_ids_alone(everything, reference, now, journal):
    everything()
    with TestCase.captureOnCommitCallbacks(execute=True):
        delete_everything(reference, now)
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    stones = Tombstone.objects.values_list("kind", "subject")
    assert sorted((each["kind"], each["subject"]) for each in lines) == sorted((kind, str(key)) for kind, key in stones)
    assert {each["kind"] for each in lines} == {"application", "contact", "subscription"}
    assert {key for each in lines for key in each} == {"kind", "subject", "at"}
    assert not Tombstone.objects.filter(journaled_at=None).exists()
    assert journal.stat().st_mode & 0o777 == 0o600


def test_journal_that_cannot_be_written_does_not_undo_the_deletion(everything, reference, now, settings, tmp_path):
    everything()
    settings.TOMBSTONES = tmp_path / "missing" / "tombstones.jsonl"
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert delete_everything(reference, now) is not None
    assert Tombstone.objects.filter(journaled_at=None).count() == 3
    settings.TOMBSTONES.parent.mkdir()
    assert (tombstones.write_left(now), tombstones.write_left(now)) == (3, 0)
    assert len(settings.TOMBSTONES.read_text().splitlines()) == 3


def test_line_that_a_crash_cut_short_spoils_no_other(everything, reference, now, journal):
    everything()
    journal.write_text('{"kind": "appl')
    with TestCase.captureOnCommitCallbacks(execute=True):
        delete_everything(reference, now)
    found = tombstones.replay(journal.read_text().splitlines(), now)
    assert (found.unreadable, found.deleted + found.nothing) == (1, 3)


def test_s31_replay_deletes_again_what_a_backup_brought_back_and_does_no_harm_twice(everything, reference, now):
    everything()
    before = {model: list(model.objects.all()) for model in (Document, Contact, Subscription, Delivery, Outbox)}
    delete_everything(reference, now)
    lines = [tombstones.line_of(stone) for stone in Tombstone.objects.all()]
    Tombstone.objects.all().delete()
    Application.objects.update(status="form_ready")
    Outbox.objects.all().delete()
    for model, rows in before.items():
        model.objects.bulk_create(rows)
    assert counts() == [1, 1, 1, 1]
    first = tombstones.replay(lines, now)
    assert counts() == [0, 0, 0, 0]
    assert (first.deleted >= 2, Outbox.objects.filter(done_at=None).count()) == (True, 0)
    assert Application.objects.get().status == "withdrawn"
    assert tombstones.replay(lines, now) == tombstones.Replayed(0, 3, 0)
    assert Tombstone.objects.filter(journaled_at__isnull=False).count() == 3


def test_s31_restore_says_that_the_journal_is_not_the_one_of_the_backup(everything, reference, now, journal):
    everything()
    with TestCase.captureOnCommitCallbacks(execute=True):
        delete_everything(reference, now)
    assert backups._journal_faults() == []
    lines = journal.read_text().splitlines(keepends=True)
    journal.write_text(lines[0])
    assert [fault[:9] for fault in backups._journal_faults()] == ["journal: "]
    journal.unlink()
    assert tombstones.missing([]) == 3
    assert [fault for look in backups._looks for fault in look() if f"{journal} lacks 3 deletions" in fault] != []


def test_s31_before_a_restore_the_journal_gets_what_the_database_alone_knows(
    everything, reference, now, journal, settings
):
    everything()
    with TestCase.captureOnCommitCallbacks(execute=True):
        delete_everything(reference, now)
    lines = journal.read_text().splitlines()
    Tombstone.objects.filter(kind="contact").update(journaled_at=None)
    journal.write_text(f"{lines[0]}\n")  # another machine's has the others
    assert (tombstones.write_all(lines[:1]), tombstones.write_all(lines)) == (2, 0)
    assert sorted(journal.read_text().splitlines()) == sorted(lines)
    settings.TOMBSTONES = journal.parent / "missing" / "tombstones.jsonl"
    with pytest.raises(backups.Refused):
        backups._keep_deletions()


def test_withdrawn_contact_is_buried_too(everything, reference, now):
    everything()
    submission.contacts.withdraw(reference, now)
    assert list(Tombstone.objects.values_list("kind", flat=True)) == ["contact"]
    assert requested() == {"contacts": 1}
