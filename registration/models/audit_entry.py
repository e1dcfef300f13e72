"""What operators and partners' members did, who and why. Written once, each entry chained to the one before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, NoReturn

from django.db import models, transaction

from registration.models.partner import Partner

#: What the first entry follows.
NOTHING_BEFORE = "0" * 64


class AppendOnly(Exception):
    """The audit is written once and stays as it is."""


class AuditHead(models.Model):
    """Where the chain ends: the last entry's number and digest, and how many entries there are. One row.

    Whoever writes an entry holds this row until its transaction is over, so that the entries make one chain.
    """

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=NOTHING_BEFORE)
    count = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="audit_has_one_head"),)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def hold(cls) -> AuditHead:
        """The head, held until the transaction's end. Raises DoesNotExist where there are entries and no head."""
        held = cls.objects.select_for_update()
        head = held.filter(pk=cls.ONLY).first()
        if head is None and not AuditEntry.objects.exists():
            head, _made = held.get_or_create(pk=cls.ONLY)
        if head is None:
            raise cls.DoesNotExist("The audit has entries and no head: manage.py audit verify")
        return head


class AppendOnlyRows(models.QuerySet["AuditEntry"]):
    def update(self, **_kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def bulk_create(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Entries are chained one by one."""
        raise AppendOnly


class AuditEntry(models.Model):
    """No personal data: ``who`` is the operator, or "member" and a number; ``details`` what was set.

    ``partner``: whose it is, where it is one's; that partner sees it. Triggers of the database refuse changes, too.
    ``previous``: the digest of the entry before; ``digest``: over that and all other columns (docs/audit.md). Saving
    gives the number and both digests, whatever they were.
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
        STAFF_ADDED = "staff_added"
        STAFF_REMOVED = "staff_removed"
        FACTOR_RESET = "factor_reset"
        RECORDS_SEEN = "records_seen"
        FIELDS_ROTATED = "fields_rotated"
        OUTBOX_RETRIED = "outbox_retried"
        OUTBOX_DROPPED = "outbox_dropped"
        RESTORED = "restored"
        PRINT_EXPORTED = "print_exported"
        PRINT_POSTED = "print_posted"
        PRINT_BACK = "print_back"
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
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = AppendOnlyRows.as_manager()

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = (models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject"),)
        # An index of its own: two entries never follow the same one.
        constraints = (models.UniqueConstraint(models.F("previous"), name="audit_does_not_fork"),)

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValueError where ``details`` holds a number that databases do not keep as it is written."""
        if not self._state.adding:
            raise AppendOnly
        json.loads(json.dumps(self.details), parse_float=_inexact, parse_constant=_inexact)
        with transaction.atomic():
            if self.partner_id is not None:
                # Before the head, in every transaction: the other way round two of them could wait for each other.
                list(Partner.objects.select_for_update(no_key=True).filter(pk=self.partner_id).values_list("pk"))
            head = AuditHead.hold()
            self.pk, self.previous = head.number + 1, head.digest
            self.digest = self.computed_digest()
            super().save(*args, **{**kwargs, "force_insert": True})
            head.number, head.digest, head.count = self.pk, self.digest, head.count + 1
            head.save(update_fields=["number", "digest", "count"])

    def canonical(self) -> bytes:
        """Every column but the two digests, as JSON with sorted names, no spaces and ASCII only.

        A column that comes later is left out where it is null, or the entries of before would have another digest.
        """
        columns = {
            "action": str(self.action),
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "details": self.details,
            "id": self.pk,
            "partner": self.partner_id,
            "reason": self.reason,
            "subject_id": self.subject_id,
            "subject_kind": self.subject_kind,
            "who": self.who,
        }
        return json.dumps(columns, sort_keys=True, separators=(",", ":")).encode("ascii")

    def computed_digest(self) -> str:
        """SHA-256 over ``previous`` and what the entry holds now, in hexadecimal."""
        return hashlib.sha256(self.previous.encode() + self.canonical()).hexdigest()

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnly


def _inexact(_number: str) -> NoReturn:
    raise ValueError("The audit's details hold whole numbers only.")
