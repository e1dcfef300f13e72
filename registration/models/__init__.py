"""The records."""

from registration.models.api_key import ApiKey
from registration.models.application import Application
from registration.models.audit_entry import NOTHING_BEFORE, AppendOnly, AuditEntry, AuditHead
from registration.models.contact import Consent, Contact, OptInQuestion
from registration.models.correction import Correction
from registration.models.count import DailyCount, RateWindow
from registration.models.delivery import Delivery, PrintBatch
from registration.models.document import Document
from registration.models.forgetting import Forgotten, Tombstone
from registration.models.mail import Mail
from registration.models.member import Invitation, Membership, Role
from registration.models.outbox import Chore, Outbox
from registration.models.partner import SITE_SLUG, Partner, PartnerLogo, PartnerSite
from registration.models.subscription import Subscription
from registration.models.switch import Switch
from registration.models.webhook import WebhookDelivery, WebhookEndpoint, WebhookMessage

__all__ = [
    "NOTHING_BEFORE",
    "SITE_SLUG",
    "ApiKey",
    "AppendOnly",
    "Application",
    "AuditEntry",
    "AuditHead",
    "Chore",
    "Consent",
    "Contact",
    "Correction",
    "DailyCount",
    "Delivery",
    "Document",
    "Forgotten",
    "Invitation",
    "Mail",
    "Membership",
    "OptInQuestion",
    "Outbox",
    "Partner",
    "PartnerLogo",
    "PartnerSite",
    "PrintBatch",
    "RateWindow",
    "Role",
    "Subscription",
    "Switch",
    "Tombstone",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookMessage",
]
