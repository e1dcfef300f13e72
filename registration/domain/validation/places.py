"""Boxes 2, 3, B and C: where the person lives, gets mail, and was registered before."""

from __future__ import annotations

from collections.abc import Iterator

from registration.applicant import Address, Applicant
from registration.domain import addresses
from registration.domain.validation.problem import Params, Problem
from registration.domain.validation.text import PASSAGE, is_blank, text_problems
from state_rules import FormNeeds, Jurisdiction


def home_problems(applicant: Applicant, rules: Jurisdiction) -> Iterator[Problem]:
    """The home: a street address in the state, or a description of the place and an address for mail."""
    home = applicant.home
    yield from _text(home, "home_")
    if home.state and home.state.strip().upper() != rules.code:
        yield Problem("home_state_other", "home_street")
    if applicant.no_street_address:
        yield from _described_home(applicant)
        if home.street.strip() or home.unit.strip():
            yield Problem("home_street_conflict", "home_street")
    elif is_blank(home.street):
        yield Problem("street_required", "home_street")
    elif addresses.is_military(home):
        yield Problem("home_military", "home_street")
    elif addresses.is_po_box(home.street):
        yield Problem("home_po_box", "home_street")
    elif addresses.is_general_delivery(home.street):
        yield Problem("home_general_delivery", "home_street")
    else:
        yield from _unit(home, "home_")
    if applicant.home_location and not applicant.no_street_address:
        yield Problem("home_description_conflict", "no_street_address")
    yield from _city_and_zip(home, rules, required=not applicant.no_street_address)


def _described_home(applicant: Applicant) -> Iterator[Problem]:
    place = applicant.home_location
    parts = {"description": place.description, "crossroads": place.crossroads, "landmarks": place.landmarks}
    for part, value in parts.items():
        yield from text_problems(value, f"home_{part}", PASSAGE)
    if all(map(is_blank, parts.values())):
        yield Problem("home_description_required", "home_description")
    if not applicant.mailing:
        yield Problem("mailing_required", "mailing_street")


def _city_and_zip(home: Address, rules: Jurisdiction, *, required: bool) -> Iterator[Problem]:
    if required and is_blank(home.city):
        yield Problem("city_required", "home_city")
    yield from _zip(home.zip_code, rules.code, "home_", required=required)


def mailing_problems(address: Address) -> Iterator[Problem]:
    """Any address in the United States mail: PO boxes, General Delivery and military post offices are fine."""
    yield from _text(address, "mailing_")
    if is_blank(address.street):
        yield Problem("street_required", "mailing_street")
    else:
        yield from _unit(address, "mailing_")
    if is_blank(address.city):
        yield Problem("city_required", "mailing_city")
    yield from _state(address.state, "mailing_")
    yield from _zip(address.zip_code, address.state, "mailing_", required=True)


def previous_problems(applicant: Applicant, needs: FormNeeds) -> Iterator[Problem]:
    """Box B: the street may be forgotten, except where the state requires the box."""
    required = needs.nvra.value.previous_address_required
    address = applicant.previous_address
    if address is None:
        if required and not applicant.never_registered:
            yield Problem("previous_registration_required", "previous_registration")
        return
    yield from _text(address, "previous_")
    if is_blank(address.street):
        if required:
            yield Problem("street_required", "previous_street")
        else:
            yield Problem("previous_street_missing", "previous_street", advisory=True)
    if is_blank(address.city):
        yield Problem("city_required", "previous_city")
    yield from _state(address.state, "previous_")
    yield from _zip(address.zip_code, address.state, "previous_", required=False)


def _text(address: Address, prefix: str) -> Iterator[Problem]:
    for part, value in (("street", address.street), ("unit", address.unit), ("city", address.city)):
        yield from text_problems(value, prefix + part)


def _state(state: str, prefix: str) -> Iterator[Problem]:
    if is_blank(state):
        yield Problem("state_required", prefix + "state")
    elif state.strip().upper() not in addresses.known_states():
        yield Problem("state_unknown", prefix + "state")


def _zip(zip_code: str, state: str, prefix: str, *, required: bool) -> Iterator[Problem]:
    if is_blank(zip_code):
        if required:
            yield Problem("zip_required", prefix + "zip")
        return
    if not addresses.zip5(zip_code):
        yield Problem("zip_shape", prefix + "zip")
    elif state.strip() and addresses.zip_matches_state(zip_code, state) is False:
        params: Params = {"zip": zip_code.strip(), "place": state.strip().upper()}
        yield Problem("zip_state_mismatch", prefix + "zip", params, advisory=True)


def _unit(address: Address, prefix: str) -> Iterator[Problem]:
    found = addresses.suggestion(address)
    if found is not None:
        yield Problem("unit_in_street", prefix + "street", {"street": found.street, "unit": found.unit}, advisory=True)
