"""Deadlines as the law counts them, the holidays that move them, and what the printed form says."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from registration.phrases.dates import clock, day
from registration.phrases.deadlines import last_chance_terms, must_happen, not_offered, still_possible
from registration.phrases.facts.voting import year_day
from registration.phrases.facts.words import Words
from registration.phrases.names import election_name, kind_name
from state_rules import Channel, Election, Jurisdiction
from state_rules.jurisdiction import Deadline, ExpectedDate, PrintedDeadline, Roll, Test
from state_rules.practice import Holiday, Holidays
from state_rules.printed import Compared

NTH = {
    1: gettext_noop("first"), 2: gettext_noop("second"), 3: gettext_noop("third"), 4: gettext_noop("fourth"),
    5: gettext_noop("fifth"), 6: gettext_noop("sixth"), 7: gettext_noop("seventh"), 8: gettext_noop("eighth"),
    9: gettext_noop("ninth"), 10: gettext_noop("tenth"), -1: gettext_noop("last"),
}  # fmt: skip
EVEN_YEARS = 2
_LEAP_YEAR = date(2028, 1, 1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ROLLS = {
    "next_business_day": gettext_noop("If that day is a weekend or a holiday, the next business day counts."),
    "previous_business_day": gettext_noop("If that day is a weekend or a holiday, the business day before it counts."),
    "same_day": gettext_noop("A weekend or a holiday does not move that day."),
    "unstated": gettext_noop("We do not know if a weekend or a holiday moves that day. Act sooner."),
}


def _moment(test: Test) -> str:
    """The day that a test names, as it stands after "by" or "on"."""
    if test.days_before is not None:
        return pgettext("a deadline's day", "day %(days)d before the election") % {"days": test.days_before}
    if test.business_days_before is not None:
        days = {"days": test.business_days_before}
        return pgettext("a deadline's day", "business day %(days)d before the election") % days
    if test.weekday is not None:
        named = {"nth": _nth(test.nth_before or 1), "weekday": WEEKDAYS[_WEEKDAYS.index(test.weekday)]}
        return pgettext("a deadline's day", "the %(nth)s %(weekday)s before the election") % named
    if test.last_business_day_before:
        return pgettext("a deadline's day", "the last business day before the election")
    return pgettext("a deadline's day", "election day")


def _nth(number: int) -> str:
    return _(NTH[number]) if number in NTH else str(number)


def by_when(test: Test) -> str:
    """ "by day 30 before the election", with the hour where there is one, to stand within a sentence."""
    if test.days_after_first is not None:
        days = test.days_after_first
        return ngettext("within %(days)d day after that", "within %(days)d days after that", days) % {"days": days}
    if test.time:
        values = {"clock": clock(test.time), "day": _moment(test)}
        return pgettext("last moment", "by %(clock)s on %(day)s") % values
    return pgettext("last moment", "by %(day)s") % {"day": _moment(test)}


def _test(test: Test, channel: Channel) -> str:
    if test.local_max_days is not None:
        days = {"most": test.local_max_days, "least": test.local_min_days or 0}
        return _("Your local office sets the last day, from %(most)d to %(least)d days before the election.") % days
    return must_happen(test.event, channel, by_when(test))


def _moves(test: Test) -> bool:
    return test.days_before is not None or test.weekday is not None


def _with_rolls(tests: tuple[Test, ...], said: list[str], usual: Roll) -> list[str]:
    """What a closed day does, after each sentence where it differs, once at the end where it does not."""
    rolls = [test.if_closed or usual for test in tests if _moves(test)]
    if len(set(rolls)) <= 1:
        return said + [_(_ROLLS[roll]) for roll in rolls[:1]]
    return [
        f"{sentence} {_(_ROLLS[test.if_closed or usual])}" if _moves(test) else sentence
        for test, sentence in zip(tests, said, strict=True)
    ]


def counted(tests: tuple[Test, ...], channel: Channel, *, every: bool) -> list[str]:
    """A sentence for each test, and whether all of them must be met."""
    said = [_test(test, channel) for test in tests]
    if len(tests) > 1:
        said.insert(0, _("You must meet each of these.") if every else _("Any one of these is enough."))
    return said


def _one_kind(rule: Deadline, channel: Channel) -> list[str]:
    if not rule.available:
        return [not_offered(channel)]
    last = rule.all_of or rule.any_of
    if not last:
        return [_("No last day is set by law. Ask the election office.")]
    regular = rule.ordinary or last
    lead = counted(regular, channel, every=bool(rule.ordinary) or not rule.any_of)
    start = len(lead) - len(regular)
    said = lead[:start] + _with_rolls(regular, lead[start:], rule.if_closed)
    if rule.ordinary:
        said += [still_possible(test.event, by_when(test)) for test in last]
        said += last_chance_terms(rule)
    return [*said, _(rule.tell)] if rule.tell else said


def deadline(rule: Deadline, channel: Channel) -> list[str]:
    """How the law counts the last day of one way to register, for every kind of election."""
    said = _one_kind(rule, channel)
    for kind, other in rule.by_election_kind:
        said.append(_("%(kind)s: %(rule)s") % {"kind": kind_name(kind), "rule": " ".join(_one_kind(other, channel))})
    return said


def _online(rule: Deadline, _place: Jurisdiction) -> list[str]:
    return deadline(rule, "online")


def _mail(rule: Deadline, _place: Jurisdiction) -> list[str]:
    return deadline(rule, "mail")


def _in_person(rule: Deadline, _place: Jurisdiction) -> list[str]:
    return deadline(rule, "in_person")


def _holiday_day(holiday: Holiday) -> str:
    if holiday.days_after_easter is not None:
        days = abs(holiday.days_after_easter)
        if holiday.days_after_easter < 0:
            return ngettext("%(days)d day before Easter", "%(days)d days before Easter", days) % {"days": days}
        return ngettext("%(days)d day after Easter", "%(days)d days after Easter", days) % {"days": days}
    month = holiday.month or 1
    if holiday.weekday is not None:
        named = {"nth": _nth(holiday.nth or 1), "weekday": WEEKDAYS[holiday.weekday], "month": MONTHS[month]}
        return pgettext("a day of every year", "the %(nth)s %(weekday)s of %(month)s") % named
    # a leap year, so that February 29 is a day
    return year_day(_LEAP_YEAR.replace(month=month, day=holiday.day or 1))


def _holiday(holiday: Holiday) -> str:
    """A holiday's name and day; the years, where it is not kept in every one."""
    named = {"name": _(holiday.name), "day": _holiday_day(holiday), "years": holiday.every}
    if holiday.every == EVEN_YEARS:
        return _("%(name)s (%(day)s, in even years)") % named
    if holiday.every > 1:
        return _("%(name)s (%(day)s, every %(years)d years)") % named
    return _("%(name)s (%(day)s)") % named


def _holidays(rule: Holidays, _place: Jurisdiction) -> list[str]:
    said = []
    if rule.kept:
        said += [_("Election offices are closed on federal holidays and on these days:"), *map(_holiday, rule.kept)]
    if rule.not_kept:
        names = {"names": ", ".join(_(name) for name in rule.not_kept)}
        said.append(_("These federal holidays are not kept here: %(names)s.") % names)
    return said or [_("Election offices are closed on federal holidays and on no others.")]


def unsure_holidays() -> str:
    return _("We are not sure of these days, so we never move a last day later for them.")


def no_holidays() -> str:
    return _("We count weekends and federal holidays only. The state may have more.")


def printed(rule: PrintedDeadline) -> list[str]:
    """What the state's page of the printed National Form says of the last day to mail it."""
    tests = rule.all_of or rule.any_of
    return counted(tests, "mail", every=not rule.any_of) if tests else [_("The printed form says no last day.")]


def dates_in_a_row(dates: tuple[ExpectedDate, ...]) -> str:
    """Days one after the other; "no day" where there are none."""
    spans = [
        _("%(first)s to %(last)s") % {"first": day(each.by), "last": day(each.latest)} if each.latest else day(each.by)
        for each in dates
    ]
    return "; ".join(dict.fromkeys(spans)) or _("no day")


def not_compared() -> str:
    return _("We know of no page of the printed national form for this place.")


def compared(both: Compared, election_day: date) -> list[str]:
    """The printed day and ours for one general election, and why they differ."""
    days: dict[str, object] = {
        "election": day(election_day),
        "printed": dates_in_a_row(both.printed),
        "ours": dates_in_a_row(both.ours),
    }
    if both.same:
        return [_("For the election of %(election)s that is %(printed)s. Ours is the same.") % days]
    if days["printed"] == days["ours"]:
        same_day = _("For the election of %(election)s that is %(printed)s. Ours is the same day, with one difference.")
        said = [same_day % days]
    else:
        said = [_("For the election of %(election)s the form says %(printed)s. Ours is %(ours)s.") % days]
    if both.differs:
        said += [_("Why they differ:"), _(both.differs)]
    return said


def for_election(election: Election, said: str) -> str:
    """What a deadline comes to for one election."""
    named = {"election": election_name(election), "day": day(election.day), "said": said}
    return _("For the next one, %(election)s on %(day)s: %(said)s") % named


FACTS = {
    "deadlines.online": Words(gettext_noop("Last day to register online"), _online),
    "deadlines.mail": Words(gettext_noop("Last day to register by mail"), _mail),
    "deadlines.in_person": Words(gettext_noop("Last day to register in person"), _in_person),
    "holidays": Words(gettext_noop("Holidays of the state"), _holidays),
}
