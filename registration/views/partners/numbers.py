"""The page "Numbers": a partner's counts as figures, charts and tables, and as a file."""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from registration import phrases
from registration.domain import exports, statistics
from registration.domain.statistics import Dimension, Figures, Row, Span
from registration.domain.validation import Problem
from registration.forms.steps import keys_of
from registration.models import Membership
from registration.phrases import numbers as words
from registration.views.partners.access import member_page
from registration.views.partners.charts import Part, bar_chart, day_chart, few, number
from registration.views.partners.page import member_page_response
from state_rules import JURISDICTIONS, load

CHOICES = (7, 30, 90)
DEFAULT = 30
#: Rows of one table. Words for tracking are anybody's, so there may be any number of them; the file has them all.
MOST_ROWS = 100
HEADS = (*statistics.DIMENSIONS, "started", "forms_made", "handed_to_state")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. ``first`` and ``last`` as typed; ``days``: one of the choices, or 0 for two days."""

    span: Span
    days: int
    first: str
    last: str
    problem: Problem | None = None

    @property
    def query(self) -> str:
        return f"?days={self.days}" if self.days else f"?from={self.span.first}&to={self.span.last}"


def asked(request: HttpRequest, today: date) -> Asked:
    """Where the address asks for no span that there is, the usual one, and what is wrong."""
    first, last = request.GET.get("from", ""), request.GET.get("to", "")
    if first or last:
        return _between(first, last, today)
    days = next((each for each in CHOICES if str(each) == request.GET.get("days")), DEFAULT)
    span = statistics.last_days(days, today)
    return Asked(span, days, span.first.isoformat(), span.last.isoformat())


def _between(first: str, last: str, today: date) -> Asked:
    usual = statistics.last_days(DEFAULT, today)
    try:
        span = Span(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return Asked(usual, DEFAULT, first[:10], last[:10], Problem("span_shape", "from"))
    problem = next(iter(statistics.problems(span)), None)
    return Asked(usual, DEFAULT, first, last, problem) if problem else Asked(span, 0, first, last)


def utc_day(moment: datetime) -> date:
    """Counts are of days in UTC."""
    return moment.astimezone(UTC).date()


@member_page()
@require_safe
def numbers(request: HttpRequest, membership: Membership) -> HttpResponse:
    today = utc_day(timezone.now())
    wish = asked(request, today)
    partner, span = membership.partner, wish.span
    days = statistics.by("day", partner, span)
    context: dict[str, Any] = {
        "asked": wish,
        "problem": words.span_problem(wish.problem.code, dict(wish.problem.params)) if wish.problem else "",
        "choices": [(each, ngettext("%(days)d day", "%(days)d days", each) % {"days": each}) for each in CHOICES],
        "span_words": _("%(first)s to %(last)s")
        % {"first": phrases.plain_day(span.first), "last": phrases.plain_day(span.last)},
        "total": said(statistics.total(partner, span)),
        "day_charts": _day_charts(days),
        "days": [(phrases.plain_day(date.fromisoformat(row.key)), said(row.figures)) for row in days],
        "tables": [_table(dimension, statistics.by(dimension, partner, span)) for dimension in _tables()],
        **_stops(statistics.by_step(partner, span, partial(keys_of, on=today))),
    }
    return member_page_response(request, membership, "partners/numbers.html", context, 400 if wish.problem else 200)


@member_page()
@require_safe
def as_file(request: HttpRequest, membership: Membership) -> StreamingHttpResponse:
    """Every combination that was counted, as CSV."""
    wish = asked(request, utc_day(timezone.now()))
    found = statistics.in_full(membership.partner, wish.span)
    rows = ((day.isoformat(), *named.values(), *_texts(figures)) for day, named, figures in found)
    response = StreamingHttpResponse(exports.as_csv(HEADS, rows), content_type=exports.KINDS["csv"].content_type)
    name = f"numbers-{wish.span.first}-{wish.span.last}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def said(figures: Figures) -> dict[str, str]:
    """For people to read."""
    return {name: number(count) for name, count in asdict(figures).items()}


def _texts(figures: Figures) -> tuple[str, str, str]:
    return (str(figures.started), str(figures.forms_made), str(figures.handed_to_state))


def _day_charts(rows: tuple[Row, ...]) -> list[Any]:
    titles = {
        "started": _("Started, by day"),
        "forms_made": _("Forms made, by day"),
        "handed_to_state": _("Handed to the state, by day"),
    }
    return [
        day_chart(name, title, [(date.fromisoformat(row.key), getattr(row.figures, name)) for row in rows])
        for name, title in titles.items()
    ]


def _tables() -> dict[Dimension, tuple[str, str]]:
    """The title, and the head of the first column."""
    return {
        "state": (_("By state"), _("State")),
        "source": (_("By source"), _("Source")),
        "medium": (_("By medium"), _("Medium")),
        "campaign": (_("By campaign"), _("Campaign")),
        "channel": (_("By channel"), _("Channel")),
        "language": (_("By language"), _("Language")),
    }


def _table(dimension: Dimension, rows: tuple[Row, ...]) -> dict[str, Any]:
    title, head = _tables()[dimension]
    named = _largest([(_label(dimension, row.key), row.figures) for row in rows])
    parts = [Part(label, figures.forms_made, figures.handed_to_state) for label, figures in named]
    names = (_("forms made"), _("handed to the state"))
    shown = [part for part in parts if part.whole]
    return {
        "key": dimension,
        "title": title,
        "head": head,
        "rows": [(label, said(figures)) for label, figures in named],
        "chart": bar_chart(dimension, title, names, few(shown)) if any(row.key for row in rows) and shown else None,
    }


def _largest(named: list[tuple[str, Figures]]) -> list[tuple[str, Figures]]:
    """The first of them, and all that come after these as one."""
    if len(named) <= MOST_ROWS:
        return named
    rest = [figures for _name, figures in named[MOST_ROWS - 1 :]]
    others = Figures(*(sum(each) for each in zip(*map(astuple, rest), strict=True)))
    return [*named[: MOST_ROWS - 1], (_("Others"), others)]


def _label(dimension: Dimension, key: str) -> str:
    if not key:
        return _("not named")
    if dimension == "state" and key in JURISDICTIONS:
        return phrases.jurisdiction_name(load(key))
    if dimension == "channel":
        return words.channel(key)
    return {"en": _("English"), "es": _("Spanish")}.get(key, key) if dimension == "language" else key


def _stops(found: tuple[statistics.Stop, ...]) -> dict[str, Any]:
    named = [(words.step(stop.step), stop) for stop in found]
    parts = [Part(label, stop.reached - stop.stopped, stop.stopped) for label, stop in named]
    names = (_("went on"), _("stopped here"))
    title = _("Where people stopped")
    rows = [(label, number(stop.reached), number(stop.stopped)) for label, stop in named]
    return {"stops": rows, "stops_chart": bar_chart("steps", title, names, parts) if parts else None}
