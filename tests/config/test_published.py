"""What answers before Django gives Django's own answers, for a while, and holds no more than it should."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections, connection
from django.utils import timezone

from api.rules.publishing import MARK, Publication
from config.published import GRACE, HELD, MOST, MOST_GATES, Clock, Published
from registration.domain.audit import Order
from registration.domain.switches import Wanted, switch_off
from tests.registration.fragments import OFFICE, stored
from tests.registration.views.test_without_database import refuse

NOON = datetime(2028, 6, 1, 16, 0, tzinfo=UTC)
OHIO = "/api/v1/jurisdictions/oh/"
ADDRESSES = (
    OHIO,
    "/api/v1/jurisdictions/OH/fields/?lang=es",
    "/api/v1/jurisdictions/",
    "/api/v1/elections/?jurisdiction=OH",
    "/api/v1/elections/?jurisdiction=oh&lang=en",
    "/api/v1/rules/",
)
#: Of time itself: when it was answered, and how long ago Django gave it.
OF_THE_MOMENT = {"age", "date"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def environ(path: str, method: str = "GET", **headers: str) -> dict[str, object]:
    address, _mark, query = path.partition("?")
    sent = {"HTTP_" + name.upper(): value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": address,
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        **sent,
    }


def call(application, path: str, method: str = "GET", **headers: str) -> Answer:
    said = []
    parts = application(environ(path, method, **headers), lambda *told: said.append(told))
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    status, given = said[0][0], said[0][1]
    assert len({name.lower() for name, _value in given}) == len(given)
    return Answer(int(status.split()[0]), {name.lower(): value for name, value in given}, body)


@dataclass
class Counted:
    """Django, and how often it was asked."""

    inner: WSGIHandler = field(default_factory=WSGIHandler)
    calls: int = 0

    def __call__(self, asked, start_response):
        self.calls += 1
        return self.inner(asked, start_response)


@dataclass
class Site:
    django: Counted
    published: Published
    seconds: list[float]
    moment: list[float]

    def get(self, path: str = OHIO, method: str = "GET", **headers: str) -> Answer:
        return call(self.published, path, method, **headers)

    def later(self, seconds: float) -> None:
        self.seconds[0] += seconds


@pytest.fixture(autouse=True)
def _same_connection() -> Iterator[None]:
    """The test's own transaction outlives a request, as with Django's test client."""
    moments = (signals.request_started, signals.request_finished)
    for signal in moments:
        signal.disconnect(close_old_connections)
    yield
    for signal in moments:
        signal.connect(close_old_connections)


@pytest.fixture
def site(db, time_machine, settings) -> Site:
    settings.ALLOWED_HOSTS = ["127.0.0.1", ".example.org"]
    time_machine.move_to(NOON, tick=False)
    django, seconds, moment = Counted(), [1000.0], [NOON.timestamp()]
    clock = Clock(growing=lambda: seconds[0], calendar=lambda: moment[0])
    return Site(django, Published(django, clock), seconds, moment)


def steady(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    return (
        answer.status,
        {name: each for name, each in answer.headers.items() if name not in OF_THE_MOMENT},
        answer.body,
    )


@pytest.mark.parametrize("gzip", ["", "gzip"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_s35_answers_before_django_are_djangos_own_header_by_header(site, path, gzip):
    sent = {"accept_encoding": gzip}
    plain = call(WSGIHandler(), path, **sent)
    site.get(path, **sent)
    held = site.get(path, **sent)
    assert site.django.calls == 1
    assert steady(held) == steady(plain)
    assert {"content-security-policy", "permissions-policy", "x-content-type-options", "referrer-policy"} <= set(
        held.headers
    )


@pytest.mark.parametrize("path", ADDRESSES)
def test_s35_304_before_django_is_djangos_own_header_by_header(site, path):
    tag = site.get(path).headers["etag"]
    plain = call(WSGIHandler(), path, if_none_match=tag)
    assert (plain.status, plain.body) == (304, b"")
    assert steady(site.get(path, if_none_match=tag)) == steady(plain)
    assert site.django.calls == 1


def test_s35_secure_requests_get_the_headers_of_secure_ones(site, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 60, True
    django = Counted()
    site.published.application = django
    for _time in range(2):
        assert site.get(x_forwarded_proto="https").headers["strict-transport-security"] == "max-age=60"
        assert site.get(x_forwarded_proto="http").status == 301
    assert django.calls == 3


def test_first_request_with_a_tag_fills_the_shelf_too(site):
    tag = call(WSGIHandler(), OHIO).headers["etag"]
    assert [site.get(if_none_match=tag).status for _time in range(3)] == [304] * 3
    assert site.get().status == 200
    assert site.django.calls == 1


def test_head_has_the_headers_and_no_body(site):
    got = site.get()
    head = site.get(method="HEAD")
    assert (head.status, head.headers, head.body) == (200, got.headers, b"")
    assert site.django.calls == 1


def test_head_that_comes_first_fills_the_shelf(site):
    assert site.get(method="HEAD").body == b""
    assert site.get().body.startswith(b'{"code":"OH"')
    assert site.django.calls == 1


def test_languages_and_encodings_are_held_apart(site):
    told = [
        site.get(accept_language=language, accept_encoding=coding)
        for _time in range(2)
        for language in ("en-US,en", "es-MX")
        for coding in ("", "gzip")
    ]
    assert [answer.headers["content-language"] for answer in told[4:]] == ["en", "en", "es", "es"]
    assert ["content-encoding" in answer.headers for answer in told[4:]] == [False, True, False, True]
    assert [steady(answer) for answer in told[:4]] == [steady(answer) for answer in told[4:]]
    assert site.django.calls == 4


def test_django_is_asked_again_after_half_a_minute(site):
    before = site.get()
    site.later(HELD - 0.1)
    assert site.get().headers["age"] == "29"
    assert site.django.calls == 1
    site.later(0.1)
    after = site.get()
    assert site.django.calls == 2
    assert ("age" in after.headers, steady(after)) == (False, steady(before))


def test_correction_and_switch_show_within_half_a_minute(site):
    before = site.get("/api/v1/jurisdictions/ga/")
    stored("office", OFFICE)
    now = timezone.now()
    switch_off(Wanted("online", now, now.replace(hour=20), "GA"), Order("Ana", "The state's site is down.", now))
    assert site.get("/api/v1/jurisdictions/ga/").headers["etag"] == before.headers["etag"]
    site.later(HELD)
    after = site.get("/api/v1/jurisdictions/ga/")
    assert after.headers["etag"] != before.headers["etag"]
    assert b"(404) 555-0199" in after.body
    assert b"The state's site is down." in after.body


def test_yesterdays_answer_is_never_given(site, time_machine):
    eve = datetime(2028, 6, 2, 3, 59, 50, tzinfo=UTC)
    time_machine.move_to(eve, tick=False)
    site.moment[0] = eve.timestamp()
    assert b'"day":"2028-06-01"' in site.get().body
    assert b'"day":"2028-06-01"' in site.get("/api/v1/jurisdictions/hi/").body
    site.later(10)
    site.moment[0] += 10
    time_machine.move_to(datetime(2028, 6, 2, 4, 0, tzinfo=UTC), tick=False)
    assert b'"day":"2028-06-02"' in site.get().body
    assert b'"day":"2028-06-01"' in site.get("/api/v1/jurisdictions/hi/").body
    assert site.django.calls == 3


def test_one_request_asks_django_and_the_others_do_not_wait_for_it(site):
    site.get()
    site.later(HELD)
    inside, go_on = threading.Event(), threading.Event()
    django = site.published.application
    before = site.get.__self__.published.shelf

    def slow(asked, start_response):
        start_response("503 Service Unavailable", [])
        inside.set()
        go_on.wait(20)
        return [b""]

    site.published.application = slow
    first = threading.Thread(target=site.get)
    first.start()
    assert inside.wait(20)
    assert site.get().status == 200
    go_on.set()
    first.join(20)
    site.later(GRACE)
    assert site.get().status == 503
    site.published.application = django
    assert (site.get().status, len(before)) == (200, 1)


@pytest.mark.parametrize(
    "path",
    [
        f"{OHIO}?lang=xx",
        f"{OHIO}?x=1",
        f"{OHIO}?lang=en&lang=es",
        f"{OHIO}?&",
        f"{OHIO}?lang=en&",
        f"{OHIO}?lang=%65n",
        "/api/v1/jurisdictions/oH/",
        "/api/v1/jurisdictions/zz/",
        "/api/v1/jurisdictions/oh",
        "/api/v1/elections/?lang=en&jurisdiction=OH",
        "/api/v1/elections/?jurisdiction=oH",
        "/api/v1/rules/0123456789ab-0123456789abcdef/jurisdictions/oh/",
        "/api/v1/rules/nonsense/",
        "/state/oh/",
    ],
)
def test_only_the_one_address_of_each_document_is_held(site, path):
    first, second = site.get(path), site.get(path)
    assert (site.django.calls, len(site.published.shelf)) == (2, 0)
    plain = call(WSGIHandler(), path)
    same = {"age", "date", "ratelimit"}
    assert [{name: each for name, each in told.headers.items() if name not in same} for told in (first, second)] == [
        {name: each for name, each in plain.headers.items() if name not in same}
    ] * 2
    assert (first.status, first.body) == (plain.status, plain.body)


def test_query_that_is_not_held_gets_304_all_the_same(site):
    tag = site.get("/api/v1/jurisdictions/oH/").headers["etag"]
    assert site.get("/api/v1/jurisdictions/oH/", if_none_match=tag).status == 304


def test_memory_stays_bounded_whatever_is_asked(site):
    for number in range(300):
        site.get(f"{OHIO}?x={number}")
        site.get(accept_language=f"xx-{number}", user_agent=str(number), cookie=f"a={number}", accept=f"text/{number}")
    assert len(site.published.shelf) == 1


def test_shelf_and_gates_have_an_end(site):
    def anything(asked, start_response):
        asked[MARK] = Publication(datetime(2100, 1, 1, tzinfo=UTC), False)
        start_response("200 OK", [("ETag", '"a"')])
        return [b"a"]

    site.published.application = anything
    for number in range(MOST + 50):
        site.get(f"{OHIO}{number}/")
    assert len(site.published.shelf) == MOST
    for number in range(MOST_GATES + 50):
        site.get(host=f"{number}.example.org")
    assert len(site.published.shelf._gates) == MOST_GATES


def test_what_nobody_asks_for_is_dropped(site):
    site.get()
    site.later(HELD + GRACE)
    site.get("/api/v1/rules/")
    assert len(site.published.shelf) == 1


def test_host_that_django_refuses_is_refused(site):
    site.get()
    assert [site.get(host="evil.example").status for _time in range(2)] == [400, 400]
    assert [site.get(host="a.example.org").status for _time in range(2)] == [200, 200]
    assert site.django.calls == 4


def test_answer_that_sets_a_cookie_is_not_held(site):
    def with_cookie(asked, start_response):
        asked[MARK] = Publication(datetime(2100, 1, 1, tzinfo=UTC), False)
        start_response("200 OK", [("ETag", '"a"'), ("Set-Cookie", "a=1")])
        return [b"a"]

    site.published.application = with_cookie
    assert site.get().headers["set-cookie"] == "a=1"
    assert len(site.published.shelf) == 0


def test_published_rules_are_held_without_the_database(site):
    site.get()
    with connection.execute_wrapper(refuse):
        answers = []
        for _time in range(3):
            answers.append(site.get())
            site.later(HELD)
    assert [answer.status for answer in answers] == [200] * 3
    assert len({answer.headers["etag"] for answer in answers}) == 1


def test_other_requests_go_to_django(site):
    site.get()
    assert site.get(method="POST").status == 405
    assert site.get(method="OPTIONS").status == 204
    assert site.django.calls == 3
