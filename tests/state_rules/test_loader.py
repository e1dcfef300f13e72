"""Every refusal of the loader, by file, key and problem."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from state_rules import Jurisdiction, RuleFileError, load_file
from tests.state_rules.conftest import Edit

MAIL_EXAMPLE = (
    '[[examples]]\ndeadline = "mail"\nelection_day = 2026-11-03\nexpect = [{ event = "postmarked", by = 2026-10-05 }]'
)


def test_fixture_state_loads_with_everything(jefferson: Jurisdiction) -> None:
    assert (jefferson.code, jefferson.name, jefferson.kind) == ("JF", "Jefferson", "state")
    assert jefferson.timezones == ("America/New_York",)
    assert [source.key for source in jefferson.sources] == ["ec-2-108", "ec-2-101", "form", "office", "parties"]
    party = jefferson.party.on(date(2026, 3, 2))
    assert party is not None
    assert party.value.parties == ("Federalist", "Democratic-Republican", "Whig")
    assert [source.was_read for source in party.sources] == [True, False]


REFUSALS = [
    (
        "explains = 2020-01-01",
        "",
        "printed_deadline.explains",
        "must be 2020-01-01, once differs is true of that version of deadlines.mail",
    ),
    (
        "[[race]]\neffective = 2020-01-01",
        "[[race]]\neffective = 2027-01-01",
        "race[0].status",
        "begins after checked_on, 2026-03-02: write future",
    ),
    (
        "[[race]]",
        '[[race]]\nstatus = "future"',
        "race[0].status",
        "has begun by checked_on, 2026-03-02: write in_force",
    ),
    (
        'name = "Founders\' Day", month = 4, day = 21',
        'name = "Founders\' Day", month = 4',
        "holidays[0].kept[0]",
        "needs month and day; or month, weekday and nth; or days_after_easter",
    ),
    (
        "month = 12, day = 31, years_before = 1",
        "month = 12, day = 31, days_before = 3",
        "primary[0].change[0]",
        "must count its day in exactly one way",
    ),
    (
        'kind = "closed"',
        'kind = "closed"\nuntil = 2019-12-31',
        "primary[0].until",
        "lies before the version's first day",
    ),
    (
        'differs = "The form does not say that a Sunday or a holiday moves the day."',
        "",
        "printed_deadline.differs",
        "must explain the difference: the form prints postmarked 2028-10-08, ours is postmarked 2028-10-10",
    ),
    (
        'min_years = 17\nmin_months = 6\nsources = ["ec-2-101"]\n\n[[voting_age]]',
        'turns_18_by = "next_election"\nsources = ["ec-2-101"]\n\n[[voting_age]]\nat_17 = "primaries"',
        "age[0].turns_18_by",
        "next_election would send a voter of 17 past their own primary; write next_general",
    ),
    ('kind = "state"', 'kind = "state"\ncapital = "Monticello"', "capital", "unknown key"),
    ('acceptance = "registers"', 'acceptance = "registers"\ncolor = "blue"', "nvra_form[0].color", "unknown key"),
    ("days_before = 30, time", "day_before = 30, time", "deadlines.online[0].all_of[0].day_before", "unknown key"),
    ("[sources.form]", '[sources.form]\nkey = "x"', "sources.form.key", "unknown key"),
    ("[review]", '[review]\nby = "me"', "review.by", "unknown key"),
    (
        'kind = "licence_or_ssn4"',
        'kind = "library_card"',
        "id_number[0].kind",
        "'library_card' is not one of 'licence_or_ssn4', 'licence_and_ssn4', 'full_ssn', 'ssn4_or_full_ssn', "
        "'not_asked'",
    ),
    (
        'kind = "memory"',
        'kind = "hearsay"',
        "sources.parties.kind",
        "'hearsay' is not one of 'statute', 'rule', 'form-instructions', 'official-calendar', 'official-page', "
        "'secondary', "
        "'memory'",
    ),
    (
        'documents = "none"',
        'documents = "none"\nstatus = "disputed"',
        "citizenship_proof[0].status",
        "'disputed' is not one of 'in_force', 'not_operated', 'enjoined', 'struck_down', 'future', 'pending'",
    ),
    (
        'applies = true\nsources = ["form"]',
        "applies = true",
        "first_time_mail_id[0].sources",
        "a version cites at least one source",
    ),
    (
        'applies = true\nsources = ["form"]',
        "applies = true\nsources = []",
        "first_time_mail_id[0].sources",
        "a version cites at least one source",
    ),
    (
        'applies = true\nsources = ["form"]',
        'applies = true\nsources = ["hava"]',
        "first_time_mail_id[0].sources[0]",
        "source 'hava' is not defined under [sources]",
    ),
    ('sources = ["form", "parties"]', 'sources = ["form"]', "sources.parties", "is defined and never cited"),
    ("applies = true", 'applies = "yes"', "first_time_mail_id[0].applies", "must be a bool, not 'yes'"),
    ("min_months = 6", "min_months = true", "age[0].min_months", "must be a int, not True"),
    ("min_months = 6", 'min_months = "six"', "age[0].min_months", "must be a int, not 'six'"),
    (
        "checked_on = 2026-03-02",
        "checked_on = 2026-03-02T10:00:00",
        "review.checked_on",
        "must be a date, not datetime.datetime(2026, 3, 2, 10, 0)",
    ),
    (
        "retrieved = 2026-03-02\n\n[sources.parties]",
        'retrieved = "2026"\n\n[sources.parties]',
        "sources.office.retrieved",
        "must be a date, not '2026'",
    ),
    ('lines = ["Secretary', 'lines = [7, "Secretary', "mail_to[0].lines[0]", "must be a str, not 7"),
    (
        'boxes = ["1",',
        'boxes = ["E",',
        "nvra_form[0].boxes[0]",
        "'E' is not one of '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D'",
    ),
    ("[[race]]\neffective = 2020-01-01\n", "[[race]]\n", "race[0].effective", "is missing"),
    ('asked = "requested"\n', "", "race[0].asked", "is missing"),
    ('[[race]]\neffective = 2020-01-01\nasked = "requested"\nsources = ["form"]', "", "race", "is missing"),
    ("schema = 1", "schema = 2", "schema", "must be 1"),
    ("schema = 1\n", "", "schema", "is missing"),
    ('code = "JF"', 'code = "jf"', "code", "must be two capital letters"),
    ('code = "JF"', 'code = "JE"', "code", "is 'JE', so the file must be named je.toml"),
    ('timezones = ["America/New_York"]', "timezones = []", "timezones", "must name at least one time zone"),
    ("value = true", "value = true\nother = 1", "registration_required[0].other", "unknown key"),
    ("value = true\n", "", "registration_required[0].value", "is missing"),
    ("[[deadlines.online]]", "[[deadlines.fax]]", "deadlines.fax", "unknown key"),
    (
        'event = "submitted", days_before = 30',
        'event = "submitted", days_before = 30, election_day = true',
        "deadlines.online[0].all_of[0]",
        "must count its day in exactly one way",
    ),
    (
        'event = "submitted", days_before = 30',
        'event = "submitted"',
        "deadlines.online[0].all_of[0]",
        "must count its day in exactly one way",
    ),
    (
        'event = "submitted", days_before = 30',
        'event = "submitted", weekday = "monday"',
        "deadlines.online[0].all_of[0]",
        "weekday and nth_before belong together",
    ),
    (
        'event = "submitted", days_before = 30',
        'event = "submitted", local_min_days = 6',
        "deadlines.online[0].all_of[0]",
        "local_min_days and local_max_days belong together",
    ),
    (
        'event = "submitted", days_before = 30',
        'event = "submitted", local_min_days = 9, local_max_days = 6',
        "deadlines.online[0].all_of[0]",
        "local_min_days is greater than local_max_days",
    ),
    (
        'event = "submitted", days_before = 30',
        'event = "submitted", days_after_first = 5',
        "deadlines.online[0].all_of[0]",
        "days_after_first needs a first test to count from",
    ),
    (
        'event = "submitted", days_before = 30',
        'event = "submitted", days_before = -1',
        "deadlines.online[0].all_of[0].days_before",
        "must not be negative",
    ),
    (
        'event = "submitted", days_before = 30',
        'event = "submitted", weekday = "monday", nth_before = 0',
        "deadlines.online[0].all_of[0].nth_before",
        "must be 1 or more",
    ),
    (
        'time = "23:59"',
        'time = "midnight"',
        "deadlines.online[0].all_of[0].time",
        "'midnight' is not HH:MM, close_of_polls or close_of_business",
    ),
    (
        'all_of = [{ event = "submitted"',
        'available = false\nall_of = [{ event = "submitted"',
        "deadlines.online[0]",
        "a channel that is not available has no tests",
    ),
    (
        'all_of = [{ event = "submitted", days_before = 30, time = "23:59" }]',
        'all_of = [{ event = "submitted", days_before = 30 }]\nany_of = [{ event = "submitted", days_before = 9 }]',
        "deadlines.online[0]",
        "all_of and any_of exclude each other",
    ),
    (
        'all_of = [{ event = "submitted", days_before = 30, time = "23:59" }]\n',
        "",
        "deadlines.online[0]",
        "no day is stated, so a note must say why",
    ),
    (
        'all_of = [{ event = "appeared", election_day = true, time = "close_of_polls" }]\n',
        "",
        "deadlines.in_person[0]",
        "ordinary stands beside a later last chance, which is missing",
    ),
]


@pytest.mark.parametrize(("old", "new", "key", "problem"), REFUSALS)
def test_load_refuses_a_faulty_file(edited: Edit, old: str, new: str, key: str, problem: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        edited((old, new))
    assert (caught.value.file, caught.value.key, caught.value.problem) == ("jf.toml", key, problem)
    assert str(caught.value) == f"jf.toml: {key}: {problem}"


def test_load_refuses_versions_out_of_order(edited: Edit) -> None:
    later = '[[race]]\neffective = 2020-01-01\nasked = "requested"'
    older = later + '\nsources = ["form"]\n\n[[race]]\neffective = 2019-01-01\nasked = "optional"'
    with pytest.raises(RuleFileError) as caught:
        edited((later, older))
    assert (caught.value.key, caught.value.problem) == ("race[1].effective", "versions stand oldest first")


def test_load_refuses_two_versions_of_one_day(edited: Edit) -> None:
    first = '[[race]]\neffective = 2020-01-01\nasked = "requested"'
    second = first + '\nsources = ["form"]\n\n[[race]]\neffective = 2020-01-01\nasked = "optional"'
    with pytest.raises(RuleFileError) as caught:
        edited((first, second))
    assert caught.value.problem == "two versions in force from the same day"


def test_load_refuses_a_file_with_another_name(edited: Edit) -> None:
    with pytest.raises(RuleFileError) as caught:
        edited(name="jefferson.toml")
    assert caught.value.problem == "is 'JF', so the file must be named jf.toml"


def test_load_refuses_an_available_deadline_without_example(edited: Edit) -> None:
    example = '[[examples]]\ndeadline = "online"\nelection_day = 2026-11-03\n'
    example += 'expect = [{ event = "submitted", by = 2026-10-05 }]\nsource = "ec-2-108"\n'
    with pytest.raises(RuleFileError) as caught:
        edited((example, ""))
    assert (caught.value.key, caught.value.problem) == (
        "deadlines.online[0]",
        "has no [[examples]] entry that falls in its time",
    )


def test_load_refuses_an_example_that_the_rule_does_not_give(edited: Edit) -> None:
    with pytest.raises(RuleFileError) as caught:
        edited((MAIL_EXAMPLE, MAIL_EXAMPLE.replace("2026-10-05", "2026-10-04")))
    assert (caught.value.key, caught.value.problem) == (
        "examples[0].expect",
        "says postmarked 2026-10-04, but the rule gives postmarked 2026-10-05 "
        "(mail, 2026-11-03, version of 2020-01-01)",
    )


def test_load_refuses_an_example_without_its_ordinary_close(edited: Edit) -> None:
    with pytest.raises(RuleFileError) as caught:
        edited(('ordinary = [{ event = "appeared", by = 2026-10-05 }]\n', ""))
    assert caught.value.problem == (
        "says nothing, but the rule gives appeared 2026-10-05 (in_person, 2026-11-03, version of 2020-01-01)"
    )


def test_load_refuses_an_example_before_the_data(edited: Edit) -> None:
    with pytest.raises(RuleFileError) as caught:
        edited((MAIL_EXAMPLE, MAIL_EXAMPLE.replace("election_day = 2026-11-03", "election_day = 2018-11-06")))
    assert (caught.value.key, caught.value.problem) == (
        "examples[0].election_day",
        "lies before every version of that deadline",
    )


def test_load_refuses_text_that_is_not_toml(tmp_path: Path) -> None:
    path = tmp_path / "jf.toml"
    path.write_text('code = "JF"\ncode = "JF"\n')
    with pytest.raises(RuleFileError) as caught:
        load_file(path)
    assert caught.value.file == "jf.toml"
    assert caught.value.problem.startswith("cannot be read: Cannot overwrite a value")


def test_load_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="cannot be read"):
        load_file(tmp_path / "xx.toml")


def test_version_in_force_passes_over_law_that_does_not_operate(edited: Edit) -> None:
    state = edited(
        (
            '[[citizenship_proof]]\neffective = 2020-01-01\ndocuments = "none"\nsources = ["form"]',
            '[[citizenship_proof]]\neffective = 2020-01-01\ndocuments = "none"\nsources = ["form"]\n\n'
            '[[citizenship_proof]]\neffective = 2024-01-01\nstatus = "enjoined"\ndocuments = "all"\n'
            'sources = ["form"]\n\n'
            '[[citizenship_proof]]\neffective = 2027-01-01\nstatus = "future"\n'
            'documents = "state_elections"\nsources = ["form"]',
        )
    )
    found = [
        state.citizenship_proof.on(day)
        for day in (date(2019, 12, 31), date(2025, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert [version and version.value.documents for version in found] == [None, "none", "none", "state_elections"]


def test_version_ends_on_its_last_day(edited: Edit) -> None:
    state = edited(
        ("[[race]]\neffective = 2020-01-01", "[[race]]\neffective = 2020-01-01\nuntil = 2026-06-30"),
    )
    assert [state.race.on(day) is None for day in (date(2026, 6, 30), date(2026, 7, 1))] == [False, True]


def test_pending_version_never_operates(edited: Edit) -> None:
    pending = '[[race]]\neffective = 2026-01-01\nstatus = "pending"\nasked = "required"\nsources = ["form"]\n\n[[age]]'
    state = edited(("[[age]]", pending))
    found = state.race.on(date(2027, 1, 1))
    assert found is not None
    assert (found.value.asked, len(state.race.versions)) == ("requested", 2)
