"""What a partner's server is told, and how the telling went. Rows are the queue: no broker is asked to keep them."""

from django.db import models

from registration.models.identifiers import uuid7
from registration.models.partner import Partner


class WebhookEndpoint(models.Model):
    """``secret`` is encrypted (``domain.field_encryption``); the former one signs too until ``former_until``.

    ``failing_since``: the first failure after the last success. ``disabled_because``: who or what switched it off.
    """

    class DisabledBecause(models.TextChoices):
        PARTNER = "partner"
        GONE = "gone"
        FAILING = "failing"

    public_id = models.UUIDField(unique=True, default=uuid7, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(max_length=500)
    events = models.JSONField(default=list)
    secret = models.BinaryField()
    former_secret = models.BinaryField(null=True)
    former_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    disabled_because = models.CharField(max_length=8, choices=DisabledBecause.choices, blank=True)
    deleted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.public_id)


class WebhookMessage(models.Model):
    """One thing that happened. ``body`` is the exact JSON that is signed and sent: ids and status only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="webhook_messages")
    type = models.CharField(max_length=40)
    body = models.TextField()
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)


class WebhookDelivery(models.Model):
    """One message on its way to one endpoint.

    Due from ``available_at`` unless ``lease_until`` is ahead; over when ``delivered_at`` or ``given_up_at`` is set.
    ``last_status`` is the HTTP status of the last attempt, ``last_failure`` a code where there was none.
    """

    public_id = models.UUIDField(unique=True, default=uuid7, editable=False)
    message = models.ForeignKey(WebhookMessage, on_delete=models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_attempt_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_failure = models.CharField(max_length=40, blank=True)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["available_at"],
                name="delivery_due",
                condition=models.Q(delivered_at=None, given_up_at=None),
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def state(self) -> str:
        if self.delivered_at is not None:
            return "delivered"
        return "waiting" if self.given_up_at is None else "given_up"
