"""A partner that has set everything once, and the addresses of its settings."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PIL import Image

from registration.domain import keys, logos, questions, sites
from registration.domain.audit import Order
from registration.domain.keys import KeyWish
from registration.domain.questions import Wording
from registration.domain.webhooks import FORM_READY, SELECTABLE, signing
from registration.models import (
    ApiKey,
    OptInQuestion,
    Partner,
    PartnerSite,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
)

NOW = datetime(2028, 6, 1, 12, 0, tzinfo=UTC)
ORDER = Order("member 1", "For a test.", NOW)


def picture(form: str = "PNG", size: tuple[int, int] = (120, 40)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, (122, 31, 61)).save(written, form)
    return written.getvalue()


def endpoint(partner: Partner, url: str = "https://hooks.example.org/voting") -> WebhookEndpoint:
    """Without looking its host up."""
    made = WebhookEndpoint(partner=partner, url=url, events=list(SELECTABLE), created_at=NOW)
    made.secret = signing.sealed(signing.new_secret(), made.public_id)
    made.save()
    return made


def delivery(of: WebhookEndpoint, **more) -> WebhookDelivery:
    message = WebhookMessage.objects.create(partner=of.partner, type=FORM_READY, body="{}", created_at=NOW)
    values = {"created_at": NOW, "available_at": NOW + timedelta(hours=1), **more}
    return WebhookDelivery.objects.create(message=message, endpoint=of, **values)


def furnish(partner: Partner) -> None:
    """One of each thing."""
    sites.allow(partner, "https://www.example.org", ORDER)
    logos.change(partner, logos.Sent(picture(), "Acme"), ORDER)
    questions.add(partner, Wording("email", "May Acme write to you by email?", "¿Puede Acme escribirle?"), ORDER)
    questions.add(partner, Wording("phone", "May Acme send you text messages?"), ORDER)
    keys.make(partner, KeyWish("Sign-up page", "live", ("applications:write", "statistics:read")), ORDER)
    of = endpoint(partner)
    delivery(of, attempts=1, delivered_at=NOW, last_status=204, last_attempt_at=NOW)
    delivery(of, attempts=3, last_failure="connect_timeout", last_attempt_at=NOW)
    delivery(of, attempts=9, last_failure="refused", last_status=500, given_up_at=NOW)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Below the partner's own: ``looks`` are for every member, ``changes`` ask a manager, ``posts`` take no GET."""

    looks: tuple[str, ...]
    changes: tuple[str, ...]
    posts: tuple[str, ...]


def pages(partner: Partner) -> Addresses:
    """Of a furnished partner."""
    site = PartnerSite.objects.get(partner=partner).pk
    first, second = OptInQuestion.objects.filter(partner=partner).order_by("pk").values_list("pk", flat=True)
    key = ApiKey.objects.get(partner=partner).identifier
    hook = WebhookEndpoint.objects.get(partner=partner).public_id
    sent = WebhookDelivery.objects.filter(endpoint__partner=partner).first()
    assert sent is not None
    return Addresses(
        looks=(
            "start/", "sites/", "widget/", "widget/check/", "widget/preview/", "widget/preview.css", "widget/logo.png",
            "snippet/", "questions/", "keys/", "webhooks/", "webhooks/log/", "tracking/",
        ),
        changes=(
            "sites/add/", f"sites/{site}/remove/", f"questions/{first}/", f"questions/{first}/retire/", "keys/make/",
            f"keys/{key}/rotate/", f"keys/{key}/revoke/", "webhooks/add/", f"webhooks/{hook}/",
            f"webhooks/{hook}/rotate/", f"webhooks/{hook}/remove/",
        ),
        posts=(
            "widget/logo/", "widget/logo/remove/", "questions/add/", f"questions/{second}/up/",
            f"webhooks/{hook}/test/", f"webhooks/log/{sent.public_id}/replay/",
        ),
    )  # fmt: skip
