"""A deadline rule and an election day give dates, and what must have happened by each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from state_rules.dated import Confidence, Rule, Version
from state_rules.elections import Election
from state_rules.holidays import FEDERAL_ONLY, OfficeDays, last_postmark_day
from state_rules.jurisdiction import Deadline, Event, Jurisdiction, Roll, Test, Weekday
from state_rules.qualifications import Channel

_WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class DueDate:
    """One thing to be done by a day. ``time`` is local, as in the rule ("17:00", "close_of_polls", "").

    ``latest`` is set only where a local official chooses within a range: ``by`` is then its first, safe day.
    ``counted`` is the day that the count gives before it was moved off a closed day; ``closed_for`` says why
    that day is closed ("Sunday", "Columbus Day"); ``roll_unstated``: the counted day is closed and the law
    at hand does not say whether it moves, so the earlier day is shown.
    """

    event: Event
    by: date
    time: str = ""
    latest: date | None = None
    counted: date | None = None
    closed_for: str = ""
    roll_unstated: bool = False


def _posting_day(due: DueDate) -> date:
    return last_postmark_day(due.by) if due.event == "postmarked" else due.by


def _not_sooner(day: date | None, dates: tuple[DueDate, ...]) -> date | None:
    """``day``, later where a local official may keep the way open longer."""
    return max([day, *(due.latest for due in dates if due.latest)]) if day else None


@dataclass(frozen=True, slots=True)
class Due:
    """The dates of one channel for one election.

    ``every``: all of ``dates`` must be met; otherwise any one suffices. ``ordinary`` holds the regular close where
    ``dates`` is a later last chance. ``version`` is the rule in force, with sources, note and confidence; its
    confidence is lowered to medium where a date rests on an unstated roll or an unsure holiday. ``zones``: the
    jurisdiction's time zones, of which that of the person's own election office counts.
    """

    channel: Channel
    election: Election
    available: bool
    every: bool
    dates: tuple[DueDate, ...]
    ordinary: tuple[DueDate, ...]
    version: Version[Deadline]
    zones: tuple[str, ...] = ()

    @property
    def last_day(self) -> date | None:
        """The last day on which everything can still be done, or None where no day is stated."""
        return self._last([due.by for due in self.dates])

    @property
    def ordinary_last_day(self) -> date | None:
        """The same for the regular close; equals ``last_day`` where there is no other close."""
        if not self.ordinary:
            return self.last_day
        return min(due.by for due in self.ordinary)

    @property
    def last_mailing_day(self) -> date | None:
        """``last_day``, earlier where a postmark is due on a day on which post offices are closed."""
        return self._last([_posting_day(due) for due in self.dates])

    @property
    def last_day_to_act(self) -> date | None:
        """The last day on which a person can still do something: ``last_mailing_day`` by mail, else ``last_day``."""
        return self.last_mailing_day if self.channel == "mail" else self.last_day

    @property
    def ordinary_last_day_to_act(self) -> date | None:
        """The same for the regular close; equals ``last_day_to_act`` where there is no other close."""
        if not self.ordinary:
            return self.last_day_to_act
        return min(_posting_day(due) if self.channel == "mail" else due.by for due in self.ordinary)

    @property
    def end(self) -> date:
        """The last day on which anything is left: until then the way is not known to be closed."""
        return _not_sooner(self.last_day_to_act, self.dates) or self.election.day

    @property
    def ordinary_end(self) -> date | None:
        """The same for the regular close; None where no day is stated."""
        return _not_sooner(self.ordinary_last_day_to_act, self.ordinary or self.dates)

    def _last(self, days: list[date]) -> date | None:
        if not self.available or not days:
            return None
        return min(days) if self.every else max(days)

    @property
    def set_locally(self) -> bool:
        return any(due.latest for due in (*self.dates, *self.ordinary))

    @property
    def roll_unstated(self) -> bool:
        return any(due.roll_unstated for due in (*self.dates, *self.ordinary))


def _counted(test: Test, election_day: date, first: date | None, days: OfficeDays) -> date:
    """The day that a test names, before any roll. ``first``: the date of the first test, for an arrival limit."""
    if test.days_before is not None:
        return election_day - timedelta(days=test.days_before)
    if test.business_days_before is not None:
        return days.business_days_before(election_day, test.business_days_before)
    if test.weekday is not None and test.nth_before is not None:
        # the first Tuesday before a Tuesday election is a week before it
        back = (election_day.weekday() - _WEEKDAYS.index(test.weekday)) % 7 or 7
        return election_day - timedelta(days=back + 7 * (test.nth_before - 1))
    if test.last_business_day_before:
        return days.business_days_before(election_day, 1)
    if test.days_after_first is not None and first is not None:
        return first + timedelta(days=test.days_after_first)
    if test.local_max_days is not None:
        return election_day - timedelta(days=test.local_max_days)
    return election_day


def _rolled(day: date, roll: Roll, days: OfficeDays) -> date:
    if roll == "next_business_day":
        return days.next_open(day)
    if roll == "previous_business_day":
        return days.previous_open(day)
    return day


@dataclass(slots=True)
class _Count:
    """What a test is counted by: the election day, the roll of its deadline, and the days on which offices are open."""

    election_day: date
    roll: Roll
    days: OfficeDays

    def due_date(self, test: Test, first: date | None) -> DueDate:
        """The date of one test. Where an unsure holiday matters, the earlier of the two readings."""
        due = self._by(test, first, self.days)
        if self.days.unsure is None:
            return due
        other = self._by(test, first, self.days.unsure)
        if other.by == due.by:
            return due
        return replace(min(due, other, key=lambda each: each.by), roll_unstated=True)

    def _by(self, test: Test, first: date | None, days: OfficeDays) -> DueDate:
        by = counted = _counted(test, self.election_day, first, days)
        latest = None if test.local_min_days is None else self.election_day - timedelta(days=test.local_min_days)
        movable = test.days_before is not None or test.weekday is not None
        closed = days.closed_for(counted) if movable else ""
        unstated = False
        if closed:
            roll = test.if_closed or self.roll
            by, unstated = min(_rolled(counted, roll, days), self.election_day), roll == "unstated"
        return DueDate(test.event, by, test.time, latest, counted, closed, unstated)

    def due_dates(self, tests: tuple[Test, ...]) -> tuple[DueDate, ...]:
        if not tests:
            return ()
        first = self.due_date(tests[0], None)
        return (first, *(self.due_date(test, first.by) for test in tests[1:])) if len(tests) > 1 else (first,)


def unrolled_dates(tests: tuple[Test, ...], election_day: date) -> tuple[DueDate, ...]:
    """The days that tests name, counted plainly and never moved."""
    return _Count(election_day, "same_day", FEDERAL_ONLY).due_dates(tests)


def rule_for(deadline: Deadline, election: Election) -> Deadline:
    """The rule for this kind of election, without a last chance that this election does not have."""
    for kind, other in deadline.by_election_kind:
        if kind == election.kind:
            return other
    if deadline.last_chance_scope == "president_only" and not election.is_presidential_general:
        return replace(deadline, all_of=deadline.ordinary, any_of=(), ordinary=(), last_chance_scope="")
    return deadline


def due_dates(jurisdiction: Jurisdiction, election: Election, channel: Channel, on: date) -> Due:
    """The dates by which to act through ``channel`` for ``election``, as one knows them on ``on``.

    "No such channel" and "no day stated" are answers (``available``, empty ``dates``). The law in force on Election
    Day governs, unless the books had closed already under one before. While a law that still takes people is in force
    on ``on``, the way is not said to be closed by one that has yet to begin. Raises LookupError for an election
    before the data begins.
    """
    due, changing = _governing(jurisdiction, election, channel)
    return _while_open(jurisdiction, due, on) if changing and on <= election.day else due


#: No election's books close longer before it than this.
_LONGEST_CLOSE = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class _Spell:
    """A version of a deadline and the first day on which it was the law, within the time before an election."""

    begins: date
    version: Version[Deadline]


def _spells(rule: Rule[Deadline], election_day: date) -> list[_Spell]:
    """The laws that were in force in the time before an election, oldest first."""
    start = election_day - _LONGEST_CLOSE
    if not any(_turns_within(each, start, election_day) for each in rule.versions):
        only = rule.on(election_day)
        return [_Spell(start, only)] if only is not None else []
    turns = {version.effective for version in rule.versions}
    turns |= {version.until + timedelta(days=1) for version in rule.versions if version.until}
    found: list[_Spell] = []
    for turn in (start, *sorted(day for day in turns if start < day <= election_day)):
        version = rule.on(turn)
        if version is not None and (not found or found[-1].version is not version):
            found.append(_Spell(turn, version))
    return found


def _turns_within(version: Version[Deadline], start: date, end: date) -> bool:
    return start < version.effective <= end or (version.until is not None and start <= version.until < end)


@lru_cache(maxsize=4096)
def _governing(jurisdiction: Jurisdiction, election: Election, channel: Channel) -> tuple[Due, bool]:
    """The dates of the law that governs, and whether the law changes in the time before the election."""
    rule = jurisdiction.deadlines[channel]
    spells = _spells(rule, election.day)
    if not spells or rule.on(election.day) is not spells[-1].version:
        raise LookupError(f"no deadline is known for {election.day}: the data begins later")
    newer = spells.pop()
    due = _due(jurisdiction, election, channel, newer.version)
    changing = bool(spells)
    while spells and not newer.version.value.reopens:
        older = spells.pop()
        before = _due(jurisdiction, election, channel, older.version)
        if _had_closed(before, due, newer.begins):
            due = _doubted(before)
        newer = older
    return due, changing


def _had_closed(before: Due, due: Due, begins: date) -> bool:
    """Whether the books had closed under an older law when the next began, and what governs names a later day.

    Laws seldom say whether they open books again that have closed, so the earlier day is shown.
    """
    if not before.available or before.last_day is None or before.last_day >= begins:
        return False
    return due.last_day is None or due.last_day > before.last_day


def _while_open(jurisdiction: Jurisdiction, due: Due, on: date) -> Due:
    """``due``, or what the law of ``on`` leaves open until another begins that has the way closed."""
    if due.available and (due.last_day is None or on <= due.last_day):
        return due
    rule = jurisdiction.deadlines[due.channel]
    today = rule.on(on)
    later = [spell for spell in _spells(rule, due.election.day) if spell.begins > on]
    if today is None or not later:
        return due
    now = _due(jurisdiction, due.election, due.channel, today)
    if not now.available or (now.last_day is not None and now.last_day < on):
        return due
    end = later[0].begins - timedelta(days=1)
    dates = tuple(replace(each, by=min(each.by, end)) for each in now.dates)
    ordinary = tuple(replace(each, by=min(each.by, end)) for each in now.ordinary)
    return _doubted(replace(now, dates=dates, ordinary=ordinary))


def _doubted(due: Due) -> Due:
    confidence: Confidence = "medium" if due.version.confidence == "high" else due.version.confidence
    return replace(due, version=replace(due.version, confidence=confidence))


def _due(jurisdiction: Jurisdiction, election: Election, channel: Channel, version: Version[Deadline]) -> Due:
    deadline = rule_for(version.value, election)
    tests = deadline.all_of or deadline.any_of
    count = _Count(election.day, deadline.if_closed, jurisdiction.office_days(election.day))
    due = Due(
        channel=channel,
        election=election,
        available=deadline.available,
        every=not deadline.any_of,
        dates=count.due_dates(tests),
        ordinary=count.due_dates(deadline.ordinary),
        version=version,
        zones=jurisdiction.timezones,
    )
    if deadline is not version.value:
        due = replace(due, version=replace(version, value=deadline))
    return _doubted(due) if due.roll_unstated else due
