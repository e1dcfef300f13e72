"""A fact corrected ahead of a release."""

from django.db import models
from django.db.models import F, Q

from registration.models.order import Ordered


class Correction(Ordered):
    """``rule`` and ``fragment``: as in ``state_rules.overlay``. Never changed once made, but for ``ended_at``.

    Its days are those of the jurisdiction's main time zone, both included.
    """

    jurisdiction = models.CharField(max_length=2)
    rule = models.CharField(max_length=60)
    fragment = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="correction_has_a_day"),)
        indexes = (
            models.Index(fields=["jurisdiction", "ends_on"], condition=Q(ended_at=None), name="correction_not_ended"),
        )
