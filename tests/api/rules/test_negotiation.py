import pytest
from django.test import RequestFactory

from api.base import language_of
from api.rules.negotiation import accepted_language, names_tag, takes_gzip


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("fr, es;q=0.5", "es"),
        ("*", "en"),
        ("en;q=0.5, es;q=0.9", "es"),
        ("xx-invalid", "en"),
        ("\x00,,;q=", "en"),
        ("es," * 300, "en"),
    ],
)
def test_accepted_language_is_that_of_the_other_answers(header, language):
    assert accepted_language(header) == language
    if len(header) < 500:
        assert language_of(RequestFactory().get("/", HTTP_ACCEPT_LANGUAGE=header)) == language


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip, deflate, br, zstd", True),
        ("GZIP", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("gzip;q=0.001", True),
        ("identity", False),
        ("x-gzip", False),
        ("", False),
        ("gzip," * 200, False),
    ],
)
def test_gzip_is_given_to_those_who_take_it(header, taken):
    assert takes_gzip(header) is taken


@pytest.mark.parametrize(
    ("header", "named"),
    [('"a"', True), ('W/"a"', True), ('"b", W/"a"', True), ("*", True), ('"b"', False), ("a", False), ("", False)],
)
def test_if_none_match_names_a_tag(header, named):
    assert names_tag(header, '"a"') is named
