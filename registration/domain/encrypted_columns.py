"""Every encrypted column of the database, in one list: what rotates keys, and what looks for damage, finds all here."""

from __future__ import annotations

import base64
import binascii
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import BinaryField, F, Func, Model, QuerySet

from registration.domain.field_encryption import LONGEST_HEAD, Place, Ring, head_of_first
from registration.models import Contact, Mail, Outbox, Subscription, WebhookEndpoint

#: What is binary and yet not under these keys, and why.
NOT_ENCRYPTED = {
    "ApiKey.digest": "the SHA-256 of 256 random bits",
    "Application.reference_hash": "the SHA-256 of a random reference",
    "Contact.withdrawal_hash": "the SHA-256 of a random reference",
    "Document.reference_hash": "the SHA-256 of a random reference",
    "Document.sealed": "under the applicant's own key, which the server does not have",
    "Invitation.token_hash": "the SHA-256 of a random text",
    "PartnerLogo.png": "a picture that everybody may see",
    "Subscription.token_hash": "the SHA-256 of a random text",
}
#: Where the dashboard has its factors stand (``views.partners.adapters``).
FACTOR = Place("mfa_authenticator", "secret", "")
Change = Callable[[bytes, Place], bytes]


@dataclass(frozen=True, slots=True)
class Value:
    """An encrypted value as it stands, and where."""

    content: bytes
    place: Place
    row: str


@dataclass(frozen=True, slots=True)
class Column:
    """A binary column of ``model``; ``table`` and the text of the attribute ``names`` bind its values to their row."""

    model: type[Model]
    name: str
    table: str
    names: str = "pk"
    ring: Ring = "FIELD_KEYS"

    @property
    def title(self) -> str:
        return f"{self.table}.{self.name}"

    def _filled(self) -> QuerySet[Any]:
        return self.model._default_manager.exclude(**{self.name: None}).exclude(**{self.name: b""})

    def heads(self) -> Iterator[bytes]:
        """The beginning of each value, which names its key."""
        rows = self._filled().annotate(head=_beginning(self.name, LONGEST_HEAD))
        yield from (bytes(head) for head in rows.values_list("head", flat=True).iterator())

    def batch(self, after: Any, size: int, *, old_only: bool) -> list[Any]:
        """Rows by primary key after ``after`` (None: from the first). ``old_only``: not under the first key."""
        rows = self._filled().order_by("pk")
        if old_only:
            first = head_of_first(self.ring)
            rows = rows.annotate(head=_beginning(self.name, len(first))).exclude(head=first)
        return list((rows if after is None else rows.filter(pk__gt=after))[:size])

    def values(self, row: Any) -> list[Value]:
        place = Place(self.table, self.name, str(getattr(row, self.names)))
        return [Value(bytes(getattr(row, self.name)), place, str(row.pk))]

    def write(self, row: Any, change: Change) -> bool:
        """Put the changed value in place of the one that ``row`` holds. False where another stands there by now."""
        (value,) = self.values(row)
        after = change(value.content, value.place)
        unchanged = self.model._default_manager.filter(**{"pk": row.pk, self.name: value.content})
        return bool(unchanged.update(**{self.name: after}))


@dataclass(frozen=True, slots=True)
class FactorColumn:
    """The secrets of the dashboard's second factors: texts in base64 inside the JSON of a row."""

    table: str = "mfa_authenticator"
    ring: Ring = "FIELD_KEYS"
    place: Place = FACTOR

    @property
    def title(self) -> str:
        return f"{self.table}.data"

    @property
    def model(self) -> type[Model]:
        return apps.get_model("mfa", "Authenticator")

    def heads(self) -> Iterator[bytes]:
        for row in self.model._default_manager.order_by("pk").iterator():
            yield from (value.content[:LONGEST_HEAD] for value in self.values(row))

    def batch(self, after: Any, size: int, *, old_only: bool) -> list[Any]:
        rows = self.model._default_manager.order_by("pk")
        found: list[Any] = list((rows if after is None else rows.filter(pk__gt=after))[:size])
        first = head_of_first(self.ring)
        while old_only and found:
            old = [row for row in found if not all(value.content.startswith(first) for value in self.values(row))]
            if old:
                return old
            found = list(rows.filter(pk__gt=found[-1].pk)[:size])
        return found

    def values(self, row: Any) -> list[Value]:
        return [Value(_decoded(text), self.place, str(row.pk)) for text in _texts(row.data)]

    def write(self, row: Any, change: Change) -> bool:
        def changed(text: str) -> str:
            return base64.b64encode(change(_decoded(text), self.place)).decode()

        after = _with_texts(row.data, changed)
        with transaction.atomic():
            now = self.model._default_manager.select_for_update().filter(pk=row.pk).first()
            if now is None or getattr(now, "data", None) != row.data:
                return False
            self.model._default_manager.filter(pk=row.pk).update(data=after)
        return True


AnyColumn = Column | FactorColumn
ONE_TEXT, MANY_TEXTS = ("secret", "seed"), "migrated_codes"


def _texts(data: dict[str, Any]) -> list[str]:
    """The encrypted texts of an authenticator. Passkeys have none: what the site keeps of them is public."""
    return [*(data[name] for name in ONE_TEXT if name in data), *(data.get(MANY_TEXTS) or [])]


def _with_texts(data: dict[str, Any], changed: Callable[[str], str]) -> dict[str, Any]:
    after = copy.deepcopy(data)
    for name in ONE_TEXT:
        if name in after:
            after[name] = changed(after[name])
    if after.get(MANY_TEXTS):
        after[MANY_TEXTS] = [changed(text) for text in after[MANY_TEXTS]]
    return after


def _decoded(text: str) -> bytes:
    """b"" for what is no base64: it opens under no key, which is what there is to say about it."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _beginning(name: str, length: int) -> Func:
    return Func(F(name), 1, length, function="SUBSTR", output_field=BinaryField())


COLUMNS: tuple[AnyColumn, ...] = (
    *(Column(Contact, name, "contact") for name in ("name", "email", "phone", "zip_code")),
    *(Column(Subscription, name, "subscription") for name in ("email", "phone", "token")),
    *(Column(WebhookEndpoint, name, "webhookendpoint", "public_id") for name in ("secret", "former_secret")),
    Column(Mail, "sealed", "mail"),
    Column(Outbox, "payload", "outbox", ring="DELIVERY_KEYS"),
    FactorColumn(),
)
