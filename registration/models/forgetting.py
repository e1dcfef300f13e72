"""What was forgotten, so that it can be shown, and stays forgotten when a backup is brought back."""

from django.db import models

from registration.models.identifiers import uuid7


class Forgotten(models.Model):
    """How many of a kind were deleted on a day (UTC): by the schedule, or because somebody asked."""

    class Why(models.TextChoices):
        SCHEDULE = "schedule"
        REQUEST = "request"

    day = models.DateField()
    kind = models.CharField(max_length=40)
    why = models.CharField(max_length=8, choices=Why.choices)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["day", "kind", "why"], name="one_forgetting_each"),)

    def __str__(self) -> str:
        return str(self.pk)


class Tombstone(models.Model):
    """Somebody asked for ``subject`` to be deleted; for the last three kinds, a subscription's messages to end and its
    addresses to be erased. ``journaled_at``: when that was written outside of the database."""

    class Kind(models.TextChoices):
        APPLICATION = "application"
        CONTACT = "contact"
        SUBSCRIPTION = "subscription"
        STOP_EMAIL = "stop_email"
        STOP_SMS = "stop_sms"
        MAILED = "mailed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject = models.UUIDField()
    at = models.DateTimeField(db_index=True)
    journaled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "subject"], name="one_tombstone_each"),)
        indexes = (models.Index(fields=["id"], name="tombstone_to_write", condition=models.Q(journaled_at=None)),)

    def __str__(self) -> str:
        return str(self.pk)
