"""What may keep a person from registering beside their age: citizenship, residence, convictions, findings of courts."""

from __future__ import annotations

from typing import Literal

from state_rules.answers import Answers, Conviction, Reason, ReasonCode
from state_rules.dated import Version
from state_rules.law import Law
from state_rules.qualifications import Capacity, Felony

Bars = Literal["bars", "free", "unknown"]
#: Categories in which the vote comes back by itself when the sentence, or the part that counts, is over.
_BY_ITSELF = frozenset({"incarceration", "full_sentence", "full_sentence_and_payment", "waiting_period"})


def bars(answers: Answers, law: Law) -> list[Reason]:
    """A reason for each answer that bears on registering. What has not been said raises none."""
    reasons: list[Reason] = []
    citizenship = law.citizenship_proof
    if answers.citizen is False:
        reasons.append(Reason("not_a_citizen", {}, citizenship.sources))
    if answers.resident is False:
        residency = law.residency
        reasons.append(Reason("not_resident", {"days": residency.value.days}, residency.sources, residency.confidence))
    if answers.other_rule in ("yes", "unsure"):
        reasons.append(_other_rule(answers, law))
    if answers.conviction not in ("", "none"):
        felony = law.felony
        code = conviction_code(answers.conviction, answers.owes_payment, felony.value)
        if code:
            reasons.append(Reason(code, {}, felony.sources, felony.confidence))
    if answers.court_finding in ("yes", "unsure"):
        reasons += _court_finding(law.capacity)
    if citizenship.value.documents != "none":
        documents: dict[str, object] = {"documents": citizenship.value.documents}
        missing = citizenship.value.documents == "all" and answers.has_documents is False
        code = "no_documents" if missing else "citizenship_documents"
        reasons.append(Reason(code, documents, citizenship.sources, citizenship.confidence))
    return reasons


def _other_rule(answers: Answers, law: Law) -> Reason:
    felony, capacity = law.felony, law.capacity
    code: ReasonCode = "other_rule_applies" if answers.other_rule == "yes" else "other_rule_unsure"
    lower = "low" if "low" in (felony.confidence, capacity.confidence) else felony.confidence
    return Reason(code, {}, (*felony.sources, *capacity.sources), lower)


def _court_finding(version: Version[Capacity]) -> list[Reason]:
    if version.value.category == "none":
        return []
    return [Reason("court_finding", {}, version.sources, version.confidence)]


def conviction_code(conviction: Conviction, owes_payment: bool | None, felony: Felony) -> ReasonCode | None:
    """What a conviction means under a state's rule; None where the vote is never lost."""
    if felony.category == "never_lost":
        return None
    if conviction == "unsure" or felony.category == "unknown":
        return "conviction_depends"
    if conviction == "incarcerated":
        return "conviction_depends" if felony.category == "by_offence" else "in_prison"
    if felony.category not in _BY_ITSELF:
        return "conviction_depends"
    barred: dict[str, Bars] = {"parole": felony.parole, "probation": felony.probation}
    standing = barred.get(conviction, "free")
    if standing != "free":
        return "sentence_not_over" if standing == "bars" else "conviction_depends"
    if felony.offences:
        return "conviction_depends"
    return _after_sentence(owes_payment, felony)


def payment_matters(felony: Felony) -> bool:
    """Whether unpaid fines or restitution can bar: the law says so, or it is not known whether it does."""
    if felony.category in ("never_lost", "incarceration"):
        return False
    return felony.category == "full_sentence_and_payment" or felony.payment != "not_needed"


def _after_sentence(owes_payment: bool | None, felony: Felony) -> ReasonCode:
    if not payment_matters(felony) or owes_payment is False:
        return "conviction_no_bar"
    known = felony.category == "full_sentence_and_payment" or felony.payment != "unknown"
    return "payment_not_made" if owes_payment and known else "conviction_depends"
