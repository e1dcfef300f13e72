"""S-22, S-38: every address of the operators' pages with every kind of visitor, generated from the URLconf."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLPattern
from django.urls.exceptions import NoReverseMatch

from config.middleware import policy
from registration.admin import operators
from registration.models import AuditEntry
from tests.registration.admin.site_urls import ADMIN_PATH

HERE = f"/{ADMIN_PATH}/"
SIGN_IN, ADD_FACTOR, SHOW_FACTOR = (f"/partners/account/{path}" for path in ("sign-in/", "factor/", "factor/again/"))
SHOWN = {"application", "document", "partner", "auditentry", "dailycount", "switch", "correction"}
HEADERS = ("Content-Security-Policy", "Cache-Control", "X-Frame-Options", "Permissions-Policy", "Set-Cookie", "Vary")


def addresses(rows: dict[str, object]) -> Iterator[str]:
    """Of every route, with a row of the record where it asks for one."""
    for each in operators.get_urls():
        assert isinstance(each, URLPattern)
        route = str(each.pattern)
        if "app_label" in route:
            yield f"{HERE}registration/"
        elif "<path:object_id>" in route:
            kind = route.split("/")[1]
            yield HERE + route.replace("<path:object_id>", str(rows[kind].pk))
        elif "(?P<url>" in route:
            yield f"{HERE}no/such/page/"
        else:
            yield HERE + route


def told(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, answer.get("Location", "").partition("?")[0]


def test_s22_pages_are_those_of_the_records_and_no_others():
    routes = {str(each.pattern) for each in operators.get_urls()}
    named = {f"registration/{kind}/" for kind in SHOWN}
    named |= {f"{each}<path:object_id>/change/" for each in named}
    assert routes == named | {"", "jsi18n/", "^(?P<app_label>registration)/$", "(?P<url>.*)$"}


def test_index_names_the_records_in_plain_english(visitors):
    linked = re.findall(r'/registration/\w+/">([^<]+)</a>\s+</th>', visitors.staff.get(HERE).content.decode())
    names = "Applications, Audit entries, Corrections, Daily counts, Documents, Partners, Switches"
    assert ", ".join(linked) == names


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
def test_s22_every_page_is_closed_to_whoever_is_no_operator(visitors, rows, method):
    for url in addresses(rows):
        assert told(getattr(visitors.anonymous, method)(url)) == (302, SIGN_IN), url
        assert told(getattr(visitors.dismissed, method)(url)) == (302, SIGN_IN), url
        assert told(getattr(visitors.member, method)(url)) == (404, ""), url
        assert told(getattr(visitors.without_factor, method)(url)) == (302, ADD_FACTOR), url


def test_s22_every_page_is_open_to_an_operator(visitors, rows):
    found = {url: visitors.staff.get(url).status_code for url in addresses(rows)}
    assert found == {url: 404 if url.endswith("/no/such/page/") else 200 for url in found}
    assert len(found) == 2 * len(SHOWN) + 4


def test_s22_nothing_can_be_changed_added_or_deleted_even_by_an_operator(visitors, rows):
    before = {kind: type(row).objects.filter(pk=row.pk).values().get() for kind, row in rows.items()}
    for url in addresses(rows):
        for body in ({}, {"action": "delete_selected", "_selected_action": "1"}, {"jurisdiction": "OH", "slug": "x"}):
            assert visitors.staff.post(url, body).status_code in (200, 403, 404, 405), url
    for kind, row in rows.items():
        for verb in ("add/", f"{row.pk}/delete/", f"{row.pk}/history/", f"{row.pk}/password/"):
            assert visitors.staff.get(f"{HERE}registration/{kind}/{verb}").status_code == 404
    assert {kind: type(row).objects.filter(pk=row.pk).values().get() for kind, row in rows.items()} == before


def test_s22_what_is_sent_needs_a_factor_shown_just_now(visitors, rows):
    for url in addresses(rows):
        assert told(visitors.stale.post(url)) == (302, SHOW_FACTOR), url
    assert visitors.stale.get(HERE).status_code == 200


def test_pages_show_no_sealed_bytes_and_no_hash(visitors, rows):
    for url in addresses(rows):
        body = visitors.staff.get(url).content
        assert b"Zz-sealed" not in body
        assert b"\x07\x07" not in body
        assert b"0707" not in body


def test_pages_run_under_the_sites_own_policy(visitors, rows, settings):
    for url in addresses(rows):
        answer = visitors.staff.get(url)
        assert answer["Content-Security-Policy"] == policy(settings.SECURE_CSP)
        assert "no-store" in answer["Cache-Control"]
        html = answer.content.decode()
        assert re.findall(r"<script(?![^>]* src=)|<[a-z]+[^>]* (?:style|on[a-z]+)=", html) == []
        assert "jquery" not in html


def test_look_at_applications_is_written_down_without_whose(visitors, rows):
    before = AuditEntry.objects.count()
    for path in (
        "application/",
        f"application/{rows['application'].pk}/change/",
        "document/",
        "partner/",
        "auditentry/",
    ):
        visitors.staff.get(f"{HERE}registration/{path}")
    new = AuditEntry.objects.order_by("pk")[before:]
    assert [(each.action, each.details) for each in new] == [
        ("records_seen", {"records": "application", "looked_at": "list"}),
        ("records_seen", {"records": "application", "looked_at": "one"}),
        ("records_seen", {"records": "document", "looked_at": "list"}),
    ]
    assert {each.who for each in new} == {f"operator {visitors.staff.session['_auth_user_id']}"}
    assert str(rows["application"].pk) not in str(list(AuditEntry.objects.values()))


def test_s38_without_a_path_there_are_no_pages_of_operators(visitors, settings):
    settings.ADMIN_PATH = ""
    settings.ROOT_URLCONF = "config.urls"
    for path in (HERE, "/admin/", "/ops/", "/registration/application/"):
        assert visitors.staff.get(path).status_code == 404
    from django.urls import reverse

    with pytest.raises(NoReverseMatch):
        reverse("admin:index")


@pytest.mark.parametrize(
    "path", [HERE, HERE[:-1], f"{HERE}registration/application/", f"{HERE}registration/application"]
)
def test_s38_another_host_answers_as_if_there_were_no_such_pages(visitors, settings, path):
    settings.ADMIN_HOST = "ops.example.org"
    settings.ALLOWED_HOSTS = ["testserver", "ops.example.org"]
    for client in (visitors.staff, visitors.anonymous):
        found, nothing = client.get(path), client.get("/no-such-page/")
        assert (found.status_code, found.content) == (404, nothing.content)
        assert [found.get(name) for name in HEADERS] == [nothing.get(name) for name in HEADERS]
    assert visitors.staff.get(HERE, headers={"host": "ops.example.org"}).status_code == 200
    assert visitors.staff.get(HERE, headers={"host": "OPS.example.org:8443"}).status_code == 200
    assert visitors.staff.get(HERE, headers={"host": "evil.example"}).status_code == 400


def test_s38_pages_stand_in_no_frame_of_a_partner(visitors, rows):
    for url in addresses(rows):
        assert visitors.staff.get(f"/embed/acme{url}").status_code == 404


def test_other_pages_still_touch_no_session(visitors, django_assert_num_queries):
    answer = visitors.staff.get("/privacy/")
    assert "Cookie" not in answer.get("Vary", "")
    assert answer.cookies == {}
