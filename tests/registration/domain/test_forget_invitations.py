"""An invitation's address is not kept for ever."""

from datetime import timedelta

import pytest

from registration.domain.retention import forget_invitations
from registration.models import Invitation, Partner

pytestmark = pytest.mark.django_db
INVITATIONS = timedelta(days=30)
LONG_AGO = INVITATIONS + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ended", "left"),
    [
        ({"expires_at": LONG_AGO}, 0),
        ({"expires_at": INVITATIONS - timedelta(seconds=1)}, 1),
        ({"accepted_at": LONG_AGO, "expires_at": timedelta(0)}, 0),
        ({"revoked_at": LONG_AGO, "expires_at": timedelta(0)}, 0),
        ({"accepted_at": timedelta(days=1), "expires_at": timedelta(0)}, 1),
    ],
)
def test_invitation_is_forgotten_a_while_after_its_end(now, ended, left):
    partner = Partner.objects.create(slug="acme", name="Acme")
    ends = {name: now - ago for name, ago in ended.items()}
    Invitation.objects.create(
        partner=partner, email="ana@example.org", role="viewer", token_hash=b"x" * 32, created_at=now, **ends
    )
    assert (forget_invitations(now), Invitation.objects.count()) == (1 - left, left)
