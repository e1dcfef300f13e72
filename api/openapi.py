"""The OpenAPI document."""

from drf_spectacular.openapi import AutoSchema


class Described(AutoSchema):
    """How a view is described."""
