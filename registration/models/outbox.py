"""What is to be done after an answer was given, and that it was done. Rows are the queue; a broker is a hint."""

from django.db import models

from registration.models.identifiers import uuid7
from registration.models.partner import Partner


class Outbox(models.Model):
    """One thing to do, once. Written in the transaction of what it follows from.

    Due from ``available_at``, at once where that is null; over when ``done_at`` or ``dead_at`` is set, ``outcome`` then
    says in a word how. ``queued_until``: a broker was told of it and need not be told again before. ``lease_until``: a
    worker holds it; ``lease`` numbers the holdings, so that one who comes late changes nothing. ``attempts`` are those
    that the work itself failed or killed; ``deferrals`` those that found another service away. ``payload``: what the
    work needs of a person, wrapped (``domain.wrapping``) and erased with ``done_at``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=30)
    ref_id = models.UUIDField()
    dedupe_key = models.CharField(max_length=100, unique=True)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.CASCADE, related_name="outbox")
    payload = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    available_at = models.DateTimeField(null=True)
    useful_until = models.DateTimeField(null=True)
    queued_until = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    lease = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    deferrals = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["available_at", "id"], name="outbox_due", condition=models.Q(done_at=None, dead_at=None)
            ),
            models.Index(fields=["ref_id"], name="outbox_by_ref"),
            models.Index(fields=["dead_at"], name="outbox_dead", condition=models.Q(dead_at__isnull=False)),
            models.Index(fields=["useful_until"], name="outbox_holding", condition=models.Q(payload__isnull=False)),
            models.Index(fields=["done_at"], name="outbox_done", condition=models.Q(done_at__isnull=False)),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Chore(models.Model):
    """Work that comes again and again. One process takes it by moving ``due_at``."""

    name = models.CharField(primary_key=True, max_length=40)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
