"""The JSON bundle: complete, valid by its schema, the same bytes every time."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from state_rules import JURISDICTIONS, Jurisdiction, load, rules_version
from state_rules.__main__ import main
from state_rules.bundle import Bundle, as_json, encoded, whole
from state_rules.commands.export import write
from state_rules.dated import LawStatus, Rule, Source
from state_rules.elections import Election, calendar
from state_rules.facts import rules_of
from state_rules.federal import Federal, federal
from state_rules.jurisdiction import Deadline, Example, PrintedDeadline, Review
from state_rules.loader import rule_hints
from state_rules.rule_file import Reader
from state_rules.schema import bundle_schema
from tests.state_rules.conftest import Edit

DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(encoded(as_json(whole())))
    return parsed


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(bundle_schema(), format_checker=FormatChecker())


def bundle_of(*states: Jurisdiction) -> Bundle:
    return Bundle(states, federal(), calendar(), "0" * 12)


def as_in_a_file(held: Any) -> Any:
    """JSON as the reader of rule files takes it: days as days, and what is null left out."""
    if isinstance(held, dict):
        return {name: as_in_a_file(item) for name, item in held.items() if item is not None}
    if isinstance(held, list):
        return [as_in_a_file(item) for item in held]
    return date.fromisoformat(held) if isinstance(held, str) and DAY.fullmatch(held) else held


def reader_of(part: dict[str, Any]) -> Reader:
    reader = Reader("rules.json", {}, set())
    sources = as_in_a_file(part["sources"])
    reader.sources.update({key: reader.record(raw, Source, key) for key, raw in sources.items()})
    return reader


def rule_back(reader: Reader, raw: list[dict[str, Any]], hint: Any) -> Rule[Any]:
    versions = []
    for each in as_in_a_file(raw):
        value = each.pop("value")
        versions.append(reader.version(each | (value if isinstance(value, dict) else {"value": value}), hint, ""))
    return Rule(tuple(versions))


def in_order(rule: Rule[Any]) -> Rule[Any]:
    """With the kinds of election sorted, as the keys of JSON are; their order says nothing."""
    versions = []
    for version in rule.versions:
        value = version.value
        if isinstance(value, Deadline):
            kinds = tuple(sorted(value.by_election_kind, key=lambda pair: pair[0]))
            version = replace(version, value=replace(value, by_election_kind=kinds))
        versions.append(version)
    return Rule(tuple(versions))


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_rules_read_back_from_json_are_equal(document: dict[str, Any], code: str) -> None:
    raw, state = document["jurisdictions"][code], load(code)
    reader = reader_of(raw)
    back = {name: rule_back(reader, raw[name], hint) for name, hint in rule_hints().items()}
    back |= {f"deadlines.{way}": rule_back(reader, each, Deadline) for way, each in raw["deadlines"].items()}
    assert {name: in_order(rule) for name, rule in back.items()} == {
        name: in_order(rule) for name, rule in rules_of(state).items()
    }


@pytest.mark.parametrize("code", ["GA", "NH", "PR"])
def test_everything_else_read_back_from_json_is_equal(document: dict[str, Any], code: str) -> None:
    raw, state = document["jurisdictions"][code], load(code)
    reader = reader_of(raw)
    assert {reader.sources[key] for key in reader.sources} == set(state.sources)
    assert tuple(reader.record(as_in_a_file(each), Example, "") for each in raw["examples"]) == state.examples
    assert reader.record(as_in_a_file(raw["review"]), Review, "") == state.review
    assert (raw["code"], raw["name"], raw["kind"], tuple(raw["timezones"])) == (
        state.code,
        state.name,
        state.kind,
        state.timezones,
    )


def test_printed_deadline_read_back_is_equal(jefferson: Jurisdiction) -> None:
    raw = json.loads(encoded(as_json(bundle_of(jefferson))))["jurisdictions"]["JF"]
    printed = reader_of(raw).record(as_in_a_file(raw["printed_deadline"]), PrintedDeadline, "")
    assert printed == jefferson.printed_deadline


def test_federal_rules_and_elections_read_back_are_equal(document: dict[str, Any]) -> None:
    reader = reader_of(document["federal"])
    for name, hint in get_type_hints(Federal).items():
        back = rule_back(reader, document["federal"][name], get_args(hint)[0])
        assert back == getattr(federal(), name)
    reader = reader_of(document["elections"])
    dated = [reader.record(as_in_a_file(each), Election, "") for each in document["elections"]["dated"]]
    assert sorted(dated, key=repr) == sorted((e for found in calendar().dated.values() for e in found), key=repr)
    assert document["elections"]["federal_general"]["name"] == calendar().federal_general.name


def test_bundle_is_valid_by_its_schema(document: dict[str, Any], validator: Draft202012Validator) -> None:
    Draft202012Validator.check_schema(bundle_schema())
    assert [error.message for error in validator.iter_errors(document)] == []
    assert (list(document["jurisdictions"]), document["rules_version"]) == (list(JURISDICTIONS), rules_version())


@pytest.mark.parametrize(
    ("path", "wrong", "said"),
    [
        (("surprise",), 1, "Additional properties are not allowed ('surprise' was unexpected)"),
        (("deadlines", "fax"), [], "Additional properties are not allowed ('fax' was unexpected)"),
        (("age", 0, "value", "min_years"), "17", "'17' is not of type 'integer'"),
        (("age", 0, "effective"), "2020-02-30", "'2020-02-30' is not a 'date'"),
        (("race", 0, "status"), "maybe", f"'maybe' is not one of {list(get_args(LawStatus))}"),
        (("race", 0, "sources"), "form", "'form' is not of type 'array'"),
        (("name",), None, "None is not of type 'string'"),
    ],
)
def test_schema_refuses_what_no_file_can_say(
    jefferson: Jurisdiction, validator: Draft202012Validator, path: tuple[str | int, ...], wrong: object, said: str
) -> None:
    document = copy.deepcopy(as_json(bundle_of(jefferson)))
    assert list(validator.iter_errors(document)) == []
    held = document["jurisdictions"]["JF"]
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = wrong
    assert [error.message for error in validator.iter_errors(document)] == [said]


def test_schema_refuses_a_missing_key(jefferson: Jurisdiction, validator: Draft202012Validator) -> None:
    document = as_json(bundle_of(jefferson))
    del document["jurisdictions"]["JF"]["felony"]
    assert [error.message for error in validator.iter_errors(document)] == ["'felony' is a required property"]


def test_schema_carries_descriptions_and_closed_lists() -> None:
    definitions = bundle_schema()["$defs"]
    assert definitions["RaceRule"]["description"].startswith("Box 8. ")
    assert "description" not in definitions["Review"]  # nobody has described it
    assert definitions["MailTo"]["properties"]["local"] == {"type": "string", "enum": ["no", "preferred", "required"]}
    assert definitions["VersionOfBool"]["properties"]["effective"] == {"type": "string", "format": "date"}


def test_two_exports_are_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "a")]) == main(["export", str(tmp_path / "b" / "deeper")]) == 0
    assert capsys.readouterr().out.splitlines()[3] == f"rules {rules_version()}"
    names = ["rules.json", "rules.json.sha256", "rules.schema.json"]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == names
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / "deeper" / name).read_bytes()


def test_checksum_is_of_the_file_as_sha256sum_reads_it(tmp_path: Path) -> None:
    write(whole(), tmp_path)
    digest = hashlib.sha256((tmp_path / "rules.json").read_bytes()).hexdigest()
    assert (tmp_path / "rules.json.sha256").read_text() == f"{digest}  rules.json\n"
    command = ["sha256sum", "-c", "rules.json.sha256"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "rules.json: OK\n")


def test_change_of_a_file_changes_the_hash(jefferson: Jurisdiction, edited: Edit, tmp_path: Path) -> None:
    moved = edited(("days = 30", "days = 29"))
    for name, state in (("before", jefferson), ("after", moved), ("again", replace(jefferson))):
        write(bundle_of(state), tmp_path / name)
    hashes = {name: (tmp_path / name / "rules.json.sha256").read_text() for name in ("before", "after", "again")}
    assert hashes["before"] == hashes["again"] != hashes["after"]


def test_text_is_utf_8_with_sorted_keys() -> None:
    content = encoded({"b": "§", "a": {"d": 1, "c": None}})
    assert content.decode() == '{\n "a": {\n  "c": null,\n  "d": 1\n },\n "b": "§"\n}\n'


def test_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit) as stopped:
        main(["export", str(tmp_path / "file")])
    assert stopped.value.code == f"{tmp_path / 'file'}: cannot be written: File exists"
