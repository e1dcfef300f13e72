"""The records."""

from registration.models.application import Application
from registration.models.document import Document
from registration.models.partner import SITE_SLUG, Partner

__all__ = ["SITE_SLUG", "Application", "Document", "Partner"]
