"""Who wants to hear from us: their form, and when to do what with it."""

from django.db import models

from registration.models.application import Application
from registration.models.identifiers import uuid7


class Subscription(models.Model):
    """Encrypted fields (``domain.field_encryption``), each bound to its row and column.

    ``application`` is null for who was too young to make one; ``register_from`` is then the first day on which they
    may. ``email_words`` and ``sms_words``: what they said yes to, in the words that they read; "" where they did not.
    ``token`` opens the page where it is all ended; its hash finds the row. ``zone``: the time zone of the messages.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.OneToOneField(Application, null=True, on_delete=models.CASCADE, related_name="subscription")
    jurisdiction = models.CharField(max_length=2)
    language = models.CharField(max_length=10)
    zone = models.CharField(max_length=40)
    election_day = models.DateField(null=True)
    register_from = models.DateField(null=True)
    email = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    email_words = models.CharField(max_length=300, blank=True)
    sms_words = models.CharField(max_length=300, blank=True)
    token = models.BinaryField()
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    email_ended_at = models.DateTimeField(null=True)
    sms_ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
