"""A question is text and nothing else, and its words never change under somebody who agreed to them."""

from datetime import UTC, datetime, timedelta

import pytest

from registration.domain import questions
from registration.domain.audit import Order
from registration.domain.questions import Wording, active, add, change, move_up, problems, retire, retired
from registration.models import AuditEntry, OptInQuestion, Partner

NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
ORDER = Order("member 7", "Set in the dashboard.", NOW)
LATER = Order("member 8", "Set in the dashboard.", NOW + timedelta(days=1))
NEWS = Wording("email", "May Acme send you news by email?", "¿Puede Acme enviarle noticias?")


@pytest.fixture
def partner(db) -> Partner:
    return Partner.objects.create(slug="acme", name="Acme", approved_at=NOW)


def asked(partner: Partner) -> list[str]:
    return [question.text for question in active(partner)]


def told() -> list[tuple[str, int]]:
    return [(entry.action, entry.subject_id) for entry in AuditEntry.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "question_required"),
        (" \u200b ", "question_required"),
        ("x" * 301, "too_long"),
        ("May we write?\nYes", "bad_character"),
        ("May we \x00 write?", "bad_character"),
        ("May we \u202e write?", "bad_character"),
        ("May we\u200b write?", "bad_character"),
        ("May we \U000e0041 write?", "bad_character"),
        ("See https://evil.example now?", "question_link"),
        ("See javascript://x now?", "question_link"),
        ("See WWW.evil now?", "question_link"),
        ("See evil.example/x now?", "question_link"),
        ("Write to me@evil now?", "question_link"),
        ("<b>May we write?</b>", "question_markup"),
        ("<script>alert(1)</script>", "question_markup"),
        ("May we &lt; write?", "question_markup"),
        ("May [we](x) write?", "question_markup"),
    ],
)
def test_s04_question_that_is_more_than_text_is_refused(text, code):
    assert [each.code for each in problems(Wording("email", text)) if each.field == "text"] in (
        [code],
        [code, "bad_character"],
    )


def test_question_may_hold_what_sentences_hold():
    text = "May Peña & Søn (U.S.), at 5.50 p.m., send you “news” – 100% free? Yes/No"
    assert problems(Wording("phone", text)) == ()


def test_every_problem_of_a_question_comes_at_once():
    found = problems(Wording("fax", "", "<b>"))
    assert [(each.code, each.field) for each in found] == [
        ("question_means", "means"), ("question_required", "text"), ("question_markup", "text_es"),
    ]  # fmt: skip


def test_question_is_asked_after_the_others_and_written_down(partner):
    assert add(partner, NEWS, ORDER) == ()
    assert add(partner, Wording("phone", "  May we text you?  "), ORDER) == ()
    assert asked(partner) == [NEWS.text, "May we text you?"]
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.partner, entry.details) == (
        "question_added", partner, {"means": "email", "text": NEWS.text, "text_es": NEWS.text_es},
    )  # fmt: skip


def test_three_questions_are_enough(partner):
    for number in range(3):
        add(partner, Wording("email", f"Question {number}?"), ORDER)
    (found,) = add(partner, NEWS, ORDER)
    assert (found.code, found.params) == ("question_too_many", {"limit": 3})
    retire(active(partner)[0], ORDER)
    assert add(partner, NEWS, ORDER) == ()
    assert asked(partner) == ["Question 1?", "Question 2?", NEWS.text]


def test_other_words_are_another_question_in_the_same_place(partner):
    add(partner, NEWS, ORDER)
    add(partner, Wording("phone", "May we text you?"), ORDER)
    first = active(partner)[0]
    assert change(first, Wording("email", "May Acme write to you?"), LATER) == ()
    assert asked(partner) == ["May Acme write to you?", "May we text you?"]
    kept = OptInQuestion.objects.get(pk=first.pk)
    assert (kept.text, kept.retired_at) == (NEWS.text, LATER.at)
    assert [action for action, _ in told()][2:] == ["question_retired", "question_added"]


def test_same_words_change_nothing(partner):
    add(partner, NEWS, ORDER)
    assert change(active(partner)[0], NEWS, LATER) == ()
    assert [action for action, _ in told()] == ["question_added"]


def test_changed_question_with_a_problem_stays(partner):
    add(partner, NEWS, ORDER)
    assert [each.code for each in change(active(partner)[0], Wording("email", ""), LATER)] == ["question_required"]
    assert asked(partner) == [NEWS.text]


def test_retired_question_cannot_be_changed_or_retired_again(partner):
    add(partner, NEWS, ORDER)
    question = active(partner)[0]
    retire(question, ORDER)
    retire(question, LATER)
    change(question, Wording("email", "Other?"), LATER)
    assert (asked(partner), [each.text for each in retired(partner)]) == ([], [NEWS.text])
    assert [action for action, _ in told()] == ["question_added", "question_retired"]


def test_question_moves_up_one_place(partner):
    for number in range(3):
        add(partner, Wording("email", f"Question {number}?"), ORDER)
    last = active(partner)[2]
    move_up(last, ORDER)
    assert asked(partner) == ["Question 0?", "Question 2?", "Question 1?"]
    assert told()[-1] == ("question_moved", last.pk)


@pytest.mark.parametrize("state", ["first", "retired"])
def test_question_that_cannot_move_stays(partner, state):
    for number in range(2):
        add(partner, Wording("email", f"Question {number}?"), ORDER)
    question = active(partner)[0 if state == "first" else 1]
    if state == "retired":
        retire(question, ORDER)
    before = (asked(partner), told())
    move_up(question, ORDER)
    assert (asked(partner), told()) == before


def test_questions_of_others_are_not_touched(partner):
    other = Partner.objects.create(slug="other", name="Other")
    add(partner, NEWS, ORDER)
    add(other, Wording("email", "Other's?"), ORDER)
    add(other, Wording("email", "Other's second?"), ORDER)
    questions.move_up(active(other)[1], ORDER)
    assert (asked(partner), asked(other)) == ([NEWS.text], ["Other's second?", "Other's?"])
