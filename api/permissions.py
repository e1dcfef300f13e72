"""What a key may do, and from which sites a browser may use it."""

from __future__ import annotations

from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from api.errors import ApiProblem
from registration.models import ApiKey, PartnerSite


class HasScope(BasePermission):
    """The view's ``scope`` is among the key's; a view without one is open to everybody."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        scope = getattr(view, "scope", "")
        if not scope:
            return True
        if not isinstance(request.auth, ApiKey):
            raise NotAuthenticated
        if scope not in request.auth.scopes:
            raise ApiProblem("scope_missing")
        return True


class FromAllowedSite(BasePermission):
    """A key in a browser works on the partner's own sites alone. Programs send no Origin."""

    def has_permission(self, request: Request, view: APIView) -> bool:  # noqa: ARG002  the shape that DRF calls
        origin = request.META.get("HTTP_ORIGIN", "")
        if not origin or not isinstance(request.auth, ApiKey):
            return True
        if not PartnerSite.objects.filter(partner=request.auth.partner_id, origin=origin[:300]).exists():
            raise ApiProblem("origin_not_allowed")
        return True
