"""Who calls: the partner whose key stands in the header ``Authorization: Bearer ...``. No cookie, no session."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from api.errors import NotBearer
from registration.domain import keys
from registration.models import ApiKey, Partner

LONGEST_HEADER = 200


class BearerKey(BaseAuthentication):
    """``request.user`` becomes the partner and ``request.auth`` the key; both None where no key was sent."""

    def authenticate(self, request: Request) -> tuple[Partner, ApiKey] | None:
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if not header:
            return None
        scheme, _, text = header.partition(" ")
        if scheme.lower() != "bearer":
            raise NotBearer
        key = keys.find(text.strip(), timezone.now()) if len(header) <= LONGEST_HEADER else None
        if key is None:
            raise AuthenticationFailed
        return key.partner, key

    def authenticate_header(self, request: Request) -> str:
        refused = ', error="invalid_token"' if request.META.get("HTTP_AUTHORIZATION") else ""
        return f'Bearer realm="api"{refused}'
