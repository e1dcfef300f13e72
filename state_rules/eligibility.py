"""Answers and rules give our reading of whether, and from when, a person may register, sign up early, and vote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from state_rules.ages import VOTING_AGE, birthday, earliest_day, preregistration_day, regular_day, votes_in
from state_rules.answers import (
    FOR_AN_OFFICIAL,
    NOT_YET,
    Answers,
    Assessment,
    Ballot,
    Outcome,
    Reading,
    Reason,
    ReasonCode,
)
from state_rules.bars import bars
from state_rules.books import books
from state_rules.elections import Election, last_listed_day
from state_rules.federal import federal
from state_rules.form_needs import rule_on
from state_rules.jurisdiction import Jurisdiction
from state_rules.law import Law, law_on
from state_rules.qualifications import Channel
from state_rules.questions import next_question

#: "18 by the next election": one further off than this may have a local election before it that is not listed.
_NEAR = timedelta(days=180)


@dataclass(slots=True)
class _Case:
    """One person's answers before one jurisdiction's rules on a day."""

    answers: Answers
    jurisdiction: Jurisdiction
    election: Election
    on: date
    channel: Channel
    law: Law
    turns_18: date | None

    def regular_day(self) -> date | None:
        """The first day of registering proper; None where the age rule or the birth date is not known."""
        born = self.answers.birth_date
        if born is None or self.law.age is None:
            return None
        return regular_day(born, self.jurisdiction, self.election, self.on, self.channel)

    def age_reason(self, birth_date: date, regular: date | None) -> tuple[Reason, date | None]:
        """What the age says of registering, and the first day on which the person may register or sign up early."""
        jurisdiction, election, on = self.jurisdiction, self.election, self.on
        version = self.law.age
        if version is None or regular is None:
            return Reason("unknown_age_rule", confidence="low"), None
        from_day = min(regular, preregistration_day(birth_date, version.value) or regular)
        turns_18 = self.turns_18 or birthday(birth_date, VOTING_AGE)
        voting_age = self.law.voting_age.value
        of_age = turns_18 <= election.day and voting_age.years <= VOTING_AGE
        params: dict[str, object] = {
            "from_day": from_day,
            "turns_18": turns_18,
            "votes": of_age or votes_in(birth_date, voting_age, jurisdiction.code, election),
        }
        code: ReasonCode
        if turns_18 <= on:
            code = "old_enough"
        elif from_day > on:
            code = "too_young"
            params |= self._sooner_in_person(birth_date, from_day)
        elif regular <= on:
            code = "may_register_before_18"
        else:
            code = "may_preregister"
        by = version.value.turns_18_by
        unlisted = code == "may_register_before_18" and by == "next_election" and election.day - on > _NEAR
        beyond = by in ("next_election", "next_general") and code != "old_enough" and turns_18 > last_listed_day()
        return Reason(code, params, version.sources, "low" if unlisted or beyond else version.confidence), from_day

    def _sooner_in_person(self, birth_date: date, from_day: date) -> dict[str, object]:
        in_person = earliest_day(birth_date, self.jurisdiction, self.election, self.on, "in_person")
        if in_person is None or in_person >= from_day:
            return {}
        return {"in_person_from": in_person, "in_person_now": in_person <= self.on}

    def registering(self, reasons: tuple[Reason, ...], regular: date | None) -> Reading:
        """May the person register, in the full sense, on the day."""
        if self.law.required and self.law.nobody_registers:
            return Reading("not_needed", (Reason("registration_not_needed", {}, self.law.required.sources),))
        outcome = _outcome(reasons)
        if outcome == "eligible" and regular is not None and regular > self.on:
            outcome = "not_yet"
        return Reading(outcome, reasons, regular, self._documents_ballot(reasons))

    def preregistering(self, others: tuple[Reason, ...], regular: date | None) -> Reading:
        """May a person who is too young to register sign up early."""
        version = self.law.age
        if version is None or not version.value.pre_years:
            return Reading("not_offered")
        born = self.answers.birth_date
        if born is None or regular is None:
            return Reading(_outcome(others), others)
        if regular <= self.on:
            return Reading("not_needed")
        from_day = preregistration_day(born, version.value)
        if from_day is not None and from_day > self.on:
            params: dict[str, object] = {"from_day": from_day}
            return Reading("not_yet", (Reason("too_young", params, version.sources, version.confidence),), from_day)
        return Reading(_outcome(others), others, from_day)

    def voting(self, others: tuple[Reason, ...]) -> Reading:
        """May the person vote in the election, as things stand on the day."""
        reasons = list(others)
        ballot = self._documents_ballot(others)
        from_day = None
        if self.answers.birth_date is not None:
            found, from_day, at_17 = self._voting_age(self.answers.birth_date)
            reasons += found
            ballot = at_17 or ballot
        for more in (self._residence(), self._books()):
            if more is not None:
                reasons.append(more)
                ballot = _PRESIDENT_ONLY.get(more.code, ballot)
        if ballot == "federal_only" and self.election.kind == "local":
            proof = self.law.citizenship_proof
            reasons.append(Reason("no_federal_race", {}, proof.sources, proof.confidence))
        return Reading(_voting_outcome(reasons), tuple(reasons), from_day, ballot)

    def _voting_age(self, born: date) -> tuple[list[Reason], date, Ballot | None]:
        version = self.law.voting_age
        of_age = self.turns_18 if version.value.years == VOTING_AGE else None
        of_age = of_age or birthday(born, version.value.years)
        if of_age <= self.election.day:
            return [], of_age, None
        code: ReasonCode = "too_young_to_vote"
        ballot: Ballot | None = None
        if votes_in(born, version.value, self.jurisdiction.code, self.election):
            code = "votes_at_17"
            ballot = "nominations_only" if version.value.nominations_only else None
        reason = Reason(code, {"turns_18": of_age}, version.sources, version.confidence)
        return [reason], self.election.day if code == "votes_at_17" else of_age, ballot

    def _residence(self) -> Reason | None:
        """Too short a time there for the state's rule, which does not bind a vote for president."""
        since, version = self.answers.resident_since, self.law.residency
        if since is None or not version.value.days:
            return None
        enough = since + min(timedelta(days=version.value.days), date.max - since)
        if enough <= self.election.day:
            return None
        params: dict[str, object] = {"days": version.value.days, "from_day": enough}
        if not self.election.is_presidential_general:
            return Reason("lives_there_too_short", params, version.sources, version.confidence)
        longest = rule_on(federal().presidential_residency_days, self.on)
        return Reason("president_only_short_residence", params, longest.sources, longest.confidence)

    def books_closed(self) -> bool:
        """Whether nobody can register for the election any more, for a full ballot."""
        if self.law.nobody_registers:
            return False
        last_day = books(self.jurisdiction, self.election).last_day
        return last_day is not None and self.on > last_day

    def _books(self) -> Reason | None:
        """Whether somebody who is not registered can still be, for this election."""
        if self.answers.registered or not self.books_closed():
            return None
        closing = books(self.jurisdiction, self.election)
        params: dict[str, object] = {"last_day": closing.last_day}
        if closing.president_last_day is not None and self.on <= closing.president_last_day:
            return Reason("president_only_last_chance", params, closing.sources, closing.confidence)
        longest = rule_on(federal().presidential_residency_days, self.on)
        since = self.answers.resident_since
        moved_late = since is not None and since > self.election.day - timedelta(days=longest.value)
        if self.election.is_presidential_general and moved_late:
            return Reason("president_in_former_home", params, longest.sources, longest.confidence)
        return Reason("books_closed", params, closing.sources, closing.confidence)

    def _documents_ballot(self, others: tuple[Reason, ...]) -> Ballot:
        if self.answers.has_documents is not False:
            return "full"
        partial = any(reason.params.get("documents") == "state_elections" for reason in others)
        return "federal_only" if partial else "full"


_PRESIDENT_ONLY: dict[ReasonCode, Ballot] = {
    "president_only_last_chance": "president_only",
    "president_only_short_residence": "president_only",
    "president_in_former_home": "president_only",
}


def _outcome(reasons: tuple[Reason, ...]) -> Outcome:
    codes = {reason.code for reason in reasons}
    if codes & FOR_AN_OFFICIAL:
        return "ask_official"
    return "not_yet" if codes & NOT_YET else "eligible"


def _voting_outcome(reasons: list[Reason]) -> Outcome:
    codes = {reason.code for reason in reasons}
    if codes & FOR_AN_OFFICIAL or "president_in_former_home" in codes:
        return "ask_official"
    return "not_yet" if codes & NOT_YET or codes & {"too_young_to_vote", "books_closed"} else "eligible"


def assess(
    answers: Answers, jurisdiction: Jurisdiction, election: Election, on: date, channel: Channel = "mail"
) -> Assessment:
    """Our reading of one person's answers on ``on``: three outcomes, every reason with its sources, and from when.

    Works with partial answers: what has not been said raises no reason. Raises LookupError before the data begins.
    """
    law = law_on(jurisdiction, on)
    turns_18 = birthday(answers.birth_date, VOTING_AGE) if answers.birth_date is not None else None
    case = _Case(answers, jurisdiction, election, on, channel, law, turns_18)
    others = tuple(bars(answers, law))
    regular = case.regular_day()
    reasons, from_day = others, None
    if answers.birth_date is not None:
        age, from_day = case.age_reason(answers.birth_date, regular)
        reasons = (age, *others)
    return Assessment(
        _outcome(reasons),
        reasons,
        from_day,
        registering=case.registering(reasons, regular),
        preregistering=case.preregistering(others, regular),
        voting=case.voting(others),
        next_question=next_question(answers, law, books_closed=answers.registered is None and case.books_closed()),
    )
