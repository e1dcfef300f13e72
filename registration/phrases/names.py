"""Names of places and elections in the active language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from state_rules import Election, Jurisdiction
from state_rules.practice import ElectionKind

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
    gettext_noop("U.S. Virgin Islands"), gettext_noop("Virginia"),
    gettext_noop("Washington"), gettext_noop("West Virginia"), gettext_noop("Wisconsin"), gettext_noop("Wyoming"),
)  # fmt: skip

#: How a name reads within a sentence, where that differs from the name alone.
_WITHIN_A_SENTENCE = {
    "District of Columbia": gettext_noop("the District of Columbia"),
    "Northern Mariana Islands": gettext_noop("the Northern Mariana Islands"),
    "U.S. Virgin Islands": gettext_noop("the U.S. Virgin Islands"),
}

_KINDS = {
    "general": gettext_noop("General election"),
    "primary": gettext_noop("Primary election"),
    "presidential_primary": gettext_noop("Presidential primary"),
    "runoff": gettext_noop("Runoff election"),
    "special": gettext_noop("Special election"),
    "local": gettext_noop("Local election"),
}
#: The names as the calendar writes them, so that the catalogue of translations holds each one.
ELECTIONS = (
    gettext_noop("City and school election"), gettext_noop("Consolidated election"),
    gettext_noop("Consolidated primary"), gettext_noop("Coordinated local election"),
    gettext_noop("Federal general election"), gettext_noop("General election"),
    gettext_noop("General election and runoff"), gettext_noop("General election runoff"),
    gettext_noop("Local election"), gettext_noop("Local primary"), gettext_noop("Municipal election"),
    gettext_noop("Municipal general election"), gettext_noop("Municipal primary"),
    gettext_noop("Presidential and local primary"), gettext_noop("Presidential and state primary"),
    gettext_noop("Presidential primary"), gettext_noop("Primary election"), gettext_noop("Primary runoff"),
    gettext_noop("Referendum"), gettext_noop("Spring election"), gettext_noop("Spring primary"),
    gettext_noop("State general election"), gettext_noop("State primary"), gettext_noop("State primary runoff"),
    gettext_noop("Uniform election date"),
)  # fmt: skip


def jurisdiction_name(jurisdiction: Jurisdiction) -> str:
    """The state's name in the active language, as it stands alone."""
    return _(jurisdiction.name)


def in_sentence(jurisdiction: Jurisdiction) -> str:
    """The state's name as it stands within a sentence: "the District of Columbia"."""
    return _(_WITHIN_A_SENTENCE.get(jurisdiction.name, jurisdiction.name))


def kind_name(kind: ElectionKind) -> str:
    """The kind of an election: "Primary election"."""
    return _(_KINDS[kind])


def election_name(election: Election) -> str:
    """The election's own name, or its kind where it has none. Elections on one day are named one after the other."""
    if not election.name:
        return kind_name(election.kind)
    return "; ".join(_(name) for name in election.name.split("; "))


#: What to know of a day that is not certain, for each note that the calendar has of one; "" where it changes nothing.
ELECTION_NOTES = {
    "Held only if a race needs it.": gettext_noop("It is held only if a race needs it."),
    "Registration for it closed on November 2, 2026.": "",
    "Moves when it meets Passover.": gettext_noop("The day may move because of Passover."),
    "Legislatures often move this day in the year before.": gettext_noop("The state may still move this day."),
    "An act of 2026 moves it here from September.": "",
}


def election_doubt(election: Election) -> str:
    """What is not certain of the election's day, as sentences; "" where it is."""
    said = [_(words) for note, words in ELECTION_NOTES.items() if words and note in election.note]
    if election.confidence != "high":
        said.insert(0, _("The day of this election is expected, but not certain. Ask the election office."))
    return " ".join(said)
