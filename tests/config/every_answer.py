"""One answer of every kind that the site gives: each route of the URLconf, read and sent to, by whoever may come.

A route whose address holds a name that VALUES does not know cannot be walked; give the name a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from registration.domain import keys
from registration.models import Role, WebhookDelivery, WebhookEndpoint
from tests.members import People, make_people, make_person, signed_in
from tests.registration.admin.records import make_records
from tests.registration.admin.site_urls import ADMIN_PATH, handler400, handler403, handler404, handler500
from tests.registration.admin.site_urls import urlpatterns as site
from tests.registration.flat_answers import PERSON
from tests.registration.views.partners.setting_up import ORDER, furnish
from tests.registration.views.partners.test_every_url import ROUTES

__all__ = ["handler400", "handler403", "handler404", "handler500"]
URLCONF = "tests.config.every_answer"
EMBEDDED = "/embed/acme/"


def broken(request: object) -> HttpResponse:
    raise RuntimeError


urlpatterns = [path("broken/", broken), path("api/broken/", broken), path("partners/broken/", broken), *site]
BROKEN = {str(each.pattern) for each in urlpatterns[:3]}


@dataclass(frozen=True)
class Asked:
    """A request: how it stands in the snapshot, and what makes it. ``who`` is "" for anyone."""

    route: str
    address: str
    method: str = "GET"
    who: str = ""

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}" + (f" ({self.who})" if self.who else "")


def routes(urlconf: str) -> Iterator[tuple[str, str]]:
    """(route as it is written, its name with namespaces) of each pattern, without languages."""

    def walk(resolver: URLResolver, before: str, names: str) -> Iterator[tuple[str, str]]:
        for each in resolver.url_patterns:
            whole = before + str(each.pattern).lstrip("^")
            if isinstance(each, URLPattern):
                yield whole, names + (each.name or "")
            else:
                yield from walk(each, whole, names + (f"{each.namespace}:" if each.namespace else ""))

    return walk(get_resolver(urlconf), "", "")


class Site:
    """A partner that has everything, an operator, and what stands in addresses."""

    def __init__(self) -> None:
        self.people: People = make_people()
        partner = self.people.partner
        furnish(partner)
        operator = make_person("operator@example.org")
        operator.is_staff = True
        operator.save()
        self.users = {"owner": self.people.members[Role.OWNER].user, "operator": operator}
        _key, self.key = keys.make(partner, keys.KeyWish("Walk", "live", keys.SCOPES), ORDER)
        self.records = make_records(partner)
        edition = Client().get("/api/v1/rules/", secure=True).json()
        self.values: dict[str, Callable[[str], object]] = {
            "code": lambda _route: "ga",
            "version": lambda route: "1" if route.startswith("w/") else edition["version"],
            "rest": lambda _route: "nowhere",
            "url": lambda _route: "no/such/page/",
            "app_label": lambda _route: "registration",
            "object_id": lambda route: self.records[route.split("/")[2]].pk,
            "id": self._row,
        }

    def _row(self, route: str) -> object:
        if "webhook-endpoints" in route:
            return WebhookEndpoint.objects.values_list("public_id", flat=True)[0]
        if "webhook-deliveries" in route:
            return WebhookDelivery.objects.values_list("public_id", flat=True)[0]
        return self.records["application"].pk

    def address(self, route: str, name: str) -> str:
        if name in ROUTES:
            slug = {"slug": self.people.partner.slug} if "<slug:slug>" in route else {}
            return reverse(name, kwargs={**slug, **ROUTES[name].arguments(self.people)}, urlconf=URLCONF)

        def value(found: re.Match[str]) -> str:
            known = found["simple"] or found["regex"]
            if known not in self.values:
                raise AssertionError(f"{route}: give {known!r} a value in tests/config/every_answer.py")
            return str(self.values[known](route))

        filled = re.sub(r"<\w+:(?P<simple>\w+)>|\(\?P<(?P<regex>\w+)>[^)]*\)", value, route)
        return "/" + filled.rstrip("$")

    def asked(self) -> Iterator[Asked]:
        for route, name in routes(URLCONF):
            if route in BROKEN:
                yield Asked(f"/{route}", f"/{route}")
                continue
            address = self.address(route, name)
            for who in self.visitors(route):
                for method in ("GET", "POST"):
                    yield Asked(f"/{route}", address, method, who)
            if not route.startswith(("api/", "w/", ADMIN_PATH)):
                yield Asked(f"/es/{route}", f"/es{address}")
        for route, name in routes("config.urls_embedded"):
            for method in ("GET", "POST"):
                yield Asked(EMBEDDED + route, EMBEDDED + self.address(route, name)[1:], method)

    def visitors(self, route: str) -> tuple[str, ...]:
        if route.startswith("api/"):
            return ("", "key")
        if route.startswith("partners/"):
            return ("", "owner")
        return ("", "operator") if route.startswith(ADMIN_PATH) else ("",)

    def answer(self, asked: Asked) -> HttpResponse:
        """Whatever a request changes is taken back, so that the order does not matter."""
        with transaction.atomic():
            client = signed_in(self.users[asked.who]) if asked.who in self.users else Client()
            client.raise_request_exception = False
            headers = {"authorization": f"Bearer {self.key}"} if asked.who == "key" else {}
            send = client.post if asked.method == "POST" else client.get
            body = {"data": {}, "content_type": "application/json"} if "/api/" in asked.address else {}
            answer = send(asked.address, **(body if asked.method == "POST" else {}), secure=True, headers=headers)
            transaction.set_rollback(True)
        return answer


def special(static: Path) -> Iterator[tuple[str, HttpResponse]]:
    """What no route gives by itself: files, refusals, a whole application with its form as a PDF."""
    client = Client(raise_request_exception=False)
    (static / "plain.css").write_text("p {}")
    (static / "hashed.0123456789ab.css").write_text("p {}")
    yield "GET /static/plain.css", client.get("/static/plain.css", secure=True)
    yield "GET /static/hashed.0123456789ab.css", client.get("/static/hashed.0123456789ab.css", secure=True)
    yield "GET /static/missing.css", client.get("/static/missing.css", secure=True)
    yield "GET http:/ (to https)", client.get("/")
    yield "GET http:/ (unknown host)", client.get("/", headers={"host": "evil.example"})
    yield "GET / (unknown host)", client.get("/", secure=True, headers={"host": "evil.example"})
    yield "GET /api/v1/rules/ (unknown host)", client.get("/api/v1/rules/", secure=True, headers={"host": "e.example"})
    yield "PUT /", client.put("/", secure=True)
    yield "PUT /privacy/", client.put("/privacy/", secure=True)
    yield "OPTIONS /api/v1/rules/", client.options("/api/v1/rules/", secure=True)
    yield "GET /no-such-page/", client.get("/no-such-page/", secure=True)
    yield "GET /partners/acme/no-such-page/", client.get("/partners/acme/no/such/page/", secure=True)
    yield "GET /embed/nobody/", client.get("/embed/nobody/", secure=True)
    yield "GET /embed/acme/no-such-page/", client.get("/embed/acme/no-such-page/", secure=True)
    yield "GET /embed/deadline/ga/", client.get("/embed/deadline/ga/", secure=True)
    elsewhere = {"sec-fetch-site": "cross-site"}
    yield "POST /apply/ga/ (from another site)", client.post("/apply/ga/", secure=True, headers=elsewhere)
    checked = Client(enforce_csrf_checks=True)
    yield "POST /partners/join/ (no token)", checked.post("/partners/join/", secure=True)
    for before in ("", "/embed/acme"):
        page = client.get(f"{before}/apply/ga/", secure=True).content.decode()
        reference = re.search(r'name="reference" value="([^"]*)"', page)[1]  # type: ignore[index]
        whole = {"reference": reference, **PERSON, "home_city": "Atlanta", "home_zip": "30303", "licence": "057123456"}
        done = client.post(f"{before}/apply/ga/", {**whole, "race": ""}, secure=True)
        yield f"POST {before}/apply/ga/ (whole)", done
        yield f"POST {before}/form/ (PDF)", client.post(f"{before}/form/", {"code": reference}, secure=True)
