"""The 56 files: that they load, cover what the site asks of them, and say what the law is known to say."""

from __future__ import annotations

import ast
import re
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from state_rules import (
    JURISDICTIONS,
    Election,
    RuleFileError,
    catalogue,
    due_dates,
    form_needs,
    load,
    load_all,
    rules_version,
    target_election,
    upcoming,
    ways,
)
from state_rules.books import books
from state_rules.dated import Rule
from state_rules.federal import federal
from state_rules.jurisdiction import Jurisdiction
from state_rules.qualifications import CHANNELS, Channel

ROOT = Path(__file__).parent.parent.parent
ON = date(2026, 11, 22)
GENERAL_2028 = date(2028, 11, 7)


def test_there_are_56_jurisdictions() -> None:
    assert len(JURISDICTIONS) == 56
    assert Counter(load(code).kind for code in JURISDICTIONS) == {"state": 50, "district": 1, "territory": 5}


def test_load_of_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load("ZZ")


def test_rules_version_is_twelve_hex_digits() -> None:
    assert re.fullmatch("[0-9a-f]{12}", rules_version())


def test_file_broken_after_the_start_does_not_reach_the_running_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(catalogue.DATA, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(catalogue, "DATA", tmp_path)
    catalogue.load.cache_clear()
    try:
        before = load_all()
        (tmp_path / "ga.toml").write_text("not = [toml", encoding="utf-8")
        assert load("GA") == next(state for state in before if state.code == "GA")
        catalogue.load.cache_clear()
        with pytest.raises(RuleFileError, match=r"ga\.toml: cannot be read"):
            load_all()
    finally:
        catalogue.load.cache_clear()


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_jurisdiction_answers_everything_from_today_on(code: str) -> None:
    state = load(code)
    for on in (ON, date(2027, 6, 1), date(2031, 1, 1)):
        needs = form_needs(state, on)
        assert bool(needs.boxes) == (needs.acceptance in ("registers", "request_only"))
        election = target_election(state, on)
        for way in ways(state, election, on):
            assert way.due.last_day is None or way.due.last_day <= election.day


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_rolled_deadline_never_lands_on_a_closed_day(code: str) -> None:
    state = load(code)
    for election in upcoming(code, ON, 12):
        for channel in CHANNELS:
            for due in due_dates(state, election, channel, ON).dates:
                if due.counted != due.by and due.by != election.day:
                    assert state.office_days(due.by).closed_for(due.by) == ""


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_form_that_registers_has_an_address_and_its_boxes(code: str) -> None:
    needs = form_needs(load(code), ON)
    if needs.acceptance == "registers":
        assert needs.mail_to.value.lines
        assert set("1234569ABCD") <= needs.boxes
        assert ("7" in needs.boxes, "8" in needs.boxes) == (
            needs.party.value.asked,
            needs.race.value.asked != "not_asked",
        )
    else:
        assert needs.mail_to.value.lines == ()


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_online_channel_agrees_with_online_registration(code: str) -> None:
    state = load(code)
    online, deadline = form_needs(state, ON).online.value, state.deadlines["online"].on(ON)
    assert deadline is not None
    assert (online.available, bool(online.url)) == (deadline.value.available, deadline.value.available)


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_time_zones_are_known(code: str) -> None:
    assert [ZoneInfo(name).key for name in load(code).timezones] == list(load(code).timezones)


def test_acceptance_of_the_federal_form() -> None:
    by_acceptance: dict[str, set[str]] = {}
    for code in JURISDICTIONS:
        by_acceptance.setdefault(form_needs(load(code), ON).acceptance, set()).add(code)
    assert len(by_acceptance.pop("registers")) == 47
    assert by_acceptance == {
        "request_only": {"NH", "WI"},
        "refused": {"WY"},
        "no_registration": {"ND"},
        "not_covered": {"PR", "GU", "VI", "AS", "MP"},
    }


def test_identity_numbers_beyond_the_usual_pair() -> None:
    kinds = {code: form_needs(load(code), ON).id_number for code in JURISDICTIONS}
    unusual = {
        code: (version.value.kind, version.value.required)
        for code, version in kinds.items()
        if version.value.kind != "licence_or_ssn4"
    }
    assert unusual == {
        "KY": ("full_ssn", False),
        "TN": ("full_ssn", True),
        "VA": ("full_ssn", True),
        "MP": ("full_ssn", True),
        "MO": ("licence_and_ssn4", True),
        "SC": ("ssn4_or_full_ssn", True),
        "ND": ("not_asked", True),
    }


def test_citizenship_documents_by_day() -> None:
    def asking(on: date) -> dict[str, str]:
        found = {code: form_needs(load(code), on).citizenship_proof.value.documents for code in JURISDICTIONS}
        return {code: documents for code, documents in found.items() if documents != "none"}

    today = {
        "AZ": "state_elections",
        "SD": "state_elections",
        "UT": "state_elections",
        "WY": "all",
        "GU": "all",
        "PR": "all",
        "VI": "all",
        "MP": "all",
    }
    assert asking(ON) == today
    assert asking(date(2027, 1, 1)) == {**today, "FL": "all"}


GENERALS: list[tuple[str, Channel, int, list[str]]] = [
    ("AL", "mail", 2028, ["postmarked 2028-10-23", "received 2028-10-23"]),
    ("AK", "mail", 2028, ["postmarked 2028-10-08"]),
    ("AZ", "mail", 2028, ["postmarked 2028-10-10", "received 2028-10-15"]),
    ("DE", "mail", 2028, ["postmarked 2028-10-14"]),
    ("FL", "mail", 2028, ["postmarked 2028-10-10"]),
    ("GA", "mail", 2028, ["postmarked 2028-10-10"]),
    ("HI", "mail", 2028, ["postmarked 2028-10-30"]),
    ("IN", "mail", 2028, ["postmarked 2028-10-10"]),
    ("LA", "online", 2028, ["submitted 2028-10-17"]),
    ("MO", "mail", 2028, ["postmarked 2028-10-11"]),
    ("MT", "mail", 2026, ["postmarked 2026-10-05", "received 2026-10-08"]),
    ("NE", "mail", 2028, ["postmarked 2028-10-20"]),
    ("NE", "in_person", 2028, ["appeared 2028-10-27"]),
    ("NV", "online", 2028, ["submitted 2028-11-02"]),
    ("NV", "mail", 2028, ["postmarked 2028-10-10"]),
    ("NY", "mail", 2028, ["postmarked 2028-10-23", "received 2028-10-28"]),
    ("OH", "mail", 2026, ["postmarked 2026-10-05"]),
    ("RI", "mail", 2026, ["postmarked 2026-10-04"]),
    ("SC", "in_person", 2026, ["appeared 2026-10-02"]),
    ("SC", "online", 2026, ["submitted 2026-10-04"]),
    ("SC", "mail", 2026, ["postmarked 2026-10-05"]),
    ("TX", "mail", 2028, ["postmarked 2028-10-10"]),
    ("VA", "mail", 2024, ["postmarked 2024-10-15"]),
    ("VA", "mail", 2026, ["postmarked 2026-10-23"]),
    ("WI", "online", 2028, ["submitted 2028-10-18"]),
]
GENERAL_DAYS = {2024: date(2024, 11, 5), 2026: date(2026, 11, 3), 2028: GENERAL_2028}


@pytest.mark.parametrize(("code", "channel", "year", "expected"), GENERALS)
def test_deadline_of_a_general_election(code: str, channel: Channel, year: int, expected: list[str]) -> None:
    election = Election(GENERAL_DAYS[year], "general", "", code)
    due = due_dates(load(code), election, channel, election.day)
    assert [f"{each.event} {each.by}" for each in due.dates] == expected


def test_federal_law_stands_behind_the_states() -> None:
    exempt = federal().nvra_exempt.on(ON)
    documents = federal().form_needs_citizenship_documents.on(ON)
    assert exempt is not None
    assert documents is not None
    assert (exempt.value, documents.value) == (("ID", "MN", "NH", "ND", "WI", "WY"), False)


def test_no_state_closes_registration_for_president_sooner_than_federal_law_lets_it() -> None:
    longest = federal().presidential_registration_days.on(ON)
    assert longest is not None
    earliest = GENERAL_2028 - timedelta(days=longest.value)
    found = {
        code: books(load(code), Election(GENERAL_2028, "general", "", code))
        for code in JURISDICTIONS
        if load(code).kind != "territory"
    }
    assert {code for code, closing in found.items() if closing.last_day and closing.last_day < earliest} == set()


def test_federal_bills_and_orders_that_are_open_change_nothing() -> None:
    documents = federal().form_needs_citizenship_documents
    assert [version.status for version in documents.versions] == ["in_force", "enjoined", "pending"]
    assert documents.on(ON) == documents.versions[0]
    assert federal().citizenship_lists.on(ON) is None


def string_literals(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_no_python_file_holds_the_code_of_a_jurisdiction() -> None:
    files = [*ROOT.glob("state_rules/**/*.py"), *ROOT.glob("registration/**/*.py")]
    found = {
        (path.relative_to(ROOT).as_posix(), text)
        for path in files
        for text in string_literals(path)
        if text in JURISDICTIONS and "migrations" not in path.parts  # Django's own label for a key is "ID"
    }
    assert found == set()


def test_engine_holds_the_name_of_no_jurisdiction() -> None:
    names = {load(code).name for code in JURISDICTIONS}
    assert {
        text for path in ROOT.glob("state_rules/**/*.py") for text in string_literals(path) if text in names
    } == set()


def test_fact_that_rests_on_memory_alone_is_never_high() -> None:
    rules = [name for name in Jurisdiction.__dataclass_fields__ if isinstance(getattr(load("GA"), name), Rule)]
    found = []
    for code in JURISDICTIONS:
        state = load(code)
        for name, rule in [*((each, getattr(state, each)) for each in rules), *state.deadlines.items()]:
            for version in rule.versions:
                if version.confidence == "high" and not any(source.was_read for source in version.sources):
                    found.append((code, name, version.effective))
    assert found == []


def test_territories_are_shown_as_unsure() -> None:
    unsure = {
        code: {form_needs(load(code), ON).office.confidence, load(code).review.confidence}
        for code in JURISDICTIONS
        if load(code).kind == "territory"
    }
    assert unsure == {code: {"low"} for code in ("AS", "GU", "MP", "PR", "VI")}
