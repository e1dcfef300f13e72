"""S-10: no cell of an export is a formula; nothing of it lies on a disk; a piece at a time."""

import csv
import io
import tempfile
from datetime import UTC, datetime

import openpyxl
import pytest

from registration.domain import exports
from registration.domain.contacts import Person

HEADS = ("name", "note")
DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    '=HYPERLINK("https://evil.example","x")',
    " =1+1",
    "\u00a0=1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
]


def read_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", DANGEROUS)
def test_s10_csv_cell_that_could_be_a_formula_gets_an_apostrophe(cell):
    data = b"".join(exports.as_csv(HEADS, [(cell, "x")]))
    assert read_csv(data) == [["name", "note"], ["'" + cell, "x"]]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("x;=1+1", "x;'=1+1"),
        ("x; @SUM(A1)", "x;' @SUM(A1)"),
        ("x\t-1", "x\t'-1"),
        ("a;b;+c", "a;b;'+c"),
        ("a; b", "a; b"),
    ],
)
def test_s10_csv_cell_is_no_formula_where_a_spreadsheet_parts_it_elsewhere(cell, written):
    """Where a comma is the decimal sign, a semicolon or a tab may begin a cell."""
    assert read_csv(b"".join(exports.as_csv(HEADS, [(cell, "x")])))[1] == [written, "x"]


@pytest.mark.parametrize("cell", ["Ana", "Łukasz Nguyễn", "a=b", "O'Neil", '"x", y', "1-2", "two\nlines", ""])
def test_s10_csv_ordinary_cell_stays_as_it_is(cell):
    assert read_csv(b"".join(exports.as_csv(HEADS, [(cell, "x")])))[1] == [cell, "x"]


@pytest.mark.parametrize("cell", [cell for cell in DANGEROUS if "\r" not in cell])
def test_s10_xlsx_cell_is_typed_as_text(cell):
    sheet = openpyxl.load_workbook(io.BytesIO(exports.as_xlsx(HEADS, [(cell, "https://x.example")]))).active
    found = [(each.value, each.data_type, each.hyperlink, each.quotePrefix) for each in sheet[2]]
    assert found == [(cell, "s", None, True), ("https://x.example", "s", None, True)]


def test_xlsx_holds_every_row_as_text_and_writes_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # whoever writes a temporary file fails
    rows = [(f"Ana {number}", "00501") for number in range(300)]
    sheet = openpyxl.load_workbook(io.BytesIO(exports.as_xlsx(HEADS, rows))).active
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows()] == [HEADS, *rows]


def test_xlsx_ends_at_its_limit(monkeypatch):
    monkeypatch.setattr(exports, "LONGEST_XLSX", 2)
    sheet = openpyxl.load_workbook(io.BytesIO(exports.as_xlsx(HEADS, [("a", "b")] * 5))).active
    assert sheet.max_row == 3


def test_csv_is_sent_while_it_is_read():
    read: list[int] = []

    def rows():
        for number in range(1_000):
            read.append(number)
            yield (str(number), "x" * 50)

    pieces = exports.as_csv(HEADS, rows())
    first = next(pieces)
    assert len(read) == exports.TOGETHER
    whole = [first, *pieces]
    assert max(len(piece) for piece in whole) < 10_000
    assert len(read_csv(b"".join(whole))) == 1_001


def test_contact_row_says_when_who_and_what_they_agreed_to():
    given_at = datetime(2028, 6, 1, 15, 30, 5, 123456, tzinfo=UTC)
    person = Person(
        given_at, "GA", "es", "spring", "Łukasz Nguyễn", "l@example.org", "+14045550177", "30303", ("May we?", "And?")
    )
    row = exports.contact_cells(person)
    assert dict(zip(exports.CONTACT_HEADS, row, strict=True)) == {
        "given_at": "2028-06-01T15:30:05Z",
        "state": "GA",
        "language": "es",
        "source": "spring",
        "name": "Łukasz Nguyễn",
        "email": "l@example.org",
        "phone": "14045550177",
        "zip_code": "30303",
        "agreed_to": "May we? | And?",
    }
