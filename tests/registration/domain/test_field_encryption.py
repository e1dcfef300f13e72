"""Encrypted fields open in their own place, under the keys that are set, and nowhere else."""

import pytest

from registration.domain.field_encryption import BadKeys, CannotRead, Place, check_keys, decrypt, encrypt

OLD, NEW = f"old:{'o' * 32}", f"new:{'n' * 32}"
PLACE = Place("contact", "email", "7")


def test_value_opens_again_in_its_place(settings):
    settings.FIELD_KEYS = [NEW]
    assert decrypt(encrypt("maria@example.org", PLACE), PLACE) == "maria@example.org"


def test_two_values_of_one_text_differ(settings):
    settings.FIELD_KEYS = [NEW]
    assert encrypt("maria", PLACE) != encrypt("maria", PLACE)


@pytest.mark.parametrize(
    "place", [Place("contact", "email", "8"), Place("contact", "name", "7"), Place("webhook", "email", "7")]
)
def test_value_moved_to_another_place_does_not_open(settings, place):
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(CannotRead):
        decrypt(encrypt("maria", PLACE), place)


def test_value_with_any_byte_changed_does_not_open(settings):
    settings.FIELD_KEYS = [NEW]
    value = encrypt("maria", PLACE)
    for at in range(len(value)):
        with pytest.raises(CannotRead):
            decrypt(value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :], PLACE)


@pytest.mark.parametrize("value", [b"", b"\x01", b"\x01\x03new", b"plain text"])
def test_what_was_never_encrypted_does_not_open(settings, value):
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(CannotRead):
        decrypt(value, PLACE)


def test_old_key_reads_and_the_first_writes(settings):
    settings.FIELD_KEYS = [OLD]
    before = encrypt("before", PLACE)
    settings.FIELD_KEYS = [NEW, OLD]
    after = encrypt("after", PLACE)
    assert decrypt(before, PLACE) == "before"
    settings.FIELD_KEYS = [NEW]
    assert decrypt(after, PLACE) == "after"
    with pytest.raises(CannotRead):
        decrypt(before, PLACE)


@pytest.mark.parametrize("keys", [[], ["short:key"], [f":{'k' * 32}"], [OLD, OLD], ["o" * 40]])
def test_keys_that_would_not_do_are_refused(settings, keys):
    settings.FIELD_KEYS = keys
    with pytest.raises(BadKeys):
        check_keys()
