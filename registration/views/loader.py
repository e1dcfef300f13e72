"""The script that partners' pages load: each version for ever under its own address, the newest under "1"."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from registration.domain.widget_releases import newest, releases

FOR_EVER = "public, max-age=31536000, immutable"
FOR_FIVE_MINUTES = "public, max-age=300"


@dataclass(frozen=True, slots=True)
class Body:
    plain: bytes
    compressed: bytes
    tag: str

    def sent_as(self, *, compressed: bool) -> tuple[bytes, str]:
        """The bytes and their strong ETag, which differs between the two."""
        return (self.compressed, f'"{self.tag}-gz"') if compressed else (self.plain, f'"{self.tag}"')


@cache
def _bodies() -> dict[str, Body]:
    """By version; also by major version, which stands for the newest of its line."""
    found = {
        release.version: Body(release.script, gzip.compress(release.script, 9, mtime=0), release.integrity)
        for release in releases()
    }
    for release in releases():
        last = newest(releases(), release.major)
        found[release.major] = found[last.version if last else release.version]
    return found


@require_safe
def script(request: HttpRequest, version: str) -> HttpResponse:
    """Any page may load it, with or without a hash; it is the same for every reader."""
    body = _bodies().get(version)
    if body is None:
        raise Http404
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    content, tag = body.sent_as(compressed=compressed)
    response = get_conditional_response(request, etag=tag) or HttpResponse(content)
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = FOR_EVER if "." in version else FOR_FIVE_MINUTES
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Vary"] = "Accept-Encoding"
    if compressed and response.status_code == 200:
        response.headers["Content-Encoding"] = "gzip"
    response.same_for_all = True  # type: ignore[attr-defined]  # read by config.middleware.Language
    return response
