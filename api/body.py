"""Reading what is sent: strict JSON of bounded size and depth, from which no two readers could take two meanings."""

from __future__ import annotations

import json
import math
from typing import IO, Any

from rest_framework.parsers import BaseParser

from api.errors import ApiProblem, Pointer, fault

#: Bytes of one request unless its view allows more. A full application has less than 8 kB.
LARGEST = 64 * 1024
DEEPEST = 8


class StrictJson(BaseParser):
    """Only application/json. Refuses names that stand twice, NaN, NUL and half characters."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:  # noqa: ARG002  the shape that DRF calls
        largest = getattr((parser_context or {}).get("view"), "largest", LARGEST)
        data = stream.read(largest + 1)
        if len(data) > largest:
            raise ApiProblem("too_large")
        value = _read(data)
        if not isinstance(value, dict):
            raise ApiProblem("malformed", (fault("not_an_object"),))
        _check(value)
        return value


def _read(data: bytes) -> Any:
    try:
        return json.loads(
            data.decode(),
            object_pairs_hook=_without_doubles,
            parse_constant=_not_finite,
            parse_float=_finite,
        )
    except RecursionError:
        raise ApiProblem("malformed", (fault("too_deep"),)) from None
    except ValueError:
        raise ApiProblem("malformed") from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ApiProblem("malformed", (fault("duplicate_name"),))
    return made


def _not_finite(_text: str) -> float:
    raise ApiProblem("malformed", (fault("not_finite"),))


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _not_finite(text)


def _check(value: dict[str, Any]) -> None:
    """Depth, and every name and text: no NUL, no half of a surrogate pair."""
    waiting: list[tuple[Any, Pointer]] = [(value, ())]
    while waiting:
        part, path = waiting.pop()
        if len(path) >= DEEPEST and isinstance(part, dict | list):
            raise ApiProblem("malformed", (fault("too_deep"),))
        if isinstance(part, str):
            _check_text(part, path)
        elif isinstance(part, dict):
            for name, inner in part.items():
                _check_text(name, path)
                waiting.append((inner, (*path, name)))
        elif isinstance(part, list):
            waiting += [(inner, (*path, number)) for number, inner in enumerate(part)]


def _check_text(text: str, path: Pointer) -> None:
    if "\0" in text or any("\ud800" <= mark <= "\udfff" for mark in text):
        raise ApiProblem("malformed", (fault("bad_character", path),))
