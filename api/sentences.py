"""What the API says when something is wrong: kinds of problems with their status, and faults of single fields."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop


@dataclass(frozen=True, slots=True)
class Kind:
    status: int
    title: str
    detail: str


#: The last part of a problem's ``type``. Kinds are part of the API and never change their meaning.
KINDS: dict[str, Kind] = {
    "invalid": Kind(
        400,
        gettext_noop("Something in the request needs a change"),
        gettext_noop("Each entry of “errors” says what and where. Change all of them and send it again."),
    ),
    "notices": Kind(
        400,
        gettext_noop("The person should look at something first"),
        gettext_noop(
            "Show each notice of “errors.” Where the person keeps the answer, send the request again with the "
            "notice in “notices_seen.”"
        ),
    ),
    "form_not_used": Kind(
        400,
        gettext_noop("There is no such form in this state"),
        gettext_noop("Lead the person to the state’s own ways to register."),
    ),
    "malformed": Kind(
        400,
        gettext_noop("The request cannot be read"),
        gettext_noop("The body must be one JSON object in UTF-8, with each name once and with finite numbers."),
    ),
    "key_missing": Kind(
        401,
        gettext_noop("A key is needed"),
        gettext_noop("Send your key in the header “Authorization: Bearer …”."),
    ),
    "key_refused": Kind(
        401,
        gettext_noop("The key does not work"),
        gettext_noop("It is unknown, revoked or too old, or its partner is not approved or is suspended."),
    ),
    "key_not_bearer": Kind(
        401,
        gettext_noop("The key is sent in another way"),
        gettext_noop("Send it in the header “Authorization: Bearer …”. No other scheme is read."),
    ),
    "forbidden": Kind(403, gettext_noop("Not allowed"), gettext_noop("This is not allowed.")),
    "scope_missing": Kind(
        403,
        gettext_noop("The key may not do this"),
        gettext_noop("Make a key with the scope that this address needs, or use another key."),
    ),
    "origin_not_allowed": Kind(
        403,
        gettext_noop("This site may not use the key"),
        gettext_noop("In a browser a key works only on the sites that its partner has listed."),
    ),
    "not_found": Kind(
        404,
        gettext_noop("There is nothing here"),
        gettext_noop("Check the address, or whether it belongs to the partner of your key."),
    ),
    "slash_missing": Kind(
        404,
        gettext_noop("The address ends with a slash"),
        gettext_noop("Add the slash at the end of the address and send the request again."),
    ),
    "method_not_allowed": Kind(
        405,
        gettext_noop("This method is not offered here"),
        gettext_noop("The header “Allow” names the methods that are."),
    ),
    "not_acceptable": Kind(
        406,
        gettext_noop("This is not offered in that form"),
        gettext_noop("Offered here: %(types)s. Ask for that in the header “Accept”, or leave the header out."),
    ),
    "reference_reused": Kind(
        409,
        gettext_noop("The reference was used for other answers"),
        gettext_noop("Nothing was changed. Make a new random reference for each application."),
    ),
    "switched_off": Kind(
        409,
        gettext_noop("This form is switched off for now"),
        gettext_noop("The operator has switched it off. “errors” says why, and until when."),
    ),
    "expired": Kind(
        410,
        gettext_noop("The time of this application is over"),
        gettext_noop("Its answers are deleted. Make a new application with a new reference."),
    ),
    "endpoint_off": Kind(
        409,
        gettext_noop("The endpoint is off"),
        gettext_noop("Turn it on first: set “enabled” to true. What it missed can then be sent again."),
    ),
    "length_required": Kind(
        411,
        gettext_noop("The length of the body is missing"),
        gettext_noop("Send the header “Content-Length”."),
    ),
    "too_large": Kind(
        413,
        gettext_noop("The request is too large"),
        gettext_noop("Send less at a time. No honest application comes near this size."),
    ),
    "unsupported_media_type": Kind(
        415,
        gettext_noop("The body has another type than JSON"),
        gettext_noop("Send it with “Content-Type: application/json”, without compression."),
    ),
    "throttled": Kind(
        429,
        gettext_noop("Too many requests"),
        gettext_noop("Wait as many seconds as the header “Retry-After” says, then send the request again."),
    ),
    "server_error": Kind(
        500,
        gettext_noop("Something went wrong here"),
        gettext_noop("It is our fault. Send the same request with the same reference again after a while."),
    ),
    "unavailable": Kind(
        503,
        gettext_noop("This does not work just now"),
        gettext_noop("Send the same request again after as many seconds as the header “Retry-After” says."),
    ),
}

#: Codes of faults that the API itself finds. Those in a person's answers come with their own sentences.
FAULTS: dict[str, str] = {
    "required": gettext_noop("This is required."),
    "null": gettext_noop("This must not be null."),
    "blank": gettext_noop("This must not be empty."),
    "invalid": gettext_noop("This is not valid."),
    "not_a_string": gettext_noop("This must be a text."),
    "not_a_boolean": gettext_noop("This must be true or false."),
    "not_a_list": gettext_noop("This must be a list."),
    "not_an_object": gettext_noop("This must be an object."),
    "not_a_date": gettext_noop("This must be a real date, as YYYY-MM-DD."),
    "not_a_reference": gettext_noop("This must be a random UUID (version 4), a new one for each application."),
    "not_a_url": gettext_noop("This must be an https address."),
    "max_length": gettext_noop("This is too long."),
    "min_length": gettext_noop("This is too short."),
    "invalid_choice": gettext_noop("This is none of the values that are allowed here: %(allowed)s."),
    "unknown_jurisdiction": gettext_noop("This is not the code of a state, district or territory."),
    "unknown_field": gettext_noop("There is no such field here. Nothing is guessed; check the spelling."),
    "unknown_parameter": gettext_noop("There is no such parameter here. Check the spelling."),
    "bad_character": gettext_noop("This holds a character that cannot be printed."),
    "duplicate_name": gettext_noop("The same name stands twice in one object."),
    "not_finite": gettext_noop("This number is not finite or too large."),
    "too_deep": gettext_noop("Objects and lists are nested too deeply."),
    "test_key_only": gettext_noop("Only test keys may name an outcome."),
    "too_many": gettext_noop("These are too many at a time."),
    "empty": gettext_noop("This holds nothing."),
    "span_order": gettext_noop("The last day comes before the first."),
    "span_too_long": gettext_noop("Ask for at most %(limit)s days."),
    "message_not_offered": gettext_noop("We do not send this there. See “messages” of “questions/”."),
    "question_unknown": gettext_noop("This is none of the questions that you may ask there now. See “questions/”."),
    "same_reference": gettext_noop("Another item of this request has the same reference."),
}
