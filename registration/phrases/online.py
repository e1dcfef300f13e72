"""What to have at hand, for each way to register."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from state_rules import Way
from state_rules.jurisdiction import Online

NEEDS = {
    "licence": gettext_noop("Your state driver's license or state ID card"),
    "licence_or_ssn4": gettext_noop("Your driver's license, or the last 4 digits of your Social Security number"),
    "ssn4": gettext_noop("The last 4 digits of your Social Security number"),
    "ssn": gettext_noop("Your full Social Security number"),
    "signature_on_file": gettext_noop("A signature that the state already has, such as on your license"),
    "drawn_signature": gettext_noop("A signature that you draw on the screen"),
    "email": gettext_noop("An email address"),
    "audit_code": gettext_noop("The audit number printed on your license"),
    "issue_date": gettext_noop("The date your license was issued"),
    "voter_id": gettext_noop("Your voter ID number"),
    "upload": gettext_noop("A picture or copy of a document to upload"),
}
#: What the other ways ask for, beside the numbers above.
WAY_NEEDS = {
    "licence_and_ssn4": gettext_noop("Your license or ID, and the last 4 digits of your Social Security number"),
    "own_form": gettext_noop("The state's own form"),
    "ink_signature": gettext_noop("A printed form that you sign by hand, in ink"),
    "first_time_id": gettext_noop("If this is your first time and you have no number: a copy of an ID or a bill"),
    "citizenship_documents": gettext_noop("A document that proves you are a citizen, if the office asks for it"),
    "listed_proof": gettext_noop("Documents from the state's list. Ask the office which ones count."),
}


def way_needs(way: Way) -> list[str]:
    """What to have at hand for one way. A proof that the last chance names itself is not named again."""
    named = way.due.version.value.last_chance_proof
    asked = (need for need in way.needs if not (need == "listed_proof" and named))
    return [_(NEEDS.get(need) or WAY_NEEDS[need]) for need in asked]


def online_needs(online: Online) -> list[str]:
    """What to have at hand, in the rule's order; empty where there is no online registration."""
    return [_(NEEDS[need]) for need in online.needs] if online.available else []
