"""The step "Stay in touch" in the one form, what its answer gives, and how it is taken back."""

import re

import pytest
from django.utils import timezone

from registration.domain import contacts, documents, submission
from registration.models import Application, Contact, OptInQuestion, Partner
from registration.views.place import setting_for
from state_rules import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme() -> Partner:
    now = timezone.now()
    return Partner.objects.create(
        slug="acme", name="Acme & Sons", approved_at=now, privacy_url="https://acme.example/privacy"
    )


@pytest.fixture
def questions(acme) -> tuple[OptInQuestion, OptInQuestion]:
    now = timezone.now()
    write = {"means": "email", "text": "May we send you <news>?", "text_es": "¿Podemos enviarle noticias?"}
    call = {"means": "phone", "text": "May we call you?", "position": 1}
    return tuple(OptInQuestion.objects.create(partner=acme, created_at=now, **each) for each in (write, call))


@pytest.fixture
def form(georgia, questions) -> dict[str, str]:
    return {**georgia, "partner": "acme"}


def ticked(question: OptInQuestion) -> dict[str, str]:
    return {f"contact_question_{question.pk}": "yes"}


def people(acme: Partner) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    found = contacts.everyone(acme, timezone.now())
    return [(each.name, each.email, each.phone, each.zip_code, each.said) for each in found]


def steps(html: str) -> list[str]:
    return re.findall(r'<section class="step[^"]*" data-step="(\w+)"', html)


def step(html: str) -> str:
    return re.search(r'data-step="contact".*?</section>', html, re.DOTALL)[0]


def test_step_is_the_last_one_and_only_with_a_partner_that_asks(client, questions):
    assert steps(client.get("/apply/ga/?partner=acme").content.decode())[-2:] == ["contact", "review"]
    Partner.objects.create(slug="quiet", name="Quiet", approved_at=timezone.now())
    for address in ("/apply/ga/", "/apply/ga/?partner=quiet"):
        assert "contact" not in steps(client.get(address).content.decode())


def test_step_names_the_partner_and_says_what_it_gets_and_until_when(client, questions):
    shown = step(client.get("/apply/ga/?partner=acme").content.decode())
    text = " ".join(re.sub(r"<[^>]+>", " ", shown).split())
    assert "Acme &amp; Sons asks this, not the election office." in text
    assert "your name, your ZIP code, and the email address or telephone number" in text
    assert "It never gets your other answers." in text
    assert "We delete it on Thursday, December 7, 2028." in text
    assert '<a href="https://acme.example/privacy" target="_blank" rel="noopener noreferrer">' in shown
    assert "May we send you &lt;news&gt;?" in text


def test_question_that_is_in_english_alone_says_so_on_a_spanish_page(client, questions):
    address = "/es/apply/ga/?partner=acme"
    labels = re.findall(r'<label[^>]*for="id_contact_question[^>]*>[^<]*', step(client.get(address).content.decode()))
    assert [label.split(" data-label")[1] for label in labels] == [
        ">¿Podemos enviarle noticias?",
        ' lang="en">May we call you?',
    ]
    assert "lang=" not in step(client.get("/apply/ga/?partner=acme").content.decode())


def test_step_is_never_ticked_before_the_person_does(client, questions):
    address = f"/apply/ga/?partner=acme&contact_question_{questions[0].pk}=yes&contact_email=x@example.org"
    shown = step(client.get(address).content.decode())
    assert re.findall(r'<input[^>]*type="checkbox"[^>]*checked', shown) == []
    assert "x@example.org" not in shown


def test_step_speaks_spanish_with_the_partners_own_spanish(client, questions):
    shown = step(client.get("/es/apply/ga/?partner=acme").content.decode())
    assert "¿Podemos enviarle noticias?" in shown
    assert "May we send you" not in shown


def test_nothing_ticked_gives_the_form_and_no_contact(client, acme, form):
    answer = client.post("/apply/ga/", {**form, "contact_email": "luke@example.org", "contact_phone": "12"})
    assert answer.status_code == 200
    assert "Withdraw" not in answer.content.decode()
    assert (people(acme), Application.objects.count()) == ([], 1)


def test_ticked_question_gives_a_contact_and_the_done_page_says_so(client, acme, form, questions):
    answer = client.post("/apply/ga/", {**form, **ticked(questions[0]), "contact_email": "luke@example.org"})
    assert answer.status_code == 200
    said = ("May we send you <news>?",)
    assert people(acme) == [("Łukasz Nguyễn", "luke@example.org", "", "30303", said)]
    html = answer.content.decode()
    assert "“May we send you &lt;news&gt;?”" in html
    assert "your name, your email address, your ZIP code." in html
    assert "luke@example.org" not in html


@pytest.mark.parametrize(
    ("given", "anchor", "sentence"),
    [
        ({}, "id_contact_email", "Enter your email address, or uncheck the box that asks for it."),
        (
            {"contact_email": "luke(at)example.org"},
            "id_contact_email",
            "Check your email address. It looks like name@example.com.",
        ),
    ],
)
def test_problem_stands_on_its_field_and_everything_typed_stays(
    client, acme, form, questions, look, given, anchor, sentence
):
    page = look(client.post("/apply/ga/", {**form, **ticked(questions[0]), **given}))
    assert page.response.status_code == 422
    assert page.summary == [(anchor, sentence)]
    assert page.chosen(f"contact_question_{questions[0].pk}") == ["yes"]
    assert page.value("contact_email") == given.get("contact_email", "")
    assert page.value("first_name") == "Łukasz"
    assert people(acme) == []


def test_step_check_says_what_is_wrong_with_this_step(client, form, questions):
    sent = {"partner": "acme", "step": "contact", **ticked(questions[1]), "contact_phone": "12"}
    found = client.post("/apply/ga/check/", sent).json()
    assert [(each["code"], each["field"], each["anchor"]) for each in found["problems"]] == [
        ("phone_shape", "contact_phone", "id_contact_phone")
    ]


def test_question_of_another_partner_or_retired_meanwhile_gives_nothing(client, acme, form, questions):
    other = Partner.objects.create(slug="other", name="Other", approved_at=timezone.now())
    foreign = OptInQuestion.objects.create(partner=other, means="email", text="?", created_at=timezone.now())
    OptInQuestion.objects.filter(pk=questions[1].pk).update(retired_at=timezone.now())
    sent = {**form, **ticked(foreign), **ticked(questions[1]), "contact_email": "luke@example.org"}
    assert client.post("/apply/ga/", sent).status_code == 200
    assert Contact.objects.count() == 0


def test_contact_is_neither_sealed_nor_printed(client, form, questions, now):
    both = {**ticked(questions[0]), **ticked(questions[1])}
    sent = {**form, **both, "contact_email": "luke@example.org", "contact_phone": "404-555-0177"}
    assert client.post("/apply/ga/", sent).status_code == 200
    opened = submission.open_form(form["reference"], now=timezone.now())
    setting = setting_for(load("GA"))
    printed = documents.review(opened.applicant, setting.jurisdiction, setting.on)
    for kept in (repr(opened.applicant), repr(printed)):
        assert "luke@example.org" not in kept
        assert "555-0177" not in kept


def test_sent_again_from_the_same_page_gives_one_contact(client, acme, form, questions):
    sent = {**form, **ticked(questions[0]), "contact_email": "luke@example.org"}
    for email in ("luke@example.org", "other@example.org"):
        assert client.post("/apply/ga/", {**sent, "contact_email": email}).status_code == 200
    assert [person[1] for person in people(acme)] == ["luke@example.org"]


def test_code_takes_the_contact_back_and_the_page_says_what_it_was(client, acme, form, questions, look):
    client.post("/apply/ga/", {**form, **ticked(questions[0]), "contact_email": "luke@example.org"})
    page = look(client.post("/contact/withdraw/", {"reference": form["reference"]}))
    assert (page.response.status_code, page.headings) == (200, ["We deleted your contact details"])
    yes = "your “yes” to: “May we send you &lt;news&gt;?”"
    items = re.findall(r"<li>(your [^<]*)</li>", page.html)
    assert items == ["your name", "your email address", "your ZIP code", yes]
    assert form["reference"] not in page.html
    assert page.response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert people(acme) == []
    again = look(client.post("/contact/withdraw/", {"reference": form["reference"]}))
    assert (again.response.status_code, again.headings) == (404, ["We found no contact details for this code"])
    assert client.post("/form/", {"reference": form["reference"]}).content.startswith(b"%PDF-")


def test_another_site_cannot_withdraw_and_a_link_cannot_either(client, acme, form, questions):
    client.post("/apply/ga/", {**form, **ticked(questions[0]), "contact_email": "luke@example.org"})
    stranger = client.post(
        "/contact/withdraw/", {"reference": form["reference"]}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    link = client.get("/contact/withdraw/", {"reference": form["reference"]})
    assert (stranger.status_code, link.status_code, len(people(acme))) == (403, 405, 1)


def test_code_page_offers_to_take_the_contact_back(client):
    html = client.get("/d/").content.decode()
    assert '<form id="again" method="post" action="/form/">' in html
    assert 'form="again" formaction="/contact/withdraw/"' in html


def test_ticked_question_in_the_partners_frame_gives_a_contact(client, acme, form, questions):
    sent = {**form, **ticked(questions[0]), "contact_email": "luke@example.org", "source": "spring"}
    answer = client.post("/embed/acme/apply/ga/", sent)
    assert answer.status_code == 200
    assert [(each.email, each.source) for each in contacts.everyone(acme, timezone.now())] == [
        ("luke@example.org", "spring")
    ]
    assert 'action="/embed/acme/contact/withdraw/"' in answer.content.decode()
    gone = client.post("/embed/acme/contact/withdraw/", {"reference": form["reference"]})
    assert (gone.status_code, people(acme)) == (200, [])
