"""Registering on the day, primaries, and the state's pages for voters."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from registration.phrases.facts.words import Words
from registration.phrases.names import kind_name
from state_rules import Jurisdiction
from state_rules.practice import Page, Pages, PartyChange, Primary, SameDay

_PRIMARY = {
    "open": gettext_noop("Every voter may vote in a party's primary. Nobody records which one."),
    "open_recorded": gettext_noop(
        "Every voter may vote in a party's primary. The choice is recorded or can be questioned."
    ),
    "semi_closed": gettext_noop("A party's members, and voters of no party, may vote in its primary."),
    "closed": gettext_noop("Only a party's members may vote in its primary."),
    "change_at_polls": gettext_noop("Only a party's members may vote in its primary. You can join on the day."),
    "party_choice": gettext_noop("Each party decides who may vote in its primary."),
    "nonpartisan": gettext_noop("All candidates stand on one ballot, and every voter gets it."),
    "mixed": gettext_noop("Who may vote in a primary depends on the office to be filled."),
    "none": gettext_noop("There are no party primaries here."),
    "unknown": gettext_noop("We do not know who may vote in a primary here."),
}
_CHANGE = {
    "switchers": gettext_noop("If you leave one party for another, do it %(by)s."),
    "changes": gettext_noop("If you are a voter here and change your party, do it %(by)s."),
    "everyone": gettext_noop("Choose your party %(by)s, even if it is your first choice."),
}
_SCOPE = {
    "none": gettext_noop("You cannot register and vote on one visit."),
    "all": "",
    "president_only": gettext_noop("If you register then, you can vote for president only."),
}
_BALLOT = {
    "": "",
    "regular": gettext_noop("You get a regular ballot."),
    "provisional": gettext_noop("You get a provisional ballot. It counts when the office has checked it."),
    "conditional": gettext_noop("You get a conditional ballot. It counts when the office has checked it."),
    "questioned": gettext_noop("You get a questioned ballot. It counts when the office has checked it."),
}


def _when(change: PartyChange) -> str:
    if change.days_before is not None:
        return pgettext("last moment", "by day %(days)d before the primary") % {"days": change.days_before}
    if change.months_before is not None:
        months = change.months_before
        return ngettext(
            "at least %(months)d month before the primary", "at least %(months)d months before the primary", months
        ) % {"months": months}
    values = {"day": _month_day(change.month or 1, change.day or 1)}
    if change.years_before:
        return pgettext("last moment", "by %(day)s of the year before the primary") % values
    return pgettext("last moment", "by %(day)s of the year of the primary") % values


def _month_day(month: int, number: int) -> str:
    return pgettext("a day of every year", "%(month)s %(day)d") % {"month": MONTHS[month], "day": number}


def _primary(rule: Primary, _place: Jurisdiction) -> list[str]:
    said = [_(_PRIMARY[rule.kind])]
    for change in rule.change:
        said.append(_(_CHANGE[change.whom]) % {"by": _when(change)})
        if change.blocked:
            said.append(_("After that, no change is taken until the primary is over."))
    return [*said, _(rule.tell)] if rule.tell else said


def _visit(rule: SameDay) -> str:
    if rule.election_day and rule.early_voting:
        return _("You can register and vote on one visit, on election day and during early voting.")
    if rule.early_voting:
        return _("You can register and vote on one visit during early voting, but not on election day.")
    return _("You can register and vote on one visit on election day.")


def _same_day(rule: SameDay, _place: Jurisdiction) -> list[str]:
    said = [] if rule.scope == "none" else [_visit(rule)]
    if rule.elections:
        kinds = ", ".join(kind_name(each) for each in rule.elections)
        said.append(_("Only at elections of this kind: %(kinds)s.") % {"kinds": kinds})
    said += [_(words) for words in (_SCOPE[rule.scope], _BALLOT[rule.ballot]) if words]
    return [*said, _(rule.tell)] if rule.tell else said


def _page(page: Page, _place: Jurisdiction) -> list[str]:
    return [_("See %(url)s.") % {"url": page.url}] if page.url else [no_page()]


def _pages(pages: Pages, _place: Jurisdiction) -> list[str]:
    if not pages.status_page:
        return [no_page()]
    return [_("Check your own registration at %(url)s.") % {"url": pages.status_page}]


def no_page() -> str:
    return _("We know of no such page.")


def year_day(value: date) -> str:
    """A day that comes every year: "April 21"."""
    return _month_day(value.month, value.day)


FACTS = {
    "same_day": Words(gettext_noop("Registering and voting on one visit"), _same_day),
    "primary": Words(gettext_noop("Primaries"), _primary),
    "pages": Words(gettext_noop("Are you registered? Where to look"), _pages),
    "polling_place": Words(gettext_noop("Where to vote"), _page),
    "absentee": Words(gettext_noop("Voting by mail"), _page),
}
