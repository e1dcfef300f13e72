"""Rows of the outbox: once each, under a lease, tried again, set aside, and erased."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection

from registration.delivery.base import DeliveryError
from registration.domain import outbox
from registration.domain.outbox import Entry, working
from registration.domain.wrapping import unwrap
from registration.models import Delivery, Outbox, Partner
from tests.registration.outbox.conftest import KIND

pytestmark = pytest.mark.django_db


def at(moment: datetime):
    return lambda: moment


def test_work_writes_effect_and_end_together(add, now):
    row = add(content={"reference": "secret"})
    assert outbox.work(row.pk, at(now)) is True
    done = Outbox.objects.get()
    assert (done.done_at, done.outcome, done.payload, done.attempts) == (now, "sent", None, 1)
    effect = Delivery.objects.get()
    assert (effect.ref_id, effect.kind, effect.channel, effect.message_id) == (
        row.ref_id,
        KIND,
        "email",
        f"<{KIND}.{row.ref_id}@test>",
    )


def test_add_writes_the_same_thing_once(add, known, now):
    row = add()
    assert outbox.add(Entry(KIND, row.ref_id), now) is None
    assert Outbox.objects.count() == 1


def test_add_wraps_what_it_needs_of_a_person(add, now):
    row = add(content={"reference": "abcdefghijklmnop"})
    assert b"abcdefghijklmnop" not in bytes(row.payload)
    assert unwrap(bytes(row.payload), row.pk) == {"reference": "abcdefghijklmnop"}


def test_add_is_due_at_once_however_wrong_this_clock_is(known, now):
    ahead = outbox.database_now() + timedelta(hours=1)
    outbox.add(Entry(KIND, uuid4()), ahead)
    assert Outbox.objects.get().available_at <= outbox.database_now()


def test_work_waits_for_its_time(add, now):
    row = add(at=now + timedelta(hours=1))
    assert outbox.work(row.pk, at(now)) is False
    assert outbox.work(row.pk, at(now + timedelta(hours=1))) is True


def test_work_passes_over_what_another_holds(add, now):
    row = add()
    assert outbox.claim(row.pk, now) is not None
    assert outbox.work(row.pk, at(now)) is False
    assert outbox.work(row.pk, at(now + outbox.LEASE)) is True
    assert Outbox.objects.get().attempts == 2


def test_finish_after_the_lease_was_lost_changes_nothing(add, now):
    row = add()
    late = outbox.claim(row.pk, now)
    later = now + outbox.LEASE
    current = outbox.claim(row.pk, later)
    effect = outbox.Effect("email", "x")
    assert outbox.finish(late, "sent", later, effect) is False
    assert not Delivery.objects.exists()
    assert outbox.finish(current, "sent", later, effect) is True
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_r06_message_that_went_out_is_written_down_when_the_database_is_back_and_goes_out_once(
    add, known, now, monkeypatch
):
    sent, faults = [], ["away", "away"]

    def send(row, _now):
        sent.append(row.pk)
        return outbox.Effect("email", "x")

    def falters(execute, sql, params, many, context):
        if sent and faults and sql.startswith("UPDATE"):
            raise OperationalError(faults.pop())
        return execute(sql, params, many, context)

    known(send)
    row = add()
    monkeypatch.setattr(working, "WRITTEN_AGAIN", (0, 0))
    with connection.execute_wrapper(falters):
        assert outbox.work(row.pk, at(now)) is True
    assert (sent, Outbox.objects.get().outcome, Delivery.objects.count()) == ([row.pk], "sent", 1)


def test_work_tries_again_later_while_another_service_is_away(add, known, now):
    def away(_row, _now):
        raise DeliveryError("away")

    known(away)
    row = add()
    moment = now
    for _ in range(outbox.MOST_ATTEMPTS * 2):
        assert outbox.work(row.pk, at(moment)) is True
        moment += timedelta(minutes=16)
    waiting = Outbox.objects.get()
    assert (waiting.attempts, waiting.deferrals, waiting.dead_at, waiting.outcome) == (0, 10, None, "away")


def test_work_ends_what_is_refused_for_good(add, known, now):
    def refuses(_row, _now):
        raise DeliveryError("refused", permanent=True)

    known(refuses)
    row = add(content={"to": "x"})
    outbox.work(row.pk, at(now))
    over = Outbox.objects.get()
    assert (over.outcome, over.done_at, over.dead_at, over.payload) == ("refused", now, None, None)
    assert not Delivery.objects.exists()


def test_work_sets_aside_what_fails_again_and_again(add, known, now, caplog):
    def fails(_row, _now):
        raise ValueError("Ann Smith")

    known(fails)
    row = add()
    moment = now
    for _ in range(outbox.MOST_ATTEMPTS):
        assert outbox.work(row.pk, at(moment)) is True
        moment += timedelta(minutes=16)
    assert outbox.work(row.pk, at(moment)) is False
    dead = Outbox.objects.get()
    assert (dead.outcome, dead.dead_at is not None, dead.attempts) == ("ValueError", True, outbox.MOST_ATTEMPTS)
    assert caplog.records[-1].message == "an outbox row is set aside"


def test_claim_sets_aside_what_kills_its_workers(add, now):
    row = add()
    moment = now
    for _ in range(outbox.MOST_ATTEMPTS):
        assert outbox.claim(row.pk, moment) is not None
        moment += outbox.LEASE
    assert outbox.claim(row.pk, moment) is None
    assert Outbox.objects.get().outcome == "killed_its_worker"


def test_work_leaves_what_only_a_newer_release_knows(add, now):
    row = add()
    Outbox.objects.update(kind="of_tomorrow")
    outbox.work(row.pk, at(now))
    waiting = Outbox.objects.get()
    assert (waiting.outcome, waiting.done_at, waiting.attempts) == ("unknown_kind", None, 0)


def test_work_drops_what_is_too_late_whoever_knows_it(add, now):
    row = add(until=now + timedelta(hours=1))
    Outbox.objects.update(kind="of_tomorrow")
    outbox.work(row.pk, at(now + timedelta(hours=1)))
    assert Outbox.objects.get().outcome == "too_late"


def test_work_drops_what_is_too_late(add, now):
    row = add(until=now + timedelta(hours=1))
    outbox.work(row.pk, at(now + timedelta(hours=1)))
    assert Outbox.objects.get().outcome == "too_late"


def test_hand_over_tells_of_each_row_once_until_nobody_took_it(add, now):
    row = add()
    assert outbox.hand_over("mail", 10, now) == [row.pk]
    assert outbox.hand_over("mail", 10, now) == []
    assert outbox.hand_over("sms", 10, now + outbox.TOLD_AGAIN) == []
    assert outbox.hand_over("mail", 10, now + outbox.TOLD_AGAIN) == [row.pk]


def test_hand_over_gives_each_partner_its_share(add, now):
    crowd, few = (Partner.objects.create(slug=slug, name=slug) for slug in ("crowd", "few"))
    for _ in range(8):
        add(partner=crowd)
    mine = {add(partner=few).pk for _ in range(2)}
    told = outbox.hand_over("mail", 4, now)
    assert len(told) == 4
    assert mine <= set(told)


def test_hand_over_never_has_more_in_flight_than_it_may(add, now, monkeypatch):
    monkeypatch.setattr("registration.domain.outbox.queue.MOST_IN_FLIGHT", 3)
    for _ in range(5):
        add()
    assert len(outbox.hand_over("mail", 10, now)) == 3
    assert outbox.hand_over("mail", 10, now) == []


def test_take_back_makes_rows_due_again(add, now):
    row = add()
    outbox.hand_over("mail", 10, now)
    outbox.take_back([row.pk])
    assert outbox.hand_over("mail", 10, now) == [row.pk]


def test_work_due_does_everything_of_its_queue(add, known, now):
    known(lambda _row, _now: outbox.Skipped("unwanted"), queue="sms", name="other")
    for _ in range(3):
        add()
    add(kind="other")
    assert outbox.work_due("mail", at(now), lambda: False) == 3
    assert outbox.waiting().count() == 1
