"""All jurisdictions side by side: what is said, filtered and sorted without a script."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from registration.models import Partner
from registration.views import comparing, tiles
from registration.views.comparing import FILTERS, SORTS, Wanted, arranged, rows, wanted
from state_rules import JURISDICTIONS, load

pytestmark = pytest.mark.django_db
ON = date(2028, 6, 1)


def codes(response) -> list[str]:
    return [row.code for row in response.context["rows"]]


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_every_jurisdiction_has_a_row_that_leads_to_its_rules(client, look, prefix):
    html = look(client.get(f"{prefix}/compare/")).html
    for code in JURISDICTIONS:
        assert html.count(f'href="{prefix}/state/{code.lower()}/rules/"') == 1


def test_the_table_is_reached_from_the_first_page_and_from_every_footer(client, look):
    assert look(client.get("/")).html.count('href="/compare/"') == 2
    assert look(client.get("/privacy/")).html.count('href="/compare/"') == 1


def test_a_row_says_what_the_rules_say():
    georgia = next(row for row in rows() if row.code == "GA")
    assert (georgia.election, georgia.election_day_said) == ("Federal general election", "November 7, 2028")
    assert {channel: column.said for channel, column in georgia.ways.items()} == {
        "online": ("October 10, 2028", "131 days left"),
        "mail": ("Mail it by October 10, 2028", "131 days left"),
        "in_person": ("October 10, 2028", "131 days left"),
    }
    assert (georgia.left, georgia.same_day, georgia.age) == (131, "No", ("17 and 6 months",))
    assert (georgia.felony, georgia.id_number) == (
        "After the whole sentence",
        "License, or last 4 of Social Security number",
    )


def test_where_nobody_registers_the_row_says_so(client, look):
    html = look(client.get("/compare/")).html
    dakota = html[html.index(">North Dakota</a></th>") :]
    assert "No registration is needed" in dakota[: dakota.index("</tr>")]


@pytest.mark.parametrize("name", FILTERS)
def test_the_choices_of_a_filter_are_kept_and_leave_out_the_rest(client, name):
    everywhere = rows()
    for value, keeps in FILTERS[name].items():
        response = client.get("/compare/", {name: value})
        assert codes(response) == [row.code for row in everywhere if keeps(row)]
        chosen = {each.name: [v for v, _words, on in each.options if on] for each in response.context["choices"]}
        assert chosen == {each: [value] if each == name else [] for each in FILTERS}


def test_filters_follow_the_rules():
    for row in rows():
        rules = load(row.code)
        assert FILTERS["same_day"]["yes"](row) is (rules.same_day.on(ON).value.scope != "none")
        for name in ("felony", "id_number", "left"):
            assert sum(keeps(row) for keeps in FILTERS[name].values()) == 1
        age = rules.age.on(ON).value
        early, before_18, from_18 = (FILTERS["age"][name](row) for name in ("early", "before_18", "from_18"))
        assert (early, from_18) == (age.pre_years > 0, not early and not before_18)


def test_open_online_leaves_out_a_place_whose_site_has_closed(client):
    with time_machine.travel("2028-10-31 15:00:00+00:00", tick=False):
        found = {row.code: row for row in rows()}
        online = codes(client.get("/compare/?open=online"))
    assert found["WI"].ways["online"].said == ("Closed",)
    assert ("WI" in online, "ND" in online) == (False, False)


def test_filters_of_age_days_and_number_keep_what_they_name(client):
    found = {
        (name, value): codes(client.get("/compare/", {name: value})) for name in FILTERS for value in FILTERS[name]
    }
    ages = {code: [v for v in FILTERS["age"] if code in found["age", v]] for code in ("CA", "GA", "AK", "MI", "ND")}
    assert ages == {
        "CA": ["early"],
        "GA": ["before_18"],
        "AK": ["before_18"],
        "MI": ["early", "before_18"],
        "ND": ["from_18"],
    }
    numbers = {v: set(found["id_number", v]) for v in FILTERS["id_number"]}
    assert {"KY", "TN", "VA"} == numbers["full"]
    assert {"ND", "WY", "MP"} <= numbers["none"]
    assert {"GA", "MO", "SC"} <= numbers["short"]
    assert "GA" in found["left", "later"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("age", ["CA", "AL", "GA", "TX", "ND"]),
        ("felony", ["ME", "NY", "GA", "FL", "IA"]),
        ("id_number", ["WI", "MO", "SC", "KY", "WY"]),
    ],
)
def test_age_felony_and_number_are_sorted_from_the_widest_to_the_narrowest(client, sort, expected):
    found = codes(client.get("/compare/", {"sort": sort}))
    assert [code for code in found if code in expected] == expected


@pytest.mark.parametrize("sort", SORTS)
def test_rows_are_sorted_up_and_down_and_those_without_a_value_come_last(sort):
    everywhere = rows()
    up, down = (arranged(everywhere, Wanted({}, sort, descending)) for descending in (False, True))
    numbers = [SORTS[sort](row) for row in up]
    valued = [number for number in numbers if number is not None]
    assert valued == sorted(valued)
    assert numbers == valued + [None] * (len(numbers) - len(valued))
    backward = [SORTS[sort](row) for row in down]
    assert backward == sorted(valued, reverse=True) + [None] * (len(numbers) - len(valued))
    assert len({row.code for row in up}) == len({row.code for row in down}) == len(JURISDICTIONS)


def test_names_are_sorted_both_ways(client):
    names = [row.name for row in client.get("/compare/").context["rows"]]
    assert names == sorted(names)
    assert [row.name for row in client.get("/compare/?sort=-name").context["rows"]] == names[::-1]


def test_headings_say_how_the_table_is_sorted_and_lead_to_the_other_order(client, look):
    found = look(client.get("/compare/?sort=left&same_day=yes"))
    heads = {head.name: (head.sorted, head.query) for head in found.response.context["heads"]}
    assert heads["left"] == ("ascending", "?same_day=yes&sort=-left")
    assert heads["name"] == ("none", "?same_day=yes")
    assert heads["age"] == ("none", "?same_day=yes&sort=age")
    assert re.findall(r'aria-sort="(\w+)"', found.html).count("ascending") == 1


@pytest.mark.parametrize(
    "query", ["?sort=nonsense", "?same_day=maybe", "?felony=%00", "?open=any&online=1&sort=--left", "?sort=-"]
)
def test_what_an_address_asks_for_and_we_do_not_know_is_left_out_and_said(client, look, query):
    found = look(client.get("/compare/" + query))
    assert found.response.status_code == 200
    assert "The address of this page asked for something that we do not know." in found.html


def test_parameters_that_are_empty_or_of_others_say_nothing(client, look):
    html = look(client.get("/compare/?sort=&same_day=&utm=x")).html
    assert "something that we do not know" not in html


def test_choices_that_no_place_meets_say_so(client, look):
    found = look(client.get("/compare/?open=online&online=no"))
    assert codes(found.response) == []
    assert "No place matches all of these choices. Choose fewer." in found.html


def test_choices_and_partner_are_kept_when_the_language_changes(client, look):
    Partner.objects.create(slug="demo", name="Demo", approved_at=timezone.now())
    html = look(client.get("/compare/?partner=demo&online=yes&sort=-left&felony=nonsense")).html
    assert 'href="/es/compare/?online=yes&amp;sort=-left&amp;partner=demo"' in html
    assert 'href="/state/ga/rules/?partner=demo"' in html


def test_wanted_reads_what_query_writes():
    asked = Wanted({"online": "yes"}, "left", descending=True)
    assert wanted(asked.query()) == asked
    assert Wanted({}).query() == {}


def test_every_jurisdiction_has_one_tile_and_no_two_lie_on_each_other():
    assert sorted(tiles.places()) == sorted(JURISDICTIONS)
    assert len(set(tiles.places().values())) == len(JURISDICTIONS)


@pytest.mark.parametrize(
    ("left", "band"), [(0, "week"), (7, "week"), (8, "month"), (30, "month"), (31, "later"), (None, "none")]
)
def test_a_tile_is_in_the_band_of_its_days(left, band):
    assert tiles.band(left) == band


def test_the_picture_and_the_list_beside_it_say_the_same(client, look):
    found = look(client.get("/compare/?online=no"))
    drawn = dict(re.findall(r'<text x="21" y="16">(\w\w)</text><text[^>]*>([^<]*)</text>', found.html))
    listed = {tile.code: tile.text for _name, _heading, held in found.response.context["bands"] for tile in held}
    assert drawn == listed
    assert drawn == {row.code: "–" if row.left is None else str(row.left) for row in rows()}
    texts = re.search(r'<dl class="days__list">(.*?)</dl>', found.html, re.DOTALL)[1]
    assert "Georgia <b>131</b>" in texts


def test_days_left_count_to_the_first_close_of_the_ways_that_are_open():
    for row in rows():
        days = [column.day for column in row.ways.values() if column.day and column.for_all]
        assert row.left == ((min(days) - row.on).days if days else None)
        assert row.left is None or row.left >= 0


def test_a_last_chance_for_president_only_says_so_and_is_not_counted(client):
    with time_machine.travel("2028-10-28 16:00:00+00:00", tick=False):
        response = client.get("/compare/")
    found = {row.code: row for row in response.context["rows"]}
    limited = ("Last chance", "November 7, 2028", "10 days left")
    for code in ("AK", "RI"):
        column = found[code].ways["in_person"]
        assert column.said == (*limited, "If you register then, you can vote for president only.")
        assert (found[code].left, column.is_open) == (None, True)
    assert (found["CT"].ways["in_person"].said, found["CT"].left) == (limited, 10)
    bands = {tile.code: tile.band for tile in response.context["tiles"]}
    assert (bands["AK"], bands["RI"], bands["CT"]) == ("none", "none", "month")


def test_rows_are_made_once_a_day(client):
    comparing._row.cache_clear()
    rows(), rows()
    assert comparing._row.cache_info().misses == len(JURISDICTIONS)


@pytest.mark.parametrize("address", [reverse("compare"), "/state/ga/rules/"])
def test_the_pages_may_be_kept_for_a_while(client, address):
    assert client.get(address)["Cache-Control"] == "public, max-age=60"
