"""S-35: the security headers and cookies of every answer, as tests/config/headers.json has them.

After a wanted change, or for a new route:

    WRITE_HEADERS=1 .venv/bin/python -m pytest tests/config/test_s35_headers.py

and read what changed in the file before it is committed. ``usual`` is what most answers carry; each group says where
its answers differ, with null for a header that they lack. ``names`` stand for values too long to be read twice.
"""

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as site_settings
from django.core.cache import cache
from django.utils import translation

from api.errors import POLICY as API_POLICY
from config.middleware import FEATURES, SIGNED_IN_FEATURES, permissions, policy
from tests.config.every_answer import URLCONF, Site, special
from tests.registration.admin.site_urls import ADMIN_PATH

FILE = Path(__file__).with_name("headers.json")
#: What BEHIND_TLS makes of the settings that a process has read already.
BEHIND_TLS = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-session",
    "CSRF_COOKIE_NAME": "__Host-csrf",
}
HEADERS = (
    "Access-Control-Allow-Origin", "Cache-Control", "Clear-Site-Data", "Content-Security-Policy",
    "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Referrer-Policy",
    "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "X-Robots-Tag",
)  # fmt: skip
Carried = dict[str, str]


def carried(answer) -> Carried:
    """The security headers, and each cookie by name and flags."""
    if answer.streaming:
        list(answer.streaming_content)  # which closes the file
    found = {name: answer[name] for name in HEADERS if answer.has_header(name)}
    cookies = []
    for name, cookie in sorted(answer.cookies.items()):
        flags = [f"{flag}={value}" if value is not True else flag for flag, value in cookie.items() if value != ""]
        cookies.append("; ".join([name, *sorted(flag for flag in flags if not flag.startswith("expires"))]))
    return {**found, "Set-Cookie": " | ".join(cookies)} if cookies else found


def every_answer(static: Path) -> Iterator[tuple[str, Carried]]:
    site = Site()
    for asked in site.asked():
        with translation.override("en"):
            answer = site.answer(asked)
        yield f"{asked.name} {answer.status_code}", carried(answer)
    for name, answer in special(static):
        yield f"{name} {answer.status_code}", carried(answer)


@pytest.fixture
def answers(settings, tmp_path, db) -> dict[str, Carried]:
    for name, value in BEHIND_TLS.items():
        setattr(settings, name, value)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ROOT_URLCONF, settings.ADMIN_PATH = URLCONF, ADMIN_PATH
    cache.clear()
    (tmp_path / "plain.css").touch()
    with time_machine.travel("2028-06-01 15:30:00+00:00", tick=False):
        return dict(every_answer(tmp_path))


def names() -> dict[str, str]:
    """What stands for a long value in the file."""
    return {
        "(policy of pages)": policy(site_settings.SECURE_CSP),
        "(policy of the API)": API_POLICY,
        "(everything off)": permissions(),
        "(off but for signing in)": permissions(SIGNED_IN_FEATURES),
    }


def snapshot(answers: dict[str, Carried]) -> dict[str, object]:
    found = sorted({name for each in answers.values() for name in each})
    usual = {name: Counter(each.get(name) for each in answers.values()).most_common(1)[0][0] for name in found}
    short = {value: name for name, value in names().items()}
    groups: dict[str, list[str]] = defaultdict(list)
    for asked, each in answers.items():
        different = {name: each.get(name) for name in found if each.get(name) != usual[name]}
        different = {name: short.get(value, value) for name, value in different.items()}
        groups[json.dumps(different)].append(asked)
    listed = [{"headers": json.loads(headers), "answers": sorted(asked)} for headers, asked in sorted(groups.items())]
    usual = {name: short.get(value, value) for name, value in usual.items() if value is not None}
    return {"names": names(), "usual": usual, "groups": listed}


def whole(read: dict) -> dict[str, Carried]:
    """Each answer of a snapshot with all its headers."""
    return {
        asked: {
            name: read["names"].get(value, value)
            for name, value in {**read["usual"], **group["headers"]}.items()
            if value is not None
        }
        for group in read["groups"]
        for asked in group["answers"]
    }


def test_s35_headers_of_every_route_are_those_of_the_snapshot(answers):
    if os.environ.get("WRITE_HEADERS"):
        FILE.write_text(json.dumps(snapshot(answers), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    kept = whole(json.loads(FILE.read_text(encoding="utf-8")))
    assert sorted(set(answers) - set(kept)) == [], "new answers, see the top of this file"
    assert sorted(set(kept) - set(answers)) == [], "answers that are no more, see the top of this file"
    changed = {asked: (kept[asked], found) for asked, found in answers.items() if found != kept[asked]}
    assert changed == {}


@pytest.fixture
def kept() -> dict[str, Carried]:
    return whole(json.loads(FILE.read_text(encoding="utf-8")))


def wrong(kept: dict[str, Carried], is_right) -> list[str]:
    return [asked for asked, each in kept.items() if not is_right(asked, each)]


def test_s35_every_answer_has_every_header(kept):
    needed = set(HEADERS) - {"Access-Control-Allow-Origin", "Clear-Site-Data", "X-Frame-Options", "X-Robots-Tag"}
    insecure = {"Strict-Transport-Security"}

    def is_right(asked: str, each: Carried) -> bool:
        return set(each) >= (needed - insecure if asked.startswith("GET http:") else needed)

    assert wrong(kept, is_right) == []


def test_s35_every_policy_forbids_all_and_names_who_may_frame(kept):
    def is_right(_asked: str, each: Carried) -> bool:
        policy = each["Content-Security-Policy"]
        return policy.startswith("default-src 'none'") and "frame-ancestors " in policy and "unsafe" not in policy

    assert wrong(kept, is_right) == []


def test_s35_what_nobody_may_frame_says_so_to_old_browsers_too(kept):
    def is_right(_asked: str, each: Carried) -> bool:
        nobody = "frame-ancestors 'none'" in each["Content-Security-Policy"]
        return not nobody or each.get("X-Frame-Options") == "DENY"

    assert wrong(kept, is_right) == []


def test_s35_whatever_is_sent_or_needs_a_sign_in_or_a_key_is_stored_nowhere(kept):
    #: With a key these say the same as without one.
    published = ("GET /api/v1/rules", "GET /api/v1/jurisdictions", "GET /api/v1/elections", "GET /api/v1/openapi")

    def is_right(asked: str, each: Carried) -> bool:
        personal = not asked.startswith("GET ") or "(owner)" in asked or "(operator)" in asked
        personal = personal or ("(key)" in asked and not asked.startswith((*published, "GET /api/v1/docs")))
        return not personal or "no-store" in each["Cache-Control"]

    assert wrong(kept, is_right) == []


def test_s35_failures_are_stored_nowhere(kept):
    def is_right(asked: str, each: Carried) -> bool:
        return asked[-3] not in "45" or asked.endswith("410") or "no-store" in each["Cache-Control"]

    assert wrong(kept, is_right) == []


def test_s35_cookies_exist_where_people_sign_in_and_carry_every_flag(kept):
    flags = {"Path=/", "HttpOnly", "Secure", "SameSite=Lax"}
    with_cookies = {asked: each["Set-Cookie"] for asked, each in kept.items() if "Set-Cookie" in each}
    assert with_cookies != {}
    for asked, cookies in with_cookies.items():
        assert "/partners/" in asked or f"/{ADMIN_PATH}/" in asked, asked
        for cookie in cookies.split(" | "):
            name, *found = cookie.split("; ")
            assert name in ("__Host-session", "__Host-csrf"), asked
            is_taken_away = "max-age=0" in found  # the browser is told to forget it
            assert is_taken_away or {each.lower() for each in found} >= {each.lower() for each in flags}, asked


def test_s35_browsers_may_do_nothing_but_what_signing_in_needs(kept):
    for asked, each in kept.items():
        values = dict(part.split("=") for part in each["Permissions-Policy"].split(", "))
        assert list(values) == list(FEATURES)
        own = {name for name, value in values.items() if value != "()"}
        signing_in = "/partners/" in asked or f" /{ADMIN_PATH}/" in asked
        assert own == (SIGNED_IN_FEATURES if signing_in else set()), asked


def test_settings_behind_tls_are_those_of_the_walk():
    code = f"import json, config.settings as s; print(json.dumps({{n: getattr(s, n) for n in {list(BEHIND_TLS)}}}))"
    environment = {**os.environ, "BEHIND_TLS": "true"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == BEHIND_TLS
    assert site_settings.SECURE_CONTENT_TYPE_NOSNIFF
