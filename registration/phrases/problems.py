"""One sentence for each problem: what to do, never whose fault it is."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registration.phrases.dates import day
from registration.phrases.names import in_sentence
from state_rules import JURISDICTIONS, Jurisdiction, load


class ProblemLike(Protocol):
    """What is read of a problem; the type itself belongs to the domain."""

    @property
    def code(self) -> str: ...

    @property
    def field(self) -> str: ...

    @property
    def params(self) -> dict[str, Any]: ...


SENTENCES = {
    # names
    "last_name_required": gettext_noop("Enter your last name."),
    "first_name_required": gettext_noop("Enter your first name, or check “I have one name.”"),
    "single_name_required": gettext_noop("Enter your name."),
    "previous_name_required": gettext_noop("Enter the last name you had before."),
    "too_long": gettext_noop("Shorten this to %(limit)s characters or fewer."),
    "bad_character": gettext_noop("Type this again. It has a hidden character that cannot be printed."),
    # who may register
    "birth_date_required": gettext_noop("Enter your date of birth."),
    "birth_date_not_real": gettext_noop("Check your date of birth. Enter the month, day and four-digit year."),
    "birth_date_future": gettext_noop("Check the year of your birth. This date has not come yet."),
    "birth_date_too_long_ago": gettext_noop("Check the year of your birth. Enter all four digits."),
    "citizen_required": gettext_noop("Tell us if you are a United States citizen."),
    "citizen_no": gettext_noop(
        "Only United States citizens may fill in this form. If you are one, change your answer to “Yes.”"
    ),
    "eighteen_required": gettext_noop("Tell us if you will be 18 on or before %(election_day)s."),
    "eighteen_but_younger": gettext_noop(
        "By your date of birth, you will not be 18 by %(election_day)s. Check your date of birth and this answer."
    ),
    "eighteen_but_older": gettext_noop(
        "By your date of birth, you will be 18 by %(election_day)s. Check your date of birth and this answer."
    ),
    "too_young": gettext_noop("You can register in %(state)s from %(from_day)s. Please come back then."),
    "too_young_ask": gettext_noop("Ask the %(state)s election office when you can register at your age."),
    "age_rule_unsure": gettext_noop(
        "You may be able to register now, but we are not sure. Ask the %(state)s election office, or go on."
    ),
    "other_rule_required": gettext_noop(
        "Tell us if one of the other rules applies to you. You may say you are not sure."
    ),
    # addresses
    "street_required": gettext_noop("Enter the house number and street."),
    "home_street_required": gettext_noop(
        "Enter the house number and street where you live, or check “I do not have a street address.”"
    ),
    "city_required": gettext_noop("Enter the city or town."),
    "state_required": gettext_noop("Choose the state."),
    "state_unknown": gettext_noop("Choose a state from the list."),
    "zip_required": gettext_noop("Enter the ZIP code."),
    "zip_shape": gettext_noop("Enter a ZIP code with 5 digits, like 30303, or with 9, like 30303-1234."),
    "zip_state_mismatch": gettext_noop("ZIP code %(zip)s does not look like one in %(place)s. Check it, or keep it."),
    "unit_in_street": gettext_noop(
        "“%(unit)s” looks like an apartment or unit number. You may move it to its own box, or keep it."
    ),
    "home_state_other": gettext_noop(
        "This form is for %(state)s. If you live in another state, choose that state first."
    ),
    "home_po_box": gettext_noop("Enter the place where you live. A PO box is fine as your mailing address."),
    "home_military": gettext_noop(
        "Enter your home address in the United States. An APO, FPO or DPO is fine as your mailing address."
    ),
    "home_general_delivery": gettext_noop(
        "Describe where you live under “I do not have a street address.” General Delivery is fine for your mail."
    ),
    "home_description_required": gettext_noop("Describe where you live, with the nearest crossroads or landmarks."),
    "home_street_conflict": gettext_noop(
        "You checked “I do not have a street address,” but a street address stands here. Keep only one of the two."
    ),
    "home_description_conflict": gettext_noop(
        "You described where your home is. Check “I do not have a street address” too, or clear the description."
    ),
    "mailing_required": gettext_noop("Enter an address where you can get mail."),
    "previous_registration_required": gettext_noop("Tell us if you were registered to vote at another address before."),
    "previous_street_missing": gettext_noop(
        "If you remember the old street address, add it. If not, keep this as it is."
    ),
    # telephone and numbers
    "phone_impossible": gettext_noop("Check your telephone number. It needs 10 digits. You may also leave it blank."),
    "id_required": gettext_noop(
        "Enter your driver's license number or the last 4 digits of your Social Security number."
    ),
    "id_required_full_ssn": gettext_noop("Enter your full Social Security number, with 9 digits."),
    "id_required_ssn": gettext_noop("Enter your Social Security number, or its last 4 digits."),
    "id_both_wanted": gettext_noop("%(state)s asks for both numbers. If you have only one, keep this as it is."),
    "ssn_shape": gettext_noop("Check your Social Security number. It has 9 digits."),
    "ssn4_shape": gettext_noop("Enter the last 4 digits of your Social Security number."),
    "licence_shape": gettext_noop(
        "Enter the number on your driver's license or state ID, with letters and digits only."
    ),
    "id_choice_conflict": gettext_noop(
        "You chose “%(choice)s,” but you also typed another number. Choose one, then type only that."
    ),
    # the other boxes
    "party_choice_conflict": gettext_noop(
        "You chose “%(choice)s,” but you also typed the name of another party. Keep only one of the two."
    ),
    "party_left_blank": gettext_noop(
        "In %(state)s your party can decide which primary you vote in. Choose one, or leave it blank."
    ),
    "race_required": gettext_noop("Choose your race or ethnic group. %(state)s asks for it on this form."),
    "race_left_blank": gettext_noop("%(state)s asks for your race or ethnic group. Choose one, or leave it blank."),
    "helper_name_required": gettext_noop("Enter the name of the person who helped you."),
    "helper_address_required": gettext_noop("Enter the address of the person who helped you."),
    # what a person lets a partner have
    "question_unknown": gettext_noop("One of the questions is not asked any more. Load the page again."),
    "email_required": gettext_noop("Enter your email address, or uncheck the box that asks for it."),
    "email_shape": gettext_noop("Check your email address. It looks like name@example.com."),
    "phone_required": gettext_noop("Enter your telephone number, or uncheck the box that asks for it."),
    "phone_shape": gettext_noop("Check your telephone number. It needs 10 digits."),
    "reminder_email_required": gettext_noop("Enter your email address."),
    "reminder_address_required": gettext_noop("Enter your email address or your cell phone number."),
    "message_not_offered": gettext_noop("We cannot send this kind of message here."),
    "form_not_used": gettext_noop("%(state)s does not use this form. See the other ways on the page for %(state)s."),
}

#: Codes whose sentence depends on which address they are about: (code, start of the field's name).
_BY_FIELD = {
    ("street_required", "home_"): "home_street_required",
}


def _said(value: Any) -> Any:
    return day(value) if isinstance(value, date) else value


def problem(problem: ProblemLike, jurisdiction: Jurisdiction) -> str:
    """What the person can do about one problem. Raises KeyError for a code without a sentence."""
    code = problem.code
    for (general, start), particular in _BY_FIELD.items():
        if code == general and problem.field.startswith(start):
            code = particular
    values = {"state": in_sentence(jurisdiction)}
    values.update({key: _said(value) for key, value in problem.params.items()})
    if values.get("place") in JURISDICTIONS:
        values["place"] = in_sentence(load(values["place"]))
    return capfirst(_(SENTENCES[code]) % values)
