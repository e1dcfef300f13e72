"""Whatever goes wrong under /api/ is problem+json, and repeats nothing of what was sent."""

import json

import pytest
from django.test import Client

from registration.models import Partner, PartnerSite
from tests.api.conftest import Caller, key_of, problem

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.doors")]
MARK = "zyxcanary"


@pytest.mark.parametrize(
    ("method", "path", "headers", "said"),
    [
        ("GET", "nothing/", {}, (404, "not_found")),
        ("GET", "", {}, (404, "not_found")),
        ("POST", "open", {}, (404, "slash_missing")),
        ("GET", "../", {}, (404, "not_found")),
        ("DELETE", "open/", {}, (405, "method_not_allowed")),
        ("TRACE", "open/", {}, (405, "method_not_allowed")),
        ("QUERY", "guarded/", {}, (405, "method_not_allowed")),
        ("GET", "open/", {"accept": "image/png"}, (406, "not_acceptable")),
        ("POST", "open/", {"content_type": "text/plain"}, (415, "unsupported_media_type")),
        ("POST", "open/", {"content_type": "application/x-www-form-urlencoded"}, (415, "unsupported_media_type")),
        ("POST", "open/", {"content_type": "multipart/form-data; boundary=x"}, (415, "unsupported_media_type")),
        ("POST", "open/", {"content_encoding": "gzip"}, (415, "unsupported_media_type")),
        ("GET", "guarded/", {}, (401, "key_missing")),
        ("GET", "guarded/", {"authorization": "Bearer nonsense"}, (401, "key_refused")),
        ("GET", "guarded/", {"authorization": "Basic bm86bm8="}, (401, "key_not_bearer")),
        ("GET", "guarded/", {"authorization": "Token ef_live_abc"}, (401, "key_not_bearer")),
        ("GET", "guarded/", {"authorization": "ef_live_abc"}, (401, "key_not_bearer")),
        ("GET", "open/", {"authorization": "Bearer " + "é" * 300}, (401, "key_refused")),
        ("GET", "broken/", {}, (500, "server_error")),
        ("POST", "broken/", {}, (503, "unavailable")),
    ],
)
def test_error_of_every_kind_is_a_problem(public, method, path, headers, said):
    body = {} if method == "POST" else None
    response = public(method, path, body, **headers)
    assert problem(response)[:2] == said


def test_key_in_another_scheme_is_told_to_use_bearer(public):
    said = json.loads(public.get("guarded/", authorization="Token ef_live_abc").content)
    assert "“Authorization: Bearer …”" in said["detail"]


def test_types_that_are_offered_are_named(public, live):
    assert "application/json." in json.loads(public.get("open/", accept="image/png").content)["detail"]
    said = json.loads(live.post("applications/", {}, accept="image/png").content)
    assert "application/json, application/pdf." in said["detail"]


def test_s27_problems_repeat_no_input(public):
    answers = [
        public.get(f"{MARK}/"),
        public.get(f"open/?{MARK}=1"),
        public.get(f"open/?lang={MARK}"),
        public.get("guarded/", authorization=f"Bearer ef_live_{MARK}"),
        public.post("open/", f'{{"{MARK}": '.encode()),
        public.post("open/", b'{"a": NaN, "b": "' + MARK.encode() + b'"}'),
        public.post("open/", {"a": f"{MARK}\0"}),
        public.post("open/", [MARK]),
        public("POST", "open/", {MARK: 1}, content_type=f"text/{MARK}"),
        public(MARK.upper(), "open/"),
        Client(raise_request_exception=False).get("/api/v1/open/", HTTP_HOST=f"{MARK}.example"),
    ]
    assert [each.status_code for each in answers] == [404, 400, 400, 401, 400, 400, 400, 400, 415, 405, 400]
    texts = [each.content.decode().replace(f'"{MARK}"', "", 1) if n == 1 else each.content.decode()
             for n, each in enumerate(answers)]  # fmt: skip
    assert [n for n, text in enumerate(texts) if MARK in text.replace(f"#/{MARK}", "").lower()] == []


def test_unexpected_failure_is_logged_by_type_and_place_only(public, caplog):
    public.get("broken/")
    [record] = [each for each in caplog.records if each.name == "api.errors"]
    from config.logs import JsonFormatter

    line = json.loads(JsonFormatter().format(record))
    assert line["exception"] == "RuntimeError"
    assert any("doors.py" in each for each in line["where"])
    assert "secret" not in json.dumps(line)


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        (b"", "malformed", ""),
        (b"{", "malformed", ""),
        (b"\xff\xfe{}", "malformed", ""),
        (b"\xef\xbb\xbf{}", "malformed", ""),
        (b"[]", "not_an_object", "#"),
        (b'"text"', "not_an_object", "#"),
        (b"null", "not_an_object", "#"),
        (b'{"a": 1, "a": 2}', "duplicate_name", "#"),
        (b'{"a": {"b": 1, "b": 1}}', "duplicate_name", "#"),
        (b'{"a": NaN}', "not_finite", "#"),
        (b'{"a": -Infinity}', "not_finite", "#"),
        (b'{"a": 1e999}', "not_finite", "#"),
        (b'{"a": ' + b"9" * 5000 + b"}", "malformed", ""),
        (b'{"a": {"b": ["\\ud800"]}}', "bad_character", "#/a/b/0"),
        (b'{"a": "x\\u0000y"}', "bad_character", "#/a"),
        (b'{"x\\u0000": 1}', "bad_character", "#"),
        (b'{"a":' * 9 + b"1" + b"}" * 9, "too_deep", "#"),
        (b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}", "too_deep", "#"),
    ],
)
def test_json_of_two_meanings_or_none_is_refused(public, body, code, pointer):
    response = public("POST", "open/", body, content_length=str(len(body)))
    if body == b"":
        assert response.status_code == 200  # no body is an empty object, from which a view misses what it needs
        return
    assert problem(response) == (400, "malformed", [(code, pointer)])


def test_body_that_is_too_large_is_refused_before_it_is_read(public):
    assert problem(public.post("open/", {"a": "x" * 64 * 1024}))[:2] == (413, "too_large")
    assert public.post("open/", {"a": "x" * 60 * 1024}).status_code == 200


def test_s25_nothing_but_json_is_taken_and_no_cookie_counts(public):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        response = public(
            "POST", "guarded/", b'{"a": 1}', content_type=kind, cookie="sessionid=1", origin="https://evil.example"
        )
        assert response.status_code == 401
        assert "Set-Cookie" not in response.headers
    assert public("POST", "open/", b'{"a": 1}', content_type="text/plain").status_code == 415


def test_unknown_parameters_and_languages_are_refused(public):
    assert problem(public.get("open/?lng=es")) == (400, "invalid", [("unknown_parameter", "#/lng")])
    wrong = public.get("open/?lang=xx")
    assert problem(wrong) == (400, "invalid", [("invalid_choice", "#/lang")])
    assert json.loads(wrong.content)["errors"][0]["detail"].endswith(": en, es.")


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "", "en"), ("?lang=es", "", "es"), ("", "es-MX,en;q=0.5", "es"), ("?lang=en", "es", "en"),
        ("", "fr, es;q=0.5", "es"), ("", "*", "en"), ("", ";;;q=x", "en"),
    ],
)  # fmt: skip
def test_language_comes_from_the_address_then_from_the_header(public, query, header, language):
    response = public.get(f"open/{query}", accept_language=header)
    assert response.headers["Content-Language"] == language


def test_scope_that_a_key_lacks_is_refused(partner):
    assert problem(Caller(key_of(partner, scopes=("statistics:read",))).get("guarded/"))[:2] == (403, "scope_missing")
    assert Caller(key_of(partner, scopes=("applications:read",))).get("guarded/").status_code == 200


def test_s05_key_in_a_browser_works_on_its_partners_sites_alone(partner, other_partner, live, now):
    PartnerSite.objects.create(partner=partner, origin="https://acme.example", created_at=now)
    PartnerSite.objects.create(partner=other_partner, origin="https://globex.example", created_at=now)
    assert live.get("guarded/", origin="https://acme.example").status_code == 200
    for origin in ("https://globex.example", "https://acme.example.evil.example", "http://acme.example", "null"):
        assert problem(live.get("guarded/", origin=origin))[:2] == (403, "origin_not_allowed")
        assert problem(live.get("open/", origin=origin))[:2] == (403, "origin_not_allowed")


def test_s05_key_of_a_suspended_partner_is_refused(partner, live, now):
    Partner.objects.filter(pk=partner.pk).update(suspended_at=now)
    response = live.get("guarded/")
    assert problem(response)[:2] == (401, "key_refused")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'


def test_preflight_is_answered_without_a_key(public):
    response = public(
        "OPTIONS", "guarded/", origin="https://any.example", access_control_request_method="POST",
        access_control_request_headers="authorization, content-type",
    )  # fmt: skip
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert {"Authorization", "Content-Type"} <= set(response.headers["Access-Control-Allow-Headers"].split(", "))


@pytest.mark.parametrize("path", ["open/", "guarded/", "nothing/"])
def test_headers_of_every_answer(public, path):
    headers = public.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
