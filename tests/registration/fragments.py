"""Corrections of Georgia for the tests, all made up."""

from datetime import UTC, date, datetime
from typing import Any

from registration.models import Correction

SOURCE = '[sources.notice]\ntitle = "Notice of the office"\nkind = "official-page"\nretrieved = 2028-06-01\n'
OFFICE = SOURCE + '[[office]]\nname = "New office"\ntelephone = "(404) 555-0199"\nsources = ["notice"]\n'
MAIL_TO = SOURCE + '[[mail_to]]\nlines = ["1 New Street", "Newtown, GA 30399"]\nsources = ["notice"]\n'
#: Ten days before Tuesday, November 7, 2028.
MAIL = (
    SOURCE
    + '[[deadlines.mail]]\nall_of = [{ event = "postmarked", days_before = 10 }]\nif_closed = "same_day"\n'
    + 'sources = ["notice"]\n[[examples]]\ndeadline = "mail"\nelection_day = 2028-11-07\n'
    + 'expect = [{ event = "postmarked", by = 2028-10-28 }]\nsource = "notice"\n'
)


def stored(rule: str = "office", fragment: str = OFFICE, **changed: Any) -> Correction:
    """A correction as an earlier release may have taken it: nothing of it is checked."""
    row: dict[str, Any] = {
        "jurisdiction": "GA",
        "rule": rule,
        "fragment": fragment,
        "starts_on": date(2028, 6, 1),
        "ends_on": date(2028, 6, 30),
        "reason": "The office told us so.",
        "made_by": "Ana",
        "made_at": datetime(2028, 6, 1, tzinfo=UTC),
    }
    return Correction.objects.create(**{**row, **changed})
