"""A reminder for who is too young: the day, where to write, and nothing of the date of birth."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from registration.domain import bots, subscriptions
from registration.models import Outbox, Partner, Subscription
from registration.views.place import today
from state_rules import load

pytestmark = pytest.mark.django_db


def born(years: int, code: str = "GA") -> dict[str, str]:
    on = today(load(code))
    return {"birth_month": "1", "birth_day": "15", "birth_year": str(on.year - years)}


@pytest.fixture
def asked(client) -> dict[str, str]:
    html = client.get("/remind/ga/").content.decode()
    reference = re.search(r'name="reference" value="(\w+)"', html)[1]
    return {**born(14), "reference": reference, "messages_email": "ana@example.org"}


def test_reminder_is_kept_for_ten_o_clock_of_the_first_day(client, asked):
    answer = client.post("/remind/ga/", asked)
    assert answer.status_code == 200
    row = Subscription.objects.get()
    year = int(asked["birth_year"]) + 17  # and six months: Georgia's rule
    assert row.register_from == date(year, 7, 15)
    assert (row.application, row.election_day, row.zone) == (None, None, "America/New_York")
    assert subscriptions.address(row, "email") == "ana@example.org"
    assert row.email_words == "Email me once, on the first day on which I may register."
    [waiting] = Outbox.objects.all()
    assert (waiting.kind, waiting.ref_id) == ("remind_birthday_email", row.pk)
    assert waiting.available_at == datetime(year, 7, 15, 14, tzinfo=UTC)
    assert row.expires_at == datetime(year, 8, 14, 14, tzinfo=UTC)
    html = answer.content.decode()
    assert "<h1>We will remind you</h1>" in html
    assert f"July 15, {year}" in html
    assert f'href="/m/#{asked["reference"]}"' in html


def test_date_of_birth_is_not_kept(client, asked):
    client.post("/remind/ga/", asked)
    year = asked["birth_year"]
    with connection.cursor() as cursor:
        rows = [
            cursor.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608  two names of ours
            for table in ("registration_subscription", "registration_outbox")
        ]
    assert [each for each in (f"{year}-01-15", f"{year}-1-15", "ana@example.org") if each in repr(rows)] == []


def test_r11_second_press_makes_no_second_reminder(client, asked):
    for _ in range(2):
        assert client.post("/remind/ga/", asked).status_code == 200
    assert (Subscription.objects.count(), Outbox.objects.count()) == (1, 1)


def test_t1_what_was_corrected_and_sent_again_is_what_is_kept(client, asked):
    client.post("/remind/ga/", asked)
    assert (
        client.post("/remind/ga/", {**asked, "messages_email": "anna@example.org", "birth_day": "16"}).status_code
        == 200
    )
    row = Subscription.objects.get()
    assert (subscriptions.address(row, "email"), row.register_from.day) == ("anna@example.org", 16)
    assert [each.ref_id for each in Outbox.objects.filter(done_at=None)] == [row.pk]


def test_reminder_that_was_ended_does_not_come_back_with_its_page(client, asked):
    client.post("/remind/ga/", asked)
    client.post("/m/", {"token": asked["reference"], "do": "stop_email"})
    again = client.post("/remind/ga/", asked)
    assert (again.status_code, f'value="{asked["reference"]}"' in again.content.decode()) == (422, False)
    assert [each.email for each in Subscription.objects.all()] == [None]


def test_r11_page_that_is_sent_twice_at_once_is_answered_twice(client, asked):
    first = []

    def meanwhile(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if not first and sql.startswith("SELECT") and "token_hash" in sql:
            first.append(sql)
            assert client.post("/remind/ga/", asked).status_code == 200
        return found

    with connection.execute_wrapper(meanwhile):
        assert client.post("/remind/ga/", asked).status_code == 200
    assert (len(first), Subscription.objects.count(), Outbox.objects.count()) == (1, 1, 1)


def test_reminder_is_ended_with_its_code(client, asked):
    client.post("/remind/ga/", asked)
    assert client.post("/m/", {"token": asked["reference"], "do": "stop_email"}).status_code == 200
    assert subscriptions.why_not(Subscription.objects.get(), "remind_birthday_email", timezone.now()) == "unsubscribed"


@pytest.mark.parametrize(
    ("years", "said"),
    [(30, "It looks like you can register"), (9, "We write only to people of 13 or older.")],
)
def test_who_may_register_already_or_is_a_child_gets_an_answer_and_nothing_is_kept(client, asked, years, said):
    answer = client.post("/remind/ga/", {**asked, **born(years)})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert "We kept nothing of what you typed." in answer.content.decode()
    assert (Subscription.objects.count(), Outbox.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("changed", "anchor", "sentence"),
    [
        ({"messages_email": ""}, "id_messages_email", "Enter your email address."),
        ({"messages_email": "ana"}, "id_messages_email", "Check your email address. It looks like name@example.com."),
        ({"birth_year": ""}, "id_birth_month", "Check your date of birth. Enter the month, day and four-digit year."),
        ({"birth_year": "2999"}, "id_birth_month", "Check the year of your birth. This date has not come yet."),
    ],
)
def test_a06_problem_stands_at_its_field_and_everything_typed_stays(client, asked, changed, anchor, sentence):
    answer = client.post("/remind/ga/", {**asked, **changed})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#{anchor}">{sentence}</a>' in html
    assert f'value="{asked["birth_day"]}"' in html
    assert f'value="{asked["reference"]}"' in html
    assert Subscription.objects.count() == 0


def test_text_message_alone_is_enough_where_it_is_offered(client, asked, settings):
    sent = {**asked, "messages_email": "", "messages_phone": "404-555-0177"}
    assert client.post("/remind/ga/", sent).status_code == 422
    settings.OFFER_SMS = True
    assert client.post("/remind/ga/", sent).status_code == 200
    assert [row.kind for row in Outbox.objects.all()] == ["remind_birthday_sms"]


def test_program_that_fills_in_everything_is_not_reminded(client, asked):
    answer = client.post("/remind/ga/", {**asked, "website": "https://spam.example"})
    assert answer.status_code == 422
    assert Subscription.objects.count() == 0


def test_page_without_its_reference_keeps_nothing(client, asked):
    assert client.post("/remind/ga/", {**asked, "reference": "x"}).status_code == 422
    assert Subscription.objects.count() == 0


def test_nobody_is_reminded_where_nobody_registers_or_for_who_keeps_nothing(client):
    Partner.objects.create(slug="acme", name="Acme", approved_at=timezone.now(), keeps_nothing=True)
    assert client.get("/remind/nd/").headers["Location"] == "/state/nd/"
    assert client.get("/remind/ga/?partner=acme").status_code == 302
    assert "/remind/" not in client.get("/state/nd/").content.decode()


def test_state_page_and_the_outcome_lead_to_the_reminder(client, georgia):
    assert 'href="/remind/ga/"' in client.get("/state/ga/").content.decode()
    young = {**georgia, **born(14), "eighteen": "no"}
    answer = client.post("/apply/ga/", young)
    assert answer.status_code == 422
    assert '<a href="/remind/ga/">Remind me on that day</a>' in answer.content.decode()
    checked = client.post("/apply/ga/check/", {**young, "step": "eligibility"}).json()
    assert checked["outcome"]["remind"] == "/remind/ga/"
    assert client.post("/apply/ga/check/", {"step": "eligibility", "citizen": "no"}).json()["outcome"]["remind"] == ""


@pytest.fixture
def one_form(settings) -> None:
    settings.FORM_WORK_BITS = 8
    settings.FORM_RATES = {"address": "1/600", "network": "1000/600", "misses": "3/600"}


def test_s07_many_wishes_from_one_place_are_checked_and_none_is_refused(client, asked, one_form, look):
    assert client.post("/remind/ga/", asked).status_code == 200
    fresh = look(client.get("/remind/ga/"))
    again = {**asked, "reference": fresh.value("reference"), "made": fresh.value("made")}
    page = look(client.post("/remind/ga/", again))
    assert page.response.status_code == 429
    assert page.response["Retry-After"] == "31"
    assert "Please wait 31 seconds. Then go on to the end and press “Remind me” again." in page.html
    assert [page.value(name) for name in ("messages_email", "reference")] == ["ana@example.org", again["reference"]]
    assert Subscription.objects.count() == 1
    work = re.search(r' data-challenge="([^"]+)"', page.html)[1]
    solved = {"work": work, "proof": bots.solve(work, again["reference"])}
    assert client.post("/remind/ga/", {**again, **solved}).status_code == 200
    assert Subscription.objects.count() == 2


def test_s07_wish_that_was_kept_before_is_answered_again_over_the_limit(client, asked, one_form):
    assert [client.post("/remind/ga/", asked).status_code for _ in range(3)] == [200] * 3
    assert Subscription.objects.count() == 1


def test_s07_wish_that_comes_back_at_once_is_checked(client, asked, settings, look):
    settings.FORM_FASTEST_SECONDS = 4
    page = look(client.post("/remind/ga/", asked))
    assert (page.response.status_code, Subscription.objects.count()) == (429, 0)
    assert "Please wait 4 seconds." in page.html
    with time_machine.travel(timezone.now() + timedelta(seconds=4), tick=False):
        waited = {**asked, "waited": page.value("waited")}
        assert client.post("/remind/ga/", waited).status_code == 200


def test_answer_without_anything_kept_is_not_counted(client, asked, one_form):
    assert [client.post("/remind/ga/", {**asked, **born(30)}).status_code for _ in range(3)] == [200] * 3
    assert client.post("/remind/ga/", asked).status_code == 200
