"""The table of what is promised names a test for each id, and each test that it names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs/security.md").read_text()
ROWS = re.findall(r"^\| (S-\d\d(?:, S-\d\d)*) \|[^|]+\|([^|]+)\|$", DOCUMENT, re.MULTILINE)
#: What no test can show, and the target of make that does.
BY_HAND = {"S-32": "audit"}


def names(text: str) -> list[tuple[str, str]]:
    """(file, test) of each test in a cell."""
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)


def test_every_id_has_its_row():
    found = [each for ids, _tests in ROWS for each in ids.split(", ")]
    assert found == [f"S-{number}" for number in (*range(20, 32), 34, 32, 33, *range(35, 41))]


@pytest.mark.parametrize(("ids", "tests"), ROWS, ids=[ids for ids, _tests in ROWS])
def test_every_row_names_tests_that_exist(ids, tests):
    found = names(tests)
    missing = [name for file, name in found if f"\ndef {name}(" not in (ROOT / file).read_text()]
    assert missing == []
    if ids in BY_HAND:
        assert f"`make {BY_HAND[ids]}`" in tests
        assert f"\n{BY_HAND[ids]}:" in (ROOT / "Makefile").read_text()
    else:
        assert found != []


def test_every_test_that_the_document_names_exists():
    named = re.findall(r"`(tests/[\w./]+?)(?:::\w+)?`", DOCUMENT)
    assert len(named) > 60
    assert [path for path in named if not (ROOT / path).exists()] == []
