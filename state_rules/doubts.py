"""What a human should look at again, and how soon a deadline hangs on it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from state_rules.dated import Rule, Source, Version
from state_rules.deadlines import Due, due_dates
from state_rules.elections import FEDERAL, Election, upcoming
from state_rules.facts import rules_of, says_nothing
from state_rules.jurisdiction import Jurisdiction, PartyRule
from state_rules.qualifications import CHANNELS, Channel, Felony

#: Election days ahead that are looked at.
_HORIZON = 8
#: A ``look_again`` day is near when it is no further off than this.
NEAR_DAYS = 90
_PRIMARIES = ("primary", "presidential_primary")
#: Rules that bear on one way alone. The others bear on all of them.
_BEARS_ON: dict[str, tuple[Channel, ...]] = {
    "online": ("online",),
    "nvra_form": ("mail",),
    "mail_to": ("mail",),
    "id_number": ("mail",),
    "race": ("mail",),
    "first_time_mail_id": ("mail",),
    "plain_paper": ("mail",),
    "electronic_signature": ("mail",),
    "same_day": ("in_person",),
    **{f"deadlines.{channel}": (channel,) for channel in CHANNELS},
}
_OF_PRIMARIES = frozenset({"party", "primary"})


#: Of what kind a doubt is, gravest first: the law's own standing; a day that may move; nobody read a source; we are not
#: sure; what was read is old.
DoubtKind = Literal["law", "day", "memory", "low", "old"]
_KINDS: tuple[DoubtKind, ...] = get_args(DoubtKind)
_Problem = tuple[DoubtKind, str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at.

    ``days_left``: until the next deadline that hangs on it, or until the day by which to look where that is sooner.
    ``kind``: of its gravest problem. ``where``: the sources to open, or the office to ask.
    """

    days_left: int
    code: str
    rule: str
    kind: DoubtKind
    problem: str
    where: str


@dataclass(frozen=True, slots=True)
class _Close:
    """A day by which to act, and for what."""

    day: date
    channel: Channel
    election: Election


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class _Timetable:
    """The coming deadlines of one jurisdiction, worked out once."""

    def __init__(self, jurisdiction: Jurisdiction, on: date) -> None:
        self.elections = upcoming(jurisdiction.code, on, _HORIZON)
        self.dues = list(_dues(jurisdiction, self.elections, on))
        self.on = on

    def next_day(self, rule: str, effective: date) -> date:
        """The first day from which a version effective on that day is acted on: a deadline, or an election day where
        there is no deadline."""
        since = max(self.on, effective)
        closes = [close for close in self._closes(rule) if self._governed_from(rule, close) >= since]
        of_primaries = [close for close in closes if close.election.kind in _PRIMARIES]
        if rule in _OF_PRIMARIES and of_primaries:
            closes = of_primaries
        days = [close.day for close in closes] or [each.day for each in self.elections if each.day >= since]
        return min(days, default=since)

    def _closes(self, rule: str) -> Iterator[_Close]:
        wanted = _BEARS_ON.get(rule, CHANNELS)
        for due in self.dues:
            if due.channel in wanted:
                for day in {due.ordinary_last_day_to_act, due.last_day_to_act}:
                    if day is not None and day >= self.on:
                        yield _Close(day, due.channel, due.election)

    def _governed_from(self, rule: str, close: _Close) -> date:
        """Deadlines follow the law of the election day, the rest that of the day on which one acts."""
        return close.election.day if rule.startswith("deadlines.") else close.day


def _dues(jurisdiction: Jurisdiction, elections: Iterable[Election], on: date) -> Iterator[Due]:
    for election in elections:
        for channel in CHANNELS:
            try:
                yield due_dates(jurisdiction, election, channel, on)
            except LookupError:  # the data begins later, which is no doubt about it
                continue


def doubts(jurisdiction: Jurisdiction, on: date, months: int) -> Iterator[Doubt]:
    """Everything about a jurisdiction's rules to look at again, in no order. ``months``: when a source is old."""
    timetable, office = _Timetable(jurisdiction, on), _website(jurisdiction)
    for name, rule in rules_of(jurisdiction).items():
        for version, problems in problems_of(rule, on, months_before(on, months)):
            left = (_next_day(timetable, name, version) - on).days
            yield _doubt(left, (jurisdiction.code, name), problems, where(version.sources, office))
    yield from _unsure_days(jurisdiction, timetable)


def election_doubts(
    jurisdiction: Jurisdiction, elections: Iterable[Election], on: date, months: int
) -> Iterator[Doubt]:
    """The coming ones of ``elections`` whose day is to be looked up again, by the first deadline that hangs on it."""
    for election in elections:
        problems = [*_evidence_problems(election, months_before(on, months))]
        if election.day >= on and problems:
            days = [due.ordinary_last_day_to_act for due in _dues(jurisdiction, [election], on)]
            day = min((day for day in days if day is not None and day >= on), default=election.day)
            name, place = f"elections {election.day}", where(election.sources, _website(jurisdiction))
            yield _doubt((day - on).days, (jurisdiction.code, name), problems, place)


def federal_doubts(
    rules: Mapping[str, Rule[Any]], jurisdictions: Iterable[Jurisdiction], on: date, months: int
) -> Iterator[Doubt]:
    """The same for federal rules, which bear on every jurisdiction's deadlines."""
    timetables = [_Timetable(each, on) for each in jurisdictions]
    for name, rule in rules.items():
        for version, problems in problems_of(rule, on, months_before(on, months)):
            days = [timetable.next_day(name, version.effective) for timetable in timetables]
            left = (min(days, default=on) - on).days
            yield _doubt(left, (FEDERAL, name), problems, where(version.sources, ""))


def _doubt(left: int, of: tuple[str, str], problems: Sequence[_Problem], place: str) -> Doubt:
    kind = min((kind for kind, _ in problems), key=_KINDS.index)
    return Doubt(max(left, 0), *of, kind, "; ".join(text for _, text in problems), place)


def by_urgency(found: Iterable[Doubt]) -> list[Doubt]:
    """Nearest deadline first, then by jurisdiction, gravest first. The order is the same every time."""
    return sorted(
        found,
        key=lambda each: (each.days_left, each.code, _KINDS.index(each.kind), each.rule, each.problem, each.where),
    )


def _next_day(timetable: _Timetable, name: str, version: Version[Any]) -> date:
    day = timetable.next_day(name, version.effective)
    value = version.value
    if isinstance(value, Felony) and value.look_again and value.look_again < day:
        return value.look_again
    return day


def problems_of(rule: Rule[Any], on: date, old_before: date) -> Iterator[tuple[Version[Any], list[_Problem]]]:
    """The versions of a rule that are in force, coming or undecided and have something wrong with them."""
    current = rule.on(on)
    start = next((index for index, version in enumerate(rule.versions) if version is current), 0)
    for version in rule.versions[start:]:
        if version.status in ("not_operated", "struck_down"):
            continue
        problems = [*_law_problems(version, on), *_evidence_problems(version, old_before)]
        if problems:
            yield version, problems


def _law_problems(version: Version[Any], on: date) -> Iterator[_Problem]:
    if version.status == "future" and version.effective > on:
        yield "law", f"takes effect on {version.effective}: confirm that it will"
    elif version.status == "future":
        yield "law", f"was to take effect on {version.effective}: confirm that it did"
    elif version.status in ("pending", "enjoined"):
        yield "law", f"{version.status}, from {version.effective}: ask whether that still stands"
    if version.until:
        yield "law", f"ends on {version.until}: ask what follows"
    value = version.value
    if isinstance(value, Felony) and value.look_again and (value.look_again - on).days <= NEAR_DAYS:
        yield "law", f"look again by {value.look_again}{f': rests on {value.rests_on}' if value.rests_on else ''}"
    if isinstance(value, PartyRule) and value.parties and value.parties_confidence == "low":
        yield "low", "low confidence in the list of parties"


def _evidence_problems(known: Version[Any] | Election, old_before: date) -> Iterator[_Problem]:
    if known.confidence == "low":
        yield "low", "not known" if isinstance(known, Version) and says_nothing(known.value) else "low confidence"
    if not any(source.was_read for source in known.sources):
        yield "memory", "rests on memory alone"
        return
    days = [day for day in (evidence_day(source) for source in known.sources if source.was_read) if day]
    if not days:
        yield "old", "no source bears a day"
    elif max(days) < old_before:
        yield "old", f"newest source is of {max(days)}"


def evidence_day(source: Source) -> date | None:
    """The day for which a source speaks: a law for the day on which it was read, else for the day that it bears."""
    if source.kind in ("statute", "rule"):
        return source.retrieved or source.dated
    return source.dated or source.retrieved


def where(sources: Sequence[Source], office: str) -> str:
    """The pages that were read; where there is none to open, the citations and the office's site."""
    pages = [f"{source.title} <{source.url}>" for source in sources if source.was_read and source.url]
    titles = [source.title for source in sources]
    return " | ".join(pages or ([*titles, f"<{office}>"] if office else titles))


def _website(jurisdiction: Jurisdiction) -> str:
    return jurisdiction.office.versions[-1].value.website


def _unsure_days(jurisdiction: Jurisdiction, timetable: _Timetable) -> Iterator[Doubt]:
    """For each way the next deadline of which the law at hand does not say whether it moves."""
    seen: set[Channel] = set()
    for due in timetable.dues:
        unsure = [each for each in (*due.dates, *due.ordinary) if each.roll_unstated and each.by >= timetable.on]
        if not unsure or due.channel in seen:
            continue
        seen.add(due.channel)
        first = min(unsure, key=lambda each: each.by)
        closed = first.closed_for or "a holiday that is not confirmed"
        problem = f"{first.by} for {due.election.day}: unclear whether it moves ({closed}); the earlier day is shown"
        rule, place = f"deadlines.{due.channel}", where(due.version.sources, _website(jurisdiction))
        yield _doubt((first.by - timetable.on).days, (jurisdiction.code, rule), [("day", problem)], place)
