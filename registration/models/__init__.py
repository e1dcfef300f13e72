"""The records."""

from registration.models.application import Application
from registration.models.audit_entry import AppendOnly, AuditEntry
from registration.models.correction import Correction
from registration.models.document import Document
from registration.models.partner import SITE_SLUG, Partner
from registration.models.switch import Switch

__all__ = ["SITE_SLUG", "AppendOnly", "Application", "AuditEntry", "Correction", "Document", "Partner", "Switch"]
