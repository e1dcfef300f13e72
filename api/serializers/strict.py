"""Fields that take exactly what the document says: no number for a text, no "yes" for true, no name too many."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from api.errors import NONE_OF, ApiProblem
from state_rules import JURISDICTIONS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
RANDOM_UUID_VERSION = 4


def _no(code: str) -> ValidationError:
    return ValidationError(code, code=code)


class Strict(serializers.Serializer):
    """An object. Every name that it does not know is a fault, beside all others."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise ValidationError({"non_field_errors": [ErrorDetail("not_an_object", code="not_an_object")]})
        errors: dict[str, Any] = {}
        value: dict[str, Any] = {}
        try:
            value = super().to_internal_value(data)
        except ValidationError as found:
            errors = dict(found.detail)
        for name in data:
            if name not in self.fields:
                errors[name] = [ErrorDetail("unknown_field", code="unknown_field")]
        if errors:
            raise ValidationError(errors)
        return value


def read(serializer: type[Strict], data: Any) -> dict[str, Any]:
    """What was sent, as the serializer takes it. Raises ApiProblem with every fault."""
    found = serializer(data=data)
    found.is_valid(raise_exception=True)
    if not isinstance(found.validated_data, dict):
        raise ApiProblem("malformed")
    return found.validated_data


def what_can_be_read(serializer: type[Strict], data: Any, refused: ValidationError) -> dict[str, Any]:
    """Of an object that is refused, what is right by itself: without the faulty names and whatever is missing."""
    if not isinstance(data, dict):
        return {}
    rest = serializer(data={name: value for name, value in data.items() if name not in refused.detail}, partial=True)
    return rest.validated_data if rest.is_valid() else {}


class Text(serializers.CharField):
    """Kept as it is, white space included."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"trim_whitespace": False, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise _no("not_a_string")
        return data


class YesNo(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            raise _no("not_a_boolean")
        return data


class Choice(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise _no("not_a_string")
        if data not in self.choices:
            raise ValidationError(", ".join(self.choices), code=NONE_OF)
        return data


class Jurisdiction(Choice):
    """A code such as "OH"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("choices", None)
        super().__init__(choices=JURISDICTIONS, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, str) and data not in self.choices:
            raise _no("unknown_jurisdiction")
        return super().to_internal_value(data)


class Lang(Choice):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("choices", None)
        super().__init__(choices=[code for code, _name in settings.LANGUAGES], **kwargs)


class Day(serializers.DateField):
    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str):
            raise _no("not_a_string")
        try:
            if not _DAY.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise _no("not_a_date") from None


class Reference(serializers.UUIDField):
    """A random UUID, as text in its usual form."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise _no("not_a_string")
        try:
            value = UUID(data)
        except ValueError:
            raise _no("not_a_reference") from None
        if value.version != RANDOM_UUID_VERSION or data.lower() != str(value):
            raise _no("not_a_reference")
        return str(value)
