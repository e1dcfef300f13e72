"""A partner's numbers: the same sums as in the dashboard."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date
from functools import partial
from typing import Any, cast

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import ApiView
from api.errors import Fault, fault, none_of, refuse
from api.openapi import answered
from api.serializers.statistics import StatisticsSerializer
from api.serializers.strict import Day
from registration.domain import statistics
from registration.domain.statistics import DIMENSIONS, Dimension, Figures, Row, Span
from registration.forms.steps import keys_of

DAYS = 30
STEP = "step"
BY = (*DIMENSIONS, STEP)


class Statistics(ApiView):
    """How many people started, got a form, went on to the state's own registration, or stopped at which step.

    Counts of days in UTC; no person is in them, so small numbers are not hidden. Without `from` and `to`, the last 30
    days; at most 366. Test keys see zeros.
    """

    scope = "statistics:read"
    query = frozenset({"from", "to", "by"})

    @extend_schema(
        parameters=[
            OpenApiParameter("from", date, description="The first day, as YYYY-MM-DD."),
            OpenApiParameter("to", date, description="The last day, which is among them."),
            OpenApiParameter("by", str, enum=list(BY), description="By what the numbers are told apart; else by day."),
        ]
    )
    @answered("Look at your numbers", None, StatisticsSerializer)
    def get(self, request: Request) -> Response:
        today = timezone.now().astimezone(UTC).date()
        span, by = _asked(request, today)
        stops: tuple[statistics.Stop, ...] = ()
        rows: tuple[Row, ...] = ()
        total = Figures()
        if self.is_test:
            rows = statistics.nothing(span) if by == "day" else ()
        else:
            total = statistics.total(self.partner, span)
            if by == STEP:
                stops = statistics.by_step(self.partner, span, partial(keys_of, on=today))
            else:
                rows = statistics.by(cast(Dimension, by), self.partner, span)
        return Response(
            {
                "first": span.first.isoformat(),
                "last": span.last.isoformat(),
                "by": by,
                "total": asdict(total),
                "rows": [{"key": row.key, **asdict(row.figures)} for row in rows],
                "steps": [asdict(stop) for stop in stops],
                "test": self.is_test,
            }
        )


def _asked(request: Request, today: date) -> tuple[Span, str]:
    """Raises ApiProblem with everything that is wrong with the parameters."""
    by = request.GET.get("by", "day")
    usual = statistics.last_days(DAYS, today)
    found: list[Fault] = [] if by in BY else [none_of(BY, ("by",))]
    last = _day(request, "to", usual.last, found)
    first = _day(request, "from", statistics.last_days(DAYS, last).first if last.year > 1 else last, found)
    refuse(found)
    span = Span(first, last)
    refuse(fault(each.code, (each.field,), dict(each.params)) for each in statistics.problems(span))
    return span, by


def _day(request: Request, name: str, usual: date, found: list[Any]) -> date:
    if name not in request.GET:
        return usual
    try:
        return Day().to_internal_value(request.GET[name])
    except ValidationError:
        found.append(fault("not_a_date", (name,)))
        return usual


urlpatterns = [path("statistics/", Statistics.as_view(), name="statistics")]
