"""What an operator ordered, why, and whether they took it back."""

from django.db import models


class Ordered(models.Model):
    """``reason`` is shown as it stands, ``reason_es`` on Spanish pages where there is one.

    ``ended_at``: when an operator ended it before its time.
    """

    reason = models.CharField(max_length=300)
    reason_es = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)
