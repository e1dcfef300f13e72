"""Which question not answered yet matters most for a person in a jurisdiction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from state_rules.answers import Answers, Question
from state_rules.books import books
from state_rules.elections import Election
from state_rules.form_needs import rule_on
from state_rules.jurisdiction import Jurisdiction


def next_question(answers: Answers, jurisdiction: Jurisdiction, election: Election, on: date) -> Question | None:
    """The first open question whose answer can change ours, the most decisive first; None where none can.

    A question that the state's rules do not ask (no time of residence, a vote never lost) is passed over.
    """
    if answers.citizen is False or answers.resident is False or answers.other_rule in ("yes", "unsure"):
        return None
    return next(_open(answers, jurisdiction, election, on), None)


def _open(answers: Answers, jurisdiction: Jurisdiction, election: Election, on: date) -> Iterator[Question]:
    if answers.citizen is None:
        yield "citizen"
    if answers.birth_date is None:
        yield "birth_date"
    if answers.resident is None:
        yield "resident"
    if not answers.other_rule:
        yield from _of_other_rule(answers, jurisdiction, on)
    if answers.has_documents is None and rule_on(jurisdiction.citizenship_proof, on).value.documents != "none":
        yield "has_documents"
    if answers.registered is None:
        last = books(jurisdiction, election).last_day
        if last is not None and on > last:
            yield "registered"


def _of_other_rule(answers: Answers, jurisdiction: Jurisdiction, on: date) -> Iterator[Question]:
    felony = rule_on(jurisdiction.felony, on).value
    if not answers.conviction and felony.category != "never_lost":
        yield "conviction"
    asks_payment = felony.payment in ("needed", "victim_restitution") or felony.category == "full_sentence_and_payment"
    if asks_payment and answers.conviction == "completed" and answers.owes_payment is None:
        yield "owes_payment"
    if not answers.court_finding and rule_on(jurisdiction.capacity, on).value.category != "none":
        yield "court_finding"
    if answers.resident_since is None and rule_on(jurisdiction.residency, on).value.days:
        yield "resident_since"
