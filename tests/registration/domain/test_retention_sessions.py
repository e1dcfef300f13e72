"""Sessions of the dashboard that are over are forgotten, with the addresses they came from."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from registration.domain.retention import forget_sessions
from tests.members import make_person, signed_in

pytestmark = pytest.mark.django_db


def test_forget_sessions_deletes_those_that_are_over_and_where_they_came_from():
    signed_in(make_person("ann@example.org"))
    forget_sessions(timezone.now())
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    forget_sessions(timezone.now() + timedelta(hours=13))
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
