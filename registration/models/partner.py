"""Who brings the applicant, and how its widget looks."""

from django.db import models

SITE_SLUG = "site"


class Partner(models.Model):
    """A site or campaign that embeds us. ``site`` is the service's own pages.

    Only an approved partner that is not suspended may use keys, the widget or the dashboard's doors. Colours are
    "#rrggbb" or "" for ours; ``radius`` is in pixels. ``keeps_nothing``: the answers of its applicants stay with them.
    """

    class Font(models.TextChoices):
        PUBLIC = "public"
        SYSTEM = "system"
        SERIF = "serif"
        ROUND = "round"

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    approved_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    privacy_url = models.URLField(blank=True)
    keeps_nothing = models.BooleanField(default=False)
    primary_colour = models.CharField(max_length=7, blank=True)
    accent_colour = models.CharField(max_length=7, blank=True)
    radius = models.PositiveSmallIntegerField(default=4)
    font = models.CharField(max_length=8, choices=Font.choices, default=Font.PUBLIC)

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.approved_at is not None and self.suspended_at is None


class PartnerLogo(models.Model):
    """The logo as we drew it anew from what was sent: a PNG without metadata. ``digest`` names it in addresses."""

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, primary_key=True, related_name="logo")
    png = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=16)
    alt = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.digest


class PartnerSite(models.Model):
    """A web site that may show the widget and use keys in a browser: an exact origin, "https://www.example.org"."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="sites")
    origin = models.CharField(max_length=300)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["partner", "origin"], name="one_row_per_site"),)
        indexes = (models.Index(fields=["origin"], name="site_by_origin"),)

    def __str__(self) -> str:
        return self.origin
