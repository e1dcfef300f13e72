"""Where a reader tells the operator that a fact is wrong: an e-mail or a page of theirs; nothing personal in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from django.conf import settings

from state_rules import Jurisdiction


@dataclass(frozen=True, slots=True)
class Reports:
    """Makes the address for a mistake in a fact of ``jurisdiction`` as ``version`` of the rules has it for ``on``."""

    jurisdiction: Jurisdiction
    on: date
    version: str

    def link(self, fact: str) -> str:
        """A mailto or https address; "" where the operator gave neither. ``fact``: the rule's name in the file."""
        target = settings.REPORT_MISTAKES_TO
        if not target:
            return ""
        if urlsplit(target).scheme:
            return _with(target, {"state": self.jurisdiction.code, "fact": fact, "rules": self.version})
        subject = f"Mistake: {self.jurisdiction.code}, {fact} (rules {self.version}, {self.on})"
        return f"mailto:{quote(target, safe='@')}?subject={quote(subject)}"


def _with(address: str, more: dict[str, str]) -> str:
    parts = urlsplit(address)
    return parts._replace(query=urlencode([*parse_qsl(parts.query, keep_blank_values=True), *more.items()])).geturl()
