"""A jurisdiction's TOML file becomes a ``Jurisdiction``, or a RuleFileError that names file, key and problem."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from state_rules.dated import Rule, Version
from state_rules.deadlines import Due, due_dates
from state_rules.elections import Election
from state_rules.jurisdiction import Deadline, Example, ExpectedDate, Jurisdiction, PrintedDeadline, Review, Test
from state_rules.printed import PRINTED_FOR, compare_printed
from state_rules.qualifications import CHANNELS, AgeRule, Channel
from state_rules.rule_file import Reader, RuleFileError, read_toml, reader_for, refuse_unused_sources

SCHEMA = 1
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|close_of_polls|close_of_business")
OLDEST, MONTHS, MOST_DAYS = 99, 12, 366
_HEAD = ("schema", "code", "name", "kind", "timezones")


@lru_cache(maxsize=1)
def rule_hints() -> dict[str, Any]:
    """Field name -> the type inside ``Rule[...]``, for every dated rule of a jurisdiction but the deadlines."""
    hints = get_type_hints(Jurisdiction)
    return {name: get_args(hint)[0] for name, hint in hints.items() if getattr(hint, "__origin__", None) is Rule}


#: Rules that a file may leave out.
_OPTIONAL = frozenset(field.name for field in fields(Jurisdiction) if field.default is not MISSING)


def load_file(path: Path) -> Jurisdiction:
    """The jurisdiction in ``path``. Raises RuleFileError where anything at all is not as it must be."""
    path = Path(path)
    raw = read_toml(path)
    reader = reader_for(path.name, raw.get("sources", {}))
    rules = rule_hints()
    reader.refuse_unknown(raw, (*_HEAD, "review", "sources", "deadlines", "printed_deadline", "examples", *rules), "")
    _check_head(reader, raw, path)
    read: dict[str, Any] = {}
    for name, hint in rules.items():
        if name in raw:
            read[name] = reader.rule(raw[name], hint, name)
        elif name not in _OPTIONAL:
            raise reader.fail(name, "is missing")
    hints = get_type_hints(Jurisdiction)
    for name in _HEAD[1:]:
        read[name] = reader.value(raw[name], hints[name], name)
    jurisdiction = Jurisdiction(
        review=reader.record(reader.table(raw.get("review"), "review"), Review, "review"),
        deadlines=_deadlines(reader, raw.get("deadlines")),
        examples=read_examples(reader, raw.get("examples", [])),
        printed_deadline=_printed(reader, raw),
        sources=tuple(reader.sources.values()),
        **read,
    )
    refuse_unused_sources(reader)
    check_rules(reader, jurisdiction)
    _check_standing(reader, jurisdiction)
    _check_printed(reader, jurisdiction)
    _check_examples(reader, jurisdiction)
    return jurisdiction


def _check_head(reader: Reader, raw: dict[str, Any], path: Path) -> None:
    for name in _HEAD:
        if name not in raw:
            raise reader.fail(name, "is missing")
    if raw["schema"] != SCHEMA:
        raise reader.fail("schema", f"must be {SCHEMA}")
    if not isinstance(raw["code"], str) or not re.fullmatch("[A-Z]{2}", raw["code"]):
        raise reader.fail("code", "must be two capital letters")
    if path.name != f"{raw['code'].lower()}.toml":
        raise reader.fail("code", f"is {raw['code']!r}, so the file must be named {raw['code'].lower()}.toml")
    if not raw["timezones"]:
        raise reader.fail("timezones", "must name at least one time zone")


def _deadlines(reader: Reader, raw: object) -> dict[Channel, Rule[Deadline]]:
    table = reader.table(raw, "deadlines")
    reader.refuse_unknown(table, CHANNELS, "deadlines")
    found: dict[Channel, Rule[Deadline]] = {}
    for channel in CHANNELS:
        key = f"deadlines.{channel}"
        if channel not in table:
            raise reader.fail(key, "is missing; write available = false where there is no such way")
        found[channel] = reader.rule(table[channel], Deadline, key)
        for index, version in enumerate(found[channel].versions):
            check_deadline(reader, version.value, version.note, f"{key}[{index}]")
    return found


def check_deadline(reader: Reader, deadline: Deadline, note: str, key: str) -> None:
    tests = (*deadline.all_of, *deadline.any_of, *deadline.ordinary)
    if not deadline.available and (tests or deadline.by_election_kind):
        raise reader.fail(key, "a channel that is not available has no tests")
    if deadline.all_of and deadline.any_of:
        raise reader.fail(key, "all_of and any_of exclude each other")
    if deadline.available and not tests and not note:
        raise reader.fail(key, "no day is stated, so a note must say why")
    if deadline.ordinary and not (deadline.all_of or deadline.any_of):
        raise reader.fail(key, "ordinary stands beside a later last chance, which is missing")
    for name in ("all_of", "any_of", "ordinary"):
        for index, test in enumerate(getattr(deadline, name)):
            _check_test(reader, test, index, f"{key}.{name}[{index}]")
    for kind, other in deadline.by_election_kind:
        check_deadline(reader, other, note, f"{key}.by_election_kind.{kind}")


def _check_test(reader: Reader, test: Test, index: int, key: str) -> None:
    ways_to_count = (
        test.days_before is not None,
        test.business_days_before is not None,
        test.weekday is not None,
        test.election_day,
        test.last_business_day_before,
        test.days_after_first is not None,
        test.local_min_days is not None,
    )
    if sum(ways_to_count) != 1:
        raise reader.fail(key, "must count its day in exactly one way")
    if (test.weekday is None) != (test.nth_before is None):
        raise reader.fail(key, "weekday and nth_before belong together")
    if (test.local_min_days is None) != (test.local_max_days is None):
        raise reader.fail(key, "local_min_days and local_max_days belong together")
    if (test.local_max_days or 0) > MOST_DAYS:
        raise reader.fail(f"{key}.local_max_days", f"must be at most {MOST_DAYS}")
    if (test.local_min_days or 0) > (test.local_max_days or 0):
        raise reader.fail(key, "local_min_days is greater than local_max_days")
    if test.days_after_first is not None and index == 0:
        raise reader.fail(key, "days_after_first needs a first test to count from")
    for name in ("days_before", "business_days_before", "nth_before", "days_after_first", "local_min_days"):
        number = getattr(test, name)
        if number is not None and number > MOST_DAYS:
            raise reader.fail(f"{key}.{name}", f"must be at most {MOST_DAYS}")
        if number is not None and number < (1 if name == "nth_before" else 0):
            raise reader.fail(f"{key}.{name}", "must not be negative" if name != "nth_before" else "must be 1 or more")
    if test.time and not _TIME.fullmatch(test.time):
        raise reader.fail(f"{key}.time", f"{test.time!r} is not HH:MM, close_of_polls or close_of_business")


def _check_age(reader: Reader, age: AgeRule, key: str) -> None:
    years = (age.min_years, age.pre_years, *(number for _channel, number in age.min_by_channel))
    if not all(0 <= number <= OLDEST for number in years) or not all(
        0 <= number < MONTHS for number in (age.min_months, age.pre_months)
    ):
        raise reader.fail(key, f"years lie between 0 and {OLDEST}, months between 0 and {MONTHS - 1}")


def check_rules(reader: Reader, jurisdiction: Jurisdiction) -> None:
    """What no single key can say of itself: ages, days of a change of party, holidays. Raises RuleFileError."""
    _check_ages(reader, jurisdiction)
    _check_party_changes(reader, jurisdiction)
    _check_holidays(reader, jurisdiction)


def _check_ages(reader: Reader, jurisdiction: Jurisdiction) -> None:
    at_17 = any(version.value.at_17 == "primaries" for version in jurisdiction.voting_age.versions)
    for index, version in enumerate(jurisdiction.age.versions):
        _check_age(reader, version.value, f"age[{index}]")
        if version.value.turns_18_by == "next_election" and at_17:
            problem = "next_election would send a voter of 17 past their own primary; write next_general"
            raise reader.fail(f"age[{index}].turns_18_by", problem)


def _check_standing(reader: Reader, jurisdiction: Jurisdiction) -> None:
    """What had not begun when the file was last read stands as future, so that somebody confirms it once it has."""
    rules = {name: getattr(jurisdiction, name) for name in rule_hints()}
    rules |= {f"deadlines.{channel}": rule for channel, rule in jurisdiction.deadlines.items()}
    read_on = jurisdiction.review.checked_on
    for name, rule in rules.items():
        for index, version in enumerate(rule.versions):
            if version.status == "in_force" and version.effective > read_on:
                raise reader.fail(f"{name}[{index}].status", f"begins after checked_on, {read_on}: write future")
            if version.status == "future" and version.effective <= read_on:
                raise reader.fail(f"{name}[{index}].status", f"has begun by checked_on, {read_on}: write in_force")


def _check_party_changes(reader: Reader, jurisdiction: Jurisdiction) -> None:
    for index, version in enumerate(jurisdiction.primary.versions):
        for place, change in enumerate(version.value.change):
            ways_to_count = (change.month, change.days_before, change.months_before)
            if sum(each is not None for each in ways_to_count) != 1 or (change.month is None) != (change.day is None):
                raise reader.fail(f"primary[{index}].change[{place}]", "must count its day in exactly one way")
            if not _is_day(change.month or 1, change.day or 1):
                raise reader.fail(f"primary[{index}].change[{place}]", "is no day of every year")


def _is_day(month: int, day: int) -> bool:
    """Whether every year has such a day: 2027 is not a leap year."""
    try:
        date(2027, month, day)
    except ValueError:
        return False
    return True


def _check_holidays(reader: Reader, jurisdiction: Jurisdiction) -> None:
    for index, version in enumerate(jurisdiction.holidays.versions):
        for place, day in enumerate(version.value.kept):
            ways_to_name = (day.day is not None, day.nth is not None, day.days_after_easter is not None)
            fixed_in = day.month is not None
            whole = fixed_in == (day.days_after_easter is None) and (day.weekday is None) == (day.nth is None)
            key = f"holidays[{index}].kept[{place}]"
            if sum(ways_to_name) != 1 or not whole:
                raise reader.fail(key, "needs month and day; or month, weekday and nth; or days_after_easter")
            if not _is_day(day.month or 1, day.day or 1):
                raise reader.fail(key, "is no day of every year")
            if day.nth not in (None, -1, 1, 2, 3, 4) or day.weekday not in (None, *range(7)) or day.every < 1:
                raise reader.fail(key, "nth is 1 to 4 or -1, weekday 0 (Monday) to 6, every 1 or more")


def _printed(reader: Reader, raw: dict[str, Any]) -> PrintedDeadline | None:
    if "printed_deadline" not in raw:
        return None
    key = "printed_deadline"
    printed: PrintedDeadline = reader.record(reader.table(raw[key], key), PrintedDeadline, key)
    for name in ("all_of", "any_of"):
        for index, test in enumerate(getattr(printed, name)):
            _check_test(reader, test, index, f"{key}.{name}[{index}]")
    return printed


def _check_printed(reader: Reader, jurisdiction: Jurisdiction) -> None:
    """Every difference from the printed form is explained, and nothing else is."""
    compared = compare_printed(jurisdiction, PRINTED_FOR)
    printed = jurisdiction.printed_deadline
    if compared is None or printed is None:
        return
    if compared.same == (not compared.differs):
        _check_explained(reader, jurisdiction, printed)
        return
    said = f"prints {_said(compared.printed)}, ours is {_said(compared.ours)}"
    problem = "there is no difference to explain" if compared.same else "must explain the difference"
    raise reader.fail("printed_deadline.differs", f"{problem}: the form {said}")


def _check_explained(reader: Reader, jurisdiction: Jurisdiction, printed: PrintedDeadline) -> None:
    version = jurisdiction.deadlines["mail"].on(PRINTED_FOR)
    governs = version.effective if version and printed.differs else None
    if printed.explains != governs:
        problem = "explains nothing" if governs is None else f"must be {governs}, once differs is true of that version"
        raise reader.fail("printed_deadline.explains", f"{problem} of deadlines.mail")


def read_examples(reader: Reader, raw: object) -> tuple[Example, ...]:
    if not isinstance(raw, list):
        raise reader.fail("examples", "must be a list, written [[examples]]")
    return tuple(
        reader.record(reader.table(item, f"examples[{index}]"), Example, f"examples[{index}]")
        for index, item in enumerate(raw)
    )


def _check_examples(reader: Reader, jurisdiction: Jurisdiction) -> None:
    covered: set[int] = set()
    for index, example in enumerate(jurisdiction.examples):
        covered.add(id(check_example(reader, jurisdiction, example, f"examples[{index}]")))
    for channel, rule in jurisdiction.deadlines.items():
        for index, version in enumerate(rule.versions):
            needed = version.operates and version.value.available and (version.value.all_of or version.value.any_of)
            if needed and id(version) not in covered:
                raise reader.fail(f"deadlines.{channel}[{index}]", "has no [[examples]] entry that falls in its time")


def check_example(reader: Reader, jurisdiction: Jurisdiction, example: Example, key: str) -> Version[Deadline]:
    """The version that the example tests. Raises RuleFileError where the engine gives other dates."""
    election = Election(example.election_day, example.election_kind, "", jurisdiction.code)
    version = jurisdiction.deadlines[example.deadline].on(example.election_day)
    if version is None:
        raise reader.fail(f"{key}.election_day", "lies before every version of that deadline")
    due: Due = due_dates(jurisdiction, election, example.deadline, example.election_day)
    for name, dates in (("expect", due.dates), ("ordinary", due.ordinary)):
        computed = tuple(ExpectedDate(each.event, each.by, each.latest) for each in dates)
        expected: tuple[ExpectedDate, ...] = getattr(example, name)
        if computed != expected:
            rule = f"{example.deadline}, {example.election_day}, version of {version.effective}"
            problem = f"says {_said(expected)}, but the rule gives {_said(computed)} ({rule})"
            raise reader.fail(f"{key}.{name}", problem)
    return version


def _said(dates: tuple[ExpectedDate, ...]) -> str:
    return ", ".join(f"{each.event} {_span(each.by, each.latest)}" for each in dates) or "nothing"


def _span(by: date, latest: date | None) -> str:
    return f"{by} to {latest}" if latest else str(by)


__all__ = ["RuleFileError", "load_file"]
