"""Rule files and settings as Django system checks, each with an id that operators can look up."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

import state_rules

LONGEST_WAIT_DAYS = 30


@register(Tags.compatibility)
def rule_files(**_: Any) -> list[CheckMessage]:
    """enfranchise.E001: a rule file that does not load."""
    found: list[CheckMessage] = []
    for code in state_rules.JURISDICTIONS:
        try:
            state_rules.load(code)
        except state_rules.RuleFileError as error:
            found.append(Error(str(error), hint="python -m state_rules check", id="enfranchise.E001"))
    return found


@register(Tags.security)
def settings_are_safe(**_: Any) -> list[CheckMessage]:
    """enfranchise.E002 to E005: settings under which the service must not start."""
    found: list[CheckMessage] = []
    if not 1 <= settings.SEALED_ANSWERS_DAYS <= LONGEST_WAIT_DAYS:
        text = f"SEALED_ANSWERS_DAYS must be from 1 to {LONGEST_WAIT_DAYS}."
        found.append(Error(text, hint="Shorter is a setting; longer is not offered.", id="enfranchise.E002"))
    public = [host for host in settings.ALLOWED_HOSTS if host not in ("127.0.0.1", "localhost", "[::1]", "testserver")]
    if settings.DEBUG and public:
        found.append(Error("DEBUG is on with a public host in ALLOWED_HOSTS.", id="enfranchise.E003"))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Error("ALLOWED_HOSTS must name its hosts; '*' is refused.", id="enfranchise.E004"))
    if settings.REPORT_MISTAKES_TO and not _takes_reports(settings.REPORT_MISTAKES_TO):
        text = "REPORT_MISTAKES_TO must be an e-mail address or an https address."
        found.append(Error(text, hint="Where it is not set, it is SITE_CONTACT.", id="enfranchise.E005"))
    return found


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
