"""A correction is checked as strictly as a file, holds for coming elections, and disturbs nothing else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from state_rules import Election, Jurisdiction, RuleFileError, due_dates, form_needs
from state_rules.overlay import Fragment, corrected
from tests.state_rules.conftest import Edit

STARTS, ENDS = date(2026, 9, 1), date(2026, 10, 1)
SOURCE = '[sources.order]\ntitle = "Order of the court"\nkind = "official-page"\nretrieved = 2026-09-01\n'
OFFICE = SOURCE + '[[office]]\nname = "New office"\ntelephone = "(404) 555-0199"\nsources = ["order"]\n'
MAIL = (
    SOURCE
    + '[[deadlines.mail]]\nall_of = [{ event = "postmarked", days_before = 21 }]\n'
    + 'if_closed = "next_business_day"\nsources = ["order"]\n'
)
EXAMPLE = (
    '[[examples]]\ndeadline = "mail"\nelection_day = 2026-11-03\n'
    'expect = [{ event = "postmarked", by = 2026-10-13 }]\nsource = "order"\n'
)
HOLIDAYS = SOURCE + '[[holidays]]\nkept = [{ name = "Flag Day", month = 10, day = 5 }]\nsources = ["order"]\n'


def lay(state: Jurisdiction, rule: str, text: str, starts: date = STARTS) -> Jurisdiction:
    return corrected(state, Fragment(rule, text, starts, ENDS))


def last_mailing(state: Jurisdiction, election_day: date, on: date = STARTS) -> date | None:
    return due_dates(state, Election(election_day, "general", "", "JF"), "mail", on).last_day


def test_corrected_value_holds_from_the_first_day_and_the_rest_stays(jefferson: Jurisdiction) -> None:
    state = lay(jefferson, "office", OFFICE)
    names = [form_needs(state, day).office.value.name for day in (date(2026, 8, 31), STARTS)]
    assert names == ["Jefferson Secretary of State, Elections Division", "New office"]
    assert [source.title for source in form_needs(state, STARTS).office.sources] == ["Order of the court"]
    assert [source.title for source in state.sources[len(jefferson.sources) :]] == ["Order of the court"]
    assert (state.mail_to, state.deadlines, state.examples) == (
        jefferson.mail_to,
        jefferson.deadlines,
        jefferson.examples,
    )


def test_corrected_deadline_holds_for_an_election_after_the_corrections_end(jefferson: Jurisdiction) -> None:
    state = lay(jefferson, "deadlines.mail", MAIL + EXAMPLE)
    days = [last_mailing(each, date(2026, 11, 3)) for each in (jefferson, state)]
    assert days == [date(2026, 10, 5), date(2026, 10, 13)]


def test_examples_of_the_file_in_the_time_of_the_correction_give_way(jefferson: Jurisdiction) -> None:
    state = lay(jefferson, "deadlines.mail", MAIL + EXAMPLE)
    assert [(each.deadline, each.election_day) for each in state.examples] == [
        ("online", date(2026, 11, 3)),
        ("in_person", date(2026, 11, 3)),
        ("mail", date(2026, 11, 3)),
    ]


def test_correction_for_one_election_leaves_the_next_alone(jefferson: Jurisdiction) -> None:
    one = MAIL.replace("all_of", "effective = 2026-11-03\nuntil = 2026-11-03\nall_of")
    state = lay(jefferson, "deadlines.mail", one + EXAMPLE)
    days = {day: last_mailing(state, day) for day in (date(2026, 11, 3), date(2028, 11, 7))}
    assert days == {date(2026, 11, 3): date(2026, 10, 13), date(2028, 11, 7): date(2028, 10, 10)}


LATER = (
    '[[deadlines.mail]]\neffective = 2027-07-01\nstatus = "future"\n'
    'all_of = [{ event = "postmarked", days_before = 10 }]\nif_closed = "same_day"\nsources = ["ec-2-108"]\n\n'
)


@pytest.fixture
def later(edited: Edit) -> Jurisdiction:
    """Jefferson with a law that begins in 2027."""
    return edited(
        ("[[deadlines.in_person]]", f"{LATER}[[deadlines.in_person]]"),
        ("by = 2028-10-10", "by = 2028-10-28"),
        ("explains = 2020-01-01", "explains = 2027-07-01"),
    )


def test_later_version_of_the_file_takes_over_on_its_day(later: Jurisdiction) -> None:
    state = lay(later, "deadlines.mail", MAIL + EXAMPLE)
    days = [last_mailing(state, day) for day in (date(2026, 11, 3), date(2028, 11, 7))]
    assert days == [date(2026, 10, 13), date(2028, 10, 28)]


def test_correction_of_the_same_day_stands_in_place_of_a_later_version(later: Jurisdiction) -> None:
    text = MAIL.replace("all_of", "effective = 2027-07-01\nall_of") + EXAMPLE.replace("2026-11-03", "2028-11-07")
    state = lay(later, "deadlines.mail", text.replace("2026-10-13", "2028-10-17"))
    assert [each.effective.year for each in state.deadlines["mail"].versions] == [2020, 2027]
    days = [last_mailing(state, day) for day in (date(2026, 11, 3), date(2028, 11, 7))]
    assert days == [date(2026, 10, 5), date(2028, 10, 17)]


def test_of_two_corrections_the_later_made_holds(jefferson: Jurisdiction) -> None:
    first = lay(jefferson, "office", OFFICE)
    second = lay(first, "office", OFFICE.replace("New office", "Newer office").replace("court", "board"))
    office = form_needs(second, STARTS).office
    assert office.value.name == "Newer office"
    assert [source.title for source in office.sources] == ["Order of the board"]
    assert len({source.key for source in second.sources}) == len(second.sources)


def test_corrections_of_two_rules_hold_together(jefferson: Jurisdiction) -> None:
    state = lay(lay(jefferson, "office", OFFICE), "deadlines.mail", MAIL + EXAMPLE)
    assert form_needs(state, STARTS).office.value.name == "New office"
    assert last_mailing(state, date(2026, 11, 3)) == date(2026, 10, 13)


def test_fragment_may_cite_the_sources_of_the_file(jefferson: Jurisdiction) -> None:
    text = '[[office]]\nname = "New office"\nsources = ["office"]\n'
    office = form_needs(lay(jefferson, "office", text), STARTS).office
    assert office.sources == form_needs(jefferson, STARTS).office.sources


def test_source_that_the_file_names_otherwise_is_the_fragments_own(jefferson: Jurisdiction) -> None:
    state = lay(
        jefferson,
        "mail_to",
        OFFICE.replace("order", "form")
        .replace("[[office]]", "[[mail_to]]")
        .replace('name = "New office"\ntelephone = "(404) 555-0199"', 'lines = ["1 New Street"]'),
    )
    needs = form_needs(state, STARTS)
    assert [needs.mail_to.sources[0].title, needs.nvra.sources[0].title] == [
        "Order of the court",
        "National Mail Voter Registration Form, state instructions: Jefferson",
    ]


def test_corrected_holiday_moves_deadlines_with_examples_written_anew(jefferson: Jurisdiction) -> None:
    mail = EXAMPLE.replace("2026-10-13", "2026-10-06")
    online = mail.replace('"mail"', '"online"').replace("postmarked", "submitted")
    person = (
        '[[examples]]\ndeadline = "in_person"\nelection_day = 2026-11-03\nsource = "order"\n'
        'expect = [{ event = "appeared", by = 2026-11-03 }]\nordinary = [{ event = "appeared", by = 2026-10-06 }]\n'
    )
    state = lay(jefferson, "holidays", HOLIDAYS + mail + online + person)
    assert last_mailing(state, date(2026, 11, 3)) == date(2026, 10, 6)
    with pytest.raises(RuleFileError, match=r"examples of the file, mail 2026-11-03\.expect: says postmarked"):
        lay(jefferson, "holidays", HOLIDAYS)


def test_correction_that_contradicts_another_rule_is_refused(edited: Edit) -> None:
    state = edited(("[[voting_age]]\n", '[[voting_age]]\nat_17 = "primaries"\n'))
    text = SOURCE + '[[age]]\nmin_years = 17\nturns_18_by = "next_election"\nsources = ["order"]\n'
    with pytest.raises(RuleFileError, match=r"age\[1\]\.turns_18_by: next_election would send a voter of 17 past"):
        lay(state, "age", text)


def replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("rule", "text", "said"),
    [
        ("offices", OFFICE, "correction of JF offices: there is no such rule; there are registration_required,"),
        ("review", OFFICE, "correction of JF review: there is no such rule; there are registration_required,"),
        ("office", "[[office", "correction of JF office: cannot be read: "),
        ("office", "", "office: office: is missing; write [[office]]"),
        ("office", MAIL, "office: deadlines: unknown key"),
        ("office", OFFICE + EXAMPLE, "office: examples: unknown key"),
        ("office", OFFICE + OFFICE.removeprefix(SOURCE), "office: office: a correction holds one version"),
        ("office", replaced(OFFICE, "telephone", "phone"), "office: office.phone: unknown key"),
        (
            "office",
            replaced(OFFICE, '"(404) 555-0199"', "4045550199"),
            "telephone: must be a str, not 4045550199",
        ),
        ("office", replaced(OFFICE, '["order"]', '["law"]'), "source 'law' is not defined under [sources]"),
        ("office", replaced(OFFICE, '["order"]', "[]"), "office: office.sources: a version cites at least one source"),
        ("office", replaced(OFFICE, '["order"]', '["office"]'), "sources.order: is defined and never cited"),
        (
            "office",
            replaced(OFFICE, "name =", "effective = 2026-08-01\nname ="),
            "office: office.effective: lies before the correction's first day, 2026-09-01",
        ),
        (
            "office",
            replaced(OFFICE, "name =", "effective = 2026-10-02\nname ="),
            "office: office.effective: lies after the correction's last day, 2026-10-01",
        ),
        (
            "office",
            replaced(OFFICE, "name =", 'status = "enjoined"\nname ='),
            "office: office.status: a correction says what holds: in_force or future",
        ),
        ("deadlines.mail", MAIL, "deadlines.mail: has no [[examples]] entry that falls in its time"),
        (
            "deadlines.mail",
            MAIL + replaced(EXAMPLE, "2026-10-13", "2026-10-14"),
            "examples[0].expect: says postmarked 2026-10-14, but the rule gives postmarked 2026-10-13",
        ),
        (
            "deadlines.mail",
            MAIL + replaced(EXAMPLE, "2026-11-03", "2024-11-05"),
            "examples[0].expect: says postmarked 2026-10-13, but the rule gives postmarked 2024-10-07",
        ),
        (
            "deadlines.mail",
            MAIL + EXAMPLE + replaced(replaced(EXAMPLE, "2026-11-03", "2024-11-05"), "2026-10-13", "2024-10-07"),
            "examples[1]: does not fall in the time of this version of deadlines.mail",
        ),
        ("deadlines.mail", replaced(MAIL, ".mail", ".online") + EXAMPLE, "deadlines.mail: is missing; write [["),
        (
            "deadlines.mail",
            MAIL + replaced(MAIL, ".mail", ".online").removeprefix(SOURCE) + EXAMPLE,
            "deadlines.online: unknown key",
        ),
        (
            "deadlines.mail",
            replaced(MAIL, "days_before = 21", "days_before = -1") + EXAMPLE,
            "deadlines.mail.all_of[0].days_before: must not be negative",
        ),
    ],
)
def test_fragment_with_a_mistake_is_refused_with_its_place(
    jefferson: Jurisdiction, rule: str, text: str, said: str
) -> None:
    with pytest.raises(RuleFileError, match=re.escape(said)):
        lay(jefferson, rule, text)


def test_fragment_of_the_operators_guide_fits(jefferson: Jurisdiction) -> None:
    guide = Path(__file__).parents[2] / "docs" / "operating.md"
    block = re.search(r"```toml\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    state = lay(jefferson, "office", re.sub("^   ", "", block[1], flags=re.MULTILINE))
    assert form_needs(state, STARTS).office.value.telephone == "(404) 555-0199"
