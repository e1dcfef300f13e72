"""The sealed answers from which a form is drawn."""

from django.db import models

from registration.models.application import Application


class Document(models.Model):
    """AES-256-GCM ciphertext under a key that only the applicant's reference gives. No form is stored."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, primary_key=True, related_name="document")
    reference_hash = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)
    times_drawn = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.application_id)
