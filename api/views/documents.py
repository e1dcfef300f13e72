"""The API's own description: for programs as OpenAPI, and as a page. Both are served by us alone."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from api.base import ApiView
from api.openapi import document
from api.reference import reference

SHORTLY = "public, max-age=300"


class OpenApi(ApiView):
    """The document, with the server's own address in it."""

    schema = None

    def get(self, request: Request) -> HttpResponse:
        body = _bytes(base_of(request._request))
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if request.META.get("HTTP_IF_NONE_MATCH") == tag:
            response = HttpResponse(status=304)
        else:
            response = HttpResponse(body, content_type="application/json")
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = SHORTLY
        return response


@lru_cache(maxsize=8)
def _bytes(base: str) -> bytes:
    return json.dumps({**document(), "servers": [{"url": base}]}, ensure_ascii=False).encode()


def base_of(request: HttpRequest) -> str:
    """The API's address without a slash at the end."""
    return request.build_absolute_uri(reverse("api:openapi")).removesuffix("/openapi.json")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The document as a page. In English, as all that is written for programmers."""
    base = base_of(request)
    context: dict[str, Any] = {"switches": [], "base": base, "api": reference(document(), base)}
    with translation.override("en"):
        response = render(request, "api/docs.html", context)
    response.headers["Cache-Control"] = SHORTLY
    return response


urlpatterns = [path("openapi.json", OpenApi.as_view(), name="openapi"), path("docs/", page, name="docs")]
