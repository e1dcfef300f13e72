"""What operators and partners' members did, who and why. Written once."""

from typing import Any, NoReturn

from django.db import models

from registration.models.partner import Partner


class AppendOnly(Exception):
    """The audit is written once and stays as it is."""


class AppendOnlyRows(models.QuerySet["AuditEntry"]):
    def update(self, **_kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class AuditEntry(models.Model):
    """No personal data: ``who`` is the operator, or "member" and a number; ``details`` what was set.

    ``partner``: whose it is, where it is one's; that partner sees it. Triggers of the database refuse changes, too.
    """

    class Action(models.TextChoices):
        SWITCHED_OFF = "switched_off"
        SWITCH_ENDED = "switch_ended"
        CORRECTED = "corrected"
        CORRECTION_ENDED = "correction_ended"
        PARTNER_SIGNED_UP = "partner_signed_up"
        PARTNER_APPROVED = "partner_approved"
        PARTNER_SUSPENDED = "partner_suspended"
        PARTNER_RESUMED = "partner_resumed"
        SITE_ALLOWED = "site_allowed"
        SITE_REMOVED = "site_removed"
        MEMBER_INVITED = "member_invited"
        INVITATION_REVOKED = "invitation_revoked"
        MEMBER_JOINED = "member_joined"
        ROLE_CHANGED = "role_changed"
        MEMBER_REMOVED = "member_removed"
        KEY_MADE = "key_made"
        KEY_ROTATED = "key_rotated"
        KEY_REVOKED = "key_revoked"
        WEBHOOK_MADE = "webhook_made"
        WEBHOOK_CHANGED = "webhook_changed"
        WEBHOOK_ROTATED = "webhook_rotated"
        WEBHOOK_REMOVED = "webhook_removed"
        THEME_CHANGED = "theme_changed"
        QUESTION_ADDED = "question_added"
        QUESTION_MOVED = "question_moved"
        QUESTION_RETIRED = "question_retired"
        EXPORTED = "exported"
        KEEPING_ENDED = "keeping_ended"
        KEEPING_BEGUN = "keeping_begun"

    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="audit")
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
