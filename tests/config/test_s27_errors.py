"""S-27: no page or answer that refuses something repeats what was sent, and no header does."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from tests.config.every_answer import URLCONF

CANARY = "zzcanary"
MARKS = (CANARY, "<script>", "7f3cafe")
NASTY = f"{CANARY}<script>7f3cafe"
PLACES = [
    f"/{NASTY}/", f"/es/{NASTY}/", f"/state/{NASTY}/", f"/apply/{NASTY}/", f"/go/{NASTY}/", f"/embed/{NASTY}/",
    f"/embed/nobody/{NASTY}", f"/embed/deadline/{NASTY}/", f"/partners/{NASTY}/{NASTY}/", f"/w/{NASTY}/register.js",
    f"/static/{NASTY}.css", f"/api/{NASTY}", f"/api/v1/{NASTY}/", f"/api/v1/jurisdictions/{NASTY}/",
    f"/api/v1/rules/{NASTY}/", f"/api/v1/applications/{NASTY}/", f"/api/v1/elections/?unknown={NASTY}",
    f"/broken/?q={NASTY}", f"/api/broken/?q={NASTY}", f"/partners/broken/?q={NASTY}",
]  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site_that_breaks(settings) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ROOT_URLCONF = URLCONF
    cache.clear()


def repeated(answer) -> list[str]:
    said = (answer.content.decode() + str(answer.headers)).lower()
    return [mark for mark in MARKS if mark in said]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_s27_refusal_repeats_nothing_of_the_address_or_the_body(place, method):
    client = Client(raise_request_exception=False)
    body = json.dumps({CANARY: NASTY}) if "/api/" in place else f"{CANARY}={NASTY}"
    media = "application/json" if "/api/" in place else "application/x-www-form-urlencoded"
    headers = {"authorization": f"Bearer {NASTY}", "user-agent": NASTY, "referer": f"http://x/{NASTY}", "cookie": NASTY}
    answer = client.generic(method, place, "" if method == "GET" else body, media, headers=headers)
    assert answer.status_code >= 400
    assert repeated(answer) == []


@pytest.mark.parametrize("path", ["/", "/api/v1/rules/", "/partners/account/sign-in/"])
def test_s27_unknown_host_is_not_repeated(path):
    answer = Client(raise_request_exception=False).get(path, headers={"host": f"{CANARY}.example"})
    assert (answer.status_code, repeated(answer)) == (400, [])


@pytest.mark.parametrize("path", ["/apply/ga/", "/find/", "/form/"])
def test_s27_forged_and_broken_bodies_are_not_repeated(path):
    client = Client(raise_request_exception=False)
    forged = client.post(path, {CANARY: NASTY}, headers={"sec-fetch-site": "cross-site", "origin": f"https://{CANARY}"})
    assert (forged.status_code, repeated(forged)) == (403, [])
    broken = client.generic("POST", path, f"--x\r\n{NASTY}", f"multipart/form-data; boundary={CANARY}")
    assert broken.status_code >= 400
    assert repeated(broken) == []
    many = client.post(path, {f"{CANARY}{number}": NASTY for number in range(400)})
    assert (many.status_code, repeated(many)) == (400, [])


@pytest.mark.parametrize("body", [f'{{"{CANARY}"', f'["{NASTY}"]', f'{{"jurisdiction": "{NASTY}", "{CANARY}!": 1}}'])
def test_s27_api_repeats_no_value_and_no_unusual_name(body):
    answer = Client().generic(
        "POST", "/api/v1/assessments/", body.replace('"zzcanary!"', '"<script>"'), "application/json"
    )
    assert answer.status_code == 400
    assert repeated(answer) == []
