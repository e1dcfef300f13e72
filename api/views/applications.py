"""Making applications, one or many at a time, and where they stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import path, reverse
from django.utils import timezone, translation
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api import sandbox, saying
from api.base import ApiView
from api.errors import ApiProblem, document, fault, faults_of, told
from api.examples import ANOTHER, APPLICATION
from api.making import Prepared, also_wrong, make, prepare, would
from api.openapi import answered, example, problems
from api.sandbox import TestApplication
from api.serializers.applications import (
    ApplicationItem,
    ApplicationMade,
    ApplicationStatus,
    ApplicationsToMake,
    ApplicationToMake,
    DryRun,
    ResultsSerializer,
)
from api.serializers.strict import Strict, read, what_can_be_read
from api.throttling import refuse_too_many, take_one
from registration.domain.documents import draw
from registration.domain.submission import mark_delivered
from registration.models import Application
from registration.views.page import document_language

PDF = "application/pdf"
LARGEST_BULK = 1024 * 1024


class PdfRenderer(BaseRenderer):
    """The form's own bytes."""

    media_type = PDF
    format = "pdf"
    charset = None

    def render(self, data: bytes, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:  # noqa: ARG002  the shape that DRF calls
        return data


class Made:
    """An application that was made, now or before, and how it is told."""

    def __init__(self, prepared: Prepared, view: ApiView) -> None:
        self.prepared = prepared
        self.record: Application | TestApplication
        #: The sealed answers, where nothing was stored.
        self.carried = ""
        if view.is_test:
            code = prepared.setting.jurisdiction.code
            self.record, self.created = sandbox.application_of(prepared.reference, code), True
            self.expires_at = self.record.expires_at
        else:
            submitted = make(prepared, view.partner, timezone.now())
            self.carried = submitted.carried
            self.record, self.created = submitted.application, submitted.created
            self.expires_at = submitted.expires_at
        self.is_test = view.is_test

    def told(self, request: Request) -> dict[str, Any]:
        page = request.build_absolute_uri(reverse("code"))
        form = {"url": f"{page}#{self.prepared.reference}", "media_type": PDF}
        return {
            "id": None if self.carried else str(self.record.id),
            "stored": not self.carried,
            "sealed": self.carried,
            "status": self.record.status,
            "created_at": _moment(self.record.created_at),
            "expires_at": _moment(self.expires_at),
            "form": None if self.carried else form,
            "test": self.is_test,
            **saying.instructions(self.prepared.form),
        }

    def pdf(self) -> bytes:
        setting = self.prepared.setting
        language = document_language(translation.get_language())
        drawn = draw(self.prepared.applicant, setting.jurisdiction, setting.election, language, setting.on)
        if isinstance(self.record, Application) and not self.carried:
            mark_delivered(self.record, timezone.now())
        return drawn


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="seconds").replace("+00:00", "Z")


class Applications(ApiView):
    """Make an application from a person's answers. Everything that is wrong is said at once.

    The same `reference` with the same answers, jurisdiction and language gives the same application again, with the
    header `Idempotent-Replayed: true`; with others it is refused with 409. So send it again whenever you are not
    sure that it arrived. With `Accept: application/pdf` the answer is the form itself.

    Where your organization or the site keeps nothing, `stored` is false: there is no `id`, and `sealed` is all that
    there is. Posted to the site's `/form/` with the `reference`, it gives the form; nobody else has it.
    """

    scope = "applications:write"
    rate = "write"
    renderer_classes = (JSONRenderer, PdfRenderer)

    @answered(
        "Make an application",
        ApplicationToMake,
        {
            (201, "application/json"): ApplicationMade,
            (201, PDF): bytes,
            (200, "application/json"): DryRun,
            **problems(409, 410),
        },
        examples=[example("A complete application", APPLICATION)],
    )
    def post(self, request: Request) -> Response:
        sent = _sent(ApplicationToMake, request.data, self)
        prepared = _prepared(sent, self)
        if sent.get("dry_run"):
            outcome = "create" if self.is_test else would(prepared, self.partner)
            request.accepted_renderer, request.accepted_media_type = JSONRenderer(), "application/json"
            return Response({"would": outcome, **saying.instructions(prepared.form)})
        made = Made(prepared, self)
        is_pdf = request.accepted_renderer.media_type == PDF
        response = Response(made.pdf() if is_pdf else made.told(request), status=201)
        if not made.carried:
            where = reverse("api:application", kwargs={"id": made.record.id})
            response.headers["Location"] = request.build_absolute_uri(where)
            response.headers["X-Application-Id"] = str(made.record.id)
        response.headers["X-Application-Expires"] = _moment(made.expires_at)
        if not made.created:
            response.headers["Idempotent-Replayed"] = "true"
        if is_pdf:
            name = f"voter-registration-{prepared.setting.jurisdiction.code.lower()}.pdf"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _use_language(sent: dict[str, Any], request: Request) -> None:
    if "lang" in sent and "lang" not in request.GET:
        translation.activate(sent["lang"])


def _sent(serializer: type[Strict], data: Any, view: ApiView) -> dict[str, Any]:
    """What was sent, whose language is spoken from now on. Raises ApiProblem with everything that is wrong with it,
    what is wrong inside ``answers`` included."""
    try:
        sent = read(serializer, data)
    except ValidationError as refused:
        rest = what_can_be_read(serializer, data, refused)
        _use_language(rest, view.request)
        raise ApiProblem("invalid", (*faults_of(refused), *also_wrong(rest, view.partner))) from None
    _use_language(sent, view.request)
    if "sandbox" in sent and not view.is_test:
        raise ApiProblem("invalid", (fault("test_key_only", ("sandbox",)), *also_wrong(sent, view.partner)))
    return sent


def _prepared(sent: dict[str, Any], view: ApiView) -> Prepared:
    """Raises ApiProblem, for a test key also the one that it asks for."""
    outcome = sent.get("sandbox")
    if outcome == "slow":
        refuse_too_many(take_one(view.request._request, "bulk", view.key))
    if outcome:
        sandbox.play(outcome, sent, view.key)
    return prepare(sent, view.partner, None if view.is_test else view.partner)


class ApplicationsInBulk(ApiView):
    """Make up to 100 applications at a time. Each stands for itself: one that is refused stops no other.

    Each is idempotent by its own `reference`, so after a failure send the whole request again.
    """

    scope = "applications:write"
    rate = "bulk"
    largest = LARGEST_BULK

    @answered(
        "Make many applications",
        ApplicationsToMake,
        ResultsSerializer,
        examples=[example("Two items", {"items": [APPLICATION, ANOTHER]})],
    )
    def post(self, request: Request) -> Response:
        items = read(ApplicationsToMake, request.data)["items"]
        seen: set[str] = set()
        results = [self._result(index, item, seen, request) for index, item in enumerate(items)]
        made = [each for each in results if each["application"]]
        replayed = sum(each["replayed"] for each in made)
        counts = {"created": len(made) - replayed, "replayed": replayed, "refused": len(results) - len(made)}
        return Response({**counts, "results": results})

    def _result(self, index: int, item: Any, seen: set[str], request: Request) -> dict[str, Any]:
        """What became of one item. What goes wrong with it, be it our fault, ends nothing but itself."""
        result = {"index": index, "status": 201, "replayed": False, "application": None, "problem": None}
        with translation.override(translation.get_language()):
            try:
                made = self._made(item, seen)
                return {**result, "replayed": not made.created, "application": made.told(request)}
            except Exception as raised:  # noqa: BLE001  what it was is told and logged, and the other items go on
                problem = document(told(raised))
                return {**result, "status": problem["status"], "problem": problem}

    def _made(self, item: Any, seen: set[str]) -> Made:
        sent = _sent(ApplicationItem, item, self)
        if sent["reference"] in seen:
            raise ApiProblem("invalid", (fault("same_reference", ("reference",)),))
        seen.add(sent["reference"])
        return Made(_prepared(sent, self), self)


class OneApplication(ApiView):
    """Where an application of your own stands."""

    scope = "applications:read"

    @answered("Look at an application", None, {200: ApplicationStatus, **problems(404)})
    def get(self, _request: Request, id: UUID) -> Response:
        found = sandbox.application(id) if self.is_test else self._own(id)
        if found is None:
            raise ApiProblem("not_found")
        expires_at = _expires_at(found)
        return Response(
            {
                "id": str(found.id),
                "status": found.status,
                "jurisdiction": found.jurisdiction,
                "language": found.language,
                "channel": found.channel,
                "election_day": found.election_day.isoformat(),
                "created_at": _moment(found.created_at),
                "expires_at": _moment(expires_at) if expires_at else None,
            }
        )

    def _own(self, wanted: UUID) -> Application | None:
        own = Application.objects.filter(partner=self.partner).select_related("document")
        return own.filter(pk=wanted).first()


def _expires_at(found: Application | TestApplication) -> datetime | None:
    if isinstance(found, TestApplication):
        return found.expires_at
    document = getattr(found, "document", None)
    return document.expires_at if document else None


urlpatterns = [
    path("applications/", Applications.as_view(), name="applications"),
    path("applications/bulk/", ApplicationsInBulk.as_view(), name="applications-bulk"),
    path("applications/<uuid:id>/", OneApplication.as_view(), name="application"),
]
