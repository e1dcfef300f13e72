"""The OpenAPI document laid out for people: what the page of the API shows, with nothing decided in its template."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.sentences import FAULTS, KINDS

#: A new random reference, in a shell.
_NEW = '''"'"$(python3 -c 'import uuid; print(uuid.uuid4())')"'"'''
METHODS = ("get", "post", "put", "patch", "delete")
_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of a value in words. ``of``: the name of the object that it is or holds, to link to."""

    text: str
    of: str = ""
    values: tuple[str, ...] = ()


#: A text in pieces: (words, whether they are code).
Text = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter, or a field of an object."""

    name: str
    kind: Kind
    required: bool
    description: Text


@dataclass(frozen=True, slots=True)
class Response:
    status: str
    description: Text
    media_types: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    method: str
    path: str
    summary: str
    paragraphs: tuple[Text, ...]
    scope: str
    parameters: tuple[Row, ...]
    body: Kind | None
    examples: tuple[tuple[str, str, str], ...]
    responses: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Object:
    name: str
    description: Text
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    groups: tuple[tuple[str, tuple[Operation, ...]], ...]
    objects: tuple[Object, ...]
    problems: tuple[tuple[str, int, str], ...]
    faults: tuple[tuple[str, str], ...]


def text(written: str) -> Text:
    """What stands between backticks is code."""
    return tuple((piece, number % 2 == 1) for number, piece in enumerate(written.split("`")) if piece)


def reference(document: dict[str, Any], base: str) -> Reference:
    """``base``: the API's own address, for the examples."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                made = _operation(path, method, methods[method], base)
                groups.setdefault(methods[method]["tags"][0], []).append(made)
    objects = document["components"]["schemas"].items()
    return Reference(
        tuple((name, tuple(operations)) for name, operations in groups.items()),
        tuple(Object(name, text(schema.get("description", "")), tuple(_rows(schema))) for name, schema in objects),
        tuple((name, kind.status, _without_values(kind.detail)) for name, kind in KINDS.items()),
        tuple((code, _without_values(sentence)) for code, sentence in FAULTS.items()),
    )


def _without_values(sentence: str) -> str:
    """A sentence as it is for all, without what it names in one answer."""
    return re.sub(r"%\(\w+\)s", "…", sentence)


def _operation(path: str, method: str, said: dict[str, Any], base: str) -> Operation:
    content = said.get("requestBody", {}).get("content", {}).get("application/json", {})
    examples = [(each.get("summary", name), each["value"]) for name, each in content.get("examples", {}).items()]
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said.get("summary", ""),
        paragraphs=tuple(text(each) for each in said.get("description", "").split("\n\n")),
        scope=said.get("x-scope", ""),
        parameters=tuple(_parameter(each) for each in said.get("parameters", ())),
        body=kind_of(content["schema"]) if content else None,
        examples=tuple(
            (name, json.dumps(value, indent=2, ensure_ascii=False), _curl(base + path, value, said))
            for name, value in examples
        ),
        responses=tuple(_response(status, each) for status, each in sorted(said["responses"].items())),
    )


def _curl(address: str, value: Any, said: dict[str, Any]) -> str:
    """The example as a command for a shell."""
    lines = [f"curl --silent --show-error --fail-with-body {address}", "-H 'Content-Type: application/json'"]
    if said.get("x-scope"):
        lines.append('-H "Authorization: Bearer $KEY"')
    body = json.dumps(value, indent=2, ensure_ascii=False).replace("'", "'\\''")
    # A fixed one would be somebody else's after its first use.
    body = re.sub(r'(?<="reference": )"[^"]*"', _NEW, body)
    return " \\\n  ".join([*lines, f"-d '{body}'"])


def _parameter(said: dict[str, Any]) -> Row:
    return Row(said["name"], kind_of(said["schema"]), said.get("required", False), text(said.get("description", "")))


def _response(status: str, said: dict[str, Any]) -> Response:
    content = said.get("content", {})
    schemas = [each["schema"] for each in content.values() if "schema" in each]
    return Response(
        status, text(said.get("description", "")), tuple(content), kind_of(schemas[0]) if schemas else Kind("nothing")
    )


def _rows(schema: dict[str, Any]) -> Iterator[Row]:
    required = schema.get("required", ())
    for name, said in schema.get("properties", {}).items():
        yield Row(name, kind_of(said), name in required, text(said.get("description", "")))


def kind_of(schema: dict[str, Any]) -> Kind:
    """A schema in words: "text", "list of Source", "date or null"."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REF)
        return Kind(name, name)
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            kinds = [kind_of(each) for each in schema[several]]
            of = next((kind.of for kind in kinds if kind.of), "")
            values = tuple(value for kind in kinds for value in kind.values)
            return Kind(" or ".join(dict.fromkeys(kind.text for kind in kinds)), of, values)
    found = schema.get("type", "any")
    types = found if isinstance(found, list) else [found]
    if "array" in types:
        inner = kind_of(schema.get("items", {}))
        return Kind(f"list of {inner.text}", inner.of, inner.values)
    written = _WORDS.get(schema.get("format", ""), "")
    words = [str(each) if each == "null" else written or _WORDS.get(each, str(each)) for each in types]
    values = tuple(str(value) for value in schema.get("enum", ()) if value is not None)
    return Kind(" or ".join(words), "", values)


_WORDS = {
    "string": "text",
    "boolean": "true or false",
    "integer": "whole number",
    "object": "object",
    "date": "date",
    "date-time": "moment",
    "uuid": "UUID",
    "binary": "bytes",
}
