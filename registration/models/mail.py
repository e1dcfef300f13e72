"""E-mail on its way to the dashboard's people."""

from django.db import models

from registration.models.identifiers import uuid7


class Mail(models.Model):
    """``sealed``: to whom, subject and text, encrypted (``domain.field_encryption``). Deleted once it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    available_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.pk)
