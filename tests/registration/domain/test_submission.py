import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from registration.domain import answers, retention, sealing, submission
from registration.domain.submission import Submission, Submitted
from registration.models import Application, Document, Partner

DAY = date(2028, 11, 7)


def send(applicant, now, reference, **changes) -> Submitted:
    return submission.submit(Submission(applicant, "en", DAY, **changes), reference=reference, now=now)


@pytest.fixture
def reference() -> str:
    return submission.new_reference()


@pytest.mark.django_db
def test_submit_keeps_the_record_without_an_answer(applicant, now, reference):
    made = send(applicant, now, reference)
    assert made.created is True
    row = Application.objects.values().get()
    assert row == {
        "id": made.application.id,
        "partner_id": Partner.objects.get(slug="site").id,
        "reference_hash": sealing.reference_hash(reference),
        "jurisdiction": "GA",
        "channel": "web",
        "language": "en",
        "status": "form_ready",
        "rules_version": row["rules_version"],
        "election_day": DAY,
        "created_at": now,
    }
    document = Document.objects.get()
    assert document.expires_at == now + timedelta(days=30)
    assert sealing.unseal(bytes(document.sealed), reference) == answers.to_bytes(applicant)


@pytest.mark.django_db
def test_submit_twice_gives_the_first_record_again(applicant, now, reference):
    first = send(applicant, now, reference)
    again = send(applicant, now + timedelta(minutes=5), f" {reference.upper()} ")
    assert again == Submitted(first.application, now + timedelta(days=30), created=False)
    assert Application.objects.count() == Document.objects.count() == 1


@pytest.mark.django_db
def test_submit_other_answers_under_a_used_reference_is_refused(applicant, now, reference):
    send(applicant, now, reference)
    with pytest.raises(submission.ReferenceReused):
        send(replace(applicant, party="Whig"), now, reference)
    assert submission.open_form(reference, now=now).applicant == applicant


@pytest.mark.django_db
def test_submit_refuses_a_guessable_reference(applicant, now):
    with pytest.raises(submission.BadReference):
        send(applicant, now, "1234")
    assert Application.objects.count() == 0


@pytest.mark.django_db
def test_open_form_gives_the_answers_and_its_delivery_is_counted(applicant, now, reference):
    send(applicant, now, reference)
    for _ in range(2):
        opened = submission.open_form(reference, now=now)
        assert opened.applicant == applicant
        submission.mark_delivered(opened.application, now)
    assert Document.objects.get().times_drawn == 2
    assert Application.objects.get().status == "delivered"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "nonsense", "abcdefghijklmnopqrstuvwxyz"])
def test_open_form_of_an_unknown_reference_is_not_found(text, now):
    with pytest.raises(submission.NotFound):
        submission.open_form(text, now=now)


@pytest.mark.django_db
def test_open_form_after_its_time_is_expired_before_and_after_the_forgetting(applicant, now, reference):
    send(applicant, now, reference)
    late = now + timedelta(days=30)
    assert submission.open_form(reference, now=late - timedelta(seconds=1)).applicant == applicant
    with pytest.raises(submission.Expired):
        submission.open_form(reference, now=late)
    with pytest.raises(submission.ReferenceReused):
        send(applicant, late, reference)
    assert retention.forget_expired(late) == 1
    assert Document.objects.count() == 0
    assert Application.objects.get().status == "purged"
    with pytest.raises(submission.Expired):
        submission.open_form(reference, now=late)
    with pytest.raises(submission.ReferenceReused):
        send(applicant, late, reference)


@pytest.mark.django_db
def test_open_form_refuses_changed_answers(applicant, now, reference):
    send(applicant, now, reference)
    document = Document.objects.get()
    sealed = bytearray(document.sealed)
    sealed[40] ^= 1
    Document.objects.update(sealed=bytes(sealed))
    with pytest.raises(sealing.CannotOpen):
        submission.open_form(reference, now=now)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_submit_20_at_once_makes_one_record(applicant, now, reference):
    results: list[Submitted] = []
    start = threading.Barrier(20)

    def one() -> None:
        try:
            start.wait()
            results.append(send(applicant, now, reference))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 20
    assert {result.application.id for result in results} == {Application.objects.get().id}
    assert [result.created for result in results].count(True) == 1
