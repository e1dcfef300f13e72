"""Sums of counts over days; where people stopped; each partner its own."""

from datetime import date, timedelta

import pytest

from registration.domain import statistics
from registration.domain.statistics import Figures, Row, Span, Stop
from registration.domain.validation import Problem
from registration.models import DailyCount, Partner

pytestmark = pytest.mark.django_db
DAY = date(2028, 6, 1)
SPAN = Span(DAY, DAY + timedelta(days=2))
FORM = ("eligibility", "name", "address")


def steps_of(place: str) -> tuple[str, ...]:
    return {"GA": FORM}.get(place, ())


@pytest.fixture
def acme() -> Partner:
    return Partner.objects.create(slug="acme", name="Acme")


def add(partner: Partner, kind: str, count: int, day: date = DAY, **more: str) -> None:
    values = {"jurisdiction": "GA", "channel": "widget", "language": "en", **more}
    DailyCount.objects.create(partner=partner, kind=kind, count=count, day=day, **values)


def test_totals_are_sums_over_the_span_and_nothing_else(acme):
    add(acme, "started", 10)
    add(acme, "started", 5, SPAN.last, jurisdiction="OH")
    add(acme, "form_made", 4)
    add(acme, "handed_to_state", 3, language="es")
    add(acme, "step", 99, step="name")
    add(acme, "contact", 99)
    add(acme, "started", 99, DAY - timedelta(days=1))
    add(acme, "started", 99, SPAN.last + timedelta(days=1))
    add(Partner.objects.create(slug="other", name="Other"), "started", 99)
    assert statistics.total(acme, SPAN) == Figures(15, 4, 3)


def test_every_day_of_the_span_is_there_with_its_zeros(acme):
    add(acme, "started", 2, jurisdiction="OH")
    add(acme, "started", 3)
    add(acme, "form_made", 1, SPAN.last)
    assert statistics.by("day", acme, SPAN) == (
        Row("2028-06-01", Figures(5, 0, 0)),
        Row("2028-06-02", Figures()),
        Row("2028-06-03", Figures(0, 1, 0)),
    )


@pytest.mark.parametrize(
    ("dimension", "column"),
    [
        ("state", "jurisdiction"), ("channel", "channel"), ("language", "language"),
        ("source", "source"), ("medium", "medium"), ("campaign", "campaign"),
    ],
)  # fmt: skip
def test_other_dimensions_have_the_largest_first(acme, dimension, column):
    small, large = {"channel": ("web", "api")}.get(dimension, ("AA", "BB"))
    add(acme, "started", 9, **{column: small})
    add(acme, "form_made", 1, **{column: small})
    add(acme, "form_made", 2, **{column: large})
    add(acme, "step", 7, step="name", **{column: "XX"})
    assert statistics.by(dimension, acme, SPAN) == (Row(large, Figures(0, 2, 0)), Row(small, Figures(9, 1, 0)))


def test_nothing_counted_is_zeros(acme):
    assert (statistics.total(acme, SPAN), statistics.by("state", acme, SPAN)) == (Figures(), ())
    assert statistics.by_step(acme, SPAN, steps_of) == ()


def test_who_stopped_at_a_step_came_to_it_and_did_not_pass_it(acme):
    add(acme, "started", 100)
    for step, passed in zip(FORM, (80, 70, 50), strict=True):
        add(acme, "step", passed, step=step)
    add(acme, "form_made", 45)
    assert statistics.by_step(acme, SPAN, steps_of) == (
        Stop("eligibility", 100, 20),
        Stop("name", 80, 10),
        Stop("address", 70, 20),
        Stop("review", 50, 5),
    )


def test_forms_made_without_scripts_count_as_stopped_nowhere(acme):
    """10 of the 30 who started went from step to step and 6 of these got a form; 15 got one without a step."""
    add(acme, "started", 30)
    for step, passed in zip(FORM, (10, 9, 8), strict=True):
        add(acme, "step", passed, step=step)
    add(acme, "form_made", 21)
    found = statistics.by_step(acme, SPAN, steps_of)
    assert [stop.stopped for stop in found] == [9, 0, 0, 0]
    assert sum(stop.stopped for stop in found) == 30 - 21


def test_a_step_that_was_not_asked_is_left_out(acme):
    """The last step is asked for a partner with questions alone; the rules may drop another within the span."""
    add(acme, "started", 10)
    add(acme, "step", 8, step="eligibility")
    add(acme, "step", 5, step="address")
    add(acme, "form_made", 4)
    found = statistics.by_step(acme, SPAN, lambda _: (*FORM, "contact"))
    assert found == (Stop("eligibility", 10, 2), Stop("address", 8, 3), Stop("review", 5, 1))
    DailyCount.objects.filter(kind="form_made").delete()
    assert [stop.step for stop in statistics.by_step(acme, SPAN, lambda _: (*FORM, "contact"))] == [
        "eligibility",
        "address",
        "contact",
        "review",
    ]


def test_each_states_own_steps_are_added_up_in_order(acme):
    other = ("name", "address", "helper")
    for place, steps in (("GA", FORM), ("NH", other)):
        add(acme, "started", 10, jurisdiction=place)
        for number, step in enumerate(steps, 1):
            add(acme, "step", 10 - number, jurisdiction=place, step=step)
        add(acme, "form_made", 7, jurisdiction=place)
    assert statistics.by_step(acme, SPAN, {"GA": FORM, "NH": other}.get) == (
        Stop("eligibility", 10, 1),
        Stop("name", 19, 2),
        Stop("address", 17, 2),
        Stop("helper", 8, 1),
        Stop("review", 14, 0),
    )


def test_programs_take_no_steps(acme):
    add(acme, "form_made", 50, channel="api")
    add(acme, "started", 3)
    [stop, *_] = statistics.by_step(acme, SPAN, steps_of)
    assert stop == Stop("eligibility", 3, 3)


def test_numbers_in_full_are_one_row_for_each_combination(acme):
    add(acme, "started", 2, source="spring")
    add(acme, "form_made", 1, source="spring")
    add(acme, "started", 4, SPAN.last)
    named = {"state": "GA", "channel": "widget", "language": "en", "medium": "", "campaign": ""}
    assert list(statistics.in_full(acme, SPAN)) == [
        (DAY, {**named, "source": "spring"}, Figures(2, 1, 0)),
        (SPAN.last, {**named, "source": ""}, Figures(4, 0, 0)),
    ]


def test_span_of_days_and_its_problems():
    assert statistics.last_days(7, DAY) == Span(date(2028, 5, 26), DAY)
    assert statistics.problems(Span(DAY, DAY)) == ()
    assert statistics.problems(Span(DAY, DAY - timedelta(days=1))) == (Problem("span_order", "to"),)
    assert statistics.problems(Span(DAY, DAY + timedelta(days=365))) == ()
    long = Span(DAY, DAY + timedelta(days=366))
    assert statistics.problems(long) == (Problem("span_too_long", "from", {"limit": 366}),)
