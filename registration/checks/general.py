"""Rule files and settings as Django system checks, each with an id that operators can look up."""

import os
import re
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import DatabaseError
from django.utils import timezone

import state_rules
from registration.domain.audit_heads import SHORTEST_KEY
from registration.domain.bots import EASIEST_BITS, HARDEST_BITS
from registration.domain.corrections import coming_and_active
from registration.domain.exposure import SHORTEST_SECRET, address_faults, database_faults, is_secret, mail_faults
from registration.domain.failpoints import BadFailpoint, check_failpoints
from registration.domain.field_encryption import BadKeys, Ring, check_keys
from registration.domain.loopback import is_public
from registration.domain.rates import BadRate, rate
from registration.domain.sealed_files import BadBackupKey, check_public_key
from registration.domain.widget_releases import BadRelease, releases
from state_rules.catalogue import local_elections

LONGEST_WAIT_DAYS = 30
BOTS_HINT = "See docs/bots.md."
ADMIN_PATH = re.compile(r"[a-z0-9](?:[a-z0-9-]{4,58})[a-z0-9]", re.ASCII)
#: First parts of the site's own addresses, and what is tried first by whoever looks for such pages.
TAKEN = frozenset(
    {"partners", "remind", "delete", "deadline", "static", "privacy", "compare", "contact", "admin1", "administrator"}
)

#: Characters of a token that nobody guesses.
SHORTEST_TOKEN = 32


@register(Tags.compatibility)
def rule_files(**_: Any) -> list[CheckMessage]:
    """enfranchise.E001: a rule file that does not load."""
    return [Error(each, hint="python3 -m state_rules check", id="enfranchise.E001") for each in state_rules.faults()]


@register(Tags.compatibility)
def local_elections_load(**_: Any) -> list[CheckMessage]:
    """enfranchise.E006: the operator's own file of elections does not load; the site goes on without it."""
    if not settings.LOCAL_ELECTIONS:
        return []
    try:
        local_elections(Path(settings.LOCAL_ELECTIONS))
    except state_rules.RuleFileError as error:
        return [Error(str(error), hint="See LOCAL_ELECTIONS in docs/settings.md.", id="enfranchise.E006")]
    return []


@register(Tags.compatibility)
def widget_releases_stand(**_: Any) -> list[CheckMessage]:
    """enfranchise.E020: a published version of the widget's script is missing or was changed."""
    try:
        releases()
    except BadRelease as error:
        hint = "Bring registration/domain/data/widget back to what was published."
        return [Error(str(error), hint=hint, id="enfranchise.E020")]
    return []


@register(Tags.database)
def corrections_fit(databases: Any = None, **_: Any) -> list[CheckMessage]:
    """enfranchise.W001: a correction that no longer fits the files and is left out.

    Looks into the database, so only `manage.py check --database default` and `migrate` ask it. A warning: the site
    must go on with the files as they are.
    """
    if not databases:
        return []
    try:
        found = [each for each in coming_and_active(timezone.now()) if each.problem]
    except DatabaseError:
        return []  # its tables are still to be made
    return [
        Warning(
            f"Correction {each.correction.pk} is not in force: {each.problem}",
            hint="End it, or add it anew: manage.py correction end | add",
            id="enfranchise.W001",
        )
        for each in found
    ]


@register(Tags.security)
def settings_are_safe(**_: Any) -> list[CheckMessage]:
    """enfranchise.E002 to E005, E007, E015 to E017: settings under which the service must not start."""
    found: list[CheckMessage] = []
    if not 1 <= settings.SEALED_ANSWERS_DAYS <= LONGEST_WAIT_DAYS:
        text = f"SEALED_ANSWERS_DAYS must be from 1 to {LONGEST_WAIT_DAYS}."
        found.append(Error(text, hint="Shorter is a setting; longer is not offered.", id="enfranchise.E002"))
    if settings.DEBUG and is_public():
        found.append(Error("DEBUG is on, on a public site.", id="enfranchise.E003"))
    if settings.WEBHOOK_ALLOW_LOOPBACK and is_public():
        text = "WEBHOOK_ALLOW_LOOPBACK is on, on a public site."
        hint = "Partners could have this machine call its own services."
        found.append(Error(text, hint=hint, id="enfranchise.E015"))
    if settings.FAILPOINTS and is_public():
        found.append(Error("FAILPOINTS is set, on a public site.", id="enfranchise.E016"))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Error("ALLOWED_HOSTS must name its hosts; '*' is refused.", id="enfranchise.E004"))
    if settings.REPORT_MISTAKES_TO and not _takes_reports(settings.REPORT_MISTAKES_TO):
        text = "REPORT_MISTAKES_TO must be an e-mail address or an https address."
        found.append(Error(text, hint="Where it is not set, it is SITE_CONTACT.", id="enfranchise.E005"))
    try:
        check_keys()
    except BadKeys as error:
        found.append(
            Error(str(error), hint="See FIELD_KEYS and DELIVERY_KEYS in docs/settings.md.", id="enfranchise.E007")
        )
    try:
        check_failpoints()
    except BadFailpoint as error:
        found.append(Error(str(error), hint="FAILPOINTS is for drills.", id="enfranchise.E017"))
    return found


@register(Tags.security)
def operators_settings(**_: Any) -> list[CheckMessage]:
    """enfranchise.E065 to E067: settings for those who watch over the service and keep its backups."""
    found: list[CheckMessage] = []
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < SHORTEST_TOKEN:
        text = f"METRICS_TOKEN must have {SHORTEST_TOKEN} characters or more."
        found.append(Error(text, hint="Random ones; or leave it out.", id="enfranchise.E065"))
    if settings.ALERTS_TO:
        try:
            validate_email(settings.ALERTS_TO)
        except ValidationError:
            found.append(Error("ALERTS_TO must be one e-mail address.", id="enfranchise.E066"))
    try:
        check_public_key()
    except BadBackupKey as error:
        found.append(Error(str(error), hint="manage.py backup --new-key makes one.", id="enfranchise.E067"))
    return found


@register(Tags.security)
def dashboard_is_safe(**_: Any) -> list[CheckMessage]:
    """enfranchise.E025 and E026: settings under which the dashboard's e-mails or its limits on tries would fail."""
    found: list[CheckMessage] = []
    scheme = "https://" if settings.BEHIND_TLS else ("http://", "https://")
    if not settings.SITE_URL.startswith(scheme) or urlsplit(settings.SITE_URL).path:
        text = "SITE_URL must be where people find the site, such as https://vote.example.org, without a path."
        found.append(Error(text, hint="Behind TLS it begins with https.", id="enfranchise.E025"))
    backend = settings.CACHES["default"]["BACKEND"].rpartition(".")[2]
    if backend in ("LocMemCache", "DummyCache"):
        text = "CACHE_URL must name a cache that all server processes share."
        found.append(Error(text, hint="Such as redis://host:6379/1; or leave it out.", id="enfranchise.E026"))
    return found


@register(Tags.security)
def form_limits_are_sound(**_: Any) -> list[CheckMessage]:
    """enfranchise.E050 to E053: settings with which forms could not be counted, or people would be shut out."""
    found: list[CheckMessage] = []
    for name, text in settings.FORM_RATES.items():
        try:
            rate(name, text)
        except BadRate as error:
            found.append(Error(f"FORM_RATE_{name.upper()}: {error}", hint=BOTS_HINT, id="enfranchise.E050"))
    bounds = (
        ("FORM_FASTEST_SECONDS", 0, 30, "E051"),
        ("FORM_WORK_BITS", EASIEST_BITS, HARDEST_BITS, "E052"),
        ("FORM_WAIT_SECONDS", 1, 120, "E053"),
    )
    for name, least, most, number in bounds:
        if not least <= getattr(settings, name) <= most:
            text = f"{name} must be from {least} to {most}."
            found.append(Error(text, hint=BOTS_HINT, id=f"enfranchise.{number}"))
    return found


@register(Tags.security)
def secrets_are_secret(**_: Any) -> list[CheckMessage]:
    """enfranchise.E035 and E036: a key that is short, or that everybody finds in some example."""
    found: list[CheckMessage] = []
    hint = f"Make one of {SHORTEST_SECRET} characters or more: openssl rand -base64 48"
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        key = ""
    if not is_secret(key):
        found.append(Error("SECRET_KEY is empty, short or a placeholder.", hint=hint, id="enfranchise.E035"))
    if not all(map(is_secret, settings.SECRET_KEY_FALLBACKS)):
        text = "A key of SECRET_KEY_FALLBACKS is short or a placeholder."
        found.append(Error(text, hint="Leave it out: what it signed is then asked for anew.", id="enfranchise.E035"))
    if not is_secret(settings.AUDIT_KEY):
        found.append(Error("AUDIT_KEY is short or a placeholder.", hint=hint, id="enfranchise.E036"))
    for ring in get_args(Ring):
        for each in getattr(settings, ring):
            name, _colon, secret = each.partition(":")
            if not is_secret(secret):
                text = f"The key {name if name.isalnum() else '?'} of {ring} is short or a placeholder."
                found.append(Error(text, hint=hint, id="enfranchise.E036"))
    return found


@register(Tags.security)
def hosts_are_named(**_: Any) -> list[CheckMessage]:
    """enfranchise.E037 and W037: hosts that are not named one by one; a public host without HTTPS."""
    found: list[CheckMessage] = []
    if any(host.startswith(".") or ("*" in host and host != "*") for host in settings.ALLOWED_HOSTS):
        text = "ALLOWED_HOSTS must name its hosts one by one; .example.org means every host below it and is refused."
        found.append(Error(text, id="enfranchise.E037"))
    if is_public() and not settings.BEHIND_TLS:
        text = "A public site without BEHIND_TLS: no HSTS, and cookies that travel in the clear."
        found.append(Warning(text, hint="See BEHIND_TLS in docs/settings.md.", id="enfranchise.W037"))
    return found


@register(Tags.security)
def ways_are_encrypted(**_: Any) -> list[CheckMessage]:
    """enfranchise.E038 to E041: a database, broker, cache or mail server that others could listen to on the way."""
    server = settings.EMAIL_HOST
    encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    ways = (
        ("DATABASE_URL", "E038", database_faults(settings.DATABASES["default"], os.environ)),
        ("CELERY_BROKER_URL", "E039", address_faults(settings.CELERY_BROKER_URL)),
        ("CACHE_URL", "E040", address_faults(settings.CACHE_URL)),
        ("EMAIL_URL", "E041", mail_faults(settings.EMAIL_BACKEND, server, encrypted=encrypted)),
    )
    return [Error(f"{name} {each}.", id=f"enfranchise.{number}") for name, number, found in ways for each in found]


@register(Tags.security)
def operators_pages_stand_well(**_: Any) -> list[CheckMessage]:
    """enfranchise.E042 to E044: where the operators' pages cannot be, or would be easily found."""
    found: list[CheckMessage] = []
    path = settings.ADMIN_PATH
    if path and (not ADMIN_PATH.fullmatch(path) or path in TAKEN):
        text = (
            "ADMIN_PATH must be 6 to 60 small letters, digits and inner hyphens, and none of the site's own addresses."
        )
        found.append(Error(text, hint="Such as ops-7f3a91; it is not 'admin'.", id="enfranchise.E042"))
    if settings.ADMIN_HOST and settings.ADMIN_HOST not in settings.ALLOWED_HOSTS:
        text = "ADMIN_HOST must be one of ALLOWED_HOSTS, without a port."
        found.append(Error(text, id="enfranchise.E043"))
    if path and is_public() and not settings.BEHIND_TLS:
        text = "ADMIN_PATH is set on a public site without BEHIND_TLS: sessions of operators would travel openly."
        found.append(Error(text, id="enfranchise.E044"))
    return found


@register(Tags.security)
def audit_is_published(**_: Any) -> list[CheckMessage]:
    """enfranchise.E030 to E032: settings under which the audit's head could not be signed, kept or sent."""
    found: list[CheckMessage] = []
    if len(settings.AUDIT_KEY) < SHORTEST_KEY:
        text = f"AUDIT_KEY must have {SHORTEST_KEY} characters or more."
        found.append(Error(text, hint="Leave it out to have one made.", id="enfranchise.E030"))
    if not settings.AUDIT_HEADS.parent.is_dir():
        text = "AUDIT_HEADS must be a file in a folder that is there."
        found.append(Error(text, hint="Make the folder.", id="enfranchise.E031"))
    if not all(_is_email(each) for each in settings.AUDIT_HEADS_TO):
        text = "AUDIT_HEADS_TO must be e-mail addresses, separated by commas."
        found.append(Error(text, hint="See docs/audit.md.", id="enfranchise.E032"))
    return found


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _takes_reports(target: str) -> bool:
    """Whether reports of mistakes can go there: an e-mail address, or an https address with a host."""
    try:
        if target.startswith("https://"):
            URLValidator(schemes=["https"])(target)
        else:
            validate_email(target)
    except ValidationError:
        return False
    return True
