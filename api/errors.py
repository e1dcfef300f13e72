"""Every answer that is not what was asked for, as RFC 9457 problem+json.

Nothing of what was sent stands in it but the names of fields, and of these only such as a program would choose.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from rest_framework import exceptions

from api.sentences import FAULTS, KINDS

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
#: Names of fields that may be repeated in an answer.
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}", re.ASCII)
RETRY_SECONDS = 5
#: The Content-Security-Policy of answers that are no pages.
POLICY = "default-src 'none'; frame-ancestors 'none'"
Pointer = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``advisory``: a notice that the person may keep, see ``notices_seen``."""

    code: str
    field: str = ""
    pointer: str = ""
    detail: str = ""
    advisory: bool = False


@dataclass
class ApiProblem(Exception):
    """Ends a request with a problem of a kind in ``sentences.KINDS``. ``values``: what its sentence names.
    ``is_played``: a test key asked for it, so that nothing is wrong with the service."""

    kind: str
    faults: tuple[Fault, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    is_played: bool = False


class NotBearer(exceptions.AuthenticationFailed):
    """The header Authorization holds something else than a key after "Bearer"."""


def pointer(path: Pointer) -> str:
    """The place in what was sent: "#/answers/home_zip", RFC 6901 as a fragment; up to the first unusual name."""
    parts = []
    for part in path:
        if not isinstance(part, int) and not NAME.fullmatch(part):
            break
        parts.append(f"/{part}")
    return "#" + "".join(parts)


def fault(code: str, path: Pointer = (), values: Mapping[str, object] | None = None) -> Fault:
    """A fault of the API's own, with its sentence in the active language."""
    names = [part for part in path if isinstance(part, str) and NAME.fullmatch(part)]
    return Fault(code, names[-1] if names else "", pointer(path), _(FAULTS[code]) % (values or {}))


def document(problem: ApiProblem) -> dict[str, Any]:
    """The problem as it is sent; ``errors`` has one entry at least."""
    kind = KINDS[problem.kind]
    detail = _(kind.detail) % problem.values
    faults = problem.faults or (Fault(problem.kind, detail=detail),)
    return {
        "type": f"urn:problem-type:enfranchise:{problem.kind}",
        "title": _(kind.title),
        "status": kind.status,
        "detail": detail,
        "errors": [asdict(each) for each in faults],
    }


def answer(problem: ApiProblem) -> HttpResponse:
    said = document(problem)
    body = json.dumps(said, ensure_ascii=False).encode()
    response = HttpResponse(body, status=said["status"], content_type=MEDIA_TYPE)
    for name, value in problem.headers.items():
        response.headers[name] = value
    # Django would log it as a failure of the service.
    response._has_been_logged = problem.is_played  # type: ignore[attr-defined]  # read by django.utils.log
    return response


def handler(raised: Exception, context: Mapping[str, Any]) -> HttpResponse:  # noqa: ARG001  the shape that DRF calls
    """Any exception of a view as an answer."""
    return answer(told(raised))


def told(raised: Exception) -> ApiProblem:
    """Any exception as a problem. What nobody expected is logged, without what was sent."""
    problem = _problem(raised)
    if problem is None:
        logger.error("a request to the API failed", exc_info=raised)
        problem = ApiProblem("server_error")
    return problem


#: Exceptions that say by their type alone what kind of problem it is; the first that fits.
_BY_TYPE: tuple[tuple[type[Exception], str], ...] = (
    (exceptions.UnsupportedMediaType, "unsupported_media_type"),
    (exceptions.ParseError, "malformed"),
    (exceptions.NotAuthenticated, "key_missing"),
    (NotBearer, "key_not_bearer"),
    (exceptions.AuthenticationFailed, "key_refused"),
    (exceptions.PermissionDenied, "forbidden"),
    (PermissionDenied, "forbidden"),
    (exceptions.NotFound, "not_found"),
    (Http404, "not_found"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (RequestDataTooBig, "too_large"),
    (SuspiciousOperation, "malformed"),
    (UnreadablePostError, "malformed"),
)


def _problem(raised: Exception) -> ApiProblem | None:
    if isinstance(raised, ApiProblem):
        return raised
    if isinstance(raised, exceptions.ValidationError):
        return ApiProblem("invalid", faults_of(raised))
    if isinstance(raised, exceptions.NotAcceptable):
        types = ", ".join(each.media_type for each in raised.available_renderers or ())
        return ApiProblem("not_acceptable", values={"types": types})
    if isinstance(raised, OperationalError | InterfaceError):
        logger.error("the database does not answer the API", exc_info=raised)
        return ApiProblem("unavailable", headers={"Retry-After": str(RETRY_SECONDS)})
    kind = next((kind for known, kind in _BY_TYPE if isinstance(raised, known)), None)
    if kind is None:
        return None
    challenge = getattr(raised, "auth_header", "")
    return ApiProblem(kind, headers={"WWW-Authenticate": challenge} if challenge else {})


#: Codes of DRF for which there is one of ours.
_ALIKE = {"not_a_dict": "not_an_object", "invalid_choice": "invalid"}
#: The code of ``strict.Choice``, whose sentence is nothing but the values that it allows.
NONE_OF = "none_of"


def none_of(allowed: Iterable[str], path: Pointer) -> Fault:
    """A value that is none of those that are allowed."""
    return fault("invalid_choice", path, {"allowed": ", ".join(each for each in allowed if each)})


def faults_of(raised: exceptions.ValidationError) -> tuple[Fault, ...]:
    return tuple(_faults(raised.get_full_details(), ()))


def _faults(details: Any, path: Pointer) -> Iterator[Fault]:
    """The errors of a serializer. Its own sentences are dropped, since some repeat what was sent."""
    if _is_leaf(details):
        if details["code"] == NONE_OF:
            yield none_of((details["message"],), path)
            return
        code = _ALIKE.get(details["code"], details["code"])
        yield fault(code if code in FAULTS else "invalid", path)
    elif isinstance(details, dict):
        for name, inner in details.items():
            yield from _faults(inner, path if name == "non_field_errors" else (*path, name))
    else:
        for number, inner in enumerate(details):
            yield from _faults(inner, path if _is_leaf(inner) else (*path, number))


def _is_leaf(details: Any) -> bool:
    """Whether it is one error, and not an object whose names happen to be these."""
    return isinstance(details, dict) and set(details) == {"message", "code"} and isinstance(details["code"], str)


def refuse(faults: Iterable[Fault]) -> None:
    """Raises ApiProblem if there are any."""
    found = tuple(faults)
    if found:
        raise ApiProblem("invalid", found)


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
