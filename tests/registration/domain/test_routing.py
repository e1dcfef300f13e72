from datetime import date

import pytest

from registration.domain.routing import route
from tests.registration.domain.jefferson import ELECTION, jefferson


def standings(found):
    return [(way.channel, way.standing) for way in found.ways]


def test_online_comes_first_while_all_are_open():
    found = route(jefferson(), ELECTION, date(2026, 9, 1))
    assert standings(found) == [("online", "open"), ("mail", "open"), ("in_person", "open")]
    assert (found.open[0].channel, found.online_url) == ("online", "https://vote.jefferson.example/register")
    assert (found.paper_form, found.acceptance) == ("registers", "registers")


def test_the_last_day_is_still_open():
    assert standings(route(jefferson(), ELECTION, date(2026, 10, 5)))[1] == ("mail", "open")


def test_the_way_that_is_left_comes_first_after_the_close():
    found = route(jefferson(), ELECTION, date(2026, 10, 6))
    assert standings(found) == [("in_person", "last_chance"), ("online", "closed"), ("mail", "closed")]
    assert found.open[0].name == "same_day"
    assert found.open[0].channel == "in_person"
    assert [way.channel for way in found.closed] == ["online", "mail"]


def test_switch_on_the_office_during_the_last_chance_keeps_the_last_chance():
    found = route(jefferson(), ELECTION, date(2026, 10, 6), frozenset({"in_person"}))
    assert standings(found) == [("online", "closed"), ("mail", "closed"), ("in_person", "off")]
    assert ([way.name for way in found.off], found.open) == (["same_day"], ())


def test_switch_on_the_office_before_the_close_keeps_the_regular_way():
    found = route(jefferson(), ELECTION, date(2026, 9, 1), frozenset({"in_person"}))
    assert [way.name for way in found.off] == ["in_person"]


def test_after_the_election_nothing_is_open_and_the_form_can_still_be_made():
    found = route(jefferson(), ELECTION, date(2026, 11, 4))
    assert (found.open, found.paper_form) == ((), "registers")


@pytest.mark.parametrize("acceptance", ["refused", "not_covered"])
def test_where_the_form_is_not_taken_the_own_ways_remain(acceptance):
    rules = jefferson(nvra_form={"acceptance": acceptance, "boxes": ()})
    found = route(rules, ELECTION, date(2026, 9, 1))
    assert (found.paper_form, found.acceptance) == ("none", acceptance)
    assert [(way.channel, way.own_form_only) for way in found.open] == [
        ("online", False), ("mail", True), ("in_person", False),
    ]  # fmt: skip


def test_without_registration_there_is_no_way_to_offer():
    rules = jefferson(nvra_form={"acceptance": "no_registration", "boxes": ()})
    found = route(rules, ELECTION, date(2026, 9, 1))
    assert (found.ways, found.acceptance) == ((), "no_registration")


def test_a_mere_request_says_so():
    rules = jefferson(nvra_form={"acceptance": "request_only", "boxes": ("1", "2", "3")})
    assert route(rules, ELECTION, date(2026, 9, 1)).paper_form == "request_only"


def test_without_online_registration_there_is_no_address_of_it():
    assert route(jefferson(online={"available": False, "needs": ()}), ELECTION, date(2026, 9, 1)).online_url == ""
