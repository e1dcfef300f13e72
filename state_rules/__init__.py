"""What each jurisdiction's law asks, as dated data with sources, and the engine that answers from it.

Standard library only; the clock is always an argument (``on: date``).
"""

from state_rules.ages import earliest_day, eighteen_by
from state_rules.answers import Answers, Assessment, Reading, Reason
from state_rules.catalogue import JURISDICTIONS, faults, load, load_all, rules_version
from state_rules.dated import Rule, Source, Version
from state_rules.deadlines import Due, DueDate, due_dates
from state_rules.drives import DriveRules, ReturnBy, drive_rules, keeping, return_by
from state_rules.elections import Election, next_general, upcoming
from state_rules.eligibility import assess
from state_rules.form_needs import FormNeeds, form_needs
from state_rules.jurisdiction import Jurisdiction
from state_rules.loader import load_file
from state_rules.primaries import PartyDates, party_dates
from state_rules.qualifications import CHANNELS, Channel
from state_rules.rule_file import RuleFileError
from state_rules.ways import Way, target_election, ways

__all__ = [
    "CHANNELS",
    "JURISDICTIONS",
    "Answers",
    "Assessment",
    "Channel",
    "DriveRules",
    "Due",
    "DueDate",
    "Election",
    "FormNeeds",
    "Jurisdiction",
    "PartyDates",
    "Reading",
    "Reason",
    "ReturnBy",
    "Rule",
    "RuleFileError",
    "Source",
    "Version",
    "Way",
    "assess",
    "drive_rules",
    "due_dates",
    "earliest_day",
    "eighteen_by",
    "faults",
    "form_needs",
    "keeping",
    "load",
    "load_all",
    "load_file",
    "next_general",
    "party_dates",
    "return_by",
    "rules_version",
    "target_election",
    "upcoming",
    "ways",
]
