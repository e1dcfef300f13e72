"""Deleting everything of one application because its owner asks: with its code, or with the link of its messages.

Nobody else can. The answers are sealed, so that neither a name nor a day of birth finds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from registration.domain import contacts, outbox, print_batches, sealing, tombstones, webhooks
from registration.domain.retention import Why, note
from registration.domain.subscriptions.tokens import normal_token, token_hash
from registration.models import Application, Delivery, Document, Subscription, Tombstone

Kind = Tombstone.Kind
Status = Application.Status


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was there and is gone. ``contact``: what a partner had, without a value; ``contact_unknown``: a contact, if
    there is one, could not be found, since only the code names it. ``messages``: those that waited to be sent.
    ``printed``: the form was in a batch for the print shop."""

    jurisdiction: str
    answers: bool
    contact: contacts.Given | None
    contact_unknown: bool
    subscription: bool
    messages: int
    printed: bool
    application: bool


def delete_everything(reference: str, now: datetime) -> Deleted | None:
    """Delete what the owner of ``reference`` has here, in one transaction; None where there is nothing, and for text
    that is no reference."""
    try:
        digest = sealing.reference_hash(sealing.normal_reference(reference))
    except sealing.BadReference:
        return None
    with transaction.atomic():
        rows = Application.objects.select_for_update(of=("self",)).filter(reference_hash=digest)
        applications = list(rows.exclude(status__in=(Status.WITHDRAWN,)).order_by("id"))
        contact = contacts.withdraw(reference, now)
        if not applications and contact is None:
            return None
        subscriptions = list(Subscription.objects.filter(application__in=applications).values_list("pk", flat=True))
        printed = print_batches.hold(each.pk for each in applications)
        answers, messages = _delete(applications, subscriptions, now)
    place = applications[0].jurisdiction if applications else contact.jurisdiction if contact else ""
    return Deleted(
        jurisdiction=place,
        answers=answers > 0,
        contact=contact,
        contact_unknown=False,
        subscription=bool(subscriptions),
        messages=messages - printed,
        printed=printed > 0,
        application=bool(applications),
    )


def delete_by_token(token: str, now: datetime) -> Deleted | None:
    """The same with the token of the messages' links; None for one that opens nothing.

    A contact that a partner has is not found by it.
    """
    digest = token_hash(normal_token(token))
    with transaction.atomic():
        found = Subscription.objects.select_for_update(of=("self",)).filter(token_hash=digest).first()
        if found is None:
            return None
        rows = Application.objects.select_for_update(of=("self",)).filter(subscription=found)
        applications = list(rows.exclude(status=Status.WITHDRAWN))
        printed = print_batches.hold(each.pk for each in applications)
        answers, messages = _delete(applications, [found.pk], now)
    return Deleted(
        jurisdiction=found.jurisdiction,
        answers=answers > 0,
        contact=None,
        contact_unknown=True,
        subscription=True,
        messages=messages - printed,
        printed=printed > 0,
        application=bool(applications),
    )


def _delete(applications: list[Application], subscriptions: list[UUID], now: datetime) -> tuple[int, int]:
    """(sealed answers deleted, messages that waited). The caller holds the transaction."""
    refs = [each.pk for each in applications] + subscriptions
    counts = {
        "outbox": outbox.withdraw(refs, now),
        "deliveries": Delivery.objects.filter(ref_id__in=refs).delete()[0],
        "subscriptions": len(subscriptions),
    }
    print_batches.leave_out_soon(refs)
    Subscription.objects.filter(pk__in=subscriptions).delete()
    counts["sealed_answers"] = Document.objects.filter(application__in=applications).delete()[0]
    for application in applications:
        application.status = Status.WITHDRAWN
        application.save(update_fields=["status"])
        webhooks.announce(application, webhooks.WITHDRAWN, now)
        tombstones.bury(Kind.APPLICATION, application.pk, now)
    for subscription in subscriptions:
        tombstones.bury(Kind.SUBSCRIPTION, subscription, now)
    for kind, count in sorted(counts.items()):
        note(kind, Why.REQUEST, count, now)
    return counts["sealed_answers"], counts["outbox"]
