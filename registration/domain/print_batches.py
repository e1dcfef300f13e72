"""The files of forms on paper: where those of a batch lie, whose is which, and that they go.

They lie on the disk of one machine, and the row of their batch is in the database of all. So a row ends only where its
files were deleted, or on their own machine where there are none any more.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import socket
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction

from registration.delivery import print_post
from registration.models import Outbox, PrintBatch, Tombstone

logger = logging.getLogger(__name__)
KIND = "print_post"
IN_BATCH = "batch."
LETTERS = 32
#: By how much the clocks of two machines differ at most.
CLOCKS = timedelta(hours=1)
#: What goes wrong with files that are not as they were written, or on a disk that fails.
BROKEN = (OSError, ValueError, KeyError, TypeError)


def this_machine() -> str:
    return socket.gethostname()


def file_of(row: UUID, batch: str) -> str:
    """The name of a row's file in a batch. Without SECRET_KEY it says nothing."""
    return _name(row, batch, settings.SECRET_KEY)


def _name(row: UUID, batch: str, key: str) -> str:
    text = f"print\0{batch}\0{row}".encode()
    return f"{hmac.new(key.encode(), text, hashlib.sha256).hexdigest()[:LETTERS]}.pdf"


def remember(batch: PrintBatch) -> None:
    """Before its files are written, so that there is none of which nobody knows."""
    batch.machine = this_machine()
    batch.save(force_insert=True)


def is_known(name: str) -> bool:
    return PrintBatch.objects.filter(name=name).exists()


def hold(refs: Iterable[UUID]) -> int:
    """How many of the rows about ``refs`` wait in a batch. Until the caller's transaction ends none of them comes into
    one."""
    rows = Outbox.objects.filter(kind=KIND, ref_id__in=list(refs), done_at=None, dead_at=None)
    outcomes = list(rows.select_for_update(of=("self",)).values_list("outcome", flat=True))
    return sum(each.startswith(IN_BATCH) for each in outcomes)


def leave_out(name: str, rows: Iterable[UUID]) -> int:
    """Delete the files of ``rows`` in a batch, where it is here; how many were there. Raises what is in BROKEN.

    One process at a time: another manifest could else bring back what this one leaves out.
    """
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    files = {_name(row, name, key) for row in rows for key in keys}
    with transaction.atomic():
        batch = PrintBatch.objects.select_for_update().filter(name=name).first()
        return print_post.leave_out(Path(batch.folder), files) if batch and files else 0


def leave_out_soon(refs: Iterable[UUID]) -> None:
    """Once the caller's transaction is committed. What cannot be reached then is left out on its own machine later."""
    refs = list(refs)
    transaction.on_commit(lambda: leave_out_withdrawn(refs))


def leave_out_withdrawn(refs: list[UUID] | None = None) -> int:
    """Delete the files of people who had everything deleted (``refs``: of these), in all batches that are here; how
    many there were. What fails is logged, and stays for the next time."""
    count = 0
    try:
        for batch in PrintBatch.objects.all():
            count += _leave_out_of(batch, refs)
    except DatabaseError:
        logger.exception("the print batches could not be read; it is tried again")
    return count


def _leave_out_of(batch: PrintBatch, refs: list[UUID] | None) -> int:
    since = batch.exported_at - CLOCKS
    buried = Tombstone.objects.filter(kind=Tombstone.Kind.APPLICATION, at__gte=since).values("subject")
    rows = Outbox.objects.filter(kind=KIND)
    rows = rows.filter(ref_id__in=buried) if refs is None else rows.filter(ref_id__in=refs)
    try:
        return leave_out(batch.name, rows.values_list("pk", flat=True))
    except BROKEN:
        logger.exception("a withdrawn form could not be deleted from a print batch", extra={"code": batch.name})
        return 0


def end(batch: PrintBatch) -> bool:
    """Delete the files of a batch. False where they stay, or may lie on another machine or a disk that is away."""
    place = Path(batch.folder)
    try:
        was_here = print_post.forget(place)
    except BROKEN:
        logger.exception("the files of a print batch cannot be deleted", extra={"code": batch.name})
        return False
    is_own = batch.machine == this_machine()
    if is_own and not place.parent.is_dir():
        logger.warning("the disk of a print batch is away, so that it stays in the list", extra={"code": batch.name})
        return was_here
    return was_here or is_own


def erase(name: str, given: Path | None) -> PrintBatch | None:
    """Delete the files of a batch in ``given`` and where it was written, as far as they are here. Returns the batch
    where some may lie elsewhere. Raises what is in BROKEN."""
    with transaction.atomic():
        batch = PrintBatch.objects.select_for_update().filter(name=name).first()
        was_here = batch is not None and print_post.forget(Path(batch.folder))
        was_given = given is not None and print_post.is_here(given)
        if given is not None and was_given:
            print_post.erase(given)
        if batch is None or not (was_here or (was_given and batch.machine == this_machine())):
            return batch
        batch.delete()
    return None


def gone(name: str) -> None:
    """Somebody says that the files of a batch are gone, wherever they were."""
    PrintBatch.objects.filter(name=name).delete()
