"""Forms on paper: batches for the operator's print shop.

A row waits wrapped until its form was posted. While it is in a batch its outcome names that batch, so that it goes into
no other one; ``posted`` ends and erases it, ``put_back`` lets it wait for the next batch.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from registration.delivery import print_post
from registration.delivery.base import DeliveryError
from registration.delivery.print_post import Parcel
from registration.domain import documents, outbox, print_batches, retention, rules, submission
from registration.domain.alerts import Alert
from registration.domain.audit import Order, Refused, record
from registration.domain.channels import message_id, print_offered
from registration.domain.field_encryption import CannotRead
from registration.domain.messages.links import language_of
from registration.domain.outbox import Effect
from registration.domain.print_batches import BROKEN, IN_BATCH, KIND
from registration.domain.retention import over
from registration.domain.routing import election_in_view
from registration.domain.sealing import CannotOpen
from registration.domain.submission import Expired, NotFound
from registration.domain.wrapping import unwrap
from registration.models import SITE_SLUG, Application, AuditEntry, Outbox, Partner, PrintBatch
from registration.pdf.template import return_address
from state_rules import load

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Exported:
    """``folder``: None where there was nothing to print. ``dropped``: forms that cannot be posted any more."""

    batch: str
    folder: Path | None
    count: int
    dropped: int


def export(folder: Path, order: Order, limit: int = MOST_AT_ONCE) -> Exported:
    """Write what waits as a batch into a new folder within ``folder``. Raises Refused; then everything still waits,
    or the batch does."""
    order.check()
    if not print_offered():
        raise Refused("PRINT_SHOP is not set: nobody is offered a form by mail.")
    batch = print_post.new_batch()
    rows = _take(batch, order.at, limit)
    ready = {row.pk: parcel for row, parcel in _parcels(rows, batch, order.at)}
    place = _write(folder.absolute(), batch, list(ready.values()), order) if ready else None
    count = len(ready) - _leave_out(batch, set(ready))
    if place is not None and not count:
        print_batches.erase(batch, place)
    return Exported(batch, place if count else None, count, len(rows) - count)


def _write(folder: Path, batch: str, parcels: list[Parcel], order: Order) -> Path:
    """Audited and remembered before it is written, so that there is no batch of which nobody knows. Raises Refused."""
    with transaction.atomic():
        _record(order, AuditEntry.Action.PRINT_EXPORTED, len(parcels))
        print_batches.remember(PrintBatch(name=batch, folder=str(folder / batch), exported_at=order.at))
    try:
        return print_post.write(folder, batch, parcels)
    except DeliveryError:
        put_back(batch, order)
        print_batches.gone(batch)
        raise Refused("The folder cannot be written. Nothing was exported.") from None


def _leave_out(batch: str, written: set[UUID]) -> int:
    """Look again: what was withdrawn while it was written must not stay. Returns how many. Raises Refused."""
    withdrawn = written - set(_in_batch(batch).values_list("pk", flat=True))
    try:
        print_batches.leave_out(batch, withdrawn)
    except BROKEN:
        said = f"A form was withdrawn meanwhile and cannot be deleted: do not send batch {batch}, put it back."
        raise Refused(said) from None
    return len(withdrawn)


def posted(batch: str, order: Order) -> int:
    """The print shop has mailed a batch: its rows are done and erased. Returns how many: none, where only its files are
    left. Raises Refused."""
    order.check()
    rows = list(_in_batch(batch))
    if not rows and not print_batches.is_known(batch):
        raise Refused(f"There is no batch {batch} that waits.")
    count = sum(_end(row, order.at) for row in rows)
    with transaction.atomic():
        _record(order, AuditEntry.Action.PRINT_POSTED, count)
    return count


def put_back(batch: str, order: Order) -> int:
    """A batch was not mailed: its rows wait for another. Returns how many, as ``posted``. Raises Refused."""
    order.check()
    with transaction.atomic():
        count = _free(batch)
        if not count and not print_batches.is_known(batch):
            raise Refused(f"There is no batch {batch} that waits.")
        _record(order, AuditEntry.Action.PRINT_BACK, count)
    return count


def open_batches() -> dict[str, int]:
    """The batches that were neither posted nor put back, with how many forms each holds."""
    found: dict[str, int] = {}
    for outcome in _waiting().filter(outcome__startswith=IN_BATCH).values_list("outcome", flat=True):
        name = outcome.removeprefix(IN_BATCH)
        found[name] = found.get(name, 0) + 1
    return found


def end_stale(now: datetime) -> int:
    """End and erase what nobody printed in time; returns how many. Batches may be at the shop and are left."""
    stale = _waiting().filter(useful_until__lte=now).exclude(outcome__startswith=IN_BATCH)
    return sum(_finish(row, "too_late", now) for row in stale)


def tidy(now: datetime) -> None:
    """What each machine does with its own files: those of withdrawn forms go, and batches whose time is over."""
    print_batches.leave_out_withdrawn()
    retention.forget_kind("print_batches", now)


def late(now: datetime) -> Iterator[Alert]:
    """Batches that their own machine should have deleted: it is away, has no relay, or its disk fails."""
    for batch in over.print_batches(now - retention.LATE).order_by("exported_at"):
        yield Alert("print_late", f"{batch.machine}:{batch.name}")


def _waiting() -> QuerySet[Outbox]:
    return outbox.waiting().filter(kind=KIND)


def _take(batch: str, now: datetime, limit: int) -> list[Outbox]:
    """Put what waits into the batch, before anything is written: so nobody's form is printed twice."""
    with transaction.atomic():
        free = _waiting().filter(available_at__lte=now).exclude(outcome__startswith=IN_BATCH)
        rows = list(free.select_for_update(skip_locked=True, of=("self",)).order_by("available_at", "id")[:limit])
        Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(outcome=f"{IN_BATCH}{batch}")
    return rows


def _in_batch(batch: str) -> QuerySet[Outbox]:
    return _waiting().filter(outcome=f"{IN_BATCH}{batch}")


def _free(batch: str) -> int:
    return _in_batch(batch).update(outcome="")


def _parcels(rows: list[Outbox], batch: str, now: datetime) -> Iterator[tuple[Outbox, Parcel]]:
    """What can be printed. The rest is ended here."""
    for row in rows:
        why = "too_late" if row.useful_until is not None and row.useful_until <= now else ""
        try:
            parcel = _parcel(row, batch, now) if not why else None
        except (NotFound, Expired, CannotOpen, CannotRead) as error:
            why, parcel = type(error).__name__.lower(), None
        except Exception as error:  # one that cannot be drawn holds up nobody else's form
            logger.exception("an outbox row failed", extra={"kind": row.kind, "row": str(row.pk)})
            _waiting().filter(pk=row.pk).update(dead_at=now, outcome=type(error).__name__[:40])
            continue
        if parcel is None:
            logger.warning("a form for the print shop is given up", extra={"code": why or "no_address"})
            _finish(row, why or "no_address", now)
        else:
            yield row, parcel


def _parcel(row: Outbox, batch: str, now: datetime) -> Parcel | None:
    """None where there is no address to post it to. Raises NotFound, Expired, CannotOpen, CannotRead."""
    if row.payload is None:
        raise NotFound
    opened = submission.open_form(unwrap(bytes(row.payload), row.pk)["reference"], now=now)
    if opened.application.status == Application.Status.WITHDRAWN:
        raise Expired
    on = rules.local_day(now, load(opened.application.jurisdiction))
    place = rules.current(opened.application.jurisdiction, on)
    to = return_address(documents.nvra_answers(opened.applicant, place, on))
    if not all(to):
        return None
    election = election_in_view(place, opened.application.election_day, on)
    language = language_of(opened.application.language)
    pdf = documents.draw(opened.applicant, place, election, language, on)
    return Parcel(pdf, to, print_batches.file_of(row.pk, batch))


def _end(row: Outbox, now: datetime) -> bool:
    if not _finish(row, "posted", now, Effect("print", message_id(row.dedupe_key))):
        return False
    application = Application.objects.filter(pk=row.ref_id).first()
    if application is not None:
        submission.mark_delivered(application, now)
    return True


def _finish(row: Outbox, outcome: str, now: datetime, effect: Effect | None = None) -> bool:
    held = outbox.claim(row.pk, now)
    return held is not None and outbox.finish(held, outcome, now, effect)


def _record(order: Order, action: AuditEntry.Action, count: int) -> None:
    record(order, action, Partner.objects.get(slug=SITE_SLUG), {"rows": count})
