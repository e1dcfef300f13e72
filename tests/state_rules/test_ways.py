from __future__ import annotations

from datetime import date

import pytest

from state_rules import JURISDICTIONS, Election, Jurisdiction, load, target_election, upcoming, ways
from tests.state_rules.conftest import Edit

GENERAL = Election(date(2026, 11, 3), "general", "General election", "JF")


def standings(state: Jurisdiction, on: date, election: Election = GENERAL) -> dict[str, str]:
    return {way.name: way.standing for way in ways(state, election, on)}


@pytest.mark.parametrize(
    ("on", "online", "mail", "in_person", "same_day"),
    [
        (date(2026, 3, 2), "open", "open", "open", "later"),
        (date(2026, 10, 5), "open", "open", "open", "later"),
        (date(2026, 10, 6), "closed", "closed", "closed", "last_chance"),
        (date(2026, 11, 3), "closed", "closed", "closed", "last_chance"),
        (date(2026, 11, 4), "closed", "closed", "closed", "closed"),
    ],
)
def test_ways_stand_as_their_days_pass(
    jefferson: Jurisdiction, on: date, online: str, mail: str, in_person: str, same_day: str
) -> None:
    expected = {"online": online, "mail": mail, "in_person": in_person, "same_day": same_day}
    assert standings(jefferson, on) == expected


@pytest.mark.parametrize(
    ("rule", "kind", "year", "in_person", "same_day"),
    [
        ('elections = ["general"]', "primary", 2028, "last_chance", "none"),
        ('elections = ["general"]', "general", 2028, "closed", "last_chance"),
        ('scope = "president_only"', "general", 2028, "closed", "last_chance"),
        ('scope = "president_only"', "general", 2026, "last_chance", "none"),
        ('scope = "none"', "general", 2028, "last_chance", "none"),
    ],
)
def test_last_chance_belongs_to_the_visit_of_voting_only_where_the_state_has_one(
    edited: Edit, rule: str, kind: str, year: int, in_person: str, same_day: str
) -> None:
    old = 'election_day = true\nscope = "all"'
    state = edited((old, rule if rule.startswith("scope") else f"{old}\n{rule}"))
    day = {2026: date(2026, 11, 3), 2028: date(2028, 11, 7)}[year]
    found = standings(state, day, Election(day, kind, "", "JF"))  # type: ignore[arg-type]
    assert (found["in_person"], found["same_day"]) == (in_person, same_day)


def test_closed_way_names_the_ways_that_are_left(jefferson: Jurisdiction) -> None:
    found = {way.name: way.instead for way in ways(jefferson, GENERAL, date(2026, 10, 6))}
    assert found == {"online": ("same_day",), "mail": ("same_day",), "in_person": ("same_day",), "same_day": ()}


def test_way_that_the_operator_switched_off_gives_way_to_the_others(jefferson: Jurisdiction) -> None:
    found = {way.name: (way.standing, way.instead) for way in ways(jefferson, GENERAL, date(2026, 3, 2), {"online"})}
    assert found == {
        "online": ("off", ("in_person", "mail")),
        "mail": ("open", ()),
        "in_person": ("open", ()),
        "same_day": ("later", ()),
    }


def test_switched_off_way_that_has_closed_is_closed(jefferson: Jurisdiction) -> None:
    (online, *_rest) = ways(jefferson, GENERAL, date(2026, 10, 6), {"online"})
    assert online.standing == "closed"


def test_each_way_has_its_last_day_and_its_needs(jefferson: Jurisdiction) -> None:
    found = {way.name: (way.last_day, way.needs) for way in ways(jefferson, GENERAL, date(2026, 3, 2))}
    assert found == {
        "online": (date(2026, 10, 5), ("licence", "signature_on_file")),
        "mail": (date(2026, 10, 5), ("licence_or_ssn4", "ink_signature", "first_time_id")),
        "in_person": (date(2026, 10, 5), ("licence_or_ssn4",)),
        "same_day": (date(2026, 11, 3), ("listed_proof",)),
    }


def test_way_needs_documents_where_the_state_asks_for_them(edited: Edit) -> None:
    state = edited(('documents = "none"', 'documents = "all"'))
    found = {way.name: way.needs[-1] for way in ways(state, GENERAL, date(2026, 3, 2)) if way.name != "online"}
    assert found == dict.fromkeys(("mail", "in_person", "same_day"), "citizenship_documents")


def test_way_that_is_not_offered_is_none(with_deadline: Edit) -> None:
    assert standings(with_deadline("available = false"), date(2026, 3, 2))["mail"] == "none"


@pytest.mark.parametrize("acceptance", ["request_only", "refused", "not_covered"])
def test_mail_is_for_the_own_form_where_the_federal_one_does_not_register(edited: Edit, acceptance: str) -> None:
    state = edited(('acceptance = "registers"', f'acceptance = "{acceptance}"'))
    found = {way.name: way.own_form_only for way in ways(state, GENERAL, date(2026, 3, 2))}
    assert found == {"online": False, "mail": True, "in_person": False, "same_day": False}
    assert ways(state, GENERAL, date(2026, 3, 2))[1].needs[0] == "own_form"


def test_mail_with_two_tests_closes_when_the_first_can_no_longer_be_met(with_deadline: Edit) -> None:
    state = with_deadline(
        'all_of = [{ event = "postmarked", days_before = 15 }, { event = "received", days_before = 10 }]',
        '[[examples]]\ndeadline = "mail"\nelection_day = 2026-11-03\nsource = "ec-2-108"\n'
        'expect = [{ event = "postmarked", by = 2026-10-19 }, { event = "received", by = 2026-10-24 }]\n\n',
    )
    assert [standings(state, date(2026, 10, day))["mail"] for day in (19, 20)] == ["open", "closed"]


def test_mail_closes_with_the_last_postmark_before_a_sunday(with_deadline: Edit) -> None:
    state = with_deadline(
        'all_of = [{ event = "postmarked", days_before = 30 }]\nif_closed = "same_day"',
        '[[examples]]\ndeadline = "mail"\nelection_day = 2026-11-03\nsource = "ec-2-108"\n'
        'expect = [{ event = "postmarked", by = 2026-10-04 }]\n\n',
    )
    assert [standings(state, date(2026, 10, day))["mail"] for day in (3, 4)] == ["open", "closed"]


def test_way_whose_day_is_set_locally_is_open_to_the_end_of_the_range(with_deadline: Edit) -> None:
    state = with_deadline(
        'all_of = [{ event = "received", local_min_days = 6, local_max_days = 13 }]',
        '[[examples]]\ndeadline = "mail"\nelection_day = 2026-11-03\nsource = "ec-2-108"\n'
        'expect = [{ event = "received", by = 2026-10-21, latest = 2026-10-28 }]\n\n',
    )
    assert [standings(state, date(2026, 10, day))["mail"] for day in (21, 22, 28, 29)] == ["open"] * 3 + ["closed"]


def test_way_without_a_stated_day_is_open_until_the_election(with_deadline: Edit) -> None:
    state = with_deadline('note = "The town clerk decides."')
    assert [standings(state, date(2026, 11, day))["mail"] for day in (3, 4)] == ["open", "closed"]


def test_target_is_the_first_election_with_a_way_open(jefferson: Jurisdiction) -> None:
    days = [date(2026, 3, 2), date(2026, 11, 3), date(2026, 11, 4)]
    assert [target_election(jefferson, on).day for on in days] == [
        date(2026, 11, 3),
        date(2026, 11, 3),
        date(2028, 11, 7),
    ]


def test_target_without_any_way_is_the_next_general(edited: Edit) -> None:
    state = edited(
        ('all_of = [{ event = "postmarked", days_before = 30 }]\nif_closed = "next_business_day"', "available = false"),
        (
            'all_of = [{ event = "submitted", days_before = 30, time = "23:59" }]\nif_closed = "next_business_day"',
            "available = false",
        ),
        (
            'all_of = [{ event = "appeared", election_day = true, time = "close_of_polls" }]\n'
            'ordinary = [{ event = "appeared", days_before = 30, time = "17:00" }]\nif_closed = "next_business_day"',
            "available = false",
        ),
        ('expect = [{ event = "postmarked", by = 2026-10-05 }]', "expect = []"),
        ('expect = [{ event = "postmarked", by = 2028-10-10 }]', "expect = []"),
        ('expect = [{ event = "submitted", by = 2026-10-05 }]', "expect = []"),
        (
            'expect = [{ event = "appeared", by = 2026-11-03 }]\nordinary = [{ event = "appeared", by = 2026-10-05 }]',
            "expect = []",
        ),
    )
    assert target_election(state, date(2026, 3, 2)).day == date(2026, 11, 3)


def test_target_election_where_nobody_registers_is_the_next_election() -> None:
    nowhere = next(load(code) for code in JURISDICTIONS if not load(code).registration_required.versions[-1].value)
    coming = upcoming(nowhere.code, date(2028, 6, 1))
    assert [way.standing for way in ways(nowhere, coming[0], date(2028, 6, 1))] == ["none"] * 4
    assert target_election(nowhere, date(2028, 6, 1)) == coming[0]
    assert coming[0].day == date(2028, 6, 13)


def test_way_that_is_switched_off_is_not_open_and_a_closed_one_stays_closed(jefferson: Jurisdiction) -> None:
    off = frozenset({"online", "in_person"})
    found = {on: ways(jefferson, GENERAL, on, off) for on in (date(2026, 3, 2), date(2026, 10, 6))}
    assert {on: [(way.standing, way.is_open) for way in each] for on, each in found.items()} == {
        date(2026, 3, 2): [("off", False), ("open", True), ("off", False), ("later", False)],
        date(2026, 10, 6): [("closed", False), ("closed", False), ("closed", False), ("off", False)],
    }
