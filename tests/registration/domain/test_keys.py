"""Keys of the API: what is kept of them, when they work, and that they are not found otherwise."""

import base64
import hashlib
from datetime import timedelta

import pytest

from registration.domain import keys
from registration.domain.audit import Order, Refused
from registration.domain.keys import KeyWish
from registration.models import ApiKey, AuditEntry, Partner

pytestmark = pytest.mark.django_db
WISH = KeyWish("Web server", "live", ("applications:write", "applications:read"))


@pytest.fixture
def partner(now):
    return Partner.objects.create(slug="acme", name="Acme", approved_at=now)


@pytest.fixture
def order(now):
    return Order("member 7", "The server needs it.", now)


def later(order: Order, **time: int) -> Order:
    return Order(order.by, order.reason, order.at + timedelta(**time))


def test_s05_key_is_256_random_bits_of_which_only_a_digest_is_kept(partner, order):
    key, text = keys.make(partner, WISH, order)
    head, mode, identifier, secret = text.split("_")
    assert (head, mode, identifier) == ("ef", "live", key.identifier)
    assert len(base64.b32decode(secret.upper() + "====")) == 32
    assert bytes(key.digest) == hashlib.sha256(text.encode()).digest()
    row = str(ApiKey.objects.filter(pk=key.pk).values().get())
    assert secret not in row
    assert keys.shown(key) == f"ef_live_{identifier}_…"


def test_find_gives_the_key_with_its_partner(partner, order, now):
    key, text = keys.make(partner, WISH, order)
    found = keys.find(text, now)
    assert found == key
    assert found.partner == partner
    assert found.scopes == ["applications:write", "applications:read"]


def test_find_gives_nothing_for_another_text(partner, order, now):
    _key, text = keys.make(partner, WISH, order)
    other = text[:-1] + ("a" if text[-1] != "a" else "b")
    wrong = (other, text.upper(), text + " ", text.replace("live", "test"), "", "ef_live_", "é" * 80, text[:-1])
    assert [keys.find(each, now) for each in wrong] == [None] * len(wrong)


def test_s05_rotation_keeps_both_for_the_overlap_and_then_the_new_one(partner, order, now):
    old, old_text = keys.make(partner, WISH, order)
    new, new_text = keys.rotate(old, timedelta(hours=2), order)
    assert (new.name, new.mode, new.scopes) == (old.name, old.mode, old.scopes)
    almost, after = now + timedelta(hours=2, seconds=-1), now + timedelta(hours=2)
    assert [keys.find(old_text, almost), keys.find(new_text, almost)] == [old, new]
    assert [keys.find(old_text, after), keys.find(new_text, after)] == [None, new]
    old.refresh_from_db()
    assert old.replaced_by == new


def test_rotation_is_refused_twice_and_for_too_long_and_when_over(partner, order):
    key, _text = keys.make(partner, WISH, order)
    for overlap in (timedelta(seconds=-1), timedelta(days=31)):
        with pytest.raises(Refused):
            keys.rotate(key, overlap, order)
    keys.rotate(key, timedelta(days=30), order)
    with pytest.raises(Refused, match="already"):
        keys.rotate(key, timedelta(0), order)
    with pytest.raises(Refused, match="any more"):
        keys.rotate(key, timedelta(0), later(order, days=30))


def test_s05_revoked_key_is_not_found_even_in_its_overlap(partner, order, now):
    old, old_text = keys.make(partner, WISH, order)
    _new, new_text = keys.rotate(old, timedelta(days=1), order)
    keys.revoke(old, order)
    assert keys.find(old_text, now) is None
    assert keys.find(new_text, now) is not None
    with pytest.raises(Refused, match="already"):
        keys.revoke(old, order)


@pytest.mark.parametrize("change", [{"approved_at": None}, {"suspended_at": "now"}])
def test_key_of_a_partner_that_is_not_active_is_not_found(partner, order, now, change):
    _key, text = keys.make(partner, WISH, order)
    Partner.objects.filter(pk=partner.pk).update(**{name: now if value else None for name, value in change.items()})
    assert keys.find(text, now) is None


def test_last_use_is_written_once_a_minute(partner, order, now):
    key, text = keys.make(partner, WISH, order)
    seen = []
    for seconds in (0, 30, 59, 60, 61, 121):
        keys.find(text, now + timedelta(seconds=seconds))
        key.refresh_from_db()
        seen.append((key.last_used_at - now).seconds)
    assert seen == [0, 0, 0, 60, 60, 121]


def test_last_use_costs_no_query_within_the_minute(partner, order, now, django_assert_num_queries):
    _key, text = keys.make(partner, WISH, order)
    keys.find(text, now)
    with django_assert_num_queries(1):
        keys.find(text, now + timedelta(seconds=30))


def test_everything_done_with_a_key_is_audited_without_its_text(partner, order):
    key, text = keys.make(partner, WISH, order)
    new, new_text = keys.rotate(key, timedelta(hours=24), order)
    keys.revoke(new, order)
    entries = AuditEntry.objects.filter(partner=partner).order_by("pk")
    assert [(each.action, each.subject_id, each.who) for each in entries] == [
        ("key_made", key.pk, "member 7"),
        ("key_rotated", key.pk, "member 7"),
        ("key_revoked", new.pk, "member 7"),
    ]
    assert entries[1].details["new"] == new.identifier
    written = str([each.details for each in entries])
    assert text.split("_")[3] not in written
    assert new_text.split("_")[3] not in written


@pytest.mark.parametrize(
    "wish",
    [
        KeyWish("", "live", ("applications:read",)),
        KeyWish("n" * 101, "live", ("applications:read",)),
        KeyWish("a\nb", "live", ("applications:read",)),
        KeyWish("Server", "real", ("applications:read",)),
        KeyWish("Server", "live", ()),
        KeyWish("Server", "live", ("everything",)),
    ],
)
def test_wish_that_makes_no_sense_is_refused(partner, order, wish):
    with pytest.raises(Refused):
        keys.make(partner, wish, order)
    assert not ApiKey.objects.exists()
    assert not AuditEntry.objects.exists()


def test_partner_has_a_bounded_number_of_working_keys(partner, order):
    made = [keys.make(partner, WISH, order)[0] for _ in range(keys.MOST_KEYS)]
    with pytest.raises(Refused, match="Revoke"):
        keys.make(partner, WISH, order)
    keys.revoke(made[0], order)
    keys.make(partner, WISH, order)
