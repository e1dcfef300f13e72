"""A partner that has set everything once, and the addresses of its settings."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
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
    Role,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
)

Named = dict[str, Any]
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


def a_site(partner: Partner) -> Named:
    return {"number": PartnerSite.objects.filter(partner=partner).values_list("pk", flat=True)[0]}


def a_question(partner: Partner) -> Named:
    """The last one, which can be moved up."""
    rows = OptInQuestion.objects.filter(partner=partner, retired_at=None).order_by("-position")
    return {"number": rows.values_list("pk", flat=True)[0]}


def a_key(partner: Partner) -> Named:
    return {"identifier": ApiKey.objects.filter(partner=partner).values_list("identifier", flat=True)[0]}


def an_endpoint(partner: Partner) -> Named:
    return {"public_id": WebhookEndpoint.objects.filter(partner=partner).values_list("public_id", flat=True)[0]}


def a_delivery(partner: Partner) -> Named:
    rows = WebhookDelivery.objects.filter(endpoint__partner=partner)
    return {"public_id": rows.values_list("public_id", flat=True)[0]}


def nothing(_partner: Partner) -> Named:
    return {}


@dataclass(frozen=True, slots=True)
class Row:
    """A route below the partner's own: the least role, what else stands in its address (of a furnished partner), and
    whether it only takes what is sent."""

    least: Role = Role.VIEWER
    named: Callable[[Partner], Named] = nothing
    only_takes: bool = False


ROWS = {
    "sites": Row(),
    "sites_add": Row(Role.MANAGER),
    "sites_remove": Row(Role.MANAGER, a_site),
    "widget": Row(),
    "widget_check": Row(),
    "widget_preview": Row(),
    "widget_preview_style": Row(),
    "widget_logo": Row(Role.MANAGER, only_takes=True),
    "widget_logo_remove": Row(Role.MANAGER, only_takes=True),
    "widget_logo_image": Row(),
    "snippet": Row(),
    "questions": Row(),
    "questions_add": Row(Role.MANAGER, only_takes=True),
    "questions_change": Row(Role.MANAGER, a_question),
    "questions_retire": Row(Role.MANAGER, a_question),
    "questions_move": Row(Role.MANAGER, a_question, only_takes=True),
    "keys": Row(),
    "keys_make": Row(Role.MANAGER),
    "keys_rotate": Row(Role.MANAGER, a_key),
    "keys_revoke": Row(Role.MANAGER, a_key),
    "webhooks": Row(),
    "webhooks_add": Row(Role.MANAGER),
    "webhooks_log": Row(),
    "webhooks_replay": Row(Role.MANAGER, a_delivery, only_takes=True),
    "webhooks_change": Row(Role.MANAGER, an_endpoint),
    "webhooks_rotate": Row(Role.MANAGER, an_endpoint),
    "webhooks_remove": Row(Role.MANAGER, an_endpoint),
    "webhooks_test": Row(Role.MANAGER, an_endpoint, only_takes=True),
    "storing": Row(),
    "storing_change": Row(Role.OWNER),
    "tracking": Row(),
}


def address(name: str, partner: Partner, of: Partner | None = None) -> str:
    """The address of a route with a partner's things, under the short name of the same or another partner."""
    slug = (of or partner).slug
    return reverse(f"partners:{name}", kwargs={"slug": slug, **ROWS[name].named(partner)})
