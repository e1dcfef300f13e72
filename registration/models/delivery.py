"""That something was handed over."""

from django.db import models

from registration.models.identifiers import uuid7


class Delivery(models.Model):
    """The effect of an outbox row, in the transaction that says it is done. ``ref_id`` is what the row was about.

    ``message_id`` is made of the row's key before it is sent; it names no person.
    """

    class Channel(models.TextChoices):
        EMAIL = "email"
        SMS = "sms"
        PRINT = "print"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ref_id = models.UUIDField()
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    message_id = models.CharField(max_length=200)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["ref_id", "kind"], name="one_delivery_each"),)

    def __str__(self) -> str:
        return str(self.pk)


class PrintBatch(models.Model):
    """The files of a batch for the print shop, from before they are written until they are erased. ``folder``: where
    they lie, on ``machine``, the name of the one that wrote them; "" for batches of before it was written down."""

    name = models.CharField(primary_key=True, max_length=16)
    folder = models.TextField()
    machine = models.CharField(max_length=255, default="", db_default="", blank=True)
    exported_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
