"""An applicant as bytes and back: the canonical form that is sealed and compared."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from registration.applicant import Address, Applicant, Helper, HomeLocation, IdNumber, Name

_PARTS: dict[str, type[Any]] = {
    "name": Name,
    "previous_name": Name,
    "home": Address,
    "home_location": HomeLocation,
    "mailing": Address,
    "previous_address": Address,
    "id_number": IdNumber,
    "helper": Helper,
}


def to_bytes(applicant: Applicant) -> bytes:
    """Canonical JSON: equal applicants give equal bytes. Empty values are left out, so that a field
    added later does not change an old applicant's bytes."""
    return json.dumps(_filled(asdict(applicant)), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _filled(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part not in ("", None, False, {})}
    return value.isoformat() if isinstance(value, date) else value


def from_bytes(data: bytes) -> Applicant:
    """The inverse of ``to_bytes``."""
    values: dict[str, Any] = json.loads(data)
    for name, part in _PARTS.items():
        if name in values:
            values[name] = part(**values[name])
    if "birth_date" in values:
        values["birth_date"] = date.fromisoformat(values["birth_date"])
    known = {field.name for field in fields(Applicant)}
    return Applicant(**{key: value for key, value in values.items() if key in known})
