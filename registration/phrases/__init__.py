"""The only place where a rule becomes a sentence. Everything speaks the active language."""

from registration.phrases.boxes import acceptance, id_number_help, no_form, party_help, party_names, race_help
from registration.phrases.cover import large_date, mail_by_for
from registration.phrases.dates import clock, day, moment, plain_day
from registration.phrases.deadlines import (
    due,
    last_chance,
    mail_by,
    mail_is_late,
    mailing_day,
    sooner,
    way_status,
    way_title,
)
from registration.phrases.eligibility import assessment, conditions, other_rules, requirements
from registration.phrases.names import election_doubt, election_name, in_sentence, jurisdiction_name
from registration.phrases.online import online_needs, way_needs
from registration.phrases.problems import problem
from registration.phrases.sources import confirm, contact, office_doubt, source_line
from registration.phrases.texts import texts_of_rules

__all__ = [
    "acceptance", "assessment", "clock", "conditions", "confirm", "contact", "day", "due", "election_doubt",
    "election_name", "id_number_help", "in_sentence", "jurisdiction_name", "large_date", "last_chance", "mail_by",
    "mail_by_for", "mail_is_late", "mailing_day", "moment", "no_form", "office_doubt", "online_needs", "other_rules",
    "party_help", "party_names", "plain_day", "problem", "race_help", "requirements", "sooner", "source_line",
    "texts_of_rules", "way_needs", "way_status", "way_title",
]  # fmt: skip
