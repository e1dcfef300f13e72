"""A way to register to which nobody is sent for a while."""

from django.db import models
from django.db.models import F, Q

from registration.models.order import Ordered


class Switch(Ordered):
    """``jurisdiction`` "" is everywhere, ``language`` "" every language.

    It is over at ``ends_at``, or at ``ended_at`` if an operator ended it sooner.
    """

    class Channel(models.TextChoices):
        ONLINE = "online"
        MAIL = "mail"
        IN_PERSON = "in_person"

    jurisdiction = models.CharField(max_length=2, blank=True)
    channel = models.CharField(max_length=9, choices=Channel.choices)
    language = models.CharField(max_length=10, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "switches"
        constraints = (models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="switch_ends_after_start"),)
        indexes = (models.Index(fields=["ends_at"], condition=Q(ended_at=None), name="switch_not_ended"),)
