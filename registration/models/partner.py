"""Who brings the applicant."""

from django.db import models

SITE_SLUG = "site"


class Partner(models.Model):
    """A site or campaign that embeds us. ``site`` is the service's own pages."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
