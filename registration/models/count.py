"""Numbers: what happened how often on a day, and how often a window's guest has come. Nothing of any person."""

from django.db import models

from registration.models.application import Application
from registration.models.partner import Partner


class DailyCount(models.Model):
    """``step`` is set for the kind ``step`` alone. ``day`` is a calendar day in UTC."""

    class Kind(models.TextChoices):
        STARTED = "started"
        STEP = "step"
        FORM_MADE = "form_made"
        HANDED_TO_STATE = "handed_to_state"
        CONTACT = "contact"

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    jurisdiction = models.CharField(max_length=2, blank=True)
    channel = models.CharField(max_length=6, choices=Application.Channel.choices)
    language = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=60, blank=True)
    medium = models.CharField(max_length=60, blank=True)
    campaign = models.CharField(max_length=60, blank=True)
    step = models.CharField(max_length=30, blank=True)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=[
                    "partner", "day", "kind", "jurisdiction", "channel",
                    "language", "source", "medium", "campaign", "step",
                ],
                name="one_count_each",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


class RateWindow(models.Model):
    """How many requests a guest made in one window of time, where no Redis counts them.

    ``guest`` is a digest or a key's identifier, never an address; ``window`` the number of the window since 1970.
    """

    guest = models.CharField(max_length=80)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["guest", "window"], name="one_window_per_guest"),)
        indexes = (models.Index(fields=["window"], name="rate_by_window"),)

    def __str__(self) -> str:
        return str(self.pk)
