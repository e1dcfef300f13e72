"""The thirty facts asked of every jurisdiction, the rules that carry them, and how well each is known."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal, get_args

from state_rules.dated import Confidence, Rule, SourceKind, Version
from state_rules.federal import federal
from state_rules.jurisdiction import Jurisdiction
from state_rules.loader import rule_hints
from state_rules.practice import Drives, Page, Pages

#: What says nothing although it is written down.
_SAYS_NOTHING: tuple[object, ...] = (Page(), Pages(), Drives())
_CONFIDENCE: tuple[Confidence, ...] = get_args(Confidence)
#: Best first.
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


@dataclass(frozen=True, slots=True)
class Fact:
    """``rules``: names of the fields of ``Jurisdiction`` that carry it, a channel's deadline as "deadlines.mail"."""

    name: str
    rules: tuple[str, ...]


FACTS: tuple[Fact, ...] = (
    Fact("registration_required", ("registration_required",)),
    Fact("accepts_federal_form", ("nvra_form",)),
    Fact("online_registration", ("online",)),
    Fact("deadline_online", ("deadlines.online",)),
    Fact("deadline_mail", ("deadlines.mail",)),
    Fact("deadline_in_person", ("deadlines.in_person",)),
    Fact("same_day_registration", ("same_day",)),
    Fact("election_day_registration_conditions", ("same_day", "deadlines.in_person")),
    Fact("voting_age", ("voting_age",)),
    Fact("registration_age", ("age",)),
    Fact("preregistration", ("age",)),
    Fact("primary_voting_at_17", ("voting_age",)),
    Fact("residency", ("residency",)),
    Fact("felony", ("felony",)),
    Fact("mental_capacity", ("capacity",)),
    Fact("citizenship_proof", ("citizenship_proof",)),
    Fact("id_number", ("id_number",)),
    Fact("party_registration", ("party", "primary")),
    Fact("race_ethnicity_field", ("race",)),
    Fact("first_time_mail_id", ("first_time_mail_id",)),
    Fact("mailing_address", ("mail_to",)),
    Fact("chief_election_office", ("office",)),
    Fact("status_lookup_url", ("pages",)),
    Fact("polling_place_url", ("polling_place",)),
    Fact("absentee_info_url", ("absentee",)),
    Fact("third_party_drives", ("drives",)),
    Fact("plain_paper_form", ("plain_paper",)),
    Fact("electronic_signature", ("electronic_signature",)),
    Fact("language_assistance", ("languages",)),
    Fact("address_confidentiality", ("address_confidentiality",)),
)


@dataclass(frozen=True, slots=True)
class Known:
    """How well a fact is known: of several rules, by the weakest. ``kind``: of the best source; None before the data
    begins."""

    confidence: Literal["high", "medium", "low", "unknown"]
    kind: SourceKind | None


def rules_of(jurisdiction: Jurisdiction) -> dict[str, Rule[Any]]:
    """Every dated rule of a jurisdiction by its name in the file, in the order of its dataclass."""
    found: dict[str, Rule[Any]] = {name: getattr(jurisdiction, name) for name in rule_hints()}
    return found | {f"deadlines.{channel}": rule for channel, rule in jurisdiction.deadlines.items()}


def federal_rules() -> dict[str, Rule[Any]]:
    """Every federal rule by its name in data/us.toml. Raises RuleFileError."""
    law = federal()
    return {item.name: getattr(law, item.name) for item in fields(law)}


def says_nothing(value: object) -> bool:
    """Whether a value only says that the answer is not known: an empty page, or "unknown" in what must be there."""
    if not is_dataclass(value):
        return False
    return value in _SAYS_NOTHING or getattr(value, fields(value)[0].name) == "unknown"


def best_kind(version: Version[Any]) -> SourceKind:
    return min((source.kind for source in version.sources), key=SOURCE_KINDS.index)


def known(jurisdiction: Jurisdiction, fact: Fact, on: date) -> Known:
    """How well ``fact`` is known on a day."""
    rules = rules_of(jurisdiction)
    versions = [version for version in (rules[name].on(on) for name in fact.rules) if version is not None]
    if len(versions) < len(fact.rules):
        return Known("unknown", None)
    kind = max((best_kind(version) for version in versions), key=SOURCE_KINDS.index)
    if any(says_nothing(version.value) for version in versions):
        return Known("unknown", kind)
    return Known(max((version.confidence for version in versions), key=_CONFIDENCE.index), kind)
