"""The people of a partner, and those who were asked to join."""

from django.conf import settings
from django.db import models

from registration.models.partner import Partner


class Role(models.TextChoices):
    """What a member may do: ``owner`` everything, ``manager`` all but members and exports, ``viewer`` only look."""

    OWNER = "owner"
    MANAGER = "manager"
    VIEWER = "viewer"


class Membership(models.Model):
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["partner", "user"], name="one_membership_per_person"),)

    def __str__(self) -> str:
        return str(self.pk)


class Invitation(models.Model):
    """``token_hash``: SHA-256 of the random text in the link, which is not stored."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=8, choices=Role.choices)
    token_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
