"""What the rules say, for anyone: no key, no rate, the same bytes for everybody who asks in the same way.

``config.published`` gives these answers again before Django, for a while: see docs/api-rules.md.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from api.base import ApiView
from api.errors import ApiProblem, fault
from api.rules import catalogue
from api.rules.catalogue import Kind
from api.rules.edition import SHAPE, edition
from api.rules.negotiation import accepted_language, names_tag, takes_gzip
from api.rules.openapi import described
from api.rules.publishing import MARK, Name, Publication, max_age
from api.rules.snapshot import Snapshot, is_place, snapshot

_EDITION = re.compile(SHAPE, re.ASCII)
FOR_EVER = "public, max-age=31536000, immutable"
MAY_BE_READ = "Age, Content-Language, ETag, Location"


class _Json(BaseContentNegotiation):
    """Always JSON, whatever is asked for: a cache need not look at Accept."""

    def select_parser(self, request: Request, parsers: Any) -> Any:  # noqa: ARG002  the shape that DRF calls
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:  # noqa: ARG002  the shape that DRF calls
        return renderers[0], renderers[0].media_type


class Published(ApiView):
    """One kind of document, at its plain address and at the one that holds the edition."""

    kind: ClassVar[Kind]
    has_language: ClassVar[bool] = True
    authentication_classes = ()
    permission_classes: tuple[type[Any], ...] = ()  # type: ignore[assignment]  # open to everybody
    content_negotiation_class = _Json

    def _take_rate(self, request: Request) -> None:
        """None: most requests never come here, and the others cost little."""

    def get(self, request: Request, version: str = "", code: str = "") -> HttpResponseBase:
        name = Name(self.kind, self._place(request, code), self._language(request))
        if version and not _EDITION.fullmatch(version):
            raise ApiProblem("not_found")
        found = snapshot(timezone.now())
        if version and version != edition(found):
            return self._current(request, code)
        return self._answer(request, found, name, is_fixed=bool(version))

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Access-Control-Expose-Headers"] = MAY_BE_READ
        response = super().finalize_response(request, response, *args, **kwargs)
        named = "lang" in request.GET or not self.has_language
        response.headers["Vary"] = "Accept-Encoding" if named else "Accept-Language, Accept-Encoding"
        return response

    def _place(self, request: Request, code: str) -> str:  # noqa: ARG002  another kind finds it in the query
        if code and not is_place(code.upper()):
            raise ApiProblem("not_found", (fault("unknown_jurisdiction", ("code",)),))
        return code.upper()

    def _language(self, request: Request) -> str:
        if not self.has_language:
            return ""
        return request.GET.get("lang") or accepted_language(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))

    def _current(self, request: Request, code: str) -> HttpResponse:
        """To the plain address: another edition is current, or this one never was."""
        address = reverse(f"api:{self.kind}", kwargs={"code": code} if code else {})
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)

    def _answer(self, request: Request, found: Snapshot, name: Name, *, is_fixed: bool) -> HttpResponse:
        document = catalogue.made(found, name)
        gzipped = takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        body, tag = document.packed if gzipped else document.plain, document.tag(gzipped=gzipped)
        ends = found.midnight(name.code)
        response: HttpResponse
        if names_tag(request.META.get("HTTP_IF_NONE_MATCH", ""), tag):
            response = HttpResponseNotModified()
        else:
            response = HttpResponse(body, content_type="application/json")
            if gzipped:
                response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(body))
        response.headers["Content-Language"] = name.language or settings.LANGUAGE_CODE
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = FOR_EVER if is_fixed else f"public, max-age={max_age(found.at, ends)}"
        if request.META.get("QUERY_STRING", "") in self._canonical(request):
            request.META[MARK] = Publication(ends, request.is_secure())
        return response

    def _canonical(self, request: Request) -> frozenset[str]:  # noqa: ARG002  another kind looks at it
        """The queries whose answers are held before Django: one a language, so that nobody can fill the memory."""
        code = self.kwargs.get("code", "")
        if code and not _is_even(code):
            return frozenset()
        return frozenset({"", *(f"lang={code}" for code, _name in settings.LANGUAGES if self.has_language)})


class Rules(Published):
    kind = "rules"
    has_language = False


class Jurisdictions(Published):
    kind = "jurisdictions"


class Jurisdiction(Published):
    kind = "jurisdiction"


class Fields(Published):
    kind = "fields"


class Elections(Published):
    kind = "elections"
    query = frozenset({"jurisdiction"})

    def _place(self, request: Request, code: str) -> str:  # noqa: ARG002  it stands in the query
        asked = request.GET.get("jurisdiction", "")
        if "jurisdiction" in request.GET and not is_place(asked.upper()):
            raise ApiProblem("invalid", (fault("unknown_jurisdiction", ("jurisdiction",)),))
        return asked.upper()

    def _canonical(self, request: Request) -> frozenset[str]:
        plain, asked = super()._canonical(request), request.GET.get("jurisdiction", "")
        if not asked:
            return plain
        place = f"jurisdiction={asked}"
        return frozenset({place, *(f"{place}&{query}" for query in plain if query)}) if _is_even(asked) else frozenset()


def _is_even(code: str) -> bool:
    """Whether the letters are all large or all small: of four ways to write a code two are held."""
    return code.isupper() or code.islower()


_ADDRESSES: tuple[tuple[str, type[Published]], ...] = (
    ("jurisdictions/", Jurisdictions),
    ("jurisdictions/<str:code>/", Jurisdiction),
    ("jurisdictions/<str:code>/fields/", Fields),
    ("elections/", Elections),
)


def _view(view: type[Published], *, fixed: bool) -> Any:
    """A view of its own for each address, since each is described by itself."""
    own: type[Published] = type(
        view.__name__, (view,), {"get": lambda self, request, **kwargs: view.get(self, request, **kwargs)}
    )
    return described(view.kind, fixed=fixed)(own).as_view()


def _patterns() -> list[URLPattern]:
    found = [
        path("rules/", _view(Rules, fixed=False), name="rules"),
        path("rules/<str:version>/", _view(Rules, fixed=True), name="rules-edition"),
    ]
    for address, view in _ADDRESSES:
        found.append(path(address, _view(view, fixed=False), name=view.kind))
        found.append(path(f"rules/<str:version>/{address}", _view(view, fixed=True), name=f"{view.kind}-edition"))
    return found


urlpatterns = _patterns()
