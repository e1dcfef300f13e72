"""Names of places and elections in the active language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from state_rules import Election, Jurisdiction

#: The names as the rule files write them, so that the catalogue of translations holds each one.
PLACES = (
    gettext_noop("Alabama"), gettext_noop("Alaska"), gettext_noop("American Samoa"), gettext_noop("Arizona"),
    gettext_noop("Arkansas"), gettext_noop("California"), gettext_noop("Colorado"), gettext_noop("Connecticut"),
    gettext_noop("Delaware"), gettext_noop("District of Columbia"), gettext_noop("Florida"), gettext_noop("Georgia"),
    gettext_noop("Guam"), gettext_noop("Hawaii"), gettext_noop("Idaho"), gettext_noop("Illinois"),
    gettext_noop("Indiana"), gettext_noop("Iowa"), gettext_noop("Kansas"), gettext_noop("Kentucky"),
    gettext_noop("Louisiana"), gettext_noop("Maine"), gettext_noop("Maryland"), gettext_noop("Massachusetts"),
    gettext_noop("Michigan"), gettext_noop("Minnesota"), gettext_noop("Mississippi"), gettext_noop("Missouri"),
    gettext_noop("Montana"), gettext_noop("Nebraska"), gettext_noop("Nevada"), gettext_noop("New Hampshire"),
    gettext_noop("New Jersey"), gettext_noop("New Mexico"), gettext_noop("New York"), gettext_noop("North Carolina"),
    gettext_noop("North Dakota"), gettext_noop("Northern Mariana Islands"), gettext_noop("Ohio"),
    gettext_noop("Oklahoma"), gettext_noop("Oregon"), gettext_noop("Pennsylvania"), gettext_noop("Puerto Rico"),
    gettext_noop("Rhode Island"), gettext_noop("South Carolina"), gettext_noop("South Dakota"),
    gettext_noop("Tennessee"), gettext_noop("Texas"), gettext_noop("Utah"), gettext_noop("Vermont"),
    gettext_noop("Virgin Islands"), gettext_noop("U.S. Virgin Islands"), gettext_noop("Virginia"),
    gettext_noop("Washington"), gettext_noop("West Virginia"), gettext_noop("Wisconsin"), gettext_noop("Wyoming"),
)

_ELECTIONS = {
    "general": gettext_noop("General election"),
    "primary": gettext_noop("Primary election"),
    "presidential_primary": gettext_noop("Presidential primary"),
    "runoff": gettext_noop("Runoff election"),
    "special": gettext_noop("Special election"),
    "local": gettext_noop("Local election"),
}


def jurisdiction_name(jurisdiction: Jurisdiction) -> str:
    """The state's name in the active language."""
    return _(jurisdiction.name)


def election_name(election: Election) -> str:
    """The kind of election, and its own name where the kind does not say which one it is: "Runoff election: ..."."""
    kind = _(_ELECTIONS[election.kind])
    own_name = _(election.name) if election.name else ""
    if not own_name or own_name.casefold() == kind.casefold() or election.kind in ("general", "presidential_primary"):
        return kind
    return pgettext("kind of election: its name", "%(kind)s: %(name)s") % {"kind": kind, "name": own_name}


def list_of(parts: list[str]) -> str:
    """Values in a row, as one reads them: "A", "A, B", "A, B, C"."""
    return ", ".join(parts)
