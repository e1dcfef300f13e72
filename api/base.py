"""What every address of the API has in common: language, method, key, scope, site, rate, and the headers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from api.authentication import BearerKey
from api.body import LARGEST, StrictJson
from api.errors import POLICY, ApiProblem, fault, none_of, refuse
from api.permissions import FromAllowedSite, HasScope
from api.throttling import headers as rate_headers
from api.throttling import refuse_too_many, take_one
from registration.domain.rates import Standing
from registration.models import ApiKey, Partner

PREFLIGHT_SECONDS = "600"
MAY_BE_SENT = "Accept, Accept-Language, Authorization, Content-Type, If-None-Match"
MAY_BE_READ = (
    "Content-Language, ETag, Idempotent-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, "
    "X-Application-Id, X-Application-Expires"
)


class ApiView(APIView):
    """``scope``: what a key must be allowed; "" where none is needed. ``rate``: under which rate a key's requests
    count. ``query``: parameters besides ``lang``. ``largest``: bytes of a body."""

    scope: ClassVar[str] = ""
    rate: ClassVar[str] = "key"
    query: ClassVar[frozenset[str]] = frozenset()
    largest: ClassVar[int] = LARGEST

    authentication_classes: tuple[type[BearerKey], ...] = (BearerKey,)
    permission_classes = (HasScope, FromAllowedSite)
    parser_classes = (StrictJson,)
    renderer_classes: tuple[type[BaseRenderer], ...] = (JSONRenderer,)
    standing: Standing | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        translation.activate(language_of(request))
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """As DRF's, but the method comes first and the rate before everything that costs."""
        method = (request.method or "").lower()
        if method not in self.http_method_names or not hasattr(self, method):
            raise MethodNotAllowed(method)
        if method == "options":
            return
        self._take_rate(request)
        self._check_query(request)
        self._check_body_headers(request)
        super().initial(request, *args, **kwargs)

    def _take_rate(self, request: Request) -> None:
        try:
            key = request.auth
        except AuthenticationFailed:
            refuse_too_many(take_one(request._request, "bad_key"))
            raise
        is_key = isinstance(key, ApiKey)
        self.standing = take_one(request._request, self.rate if is_key else "address", key if is_key else None)
        refuse_too_many(self.standing)

    def _check_query(self, request: Request) -> None:
        known = {*self.query, "lang"}
        faults = [fault("unknown_parameter", (name,)) for name in request.GET if name not in known]
        if "lang" in request.GET and request.GET["lang"] not in dict(settings.LANGUAGES):
            faults.append(none_of(dict(settings.LANGUAGES), ("lang",)))
        refuse(faults)

    def _check_body_headers(self, request: Request) -> None:
        if request.META.get("HTTP_CONTENT_ENCODING", "identity").lower() not in ("", "identity"):
            raise ApiProblem("unsupported_media_type")
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            raise ApiProblem("length_required")

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002  the shape that DRF calls
        """What a browser asks before it sends a request with a key or with JSON from another site."""
        response = HttpResponse(status=204)
        response.headers["Access-Control-Allow-Methods"] = ", ".join(self.allowed_methods)
        response.headers["Access-Control-Allow-Headers"] = MAY_BE_SENT
        response.headers["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
        return response

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.standing and "public" not in response.headers.get("Cache-Control", ""):
            for name, value in rate_headers(self.standing).items():
                response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
        response.headers.setdefault("Access-Control-Expose-Headers", MAY_BE_READ)
        patch_vary_headers(response, ("Accept-Language",))
        return response

    @property
    def partner(self) -> Partner:
        """The partner of the key. For views with a scope."""
        return self.request.auth.partner

    @property
    def key(self) -> ApiKey:
        return self.request.auth

    @property
    def is_test(self) -> bool:
        """Whether a test key asks: nothing may be stored then."""
        key = self.request.auth
        return isinstance(key, ApiKey) and key.mode == ApiKey.Mode.TEST


def language_of(request: HttpRequest) -> str:
    """``?lang=``, else the first of Accept-Language that there is, else English."""
    languages = dict(settings.LANGUAGES)
    if request.GET.get("lang") in languages:
        return request.GET["lang"]
    for wanted, _weight in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        if wanted == "*":
            break
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


class Nowhere(ApiView):
    """Every address under /api/ that there is not. Any method gets the same answer."""

    authentication_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002  the shape that DRF calls
        self.standing = take_one(request._request, "address")
        refuse_too_many(self.standing)
        raise ApiProblem("slash_missing" if _lacks_slash(request.path_info) else "not_found")


def _lacks_slash(path: str) -> bool:
    if path.endswith("/"):
        return False
    try:
        return resolve(f"{path}/").func.view_class is not Nowhere  # type: ignore[attr-defined]  # set by as_view
    except (Resolver404, AttributeError):
        return False
