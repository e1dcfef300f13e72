"""Contacts: only with the person's own tick, encrypted, never the answers, gone when it is time or on request."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from registration.applicant import Address, Applicant, Name
from registration.domain import contacts, retention, submission
from registration.domain.contacts import Given, Person, Wish
from registration.domain.field_encryption import CannotRead, Place, decrypt
from registration.domain.submission import Submission, submit
from registration.domain.validation import Problem
from registration.models import Application, Consent, Contact, DailyCount, OptInQuestion, Partner
from state_rules import keeping, load
from tests.registration.domain.jefferson import ON, jefferson

pytestmark = pytest.mark.django_db
ELECTION_DAY = date(2028, 11, 7)
SECRETS = ("Łukasz", "Nguyễn", "luke@example.org", "4045550177", "404-555-0177", "30303")


@pytest.fixture
def acme(now) -> Partner:
    return Partner.objects.create(slug="acme", name="Acme", approved_at=now)


def ask(partner: Partner, means: str = "email", text: str = "May we write?", **more) -> OptInQuestion:
    made = {"created_at": datetime(2028, 1, 1, tzinfo=UTC), **more}
    return OptInQuestion.objects.create(partner=partner, means=means, text=text, **made)


def wish(applicant: Applicant, *questions: OptInQuestion) -> Wish:
    ticked = tuple(question.pk for question in questions)
    return contacts.wish_of(applicant, ticked, "luke@example.org", "404-555-0177", "spring")


def send(applicant, now, reference, wished: Wish | None, language: str = "en"):
    sent = Submission(applicant, language, ELECTION_DAY, partner="acme", wish=wished)
    return submit(sent, reference=reference, now=now)


@pytest.fixture
def reference() -> str:
    return submission.new_reference()


def test_wish_is_kept_with_the_application_and_only_what_was_asked_for(acme, applicant, now, reference):
    by_email = ask(acme, text_es="¿Podemos escribirle?")
    ask(acme, "phone")
    send(applicant, now, reference, wish(applicant, by_email), "es")
    [person] = contacts.everyone(acme, now)
    assert person == Person(
        given_at=now,
        jurisdiction="GA",
        language="es",
        source="spring",
        name="Łukasz Nguyễn Jr",
        email="luke@example.org",
        phone="",
        zip_code="30303",
        said=("¿Podemos escribirle?",),
    )
    assert list(Consent.objects.values_list("question", "means", "text", "given_at")) == [
        (by_email.pk, "email", "¿Podemos escribirle?", now)
    ]


def test_telephone_is_kept_as_it_is_dialled_and_no_address_of_mail_beside_it(acme, applicant, now, reference):
    send(applicant, now, reference, wish(applicant, ask(acme, "phone")))
    [person] = contacts.everyone(acme, now)
    assert (person.phone, person.email) == ("+14045550177", "")


def test_no_wish_makes_no_contact(acme, applicant, now, reference):
    ask(acme)
    send(applicant, now, reference, None)
    assert (Contact.objects.count(), Application.objects.count()) == (0, 1)


def test_wish_without_an_asked_question_makes_no_contact(acme, applicant, now, reference):
    gone = ask(acme, retired_at=now)
    strange = ask(Partner.objects.create(slug="other", name="Other", approved_at=now))
    send(applicant, now, reference, wish(applicant, gone, strange))
    assert Contact.objects.count() == 0


def test_s01_values_stand_encrypted_and_bound_to_row_and_column(acme, applicant, now, reference):
    send(applicant, now, reference, wish(applicant, ask(acme), ask(acme, "phone")))
    row = Contact.objects.get()
    assert decrypt(bytes(row.email), Place("contact", "email", str(row.pk))) == "luke@example.org"
    for place in (Place("contact", "name", str(row.pk)), Place("contact", "email", "1")):
        with pytest.raises(CannotRead):
            decrypt(bytes(row.email), place)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = [cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}").fetchall() for name in tables]  # noqa: S608  names from the database itself
    assert [secret for secret in SECRETS if secret in repr(rows) or repr(secret.encode())[2:-1] in repr(rows)] == []


def test_value_that_does_not_open_leaves_the_others_readable(acme, applicant, now, reference):
    send(applicant, now, reference, wish(applicant, ask(acme)))
    Contact.objects.update(name=b"damaged")
    [person] = contacts.everyone(acme, now)
    assert (person.name, person.email) == ("", "luke@example.org")


def test_same_submission_again_makes_no_second_contact_and_adds_nothing(acme, applicant, now, reference):
    first, second = ask(acme), ask(acme, "phone")
    made = send(applicant, now, reference, wish(applicant, first))
    again = send(applicant, now + timedelta(minutes=1), reference, wish(applicant, first, second))
    assert (made.created, again.created, again.application) == (True, False, made.application)
    assert [each.said for each in contacts.everyone(acme, now)] == [("May we write?",)]


def test_same_submission_again_without_the_tick_takes_the_contact_back(acme, applicant, now, reference):
    send(applicant, now, reference, wish(applicant, ask(acme)))
    assert send(applicant, now, reference, None).created is False
    assert Contact.objects.count() == 0


def test_other_answers_under_the_reference_leave_the_contact_alone(acme, applicant, now, reference):
    send(applicant, now, reference, wish(applicant, ask(acme)))
    with pytest.raises(submission.ReferenceReused):
        send(replace(applicant, party="Whig"), now, reference, None)
    assert Contact.objects.count() == 1


def test_withdrawn_contact_does_not_come_back_when_the_page_is_loaded_again(acme, applicant, now, reference):
    wished = wish(applicant, ask(acme))
    send(applicant, now, reference, wished)
    expires = datetime(2028, 12, 7, tzinfo=ZoneInfo("America/New_York"))
    was = Given(acme, ("May we write?",), ("name", "email", "zip_code"), "GA", expires)
    assert contacts.given(reference, now) == was
    assert contacts.withdraw(f" {reference.upper()} ", now) == was
    send(applicant, now, reference, wished)
    assert (contacts.given(reference, now), Contact.objects.count(), Consent.objects.count()) == (None, 0, 0)


@pytest.mark.parametrize("text", ["", "nonsense", "a" * 26])
def test_withdrawing_with_a_wrong_code_deletes_nothing(acme, applicant, now, reference, text):
    send(applicant, now, reference, wish(applicant, ask(acme)))
    assert (contacts.withdraw(text, now), Contact.objects.count()) == (None, 1)


def test_contact_goes_30_days_after_the_election_and_a_count_stays(acme, applicant, now, reference):
    send(applicant, now, reference, wish(applicant, ask(acme)))
    last = datetime(2028, 12, 7, tzinfo=ZoneInfo("America/New_York"))
    before = last - timedelta(seconds=1)
    assert (retention.forget_contacts(before), len(list(contacts.everyone(acme, before)))) == (0, 1)
    assert (list(contacts.everyone(acme, last)), contacts.given(reference, last)) == ([], None)
    assert (retention.forget_contacts(last), Contact.objects.count()) == (1, 0)
    counted = DailyCount.objects.values_list("partner__slug", "day", "kind", "jurisdiction", "source", "count")
    assert list(counted) == [("acme", now.date(), "contact", "GA", "spring", 1)]
    assert Application.objects.count() == 1


@pytest.mark.parametrize(("rule", "number"), [("forbidden", 0), ("with_consent", 1), ("unknown", 1)])
def test_k29_the_states_rule_decides_whether_anything_is_asked(acme, rule, number):
    ask(acme)
    place = jefferson(drives={"keeping": rule})
    assert keeping(place, ON) == rule
    assert len(contacts.asked(acme, place, ON)) == number


def test_k29_contact_is_not_kept_where_the_rule_forbids_it(acme, applicant, now, reference):
    wished = wish(applicant, ask(acme))
    forbidding = replace(load("GA"), drives=jefferson(drives={"keeping": "forbidden"}).drives)
    application = send(applicant, now, reference, None).application
    assert contacts.keep(wished, application, reference, forbidding) is False
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    "change", [{"slug": "site"}, {"approved_at": None}, {"suspended_at": datetime(2028, 1, 2, tzinfo=UTC)}]
)
def test_our_own_pages_and_partners_that_are_not_active_ask_nothing(acme, change):
    ask(acme)
    for name, value in change.items():
        setattr(acme, name, value)
    assert contacts.asked(acme, jefferson(), ON) == ()


def test_problems_only_of_what_a_ticked_question_asks_for(acme):
    by_email, by_phone = ask(acme), ask(acme, "phone")
    both = (by_email, by_phone)
    email, phone = "contact_email", "contact_phone"
    assert contacts.problems(Wish((by_email.pk,), phone="12"), both) == (Problem("email_required", email),)
    assert contacts.problems(Wish((by_phone.pk,), email="x"), both) == (Problem("phone_required", phone),)
    assert contacts.problems(Wish((by_email.pk, by_phone.pk), email="x@", phone="12"), both) == (
        Problem("email_shape", email),
        Problem("phone_shape", phone),
    )
    assert contacts.problems(Wish((by_email.pk,), email="a" * 250 + "@x.org"), both) == (
        Problem("too_long", email, {"limit": 254}),
    )
    assert contacts.problems(Wish((by_email.pk,), email="a\u202eb@x.org"), both) == (Problem("bad_character", email),)
    unknown = (Problem("question_unknown", "contact_questions"),)
    assert contacts.problems(Wish((by_email.pk + 99, by_email.pk + 98), email="x"), both) == unknown
    assert contacts.problems(Wish((), email="x", phone="12"), both) == ()
    assert contacts.problems(Wish((by_email.pk, by_phone.pk), email="ñ@x.org", phone="12"), both[:1]) == (
        *unknown,
        Problem("email_shape", email),
    )


def test_a_single_name_and_a_long_zip_are_given_as_they_are_used():
    applicant = Applicant("GA", name=Name(last="Sukarno", single=True), home=Address(zip_code="30303-1234"))
    assert contacts.wish_of(applicant, (1,), "", "") == Wish((1,), "Sukarno", "", "", "30303")


def test_rows_are_read_in_batches_each_once(acme, applicant, now, monkeypatch):
    monkeypatch.setattr(contacts, "BATCH", 2)
    wished = wish(applicant, ask(acme))
    for number in range(5):
        send(applicant, now + timedelta(minutes=number), submission.new_reference(), wished)
    times = [each.given_at for each in contacts.everyone(acme, now)]
    assert times == [now + timedelta(minutes=number) for number in range(5)]
    assert [each.given_at for each in contacts.page_of(acme, now, 2, 2)] == [times[2], times[1]]


def test_s22_a_partner_reads_only_its_own_contacts(acme, applicant, now, reference):
    other = Partner.objects.create(slug="other", name="Other", approved_at=now)
    send(applicant, now, reference, wish(applicant, ask(acme)))
    assert (list(contacts.everyone(other, now)), contacts.page_of(other, now, 1, 50)) == ([], [])
    assert (contacts.by_question(other, now), contacts.waiting(other, now).count()) == ([], 0)
    assert contacts.by_question(acme, now) == [("email", "May we write?", 1)]
