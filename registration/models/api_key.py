"""The keys with which a partner's programs come to the API."""

from django.db import models

from registration.models.partner import Partner


class ApiKey(models.Model):
    """``identifier`` is the part of the key that is shown; ``digest`` the SHA-256 of the whole, which is not stored.

    A key that was rotated has its ``expires_at`` at the end of the overlap, and ``replaced_by``. ``last_used_at`` is
    written at most once a minute.
    """

    class Mode(models.TextChoices):
        LIVE = "live"
        TEST = "test"

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="keys")
    name = models.CharField(max_length=100)
    mode = models.CharField(max_length=4, choices=Mode.choices)
    identifier = models.CharField(max_length=12, unique=True)
    digest = models.BinaryField(max_length=32)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.identifier
