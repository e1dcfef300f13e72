"""People who asked a partner to write to them. Nothing of their application stands here."""

from django.db import models

from registration.models.identifiers import uuid7
from registration.models.partner import Partner


class OptInQuestion(models.Model):
    """A question that a partner asks in its own words. ``means``: how it would write, if the person says yes."""

    class Means(models.TextChoices):
        EMAIL = "email"
        PHONE = "phone"

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="questions")
    means = models.CharField(max_length=5, choices=Means.choices)
    text = models.CharField(max_length=300)
    text_es = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class Contact(models.Model):
    """Encrypted fields (``domain.field_encryption``), each bound to its row and column.

    ``withdrawal_hash`` is derived from the submission's reference, so that its owner alone can name this row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="contacts")
    jurisdiction = models.CharField(max_length=2)
    language = models.CharField(max_length=10)
    source = models.CharField(max_length=60, blank=True)
    name = models.BinaryField(null=True)
    email = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    zip_code = models.BinaryField(null=True)
    withdrawal_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = (models.Index(fields=["partner", "id"], name="contact_by_partner"),)

    def __str__(self) -> str:
        return str(self.id)


class Consent(models.Model):
    """What a person said yes to, in the words that they read."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    question = models.ForeignKey(OptInQuestion, on_delete=models.PROTECT, related_name="consents")
    means = models.CharField(max_length=5, choices=OptInQuestion.Means.choices)
    text = models.CharField(max_length=300)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)
