"""Telephone numbers: what was typed, as E.164 and as the form prints it. The only user of phonenumbers."""

from __future__ import annotations

#: Longer input is no telephone number and is never parsed.
LONGEST = 40
REGION = "US"
_NORTH_AMERICA = 1


def e164(typed: str) -> str | None:
    """ "+14045550123", or None when the number is empty or impossible."""
    import phonenumbers  # here: it costs start-up time that most processes need not pay

    if not typed.strip() or len(typed) > LONGEST:
        return None
    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    if phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_impossible(typed: str) -> bool:
    """Whether something was typed that no telephone number can be."""
    return bool(typed.strip()) and e164(typed) is None


def for_form(typed: str) -> str:
    """The number as box 5 prints it: "(404) 555-0123", with "+" and spaces from abroad, or as it was typed."""
    import phonenumbers

    plain = e164(typed)
    if plain is None:
        return typed.strip()
    number = phonenumbers.parse(plain, None)
    national = number.country_code == _NORTH_AMERICA
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    extension = phonenumbers.parse(typed, REGION).extension
    printed = phonenumbers.format_number(number, style)
    return f"{printed} ext. {extension}" if extension else printed
