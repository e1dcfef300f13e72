"""One voter registration application: that it was made, where and through which door. No answers."""

from django.db import models

from registration.models.identifiers import uuid7
from registration.models.partner import Partner


class Application(models.Model):
    """The record that stays when the sealed answers are gone, for counts.

    ``reference_hash`` is the SHA-256 of the submission's own random reference; the reference itself is never
    stored. With the partner it is the idempotency key.
    """

    class Status(models.TextChoices):
        FORM_READY = "form_ready"
        DELIVERED = "delivered"
        HANDED_TO_STATE = "handed_to_state"
        WITHDRAWN = "withdrawn"
        PURGED = "purged"

    class Channel(models.TextChoices):
        WEB = "web"
        WIDGET = "widget"
        API = "api"
        KIOSK = "kiosk"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="applications")
    reference_hash = models.BinaryField(max_length=32)
    jurisdiction = models.CharField(max_length=2)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    language = models.CharField(max_length=10)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.FORM_READY)
    rules_version = models.CharField(max_length=64)
    election_day = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["partner", "reference_hash"], name="one_application_per_reference"),
        )
        indexes = (models.Index(fields=["jurisdiction", "created_at"], name="application_by_state"),)

    def __str__(self) -> str:
        return str(self.id)
