"""What the rules of one jurisdiction look like on the page that shows all of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from registration import phrases
from registration.domain.rules import Standing
from registration.phrases import facts
from registration.phrases.facts import standing, timing
from registration.views import notices
from registration.views.mistakes import Reports
from registration.views.presenting import Cited, cited
from state_rules import CHANNELS, Due, Election, Jurisdiction, Rule, Version, due_dates, target_election
from state_rules.practice import Office
from state_rules.printed import PRINTED_FOR, compare_printed


@dataclass(frozen=True, slots=True)
class Other:
    """A version that is not the one in force: an earlier one, a coming one, or one that is not operated."""

    since: str
    standing: str
    said: list[str]
    sure: str
    note: str
    sources: list[Cited]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in words. ``example``: what it comes to for the next election; ``oath``: words of the law."""

    name: str
    label: str
    said: list[str]
    example: str = ""
    oath: str = ""
    since: str = ""
    standing: str = ""
    sure: str = ""
    ask: str = ""
    note: str = ""
    sources: list[Cited] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    report: str = ""
    corrected: list[notices.Remark] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    title: str
    facts: list[Fact]


def first_day(jurisdiction: Jurisdiction) -> date:
    """The earliest day of which any rule is known."""
    return min(version.effective for rule in _rules(jurisdiction).values() for version in rule.versions)


def groups(found_rules: Standing, on: date) -> list[Group]:
    """Every fact of the jurisdiction as it stands on ``on``, in groups, in the order in which they are read."""
    rules, reading = _rules(found_rules.jurisdiction), _Reading(found_rules, on)
    found = []
    for name, title, names in facts.GROUPS:
        shown = [reading.printed() if each == facts.PRINTED else reading.fact(each, rules[each]) for each in names]
        found.append(Group(name, _(title), shown))
    return found


def _rules(jurisdiction: Jurisdiction) -> dict[str, Rule[Any]]:
    deadlines = {f"deadlines.{channel}": jurisdiction.deadlines[channel] for channel in CHANNELS}
    return {
        name: deadlines[name] if name in deadlines else getattr(jurisdiction, name)
        for _group, _title, names in facts.GROUPS
        for name in names
        if name != facts.PRINTED
    }


class _Reading:
    """One jurisdiction on one day."""

    def __init__(self, found: Standing, on: date) -> None:
        self.jurisdiction, self.on, self.corrections = found.jurisdiction, on, found.corrections
        self.reports = Reports(self.jurisdiction, on, found.version)
        required = self.jurisdiction.registration_required.on(on)
        self.nobody_registers = required is not None and not required.value
        self.office = self._office()
        self.election = self._election()

    def _office(self) -> Office | None:
        """The office on that day; the first that is known where that is earlier."""
        versions = self.jurisdiction.office.versions
        version = self.jurisdiction.office.on(self.on) or (versions[0] if versions else None)
        return version.value if version else None

    def _election(self) -> Election | None:
        """The election to aim for then; None where the deadlines of that day are not known."""
        try:
            return target_election(self.jurisdiction, self.on)
        except LookupError:
            return None

    def fact(self, name: str, rule: Rule[Any]) -> Fact:
        version = rule.on(self.on)
        others = [self._other(name, each) for each in reversed(rule.versions) if each is not version]
        shared: dict[str, Any] = {
            "name": name,
            "label": facts.label(name),
            "others": others,
            "report": self.reports.link(name),
            "corrected": notices.remarks(self.corrections, (name,)),
        }
        if version is None:
            return Fact(said=[self._unknown(name, rule)], ask=standing.ask(self.office), **shared)
        return Fact(
            said=self._said(name, version),
            example=self._example(name),
            oath=getattr(version.value, "oath", ""),
            since=standing.since(version),
            standing=standing.in_force(),
            sure=standing.sure(version),
            ask=self._ask(version),
            note=version.note,
            sources=cited(version),
            **shared,
        )

    def _unknown(self, name: str, rule: Rule[Any]) -> str:
        if name == "holidays":
            return timing.no_holidays()
        first = min((each.effective for each in rule.versions if each.operates), default=None)
        return standing.unknown_on(first, self.on)

    def _said(self, name: str, version: Version[Any]) -> list[str]:
        if self.nobody_registers and name in facts.ABOUT_REGISTERING:
            return facts.said("registration_required", False, self.jurisdiction)
        said = facts.said(name, version.value, self.jurisdiction)
        if name == "holidays" and version.confidence != "high":
            said.append(timing.unsure_holidays())
        return said

    def _ask(self, version: Version[Any]) -> str:
        """Whom to ask where we are not sure, or where the rule leaves something open."""
        if version.confidence != "high" or facts.has_gaps(version.value):
            return standing.ask(self.office)
        return ""

    def _example(self, name: str) -> str:
        """What a deadline comes to for the election to aim for."""
        if not name.startswith("deadlines.") or self.election is None or self.nobody_registers:
            return ""
        channel = next(channel for channel in CHANNELS if name == f"deadlines.{channel}")
        due: Due = due_dates(self.jurisdiction, self.election, channel, self.on)
        if not due.available or not due.dates:
            return ""
        # what holds for every election stands above already
        value = replace(due.version.value, tell="", last_chance_where="", last_chance_proof="")
        due = replace(due, version=replace(due.version, value=value))
        return timing.for_election(self.election, " ".join(filter(None, (phrases.due(due), phrases.last_chance(due)))))

    def _other(self, name: str, version: Version[Any]) -> Other:
        return Other(
            since=standing.starting(version),
            standing=standing.standing(version, self.on),
            said=facts.said(name, version.value, self.jurisdiction),
            sure=standing.sure(version),
            note=version.note,
            sources=cited(version),
        )

    def printed(self) -> Fact:
        """What the printed form says, what ours is, and why the two differ."""
        rule = self.jurisdiction.printed_deadline
        shared: dict[str, Any] = {
            "name": facts.PRINTED,
            "label": facts.label(facts.PRINTED),
            "report": self.reports.link(facts.PRINTED),
        }
        compared = compare_printed(self.jurisdiction, PRINTED_FOR)
        # why ours differs is written for the rule of the file
        is_corrected = any(each.rule == "deadlines.mail" for each in self.corrections)
        if rule is None or compared is None or is_corrected:
            return Fact(said=[timing.not_compared()], **shared)
        said = [*timing.printed(rule), *timing.compared(compared, PRINTED_FOR)]
        return Fact(said=said, sources=cited((rule.source,)), **shared)
