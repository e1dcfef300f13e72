"""What operators did, who and why. Written once."""

from typing import Any, NoReturn

from django.db import models


class AppendOnly(Exception):
    """The audit is written once and stays as it is."""


class AppendOnlyRows(models.QuerySet["AuditEntry"]):
    def update(self, **_kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class AuditEntry(models.Model):
    """No personal data: ``who`` is the operator, ``details`` what was set.

    Triggers of the database refuse changes, too.
    """

    class Action(models.TextChoices):
        SWITCHED_OFF = "switched_off"
        SWITCH_ENDED = "switch_ended"
        CORRECTED = "corrected"
        CORRECTION_ENDED = "correction_ended"

    who = models.CharField(max_length=100)
    action = models.CharField(max_length=20, choices=Action.choices)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    details = models.JSONField(default=dict)

    objects = AppendOnlyRows.as_manager()

    class Meta:
        indexes = (models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject"),)

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnly
