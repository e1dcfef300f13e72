import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.domain import sealing

REFERENCE = "abcdefghijklmnopqrstuvwxyz"
TIME_BASED_UUID = "768d95fc-e6bc-11f1-a726-02fc00000001"


def test_new_reference_is_26_characters_of_128_random_bits():
    made = {sealing.new_reference() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch("[a-z2-7]{26}", text) for text in made)


@pytest.mark.parametrize(
    "text", ["", "short", "a" * 25, "a" * 27, "A1!" * 9, TIME_BASED_UUID, "00000000-0000-0000-0000-000000000000"]
)
def test_normal_reference_refuses_what_is_not_random_enough(text):
    with pytest.raises(sealing.BadReference):
        sealing.normal_reference(text)


def test_normal_reference_gives_one_spelling():
    assert sealing.normal_reference(f"  {REFERENCE.upper()} ") == REFERENCE
    value = uuid.uuid4()
    assert sealing.normal_reference(value.hex.upper()) == str(value)


@given(st.binary(max_size=3000))
def test_unseal_gives_back_what_was_sealed(data):
    assert sealing.unseal(sealing.seal(data, REFERENCE), REFERENCE) == data


def test_seal_hides_the_length_and_never_repeats_itself():
    short, long = sealing.seal(b"a", REFERENCE), sealing.seal(b"a" * 200, REFERENCE)
    assert len(short) == len(long) == 1 + 12 + 256 + 16
    assert sealing.seal(b"a", REFERENCE) != short


def test_unseal_with_another_reference_is_refused():
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(sealing.seal(b"x", REFERENCE), REFERENCE[::-1])


def test_unseal_refuses_every_changed_byte():
    sealed = sealing.seal(b"the answers", REFERENCE)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(sealing.CannotOpen):
            sealing.unseal(bytes(changed), REFERENCE)


def test_reference_hash_is_not_the_key():
    sealed = sealing.seal(b"the answers", REFERENCE)
    assert sealing.reference_hash(REFERENCE) != sealing._key(REFERENCE)
    assert sealing.reference_hash(REFERENCE) not in sealed
