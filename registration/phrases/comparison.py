"""The few words of a table in which the jurisdictions stand side by side."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from registration.phrases.dates import plain_day
from registration.phrases.deadlines import is_past, last_chance_scope, mail_is_late, mailing_day
from registration.phrases.facts.who import WAYS
from state_rules import Way
from state_rules.ages import VOTING_AGE
from state_rules.holidays import previous_business_day
from state_rules.jurisdiction import Acceptance, IdNumberRule
from state_rules.practice import SameDay
from state_rules.qualifications import AgeRule, Felony

#: From the widest vote to the narrowest, which is the order to sort by.
FELONY = {
    "never_lost": gettext_noop("The vote is never lost"),
    "incarceration": gettext_noop("Not while in prison"),
    "full_sentence": gettext_noop("After the whole sentence"),
    "full_sentence_and_payment": gettext_noop("After the whole sentence and payment"),
    "waiting_period": gettext_noop("After a waiting time"),
    "first_offence_automatic": gettext_noop("By itself after a first felony"),
    "by_offence": gettext_noop("Depends on the crime"),
    "executive_order": gettext_noop("By order of the governor"),
    "individual_restoration": gettext_noop("Each person must ask"),
    "unknown": gettext_noop("Ask the election office"),
}
#: Name -> (words, the categories that it holds).
FELONY_GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "never": (gettext_noop("The vote is never lost"), frozenset({"never_lost"})),
    "prison": (gettext_noop("Only in prison"), frozenset({"incarceration"})),
    "sentence": (
        gettext_noop("After the sentence"),
        frozenset({"full_sentence", "full_sentence_and_payment", "waiting_period"}),
    ),
    "more": (
        gettext_noop("By crime, or case by case"),
        frozenset(
            {"first_offence_automatic", "by_offence", "executive_order", "individual_restoration", "unknown"},
        ),
    ),
}
#: From the least to the most that is asked for, which is the order to sort by.
ID_NUMBER = {
    "not_asked": gettext_noop("Not asked"),
    "licence_or_ssn4": gettext_noop("License, or last 4 of Social Security number"),
    "licence_and_ssn4": gettext_noop("License and last 4 of Social Security number"),
    "ssn4_or_full_ssn": gettext_noop("Last 4 of Social Security number, or all of it"),
    "full_ssn": gettext_noop("Full Social Security number"),
}
#: Name -> (words, the kinds of number that it holds; "" where the form is not used).
ID_GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "short": (
        gettext_noop("License, or last 4 digits"),
        frozenset({"licence_or_ssn4", "licence_and_ssn4", "ssn4_or_full_ssn"}),
    ),
    "full": (gettext_noop("Full Social Security number"), frozenset({"full_ssn"})),
    "none": (gettext_noop("None, or the national form is not used"), frozenset({"not_asked", ""})),
}
AGE_GROUPS = {
    "early": gettext_noop("Early sign-up (pre-registration)"),
    "before_18": gettext_noop("Before turning 18"),
    "from_18": gettext_noop("Only from 18"),
}
_TURNS_18 = {
    "": "",
    "next_election": gettext_noop("18 by the next election"),
    "next_general": gettext_noop("18 by the next general election"),
    "november_of_year": gettext_noop("18 by the November election of the year in which you register"),
}
_STANDING = {
    "open": "",
    "last_chance": gettext_noop("Last chance"),
    "later": gettext_noop("Opens later"),
    "off": gettext_noop("Not available for now"),
    "closed": gettext_noop("Closed"),
    "none": gettext_noop("Not offered"),
}

_BANDS = {
    "week": gettext_noop("7 days or fewer"),
    "month": gettext_noop("8 to 30 days"),
    "later": gettext_noop("More than 30 days"),
    "none": gettext_noop("No day that we can count"),
}
FILTERS = {
    "open": {
        "any": gettext_noop("In some way"),
        "online": gettext_noop("Online"),
        "mail": gettext_noop("By mail"),
        "in_person": gettext_noop("In person"),
    },
    "same_day": {"yes": gettext_noop("Yes"), "no": gettext_noop("No")},
    "online": {"yes": gettext_noop("Yes"), "no": gettext_noop("No")},
    "left": _BANDS,
    "age": AGE_GROUPS,
    "felony": {name: words for name, (words, _held) in FELONY_GROUPS.items()},
    "id_number": {name: words for name, (words, _held) in ID_GROUPS.items()},
}
#: Names of the filters and of the columns.
LABELS = {
    "open": gettext_noop("Still open today"),
    "same_day": gettext_noop("Same-day registration"),
    "online": gettext_noop("Online registration"),
    "left": gettext_noop("Days left"),
    "age": gettext_noop("Age to register"),
    "felony": gettext_noop("Voting after a felony"),
    "id_number": gettext_noop("ID number on the form"),
}
COLUMNS = {
    "name": gettext_noop("State or territory"),
    "election": gettext_noop("Next election to register for"),
    "left": gettext_noop("Days left"),
    "online": gettext_noop("Online"),
    "mail": gettext_noop("By mail"),
    "in_person": gettext_noop("In person"),
    "same_day": gettext_noop("Same day"),
    "age": gettext_noop("Age to register"),
    "felony": gettext_noop("After a felony"),
    "id_number": gettext_noop("ID number on the form"),
}


def label(name: str) -> str:
    return _(LABELS[name])


def column(name: str) -> str:
    return _(COLUMNS[name])


def _age(years: int, months: int) -> str:
    if not months:
        return str(years)
    return ngettext(
        "%(years)d and %(months)d month", "%(years)d and %(months)d months", months
    ) % {"years": years, "months": months}  # fmt: skip


def register_from(age: AgeRule) -> list[str]:
    """From what age one registers, a line for each condition: "17 and 6 months"."""
    said = [_age(age.min_years, age.min_months)] if age.min_years or age.min_months else []
    for channel, years in age.min_by_channel:
        said.append(_("%(way)s: %(age)s") % {"way": _(WAYS[channel]), "age": _age(years, 0)})
    if age.turns_18_by:
        said.append(_(_TURNS_18[age.turns_18_by]))
    if age.days_before_18:
        said.append(_("%(days)d days before turning 18") % {"days": age.days_before_18})
    return said or [str(VOTING_AGE)]


def sign_up_from(age: AgeRule) -> str:
    """From what age one signs up early; "" where one cannot."""
    return _("Early from %(age)s") % {"age": _age(age.pre_years, age.pre_months)} if age.pre_years else ""


def age_groups(age: AgeRule) -> frozenset[str]:
    """The groups of the filter that an age rule is in: early sign-up and registering before 18 may both be."""
    found = {"early"} if age.pre_years else set()
    if age.turns_18_by or age.days_before_18 or 0 < age.min_years < VOTING_AGE:
        found.add("before_18")
    return frozenset(found or {"from_18"})


def youngest(age: AgeRule) -> int:
    """From what age one can sign up or register in some way, in months, to sort by.

    Where that hangs on the day of an election alone, 17 years stand for it.
    """
    register = VOTING_AGE * 12
    if age.min_years:
        register = age.min_years * 12 + age.min_months
    elif age.turns_18_by:
        register -= 12
    elif age.days_before_18:
        register -= age.days_before_18 // 30
    return min(register, age.pre_years * 12 + age.pre_months) if age.pre_years else register


def felony(rule: Felony) -> str:
    return _(FELONY[rule.category])


def id_kind(rule: IdNumberRule, acceptance: Acceptance) -> str:
    """The kind of number that box 6 asks for; "" where the form is not used."""
    return rule.kind if acceptance in ("registers", "request_only") else ""


def id_number(rule: IdNumberRule, acceptance: Acceptance) -> str:
    """The number that box 6 asks for; that there is no such form where there is none."""
    if not id_kind(rule, acceptance):
        return _("The national form is not used")
    said = _(ID_NUMBER[rule.kind])
    return (
        said
        if rule.required or rule.kind == "not_asked"
        else _("%(number)s (you may leave it blank)") % {"number": said}
    )


def no_registration() -> str:
    return _("No registration is needed")


def same_day(rule: SameDay) -> str:
    """Whether and when one registers and votes on one visit."""
    if rule.scope == "none":
        return _("No")
    if rule.election_day and rule.early_voting:
        said = _("Yes, on election day and in early voting")
    else:
        said = _("Yes, on election day") if rule.election_day else _("Yes, in early voting")
    if rule.scope == "president_only":
        return _("%(when)s, for president only") % {"when": said}
    return _("%(when)s, in some elections") % {"when": said} if rule.elections else said


def last_day_to_act(way: Way, on: date) -> date | None:
    """By when to act, with time for the mail; None where no day is stated or a local office may have let it pass.

    The regular close while it is open, then the last chance. Never a day before ``on``.
    """
    if not way.is_open:
        return None
    due = way.due
    if way.channel == "mail" and not mail_is_late(due, on):
        return mailing_day(due, on)
    day = due.last_day_to_act if way.standing == "last_chance" else due.ordinary_last_day_to_act
    if day is None or day < on:
        return None
    # a form that is handed in needs an office that is open
    return max(previous_business_day(day), on) if way.channel == "mail" else day


def scope(way: Way) -> str:
    """For which races alone one registers this way now; "" where it is for all, or where the way is not open."""
    return last_chance_scope(way.due.version.value) if way.standing == "last_chance" else ""


def days_left(days: int) -> str:
    if days == 0:
        return _("today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def way(found: Way, on: date) -> list[str]:
    """What a table says of one way: its last day, how many days are left, what to do about the mail, what is unsure."""
    if not found.is_open:
        return [_(_STANDING[found.standing])]
    day = last_day_to_act(found, on)
    said = [_(_STANDING[found.standing])] if _STANDING[found.standing] else []
    if day is None:
        return [*said, _("Ask the election office")]
    said += [_mail_day(found, day, on) if found.channel == "mail" else plain_day(day), days_left((day - on).days)]
    if scope(found):
        said.append(scope(found))
    if found.own_form_only:
        said.append(_("With the state's own form"))
    if found.due.version.confidence != "high":
        said.append(_("Not certain: confirm it"))
    return said


def _mail_day(found: Way, day: date, on: date) -> str:
    if mail_is_late(found.due, on) and not is_past(found.due, on):
        return _("Hand it in by %(day)s") % {"day": plain_day(day)}
    return _("Mail it by %(day)s") % {"day": plain_day(day)}


def bands(name: str) -> str:
    """The heading of a band of the picture of days left."""
    return _(_BANDS[name])


def filters(name: str, value: str) -> str:
    """A choice of a filter in words."""
    return _(FILTERS[name][value])
