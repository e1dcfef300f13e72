from datetime import timedelta

import pytest

from registration.domain import chores
from registration.domain.chores import Work
from registration.models import Chore

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(monkeypatch) -> list[str]:
    monkeypatch.setattr(chores, "_works", {})
    monkeypatch.setattr(chores, "_own_due", {})
    found: list[str] = []
    chores.register(Work("hourly", timedelta(hours=1), lambda _now: found.append("hourly")))
    return found


def test_run_due_does_it_at_once_and_then_when_it_is_due(ran, now):
    assert chores.run_due(now) == ["hourly"]
    assert chores.run_due(now + timedelta(minutes=59)) == []
    assert chores.run_due(now + timedelta(hours=1)) == ["hourly"]
    assert ran == ["hourly", "hourly"]


def test_what_only_the_machine_can_do_is_done_whatever_others_did(ran, now):
    Chore.objects.create(name="own", due_at=now + timedelta(hours=1))
    chores.register(Work("own", timedelta(minutes=10), lambda _now: ran.append("own"), everywhere=True))
    minutes = (0, 9, 10)
    assert [chores.run_due(now + timedelta(minutes=each)) for each in minutes] == [["hourly", "own"], [], ["own"]]


def test_run_due_goes_on_after_one_that_fails(ran, now, caplog):
    def fails(_now):
        raise ValueError("Ann Smith")

    chores.register(Work("bad", timedelta(hours=1), fails))
    chores.register(Work("last", timedelta(hours=1), lambda _now: ran.append("last")))
    assert chores.run_due(now) == ["hourly", "bad", "last"]
    assert ran == ["hourly", "last"]
    assert caplog.messages == ["a chore failed"]
