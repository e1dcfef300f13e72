"""The OpenAPI 3.1 document: how views are described, and what every answer may be besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from api.authentication import BearerKey
from api.errors import MEDIA_TYPE
from api.sentences import KINDS
from api.serializers.problem import ProblemSerializer
from api.serializers.strict import Strict

Decorator = Callable[[Any], Any]
#: Statuses that any request may be answered with; those of a body, of a part of the address, and of a needed key.
ALWAYS, OF_A_BODY, OF_A_PATH = (400, 401, 403, 406, 429, 500, 503), (411, 413, 415), (404,)
_NUMBER = {"type": "string"}
HEADERS = {
    "RateLimit": {"description": 'What is left: `"key";r=599;t=34` means 599 in the next 34 seconds.'},
    "RateLimit-Policy": {"description": 'What is allowed: `"key";q=600;w=60` means 600 in 60 seconds.'},
    "Retry-After": {"description": "Seconds to wait."},
    "WWW-Authenticate": {"description": "How a key is sent."},
}


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its metaclass has no types
    """The security scheme of ``BearerKey``."""

    target_class = BearerKey
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:  # noqa: ARG002  the shape that it calls
        said = "A partner's key, `ef_live_...` or `ef_test_...`. Test keys store nothing."
        return {"type": "http", "scheme": "bearer", "description": said}


class Described(AutoSchema):
    """Adds to each operation the problems that it may be answered with, and says which scope a key needs."""

    def get_description(self) -> str:
        said = super().get_description() or ""
        scope = getattr(self.view, "scope", "")
        needs = f"Needs a key with the scope `{scope}`." if scope else ""
        return "\n\n".join(part for part in (said, needs) if part)

    def get_auth(self) -> list[dict[str, Any]]:
        super().get_auth()  # which writes the scheme into the document
        return [{"key": []}] if getattr(self.view, "scope", "") else [{}, {"key": []}]

    def get_override_parameters(self) -> list[Any]:
        lang = OpenApiParameter(
            "lang", str, enum=["en", "es"], description="The language of sentences; else Accept-Language, else English."
        )
        return [lang, *super().get_override_parameters()]

    def get_extensions(self) -> dict[str, Any]:
        scope = getattr(self.view, "scope", "")
        return {"x-scope": scope} if scope else {}

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        statuses = [*ALWAYS, *(OF_A_BODY if self.method in ("POST", "PUT", "PATCH") else ())]
        statuses += OF_A_PATH if "{" in self.path else ()
        for status in sorted(statuses):
            if str(status) not in bodies:
                bodies[str(status)] = self._problem(status)
        return bodies

    def _problem(self, status: int) -> dict[str, Any]:
        kinds = [name for name, kind in KINDS.items() if kind.status == status]
        response = OpenApiResponse(ProblemSerializer, description=", ".join(f"`{name}`" for name in kinds))
        return self._get_response_for_code(response, str(status), [MEDIA_TYPE])  # type: ignore[no-untyped-call]  # has no types

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]  # has no types
        if isinstance(serializer, Strict):
            schema["additionalProperties"] = False
        return schema


def example(name: str, value: Any) -> OpenApiExample:
    """What may be sent."""
    return OpenApiExample(name, value=value, request_only=True)


def answered(
    summary: str, sent: Any, given: Any, examples: Sequence[OpenApiExample] = (), status: int = 200
) -> Decorator:
    """Describe a method of a view: what it is sent (None for nothing), and what it gives."""
    responses = given if isinstance(given, dict) else {status: given}
    decorator: Decorator = extend_schema(summary=summary, request=sent, responses=responses, examples=list(examples))
    return decorator


def problems(*statuses: int) -> dict[Any, Any]:
    """Further statuses with a problem, for ``given`` of ``answered``."""
    found = {}
    for status in statuses:
        kinds = ", ".join(f"`{name}`" for name, kind in KINDS.items() if kind.status == status)
        found[status, MEDIA_TYPE] = OpenApiResponse(ProblemSerializer, description=kinds)
    return found


def with_headers(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Every answer says where the guest stands in its rate; the one that is too much, when to come back."""
    components = result.setdefault("components", {})
    components["headers"] = {name: {**said, "schema": _NUMBER} for name, said in HEADERS.items()}
    for methods in result["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                names = ["RateLimit", "RateLimit-Policy"]
                names += ["Retry-After"] if status in ("429", "503") else []
                names += ["WWW-Authenticate"] if status == "401" else []
                response.setdefault("headers", {}).update(
                    {name: {"$ref": f"#/components/headers/{name}"} for name in names}
                )
    return result


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole document, made once; without the server's own address."""
    from api.urls import described

    generator = SchemaGenerator(patterns=described)  # type: ignore[no-untyped-call]  # has no types
    made: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # has no types
    return made
