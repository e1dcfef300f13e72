"""The oracle turns red on each kind of bad news, and only then."""

import time
from dataclasses import replace

import pytest

from drills import oracle
from drills.canary import Found, Search
from drills.ledger import Answer, Receipt
from drills.oracle import Window
from drills.people import API, Crowd, digest
from drills.records import Records
from registration.domain import documents
from registration.domain.sealing import reference_hash
from registration.forms.application_form import ApplicationForm
from tests.registration.test_every_jurisdiction import TODAY, setting

CROWD = Crowd(1, "test")


def receipt_of(index: int) -> Receipt:
    person = CROWD.person(index)
    fixed = (digest(person.answers), person.answers, person.email, 100.0, 0.1, person.door, person.jurisdiction)
    return Receipt(person.reference, *fixed, index, 1)


RECEIPTS = [receipt_of(index) for index in range(8)]
HASHES = {reference_hash(each.reference): 1 for each in RECEIPTS}
GOOD = Records(HASHES, HASHES, counted=8, outbox={"done": 16})


def without(hashes: dict[bytes, int], index: int, count: int) -> dict[bytes, int]:
    return {**hashes, reference_hash(RECEIPTS[index].reference): count}


def drawn(index: int) -> bytes:
    person = CROWD.person(index)
    place = setting(person.jurisdiction)
    form = ApplicationForm(place, person.answers)
    assert form.blocking == ()
    return documents.draw(form.applicant, place.jurisdiction, place.election, "en", on=TODAY)


def test_i1_every_receipt_has_its_record():
    verdict = oracle.i1_receipts(RECEIPTS, GOOD)
    assert (verdict.passed, verdict.offenders) == (True, ())
    assert "8 people" in verdict.said


@pytest.mark.parametrize("count", [0, 2])
def test_i1_lost_or_double_record_is_found(count):
    verdict = oracle.i1_receipts(RECEIPTS, replace(GOOD, references=without(HASHES, 3, count)))
    assert verdict.offenders == (f"#3 (web): {count} records, 1 forms",)


def test_i1_record_without_its_form_is_found():
    verdict = oracle.i1_receipts(RECEIPTS, replace(GOOD, forms=without(HASHES, 3, 0)))
    assert verdict.offenders == ("#3 (web): 1 records, 0 forms",)


def test_i2_record_of_nobody_is_found():
    attempts = {each.reference for each in RECEIPTS}
    assert oracle.i2_attempts(attempts, GOOD).passed
    verdict = oracle.i2_attempts(attempts - {RECEIPTS[0].reference}, GOOD)
    assert verdict.offenders == (reference_hash(RECEIPTS[0].reference).hex()[:12],)


@pytest.mark.django_db
def test_i3_form_says_what_was_answered():
    forms = {RECEIPTS[index].reference: drawn(index) for index in range(8)}
    verdict = oracle.i3_forms(RECEIPTS, forms.__getitem__, CROWD.mark)
    assert verdict.offenders == ()
    assert "8 of 8" in verdict.said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pdf", "problem"),
    [
        (lambda: drawn(8), "lacks first_name, middle_name, last_name, home_street, number, birth_date"),
        (lambda: drawn(0)[:3000], "does not open"),
        (lambda: b"", "does not open"),
    ],
)
def test_i3_form_of_another_or_broken_one_is_found(pdf, problem):
    bytes_of_it = pdf()
    verdict = oracle.i3_forms(RECEIPTS[:1], lambda _reference: bytes_of_it, CROWD.mark)
    assert verdict.offenders == (f"#0: {problem}",)


def mail(to: str, message_id: str, at: str = "2026-11-03T12:00:00+00:00") -> dict:
    return {"to": [to], "subject": "Form", "message_id": message_id, "at": at}


def test_i4_mail_twice_is_found():
    assert oracle.i4_mails([mail("a", "<1>"), mail("b", "<2>")]).passed
    assert oracle.i4_mails([mail("a", "<1>"), mail("a", "<1>")]).offenders == ("mail 0: 2 times outside of any fault",)


def test_i4_mail_may_come_again_in_the_fault_as_the_same_message_alone():
    from datetime import datetime

    moment = datetime.fromisoformat("2026-11-03T12:00:00+00:00").timestamp()
    window = [Window(moment - 5, moment + 5)]
    assert oracle.i4_mails([mail("a", "<1>"), mail("a", "<1>")], window).passed
    different = oracle.i4_mails([mail("a", "<1>"), mail("a", "<2>")], window)
    assert different.offenders == ("mail 0: 2 with 2 different Message-IDs",)
    nameless = oracle.i4_mails([mail("a", "")], window)
    assert nameless.offenders == ("mail 0: 1 with 1 different Message-IDs",)


def test_i5_waiting_dead_and_double_effects_are_found():
    assert oracle.i5_outbox(GOOD, 0).passed
    bad = replace(GOOD, outbox={"done": 1, "waiting": 2, "dead": 1}, effects={("x", "letter"): 2, ("y", "letter"): 1})
    assert oracle.i5_outbox(bad, 0).offenders == ("2 still wait", "1 dead, not 0", "effect letter 2 times")
    assert oracle.i5_outbox(replace(GOOD, outbox={"dead": 1}), 1).passed
    assert oracle.i5_outbox(GOOD, 1).offenders == ("0 dead, not 1",)


def test_i6_find_is_told_without_the_words():
    verdict = oracle.i6_canaries([Found("logs/web.log", "name, street")], "1 folder")
    assert (verdict.passed, verdict.offenders) == (False, ("name, street in logs/web.log",))


def answer(status: int, at: float, *, kept: bool = False) -> Answer:
    return Answer("r", at, 0.1, status, "web", kept)


def test_i7_error_outside_of_the_fault_is_found():
    now = time.time()
    window = [Window(now, now + 5)]
    fine = [answer(200, now), answer(503, now + 6, kept=True), answer(0, now + 14)]
    assert oracle.i7_errors(fine, window).passed
    assert oracle.i7_errors([answer(0, now + 16)], window).offenders == (f" at {now + 16:.1f} (web)",)
    assert not oracle.i7_errors([answer(503, now - 1, kept=True)], window).passed


def test_i7_page_that_loses_the_answers_and_refusal_are_found():
    window = [Window(0, 5)]
    assert oracle.i7_errors([answer(500, 1)], window).offenders == ("1 pages of 500 without the answers",)
    assert oracle.i7_errors([answer(422, 1)], window).offenders == ("1 refused, the first with 422",)


def test_i8_audit_that_does_not_verify_is_found():
    assert oracle.i8_audit("all 5 entries hold together", "").passed
    assert oracle.i8_audit("", "entry 3 was changed").offenders == ("entry 3 was changed",)


def test_i9_counts_that_differ_are_found():
    assert oracle.i9_counts(GOOD, 0).passed
    assert oracle.i9_counts(replace(GOOD, counted=9), 5).offenders == ("1 counted too many",)
    missing = replace(GOOD, counted=5)
    assert oracle.i9_counts(missing, 3).passed
    assert oracle.i9_counts(missing, 2).offenders == ("3 not counted, with 2 requests cut short",)


def test_i10_letter_that_never_came_is_found():
    letters = [mail(each.email, each.email) for each in RECEIPTS]
    assert oracle.i10_letters(RECEIPTS, letters, set(), 0).passed
    one_twice = [*letters[:-1], letters[0]]
    assert oracle.i10_letters(RECEIPTS, one_twice, set(), 0).offenders == ("#7: no letter",)
    assert oracle.i10_letters(RECEIPTS, one_twice, {letters[0]["to"][0]}, 0).offenders == ("#7: no letter",)


def test_i10_who_may_not_ask_for_a_letter_is_owed_none():
    brought = [replace(each, door=API) for each in RECEIPTS]
    owed = [each for each in brought if each.person.messages]
    assert 0 < len(owed) < len(brought)
    assert oracle.i10_letters(brought, [mail(each.email, each.email) for each in owed], set(), 0).passed


def test_i10_letter_that_was_refused_for_good_or_given_up_is_owed_to_nobody():
    letters = [mail(each.email, each.email) for each in RECEIPTS[2:]]
    assert oracle.i10_letters(RECEIPTS, letters, {each.email for each in RECEIPTS[:2]}, 0).passed
    assert oracle.i10_letters(RECEIPTS, letters, {RECEIPTS[0].email}, 1).passed
    assert not oracle.i10_letters(RECEIPTS, letters, set(), 1).passed


PERSON = CROWD.person(1)
SEARCH = Search(CROWD.mark, CROWD.mail_mark, [PERSON])
BORN = f"{PERSON.born[2]}-{int(PERSON.born[0]):02}-{int(PERSON.born[1]):02}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (PERSON.answers["last_name"], "name, street"),
        (PERSON.answers["last_name"].upper(), "name, street"),
        (PERSON.answers["home_street"].encode("utf-16-le").decode("latin-1"), "name, street"),
        (PERSON.answers["first_name"].encode().hex(), "name, street"),
        (PERSON.email, "e-mail"),
        ("/".join(PERSON.born), "birth date"),
        (BORN, "birth date"),
        ('"ssn4": "1234"', "Social Security number"),
        (f"{CROWD.mark[4:].upper()}000001", "licence"),
    ],
)
def test_canary_in_a_log_is_found(tmp_path, text, kind):
    (tmp_path / "web.log").write_bytes(b"x" * 50 + text.encode("latin-1") + b"y" * 50)
    assert SEARCH.folder(tmp_path) == [Found(f"{tmp_path.name}/web.log", kind)]


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_canary_in_base64_is_found(shift):
    import base64

    encoded = base64.b64encode(b"q" * shift + PERSON.answers["last_name"].encode() + b"rest of it")
    assert [each.what for each in SEARCH.data(encoded, "x")] == ["name, street"]


def test_canary_search_is_silent_where_nothing_is(tmp_path):
    (tmp_path / "web.log").write_text('{"at": "2026-11-03", "event": "a form was made", "id_choice": "ssn4"}')
    (tmp_path / "empty").touch()
    assert SEARCH.folder(tmp_path) == []


def test_canary_in_a_mail_may_stand_in_its_to_header_alone():
    head = f"To: {PERSON.email}\r\nSubject: Form\r\n\r\n"
    assert SEARCH.mail(f"{head}Your form", "mail 1") == []
    assert SEARCH.mail(f"{head}Dear {PERSON.answers['first_name']}", "mail 1") == [Found("mail 1", "name, street")]
    assert SEARCH.mail(f"{head}for {PERSON.email}", "mail 1") == [Found("mail 1", "e-mail")]
