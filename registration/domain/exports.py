"""Tables to take away: CSV written row by row, and XLSX. The only user of xlsxwriter.

A spreadsheet takes a cell that begins with one of a few signs for a formula and runs it, and what stands in a cell was
typed by strangers: such a cell gets an apostrophe before it in CSV, and in XLSX each cell is typed as text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from django.db import transaction

from registration.domain import contacts
from registration.domain.audit import Order, record
from registration.domain.contacts import Person
from registration.models import AuditEntry, Partner

Format = Literal["csv", "xlsx"]
#: Excel reads UTF-8 only where this stands first.
BOM = "\ufeff"
#: What a spreadsheet may begin a formula with; the wide ones are turned into the others by some of them.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: An XLSX file is put together in memory, since nothing of it may lie on a disk: larger ones are CSV only.
LONGEST_XLSX = 20_000
#: Rows that are sent at once.
TOGETHER = 100
CONTACT_HEADS = ("given_at", "state", "language", "source", "name", "email", "phone", "zip_code", "agreed_to")


@dataclass(frozen=True, slots=True)
class Kind:
    """A format as a browser takes it."""

    content_type: str
    ending: Format


KINDS: dict[Format, Kind] = {
    "csv": Kind("text/csv; charset=utf-8", "csv"),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}


#: Where a spreadsheet whose language has the comma in its numbers may end a cell inside of one, and a formula follows.
_PARTED = re.compile(f"([;\t\r\n])(?=[ \u00a0]*[{re.escape(''.join(DANGEROUS))}])")


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it, or a part of it, for a formula, be it after spaces."""
    text = f"'{text}" if text.lstrip(" \u00a0").startswith(DANGEROUS) else text
    return _PARTED.sub(r"\1'", text)


def contact_cells(person: Person) -> tuple[str, ...]:
    """One row. The telephone number has no "+": country code first."""
    return (
        person.given_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        person.jurisdiction,
        person.language,
        person.source,
        person.name,
        person.email,
        person.phone.removeprefix("+"),
        person.zip_code,
        " | ".join(person.said),
    )


def as_csv(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
    """The file in pieces of some rows each; no more than one piece is in memory."""
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    for number, row in enumerate(rows, 1):
        writer.writerow([harmless(cell) for cell in row])
        if number % TOGETHER == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    data = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return data


def as_xlsx(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """The file, made in memory and nowhere else; at most ``LONGEST_XLSX`` rows, the others are left out."""
    import xlsxwriter  # type: ignore[import-untyped]  # ships no types; here: few processes ever need it

    made = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, {"in_memory": True, **plain}) as workbook:
        sheet = workbook.add_worksheet("Contacts")
        # "quote_prefix" is the apostrophe as Excel itself keeps it: the cell stays text when it is edited or saved.
        as_text = workbook.add_format({"num_format": "@", "quote_prefix": True})
        bold = workbook.add_format({"bold": True})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for line, row in enumerate(rows, 1):
            if line > LONGEST_XLSX:
                break
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell, as_text)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 18)
    return made.getvalue()


class TooManyRows(Exception):
    """An XLSX file of so many would take too much memory."""


def begin(partner: Partner, form: Format, order: Order) -> int:
    """Write down that all contacts are taken away, before the first of them is; how many there are.

    Raises Refused for a reason that is no sentence, and TooManyRows.
    """
    order.check()
    rows = contacts.waiting(partner, order.at).count()
    if form == "xlsx" and rows > LONGEST_XLSX:
        raise TooManyRows
    with transaction.atomic():
        record(order, AuditEntry.Action.EXPORTED, partner, {"format": form, "rows": rows}, partner)
    return rows


def contacts_as(form: Format, partner: Partner, now: datetime) -> Iterator[bytes]:
    """The file, in pieces. ``begin`` comes first."""
    rows = (contact_cells(person) for person in contacts.everyone(partner, now))
    if form == "csv":
        yield from as_csv(CONTACT_HEADS, rows)
    else:
        yield as_xlsx(CONTACT_HEADS, rows)
