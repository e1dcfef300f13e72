"""The addresses of the published rules, as Django answers them."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

import state_rules
from tests.api.conftest import problem
from tests.registration.views.test_without_database import UNREAD, refuse

pytestmark = pytest.mark.django_db
NOON = datetime(2028, 6, 1, 16, 0, tzinfo=UTC)
PLAIN = (
    "jurisdictions/",
    "jurisdictions/oh/",
    "jurisdictions/OH/fields/",
    "elections/",
    "elections/?jurisdiction=OH",
    "rules/",
)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def get(path: str, **headers: str):
    sent = {"HTTP_" + name.upper(): value for name, value in headers.items()}
    return Client().get(f"/api/v1/{path}", **sent)


def current() -> str:
    return get("rules/").json()["version"]


@pytest.mark.parametrize("path", PLAIN)
def test_published_rules_are_for_everybody_and_kept_for_a_minute(path):
    answer = get(path, origin="https://library.example")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["ETag"].startswith('"')
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", PLAIN)
def test_tag_that_is_known_gets_304_without_a_body(path):
    first = get(path)
    again = get(path, if_none_match=f'"other", W/{first.headers["ETag"]}')
    assert (again.status_code, again.content) == (304, b"")
    kept = ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy")
    assert {name: again.headers[name] for name in kept} == {name: first.headers[name] for name in kept}
    assert "Content-Type" not in again.headers
    assert again.headers["Content-Length"] == first.headers["Content-Length"]


@pytest.mark.parametrize("path", PLAIN)
def test_head_has_the_headers_of_get(path):
    got, head = get(path), Client().head(f"/api/v1/{path}")
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


def test_codes_in_small_and_large_letters_get_the_same_bytes():
    answers = [get(f"jurisdictions/{code}/") for code in ("oh", "OH", "Oh")]
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["code"] == "OH"


def test_language_from_the_address_or_from_the_header():
    named, accepted, neither = (
        get("jurisdictions/oh/?lang=es", accept_language="en"),
        get("jurisdictions/oh/", accept_language="es-MX, en;q=0.5"),
        get("jurisdictions/oh/", accept_language="fr"),
    )
    assert [answer.json()["language"] for answer in (named, accepted, neither)] == ["es", "es", "en"]
    assert named.content == accepted.content
    assert [answer.headers["Content-Language"] for answer in (named, accepted, neither)] == ["es", "es", "en"]
    assert named.headers["Vary"] == "Accept-Encoding"
    assert accepted.headers["Vary"] == "Accept-Language, Accept-Encoding"


def test_gzip_where_it_is_taken_with_a_tag_of_its_own():
    plain, packed = get("jurisdictions/oh/"), get("jurisdictions/oh/", accept_encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert get("jurisdictions/oh/", if_none_match=packed.headers["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "code", "field"),
    [
        ("jurisdictions/zz/", 404, "unknown_jurisdiction", "code"),
        ("jurisdictions/zz/fields/", 404, "unknown_jurisdiction", "code"),
        ("jurisdictions/us/", 404, "unknown_jurisdiction", "code"),
        ("jurisdictions/%00/", 404, "unknown_jurisdiction", "code"),
        ("jurisdictions/oh/?lang=xx", 400, "invalid_choice", "lang"),
        ("jurisdictions/oh/?lang=", 400, "invalid_choice", "lang"),
        ("jurisdictions/oh/?x=1", 400, "unknown_parameter", "x"),
        ("jurisdictions/?jurisdiction=OH", 400, "unknown_parameter", "jurisdiction"),
        ("elections/?jurisdiction=zz", 400, "unknown_jurisdiction", "jurisdiction"),
        ("elections/?jurisdiction=", 400, "unknown_jurisdiction", "jurisdiction"),
        ("rules/abc/", 404, "not_found", ""),
        ("rules/..%2f/jurisdictions/", 404, "not_found", ""),
    ],
)
def test_what_there_is_not_is_a_problem_that_any_site_may_read(path, status, code, field):
    answer = get(path)
    assert problem(answer)[0] == status
    assert [(each["code"], each["field"]) for each in answer.json()["errors"]] == [(code, field)]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"


def test_s27_unknown_code_is_not_repeated():
    assert b"zq" not in get("jurisdictions/zq/").content


def test_whatever_is_accepted_json_is_given():
    assert get("jurisdictions/oh/", accept="text/html").status_code == 200


@pytest.mark.parametrize("path", ["jurisdictions/", "jurisdictions/oh/", "jurisdictions/oh/fields/", "elections/", ""])
def test_address_that_holds_the_edition_may_be_kept_for_ever(path):
    version = current()
    fixed = get(f"rules/{version}/{path}?lang=es" if path else f"rules/{version}/")
    assert fixed.status_code == 200
    assert fixed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    plain = get(f"{path}?lang=es" if path else "rules/")
    assert (fixed.content, fixed.headers["ETag"]) == (plain.content, plain.headers["ETag"])


def test_another_edition_leads_to_the_plain_address():
    answer = get("rules/0123456789ab-0123456789abcdef/jurisdictions/oh/fields/?lang=es")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/api/v1/jurisdictions/oh/fields/?lang=es")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"


def test_edition_of_yesterday_is_not_given_today(time_machine):
    version = current()
    time_machine.move_to(datetime(2028, 6, 2, 16, 0, tzinfo=UTC))
    assert current() != version
    assert get(f"rules/{version}/jurisdictions/oh/").status_code == 302


def test_nothing_is_kept_into_another_day(time_machine):
    time_machine.move_to(datetime(2028, 6, 2, 3, 59, 40, tzinfo=UTC), tick=False)
    assert get("jurisdictions/oh/").headers["Cache-Control"] == "public, max-age=20"
    assert get("jurisdictions/hi/").headers["Cache-Control"] == "public, max-age=60"
    assert get("jurisdictions/").headers["Cache-Control"] == "public, max-age=20"


def test_rules_name_the_version_and_the_days():
    told = get("rules/").json()
    assert told["rules_version"] == state_rules.rules_version()
    assert (told["first_day"], told["last_day"]) == ("2028-06-01", "2028-06-02")
    assert told["href"] == f"/api/v1/rules/{told['version']}/"
    assert datetime.fromisoformat(told["changes_at"]) > NOON


def test_published_rules_stand_without_the_database():
    before = get("jurisdictions/oh/")
    with connection.execute_wrapper(refuse):
        answers = {path: get(path) for path in PLAIN}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert answers["jurisdictions/oh/"].content == before.content


def test_where_nothing_was_ever_read_the_answers_say_so():
    with connection.execute_wrapper(refuse):
        told = [
            get(path).json()["warning"] for path in ("jurisdictions/", "jurisdictions/oh/", "jurisdictions/oh/fields/")
        ]
    assert told == [UNREAD] * 3


def test_preflight_lets_a_page_ask_with_a_tag():
    answer = Client().options("/api/v1/jurisdictions/oh/", HTTP_ORIGIN="https://library.example")
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_changed(method):
    answer = Client().generic(method, "/api/v1/jurisdictions/oh/", b"{}", content_type="application/json")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_key_is_not_looked_at():
    assert get("jurisdictions/oh/", authorization="Bearer nonsense").status_code == 200


def test_documents_link_to_addresses_that_there_are():
    row = get("jurisdictions/").json()["jurisdictions"][0]
    one = json.loads(Client().get(row["href"]).content)
    assert (one["code"], Client().get(one["form"]["fields_href"]).status_code) == (row["code"], 200)
