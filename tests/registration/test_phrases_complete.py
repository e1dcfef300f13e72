"""Every value a rule can take has its sentence, and every sentence is short and plain."""

import ast
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import mean
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

import registration.phrases
import state_rules
from registration import phrases
from registration.domain import documents
from registration.domain.validation import PROBLEM_CODES
from registration.phrases import (
    boxes,
    comparison,
    convictions,
    cover,
    deadlines,
    eligibility,
    facts,
    names,
    online,
    problems,
)
from registration.phrases.facts import drives, form, office, standing, timing, voting, who
from state_rules import dated, jurisdiction, practice, qualifications
from state_rules.answers import ReasonCode
from state_rules.elections import calendar
from state_rules.loader import rule_hints
from state_rules.ways import Standing, WayName, WayNeed

FOLDER = Path(registration.phrases.__file__).parent
CALLS = {"_", "gettext", "gettext_noop", "ngettext", "pgettext"}


def messages() -> Iterator[str]:
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                constants = [each.value for each in node.args if isinstance(each, ast.Constant)]
                yield from constants[1:] if getattr(node.func, "id", "") == "pgettext" else constants


def sentences() -> list[str]:
    """Every sentence that a person may read; names of places and elections are not sentences."""
    parts = (part for message in messages() for part in re.split(r"(?<=[.!?:])[”\"]?\s+", message))
    return [part for part in parts if part.rstrip("”").endswith(".") and len(part.split()) > 2]


def words(sentence: str) -> list[str]:
    return re.sub(r"%\(\w+\)[sd]", "X", sentence).split()


def syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.lower().endswith("e") and not word.lower().endswith("le")))


def test_every_problem_has_a_sentence_and_every_sentence_a_problem():
    particular = {"home_street_required"}
    assert set(problems.SENTENCES) - particular == set(PROBLEM_CODES)


@pytest.mark.parametrize("code", PROBLEM_CODES)
def test_a_sentence_uses_only_the_parameters_of_its_problem(code):
    used = set(re.findall(r"%\((\w+)\)", problems.SENTENCES[code]))
    assert used <= {"state", *PROBLEM_CODES[code]}


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        (get_args(jurisdiction.Need), online.NEEDS),
        (get_args(jurisdiction.IdKind), boxes._ID_NUMBER),
        (get_args(jurisdiction.IfNone), boxes._IF_NONE),
        (get_args(jurisdiction.Written), boxes._WRITTEN),
        (get_args(qualifications.AlsoTrue), eligibility._ALSO),
        (get_args(jurisdiction.Acceptance), boxes._ACCEPTANCE),
        (get_args(jurisdiction.Event), deadlines._MUST_HAPPEN),
        (get_args(jurisdiction.Event), deadlines._STILL_POSSIBLE),
        (get_args(practice.ElectionKind), names._KINDS),
        (get_args(WayName), deadlines._TITLES),
        (get_args(WayName), deadlines._NOT_OFFERED),
        (get_args(WayNeed), {**online.NEEDS, **online.WAY_NEEDS}),
        (set(get_args(ReasonCode)) - {"citizenship_documents"}, eligibility._REASONS),
    ],
)
def test_every_value_of_a_rule_has_its_words(values, sentences):
    assert set(sentences) == set(values)


@pytest.mark.parametrize(
    ("shape", "field", "sentences"),
    [
        (jurisdiction.RaceRule, "asked", boxes._RACE),
        (qualifications.Felony, "category", convictions._FELONY),
        (qualifications.Capacity, "category", eligibility._CAPACITY),
        (qualifications.Residency, "level", eligibility._LIVE_IN),
        (qualifications.Residency, "level", eligibility._LIVED_LESS),
    ],
)
def test_every_category_has_its_words(shape, field, sentences):
    listed = re.findall(r"\w+", shape.__annotations__[field].removeprefix("Literal"))
    assert set(sentences) == set(listed)


def closed_lists(shape: type, seen: set[type]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """("Felony.parole", its values) of every closed list that a rule of a jurisdiction can hold."""
    if shape not in seen:
        seen.add(shape)
        for name, hint in get_type_hints(shape).items():
            yield from _inside(hint, f"{shape.__name__}.{name}", seen)


def _inside(hint: object, where: str, seen: set[type]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if get_origin(hint) is Literal:
        yield where, get_args(hint)
    elif isinstance(hint, type) and is_dataclass(hint):
        yield from closed_lists(hint, seen)
    else:
        for inner in get_args(hint):
            yield from _inside(inner, where, seen)


#: A closed list -> its words. A plain set names values that a sentence tells apart by itself.
WORDS = {
    "Jurisdiction.deadlines": who.WAYS,
    "NvraForm.acceptance": boxes._ACCEPTANCE,
    "NvraForm.boxes": {"1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "B", "C", "D"},
    "MailTo.local": {"no", "preferred", "required"},
    "IdNumberRule.kind": boxes._ID_NUMBER,
    "IdNumberRule.if_none": boxes._IF_NONE,
    "IdNumberRule.written": boxes._WRITTEN,
    "PartyRule.parties_confidence": standing.CONFIDENCE,
    "Primary.kind": voting._PRIMARY,
    "PartyChange.whom": voting._CHANGE,
    "RaceRule.asked": boxes._RACE,
    "AgeRule.turns_18_by": {"", *eligibility._TURNS_18},
    "AgeRule.min_by_channel": who.WAYS,
    "VotingAge.at_17": eligibility._AT_17,
    "Residency.level": eligibility._LIVE_IN,
    "Residency.also": eligibility._ALSO,
    "Felony.category": convictions._FELONY,
    "Felony.parole": who._PAROLE,
    "Felony.probation": who._PROBATION,
    "Felony.payment": who._PAYMENT,
    "Felony.restoration": who._RESTORATION,
    "Capacity.category": eligibility._CAPACITY,
    "CitizenshipProof.documents": {"none", *eligibility._FOR_DOCUMENTS},
    "Online.needs": online.NEEDS,
    "SameDay.scope": voting._SCOPE,
    "SameDay.elections": names._KINDS,
    "SameDay.ballot": voting._BALLOT,
    "Drives.group": drives._GROUP,
    "Drives.volunteer": drives._VOLUNTEER,
    "Drives.paid_per_form": drives._PAID,
    "Drives.keeping": drives._KEEPING,
    "ReturnClock.unit": {"hours", "days", "business_days"},
    "PlainPaper.printed": form._PRINTED,
    "ElectronicSignature.taken": form._SIGNATURE,
    "AddressConfidentiality.exists": office._CONFIDENTIALITY,
    "Test.event": deadlines._MUST_HAPPEN,
    "Test.weekday": timing._WEEKDAYS,
    "Test.if_closed": timing._ROLLS,
    "Deadline.if_closed": timing._ROLLS,
    "Deadline.last_chance_scope": {"", "all", *deadlines._SCOPES},
    "Deadline.by_election_kind": names._KINDS,
}
#: Never shown as words: what tells apart sources, and what only the checks of a file read.
SILENT = {"Jurisdiction.kind", "Source.kind", "Review.confidence", "Example.deadline", "Example.election_kind"}
SILENT |= {"ExpectedDate.event"}


def test_every_value_of_every_closed_list_has_its_words_on_the_page_of_all_rules():
    found = {where: set(values) for where, values in closed_lists(jurisdiction.Jurisdiction, set())}
    assert {where: values for where, values in found.items() if where not in SILENT} == {
        where: set(words) for where, words in WORDS.items()
    }


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (get_args(dated.LawStatus), standing.STATUSES),
        (get_args(dated.Confidence), standing.CONFIDENCE),
        (get_args(Standing), comparison._STANDING),
        (get_args(jurisdiction.IdKind), comparison.ID_NUMBER),
        (convictions._FELONY, comparison.FELONY),
        (["", *eligibility._TURNS_18], comparison._TURNS_18),
        (convictions._FELONY, [each for _words, held in comparison.FELONY_GROUPS.values() for each in sorted(held)]),
    ],
)
def test_every_standing_and_every_column_of_the_comparison_has_its_words(values, words):
    assert sorted(words) == sorted(values)


def test_every_rule_stands_once_on_the_page_of_all_rules():
    shown = [name for _group, _title, held in facts.GROUPS for name in held]
    rules = [*rule_hints(), *(f"deadlines.{channel}" for channel in qualifications.CHANNELS), "printed_deadline"]
    assert sorted(shown) == sorted(rules)
    assert sorted(facts.FACTS) == sorted(set(rules) - {"printed_deadline"})


def test_every_place_and_election_can_be_translated():
    assert {state_rules.load(code).name for code in state_rules.JURISDICTIONS} == set(names.PLACES)
    assert set(names._WITHIN_A_SENTENCE) < set(names.PLACES)
    known = {*names.ELECTIONS, *names._KINDS.values()}
    dated_ones = {name for each in calendar().dated.values() for one in each for name in one.name.split("; ")}
    assert {*dated_ones, calendar().federal_general.name} - known == set()


def test_every_note_of_an_election_has_its_words():
    known = " ".join(names.ELECTION_NOTES)
    notes = {one.note for each in calendar().dated.values() for one in each if one.note}
    sentences = {sentence for note in notes for sentence in re.findall(r"[^.]+\.", note)}
    assert {sentence.strip() for sentence in sentences if sentence.strip() not in known} == set()


def test_no_sentence_is_longer_than_20_words():
    assert [sentence for sentence in sentences() if len(words(sentence)) > 20] == []


def test_the_language_is_that_of_sixth_grade():
    said = sentences()
    all_words = [word for sentence in said for word in words(sentence)]
    grade = 0.39 * mean(len(words(each)) for each in said) + 11.8 * mean(map(syllables, all_words)) - 15.59
    assert grade <= 6


def test_nothing_says_that_someone_is_registered_or_cannot_be():
    said = " ".join(messages()).lower()
    assert re.findall(r"you are registered|you have registered|ineligible|invalid|error|illegal", said) == []


DAYS = [date(2026, 11, 22) + timedelta(days=91 * step) for step in range(8)]


@pytest.mark.parametrize("code", state_rules.JURISDICTIONS)
def test_every_jurisdiction_can_be_put_in_words_in_every_season(code):
    rules = state_rules.load(code)
    for on in DAYS:
        election = state_rules.target_election(rules, on)
        needs = state_rules.form_needs(rules, on)
        said = [phrases.acceptance(needs, rules), *phrases.requirements(needs, rules)]
        said += [*phrases.other_rules(needs, rules), phrases.election_name(election)]
        for way in state_rules.ways(rules, election, on):
            said += [phrases.way_title(way), phrases.way_status(way, on), phrases.due(way.due)]
            said += [phrases.last_chance(way.due), phrases.mail_by(way.due, on)]
        sheet = documents.cover_sheet(rules, election, "en", on)
        said += [*sheet.steps, sheet.mail_by, sheet.uncertain, *sheet.sources]
        said += [note.text for note in sheet.notes]
        assert [text for text in said if "%(" in text or "None" in text or "  " in text] == []
        assert bool(sheet.mail_to or sheet.mail_to_hint)


@pytest.mark.parametrize("code", state_rules.JURISDICTIONS)
def test_every_version_of_every_rule_can_be_put_in_words(code):
    rules = state_rules.load(code)
    dated_ones = {name: getattr(rules, name) for name in rule_hints()}
    dated_ones |= {f"deadlines.{channel}": rule for channel, rule in rules.deadlines.items()}
    said = [
        (name, facts.said(name, version.value, rules)) for name, rule in dated_ones.items() for version in rule.versions
    ]
    assert [name for name, lines in said if not lines or not all(lines)] == []
    assert [line for _name, lines in said for line in lines if "%(" in line or "None" in line or "  " in line] == []


def test_confidence_words_are_the_three_we_know():
    assert get_args(dated.Confidence) == ("high", "medium", "low")
    assert set(cover._UNSURE_OF) == {
        "deadline", "mail_to", "id_number", "party", "race", "who", "citizenship", "mail_id",
    }  # fmt: skip
