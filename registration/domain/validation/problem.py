"""What an applicant can fix, as values: a stable code, the field it is about, and parameters."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

Params = dict[str, str | int | date]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix. ``advisory``: pointed out once and kept if the person says so; never a wall.

    ``field`` is the name that every door uses for the input; ``params`` never hold an identity number.
    """

    code: str
    field: str
    params: Params = dataclasses.field(default_factory=dict)
    advisory: bool = False


#: Every code, with the names of its parameters. Codes are part of the API and never change their meaning.
PROBLEM_CODES: dict[str, tuple[str, ...]] = {
    "last_name_required": (), "first_name_required": (), "single_name_required": (), "previous_name_required": (),
    "too_long": ("limit",), "bad_character": (),
    "birth_date_required": (), "birth_date_not_real": (), "birth_date_future": (), "birth_date_too_long_ago": (),
    "citizen_required": (), "citizen_no": (), "eighteen_required": ("election_day",),
    "eighteen_but_younger": ("election_day",), "eighteen_but_older": ("election_day",),
    "too_young": ("from_day",), "too_young_ask": (), "age_rule_unsure": (), "other_rule_required": (),
    "street_required": (), "city_required": (), "state_required": (), "state_unknown": (), "zip_required": (),
    "zip_shape": (), "zip_state_mismatch": ("zip", "place"), "unit_in_street": ("street", "unit"),
    "home_state_other": (), "home_po_box": (), "home_military": (), "home_general_delivery": (),
    "home_description_required": (), "home_street_conflict": (), "home_description_conflict": (),
    "id_choice_conflict": ("choice",), "party_choice_conflict": ("choice",),
    "mailing_required": (), "previous_registration_required": (),
    "previous_street_missing": (), "phone_impossible": (),
    "id_required": (), "id_required_full_ssn": (), "id_required_ssn": (), "id_both_wanted": (),
    "ssn_shape": (), "ssn4_shape": (), "licence_shape": (),
    "party_left_blank": (), "race_required": (), "race_left_blank": (),
    "helper_name_required": (), "helper_address_required": (), "form_not_used": ("acceptance",),
    "question_unknown": (), "email_required": (), "email_shape": (), "phone_required": (), "phone_shape": (),
    "message_not_offered": (), "reminder_email_required": (), "reminder_address_required": (),
}  # fmt: skip
