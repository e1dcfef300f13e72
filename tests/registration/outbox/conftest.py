"""A kind of row whose handler a test writes."""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import uuid4

import pytest

from registration.domain import outbox
from registration.domain.outbox import kinds
from registration.models import Outbox

KIND = "test_kind"


@pytest.fixture
def known(monkeypatch) -> Callable[..., None]:
    """Registers a handler for KIND, for this test alone."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))

    def register(handler, queue="mail", name=KIND) -> None:
        outbox.register(outbox.Kind(name, queue, handler))

    register(lambda row, _now: outbox.Effect("email", f"<{row.dedupe_key}@test>"))
    return register


@pytest.fixture
def add(known, now) -> Iterator[Callable[..., Outbox]]:
    def write(at: datetime | None = None, **values) -> Outbox:
        row = outbox.add(outbox.Entry(**{"kind": KIND, "ref_id": uuid4(), "at": at, **values}), now)
        assert row is not None
        return Outbox.objects.get(pk=row.pk)

    return write
