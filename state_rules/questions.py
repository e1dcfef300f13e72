"""Which question not answered yet matters most for a person in a jurisdiction."""

from __future__ import annotations

from collections.abc import Iterator

from state_rules.answers import Answers, Question
from state_rules.bars import payment_matters
from state_rules.law import Law


def next_question(answers: Answers, law: Law, *, books_closed: bool) -> Question | None:
    """The first open question whose answer can change ours, the most decisive first; None where none can.

    A question that the state's rules do not ask (no time of residence, a vote never lost) is passed over.
    """
    if answers.citizen is False or answers.resident is False or answers.other_rule in ("yes", "unsure"):
        return None
    return next(_open(answers, law, books_closed=books_closed), None)


def _open(answers: Answers, law: Law, *, books_closed: bool) -> Iterator[Question]:
    if answers.citizen is None:
        yield "citizen"
    if answers.birth_date is None:
        yield "birth_date"
    if answers.resident is None:
        yield "resident"
    if not answers.other_rule:
        yield from _of_other_rule(answers, law)
    if answers.has_documents is None and law.citizenship_proof.value.documents != "none":
        yield "has_documents"
    if answers.registered is None and books_closed:
        yield "registered"


def _of_other_rule(answers: Answers, law: Law) -> Iterator[Question]:
    felony = law.felony.value
    if not answers.conviction and felony.category != "never_lost":
        yield "conviction"
    if answers.conviction == "completed" and answers.owes_payment is None and payment_matters(felony):
        yield "owes_payment"
    if not answers.court_finding and law.capacity.value.category != "none":
        yield "court_finding"
    if answers.resident_since is None and law.residency.value.days:
        yield "resident_since"
