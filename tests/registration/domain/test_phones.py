import phonenumbers
import pytest

from registration.domain import phones


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("404-555-0123", "+14045550123"),
        ("(404) 555 0123", "+14045550123"),
        ("1.404.555.0123", "+14045550123"),
        ("+1 787 555 0123", "+17875550123"),
        ("404-555-0123 x9", "+14045550123"),
        ("+52 55 1234 5678", "+525512345678"),
        ("", None),
        ("555-0123", None),
        ("call my mom", None),
        ("4" * 41, None),
    ],
)
def test_telephone_as_e164(typed, plain):
    assert phones.e164(typed) == plain


@pytest.mark.parametrize(("typed", "expected"), [("", False), ("  ", False), ("404 555 0123", False), ("12", True)])
def test_only_what_was_typed_can_be_impossible(typed, expected):
    assert phones.is_impossible(typed) is expected


@pytest.mark.parametrize(
    "typed",
    ["4045550123", "404-555-0123", "(404)555-0123", "(404) 555-0123", "404.555.0123", "1-404-555-0123", "+14045550123"],
)
def test_the_short_way_agrees_with_the_library(typed):
    number = phonenumbers.parse(typed, "US")
    assert phones.e164(typed) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
