"""Where a fact comes from, how sure it is, and whom to ask."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from state_rules import Source, Version
from state_rules.jurisdiction import Deadline
from state_rules.practice import Office


def contact(office: Office) -> tuple[str, ...]:
    """The election office and the ways to reach it, one a line."""
    return tuple(line for line in (_(office.name), office.telephone, office.email, office.website) if line)


def confirm(version: Version[Any], office: Office) -> str:
    """What to do about a fact that we are not sure of; "" where we are.

    Low confidence is always said. For deadlines medium is, too: a wrong day costs a vote.
    """
    unsure = ("low", "medium") if isinstance(version.value, Deadline) else ("low",)
    if version.confidence not in unsure:
        return ""
    reach = [value for value in (office.telephone, office.website) if value]
    if not reach:
        return _("We are not sure of this. Confirm with the election office.")
    if len(reach) == 1:
        return _("We are not sure of this. Confirm with the election office: %(reach)s.") % {"reach": reach[0]}
    return _("We are not sure of this. Confirm with the election office: %(telephone)s or %(website)s.") % {
        "telephone": reach[0],
        "website": reach[1],
    }


def office_doubt(version: Version[Office]) -> str:
    """What to know of an office's own telephone and site where we are not sure of them; "" where we are."""
    if version.confidence != "low":
        return ""
    return _("We are not sure of these contacts. If they do not work, ask a local election office.")


def source_line(source: Source) -> str:
    """One citation with the day it bears and the day we read it; says so where nobody opened it."""
    if not source.was_read:
        return _("%(title)s (cited from memory, not read)") % {"title": source.title}
    values = {"title": source.title, "dated": source.dated, "read": source.retrieved}
    if source.dated and source.retrieved:
        return _("%(title)s (dated %(dated)s; read %(read)s)") % values
    if source.dated:
        return _("%(title)s (dated %(dated)s)") % values
    if source.retrieved:
        return _("%(title)s (read %(read)s)") % values
    return source.title
