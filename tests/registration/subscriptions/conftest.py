"""A person of Georgia who wants messages."""

from datetime import date, datetime

import pytest

from registration.applicant import Applicant
from registration.domain import submission
from registration.domain.submission import Submission, Submitted, submit
from registration.domain.subscriptions import Wish
from registration.models import Subscription

ELECTION_DAY = date(2028, 11, 7)
EVERYTHING = Wish("luke@example.org", "404-555-0177", True, True, True, True, True)


@pytest.fixture
def reference() -> str:
    return submission.new_reference()


@pytest.fixture
def send(applicant: Applicant, now: datetime, reference: str):
    """Submit with a wish; ``at`` and ``partner`` may differ."""

    def sent(wish: Wish | None, at: datetime = now, partner: str = "site", language: str = "en") -> Submitted:
        made = Submission(applicant, language, ELECTION_DAY, partner=partner, messages=wish)
        return submit(made, reference=reference, now=at)

    return sent


@pytest.fixture
def subscribed(send) -> Subscription:
    """Who wants reminders by e-mail."""
    send(Wish("luke@example.org", remind_email=True))
    return Subscription.objects.get()
