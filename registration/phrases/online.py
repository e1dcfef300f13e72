"""What a state's own online registration asks for."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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


def online_needs(online: Online) -> list[str]:
    """What to have at hand, in the rule's order; empty where there is no online registration."""
    return [_(NEEDS[need]) for need in online.needs] if online.available else []
