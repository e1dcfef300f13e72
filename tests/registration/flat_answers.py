"""Answers as a door sends them, complete for whichever jurisdiction is asked."""

from state_rules import FormNeeds

#: The answers of one ordinary person, whatever the state; the address and the number are still to come.
PERSON = {
    "citizen": "yes",
    "eighteen": "yes",
    "other_rule": "no",
    "birth_month": "4",
    "birth_day": "28",
    "birth_year": "1986",
    "first_name": "Łukasz",
    "last_name": "Nguyễn",
    "home_street": "123 1/2 Main St",
    "previous_registration": "no",
    "id_choice": "licence",
}
HOSTILE = {
    "last_name": "Nguyễn-O’Neil",
    "first_name": "Łukasz Đorđe",
    "middle_name": "Kahakūʻai Ñ",
    "previous_last_name": "Dvořák (née D'Ångelo)",
    "previous_first_name": "Zoë",
    "home_street": "N6W23001 Bluemound Rd & 5th",
    "home_unit": "№ 4½",
    "home_city": "Cañon City",
}


def flat_answers(needs: FormNeeds, code: str, zip_code: str) -> dict[str, str]:
    """A full set of answers by field name; ``zip_code`` is one of the jurisdiction's."""
    answers = {
        "citizen": "yes",
        "eighteen": "yes",
        "other_rule": "no",
        "birth_month": "2",
        "birth_day": "28",
        "birth_year": "1990",
        "suffix": "III",
        "name_changed": "yes",
        "home_zip": zip_code,
        "mailing_different": "yes",
        "mailing_street": "PO Box 12",
        "mailing_city": "Cañon City",
        "mailing_state": code,
        "mailing_zip": zip_code,
        "previous_registration": "yes",
        "previous_street": "URB Las Gladiolas, 150 Calle A",
        "previous_city": "San Juan",
        "previous_state": "PR",
        "previous_zip": "00926",
        "telephone": "(404) 555-0123",
        "helped": "yes",
        "helper_name": "Ana Peña",
        "helper_address": "1 Elm St",
        **HOSTILE,
    }
    kind = needs.id_number.value.kind
    if kind == "licence_and_ssn4":
        answers |= {"id_choice": "both", "licence": "T123456789", "ssn4": "9041"}
    elif kind == "full_ssn":
        answers |= {"id_choice": "ssn", "ssn": "219-09-9041"}
    elif kind == "ssn4_or_full_ssn":
        answers |= {"id_choice": "ssn4", "ssn4": "9041"}
    elif kind != "not_asked":
        answers |= {"id_choice": "licence", "licence": "T123456789"}
    if needs.party.value.asked:
        answers |= {"party_choice": "other", "party_other": "Señor’s Ünion Party"}
    if needs.race.value.asked != "not_asked":
        answers["race"] = "Hispanic"
    return answers
