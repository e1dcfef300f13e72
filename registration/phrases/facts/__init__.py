"""Every fact of a jurisdiction's file as sentences: what the rule is, for whoever wants to read all of it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registration.phrases.facts import drives, form, office, timing, voting, who
from registration.phrases.facts.words import Words
from state_rules import Jurisdiction
from state_rules.practice import Page, Pages

#: Name of the rule ("deadlines.mail" for those of the deadlines) -> its words.
FACTS: dict[str, Words] = {
    **who.FACTS,
    **form.FACTS,
    **voting.FACTS,
    **timing.FACTS,
    **office.FACTS,
    **drives.FACTS,
}
#: What the printed form says is no rule of the jurisdiction, but stands among them.
PRINTED = "printed_deadline"
PRINTED_LABEL = gettext_noop("What the printed national form says")

#: (name, heading, names of the facts) in the order in which they are read.
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "when",
        gettext_noop("By when to register"),
        (
            "registration_required",
            "deadlines.online",
            "deadlines.mail",
            "deadlines.in_person",
            "same_day",
            "holidays",
            PRINTED,
        ),
    ),
    (
        "who",
        gettext_noop("Who may register and vote"),
        ("age", "voting_age", "residency", "felony", "capacity", "citizenship_proof"),
    ),
    (
        "form",
        gettext_noop("The form"),
        (
            "nvra_form",
            "mail_to",
            "id_number",
            "party",
            "race",
            "first_time_mail_id",
            "plain_paper",
            "electronic_signature",
        ),
    ),
    ("voting", gettext_noop("Voting"), ("primary", "polling_place", "absentee")),
    (
        "office",
        gettext_noop("The state's pages and its office"),
        ("online", "pages", "office", "languages", "address_confidentiality"),
    ),
    ("drives", gettext_noop("Helping others to register"), ("drives",)),
)


#: Facts that say nothing where nobody registers.
ABOUT_REGISTERING = frozenset(
    {"same_day", "age", "pages", PRINTED, *(name for name in FACTS if name.startswith("deadlines.")), *form.FACTS}
)


def label(name: str) -> str:
    """The heading of a fact. Raises KeyError for a name that is none."""
    return _(PRINTED_LABEL if name == PRINTED else FACTS[name].label)


def said(name: str, value: Any, place: Jurisdiction) -> list[str]:
    """What a rule's value says, a sentence or a few in each item."""
    return FACTS[name].said(value, place)


def has_gaps(value: Any) -> bool:
    """Whether the value itself says that something is not known, so that one has to ask."""
    if isinstance(value, Page | Pages):
        return not any(getattr(value, field.name) for field in fields(value))
    return is_dataclass(value) and any(getattr(value, field.name) == "unknown" for field in fields(value))
