"""A form that waits to be printed. The operator's commands go by the real time."""

import pytest
from django.utils import timezone

from registration.models import Application
from tests.registration.messages.printing.batches import WISH


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def waiting(submit, now) -> Application:
    return submit(WISH, at=now)
