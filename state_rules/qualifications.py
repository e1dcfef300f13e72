"""Who may register and who may vote: the shapes of those rules. The loader fills them.

``tell``, wherever it stands, is a plain sentence for the applicant that no other key can say. It is shown through the
catalogue of translations; a ``note`` is for whoever keeps the file, and is shown as theirs alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Channel = Literal["online", "mail", "in_person"]
CHANNELS: tuple[Channel, ...] = ("online", "mail", "in_person")
AlsoTrue = Literal[
    "no_vote_elsewhere",
    "not_registered_elsewhere",
    "no_other_residence",
    "no_other_name",
    "lives_at_home_address",
    "homestead_address",
    "precinct_ten_days",
    "citizen_one_month",
]


@dataclass(frozen=True, slots=True)
class AgeRule:
    """From when a person may register, as tests of which all that are set must hold.

    ``min_years``/``min_months``: the age reached on the day of registering. ``turns_18_by``: the person
    is 18 by that election. ``days_before_18``: how many days before the 18th birthday. ``pre_years``/
    ``pre_months``: the age from which pre-registration is taken (zero: none).
    ``min_by_channel`` raises ``min_years`` for a channel.
    """

    min_years: int = 0
    min_months: int = 0
    turns_18_by: Literal["", "next_election", "next_general", "november_of_year"] = ""
    days_before_18: int = 0
    pre_years: int = 0
    pre_months: int = 0
    min_by_channel: tuple[tuple[Channel, int], ...] = ()
    tell: str = ""


@dataclass(frozen=True, slots=True)
class VotingAge:
    """From what age one votes.

    ``at_17``: whether a person of 17 who is 18 by the next general election votes in no election, in primaries, or in
    any election. ``nominations_only``: at 17, in a primary, on candidates alone and not on issues.
    """

    years: int = 18
    at_17: Literal["none", "primaries", "any"] = "none"
    nominations_only: bool = False
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Residency:
    """``days``: how long one must have lived there before the election (0: no minimum).

    ``also``: what the state's instructions for the form have a person swear beyond that.
    """

    days: int = 0
    level: Literal["state", "county", "locality", "precinct", "territory"] = "locality"
    also: tuple[AlsoTrue, ...] = ()


@dataclass(frozen=True, slots=True)
class Felony:
    """When a criminal conviction keeps a person from registering.

    ``offences``: with "by_offence" the only crimes that take the vote (empty where the list is too long to copy, and
    the note says so); with another category those after which it does not come back by itself.
    ``any_conviction``: confinement for any crime counts, not for a felony alone. ``years``: of a "waiting_period",
    how many one must have been out of prison where the sentence itself is not over. ``parole``, ``probation``: whether
    they bar. ``payment``: whether fines or restitution must be paid. ``restoration``: what gives the vote back.
    ``rests_on`` names an executive order that can end, ``look_again`` the day by which to ask whether it has.
    """

    category: Literal[
        "never_lost",
        "incarceration",
        "full_sentence",
        "full_sentence_and_payment",
        "first_offence_automatic",
        "by_offence",
        "waiting_period",
        "executive_order",
        "individual_restoration",
        "unknown",
    ]
    offences: tuple[str, ...] = ()
    any_conviction: bool = False
    years: int = 0
    parole: Literal["bars", "free", "unknown"] = "unknown"
    probation: Literal["bars", "free", "unknown"] = "unknown"
    payment: Literal["needed", "not_needed", "victim_restitution", "unknown"] = "unknown"
    restoration: Literal[
        "not_lost",
        "automatic",
        "automatic_but_listed",
        "first_automatic_then_court",
        "first_automatic_then_governor",
        "application",
        "court_or_pardon",
        "legislature_or_pardon",
        "governor",
        "executive_order",
        "unknown",
    ] = "unknown"
    rests_on: str = ""
    look_again: date | None = None
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """When a court's finding keeps a person from registering."""

    category: Literal["none", "court_finding", "court_finding_on_voting", "guardianship", "unknown"]


@dataclass(frozen=True, slots=True)
class CitizenshipProof:
    """Whether documents are sent. "all": needed to register; "state_elections": without them, federal races only.

    ``checked_first``: the state looks in its own records first, and asks only those whom it does not find there.
    """

    documents: Literal["none", "all", "state_elections"]
    checked_first: bool = False
