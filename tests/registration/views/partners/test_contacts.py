"""The page "Contacts" and its export: the owner's alone, with a fresh second factor, each written down."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.utils import timezone

from registration.domain import contacts, exports, submission
from registration.domain.contacts import wish_of
from registration.domain.submission import Submission, submit
from registration.models import AuditEntry, Contact, OptInQuestion, Partner
from tests.members import show_factor

pytestmark = pytest.mark.django_db
EXPORT = "contacts/export/"


def give(partner: Partner, applicant, number: int = 1, name: str = "") -> None:
    now = timezone.now()
    made = {"means": "email", "text": "May we write?"}
    question, _ = OptInQuestion.objects.get_or_create(partner=partner, defaults={"created_at": now}, **made)
    for each in range(number):
        wish = wish_of(applicant, (question.pk,), f"ana{each}@example.org", "", "spring")
        if name:
            wish = contacts.Wish(wish.questions, name, wish.email, "", wish.zip_code)
        sent = Submission(applicant, "en", now.date() + timedelta(days=30), partner=partner.slug, wish=wish)
        with time_machine.travel(now + timedelta(seconds=each), tick=False):  # ids go up with the time
            submit(sent, reference=submission.new_reference(), now=timezone.now())


def sent(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def exported() -> list[tuple]:
    entries = AuditEntry.objects.filter(action="exported")
    return list(entries.values_list("partner__slug", "who", "subject_kind", "reason", "details"))


def test_page_shows_how_many_what_they_said_and_who_they_are(people, applicant, look):
    give(people.partner, applicant, 2)
    page = look(people.owner.get(people.url("contacts/")))
    assert page.headings == ["Contacts"]
    assert "<dt>Contacts now</dt><dd>2</dd>" in page.html
    assert '<th scope="row">May we write?</th><td data-label="You may write">by email</td>' in page.html
    cells = {"Email or telephone": "ana1@example.org", "ZIP code": "30303", "State": "Georgia"}
    row = "".join(f'<td data-label="{label}">{text}</td>' for label, text in cells.items())
    assert f'<th scope="row">Łukasz Nguyễn Jr</th>{row}' in page.html
    assert page.html.index("ana1@example.org") < page.html.index("ana0@example.org")


def test_page_without_contacts_says_where_they_come_from(people):
    html = people.owner.get(people.url("contacts/")).content.decode()
    assert "Nobody yet." in html
    assert EXPORT not in html


@pytest.mark.parametrize(("asked", "first"), [("", 4), ("1", 4), ("2", 2), ("9", 0), ("x", 4), ("0", 4), ("٣", 4)])
def test_page_of_rows(people, applicant, monkeypatch, asked, first):
    from registration.views.partners import contacts as view

    monkeypatch.setattr(view, "ROWS_A_PAGE", 2)
    give(people.partner, applicant, 5)
    html = people.owner.get(people.url("contacts/"), {"page": asked}).content.decode()
    assert re.search(r"ana\d@example.org", html)[0] == f"ana{first}@example.org"


@pytest.mark.parametrize("path", ["contacts/", EXPORT])
def test_s22_only_an_owner_of_this_partner_gets_there(people, applicant, path):
    give(people.partner, applicant)
    answers = {
        name: getattr(people, name).get(people.url(path))
        for name in ("owner", "manager", "viewer", "stranger", "anonymous")
    }
    assert {name: each.status_code for name, each in answers.items()} == {
        "owner": 200, "manager": 403, "viewer": 403, "stranger": 404, "anonymous": 302,
    }  # fmt: skip
    assert [name for name, each in answers.items() if "ana0@" in each.content.decode() and name != "owner"] == []


@pytest.mark.parametrize("client", ["manager", "viewer", "stranger", "anonymous", "without_factor"])
def test_s22_nobody_else_exports(people, applicant, client):
    give(people.partner, applicant)
    answer = getattr(people, client).post(people.url(EXPORT), {"format": "csv"})
    assert (answer.streaming, exported()) == (False, [])


def test_s22_an_owner_exports_only_their_own(people, applicant):
    give(people.partner, applicant)
    answer = people.stranger.post("/partners/not-acme/" + EXPORT, {"format": "csv"})
    assert sent(answer) == [list(exports.CONTACT_HEADS)]


def test_s37_export_asks_for_the_factor_where_it_was_shown_too_long_ago(people, applicant):
    give(people.partner, applicant)
    show_factor(people.owner, people.members["owner"].user, seconds_ago=301)
    answer = people.owner.post(people.url(EXPORT), {"format": "csv"})
    assert (answer.status_code, answer.streaming, exported()) == (302, False, [])
    assert answer["Location"].startswith("/partners/account/factor/again/")


def test_export_csv_is_a_stream_of_rows_and_is_written_down(people, applicant):
    give(people.partner, applicant, 3)
    answer = people.owner.post(people.url(EXPORT), {"format": "csv", "reason": "Welcome letter"})
    assert (answer.status_code, answer.streaming) == (200, True)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="contacts-acme-2028-06-01.csv"'
    assert "no-store" in answer.headers["Cache-Control"]
    heads, *rows = sent(answer)
    assert heads == list(exports.CONTACT_HEADS)
    assert [row[5] for row in rows] == ["ana0@example.org", "ana1@example.org", "ana2@example.org"]
    assert rows[0][1:] == ["GA", "en", "spring", "Łukasz Nguyễn Jr", "ana0@example.org", "", "30303", "May we write?"]
    who = f"member {people.members['owner'].pk}"
    assert exported() == [("acme", who, "partner", "Welcome letter.", {"format": "csv", "rows": 3})]
    shown = people.owner.get(people.url("activity/")).context["rows"][0]
    assert shown[2:] == ("3 contacts were exported (CSV).", "Welcome letter.")


def test_export_without_a_reason_is_written_down_all_the_same(people, applicant):
    give(people.partner, applicant)
    people.owner.post(people.url(EXPORT), {"format": "csv"})
    assert [entry[3:] for entry in exported()] == [("From the dashboard.", {"format": "csv", "rows": 1})]


@pytest.mark.parametrize("reason", ["x" * 300, "a\nb", "a\u202eb"])
def test_export_with_a_reason_that_cannot_be_written_down_gives_nothing(people, applicant, reason, look):
    give(people.partner, applicant)
    answer = people.owner.post(people.url(EXPORT), {"format": "csv", "reason": reason})
    assert (answer.status_code, answer.streaming, exported()) == (400, False, [])
    assert "Give the reason in one line" in look(answer).html


def test_s10_export_xlsx_has_text_and_no_formula(people, applicant):
    give(people.partner, applicant, name="=cmd|' /C calc'!A0")
    answer = people.owner.post(people.url(EXPORT), {"format": "xlsx"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="contacts-acme-2028-06-01.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[1]] == list(exports.CONTACT_HEADS)
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert exported()[0][4] == {"format": "xlsx", "rows": 1}


def test_s10_export_csv_takes_the_formula_from_a_name(people, applicant):
    give(people.partner, applicant, name='=HYPERLINK("https://evil.example")')
    assert sent(people.owner.post(people.url(EXPORT)))[1][4] == '\'=HYPERLINK("https://evil.example")'


def test_export_xlsx_of_too_many_is_refused_with_the_other_format_named(people, applicant, monkeypatch, look):
    monkeypatch.setattr(exports, "LONGEST_XLSX", 1)
    give(people.partner, applicant, 2)
    answer = people.owner.post(people.url(EXPORT), {"format": "xlsx"})
    assert (answer.status_code, exported()) == (400, [])
    assert "There are too many contacts for an Excel file. Choose CSV." in look(answer).html


def test_export_leaves_out_who_withdrew_or_whose_time_is_over(people, applicant):
    give(people.partner, applicant, 2)
    Contact.objects.filter(pk=Contact.objects.first().pk).update(expires_at=timezone.now())
    assert [row[5] for row in sent(people.owner.post(people.url(EXPORT)))[1:]] == ["ana1@example.org"]


def test_navigation_shows_contacts_to_owners_alone(people):
    shown = {name: people.url("contacts/") in getattr(people, name).get(people.url()).content.decode()
             for name in ("owner", "manager", "viewer")}  # fmt: skip
    assert shown == {"owner": True, "manager": False, "viewer": False}
