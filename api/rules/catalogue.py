"""Which documents there are, and what each is made of."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import UTC
from typing import Any, Literal

from django.conf import settings
from django.utils import translation

import state_rules
from api.rules import elections, jurisdictions
from api.rules.edition import edition
from api.rules.parts import Json
from api.rules.publishing import Made, Name, Press
from api.rules.snapshot import Snapshot

Kind = Literal["rules", "jurisdictions", "jurisdiction", "fields", "elections"]
_press = Press()


def _rules(found: Snapshot, _name: Name) -> Json:
    version = edition(found)
    days = sorted(place.on for place in found.places.values())
    return {
        "version": version,
        "rules_version": state_rules.rules_version(),
        "first_day": days[0].isoformat(),
        "last_day": days[-1].isoformat(),
        "changes_at": found.midnight().astimezone(UTC).isoformat(),
        "languages": [code for code, _label in settings.LANGUAGES],
        "href": f"/api/v1/rules/{version}/",
    }


def _list(found: Snapshot, name: Name) -> Json:
    told = [found.told(code, name.language) for code in found.places]
    rows = sorted((jurisdictions.short(each) for each in told), key=lambda row: str(row["name"]))
    return {
        "language": name.language,
        "rules_version": state_rules.rules_version(),
        "warning": jurisdictions.warning(unread=found.unread),
        "jurisdictions": rows,
    }


def _one(found: Snapshot, name: Name) -> Json:
    return jurisdictions.whole(found.told(name.code, name.language))


def _fields(found: Snapshot, name: Name) -> Json:
    return jurisdictions.fields(found.told(name.code, name.language))


def _elections(found: Snapshot, name: Name) -> Json:
    return elections.of_places(found, (name.code,) if name.code else tuple(found.places))


_MAKERS: dict[str, Callable[[Snapshot, Name], dict[str, Any]]] = {
    "rules": _rules,
    "jurisdictions": _list,
    "jurisdiction": _one,
    "fields": _fields,
    "elections": _elections,
}


def made(found: Snapshot, name: Name) -> Made:
    """The bytes of a document as of ``found``."""

    def make() -> Json:
        with translation.override(name.language or settings.LANGUAGE_CODE):
            return _MAKERS[name.kind](found, name)

    return _press.made(name, _key(found, name), make)


def _key(found: Snapshot, name: Name) -> Hashable:
    return found.key(name.code, name.language) if name.code else found.key_of_all()
