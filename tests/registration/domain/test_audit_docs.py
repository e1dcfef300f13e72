"""What docs/audit.md gives to people who verify without our code does find what it says."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from registration.domain.audit_heads import public_key, publish_head
from registration.models import AuditEntry, Partner
from tests.registration.domain.tampering import tamper

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs/audit.md").read_text(encoding="utf-8")
QUERIES = [query for query in re.findall(r"```sql\n(.*?)```", DOCUMENT, re.DOTALL) if query.startswith("SELECT")]
ENTRIES, HEADS = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
AT = datetime(2028, 10, 10, 12, 30, 15, 250, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three(settings, tmp_path) -> None:
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"
    partner = Partner.objects.create(slug="acme", name="Acme")
    for subject, whose, at in ((1, None, AT), (2, partner, AT.replace(microsecond=0)), (3, partner, AT)):
        AuditEntry.objects.create(
            partner=whose,
            who="Łukasz",
            action="corrected",
            subject_kind="correction",
            subject_id=subject,
            reason='The "office" has\\moved — twice.',
            at=at,
            details={"rule": "é", "b": [1, {"z": None, "a": True}], "a": 2},
        )


def run(script: str, lines: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, input=lines, capture_output=True, text=True, check=False)


def exported() -> str:
    query = QUERIES[("postgresql", "sqlite").index(connection.vendor)]
    if connection.vendor == "postgresql":  # the text of psql, and not what Python makes of it
        query = f"SELECT line::text FROM ({query}) AS lines (line)"  # noqa: S608  the document's own
    with connection.cursor() as cursor:
        cursor.execute(query)
        return "".join(f"{line}\n" for (line,) in cursor.fetchall())


def test_script_for_the_entries_follows_the_chain():
    done = run(ENTRIES, exported())
    assert done.stderr == ""
    assert done.stdout.splitlines() == [f"{entry.pk} {entry.digest}" for entry in AuditEntry.objects.order_by("pk")]
    assert len([line for line in ENTRIES.splitlines() if line.strip()]) <= 15


@pytest.mark.parametrize(
    ("statement", "found"),
    [("UPDATE AUDIT SET who = 'Ben' WHERE id = 2", 2), ("DELETE FROM AUDIT WHERE id = 1", 2)],
)
def test_script_for_the_entries_finds_what_was_changed(statement, found):
    tamper(statement)
    done = run(ENTRIES, exported())
    assert (done.returncode, done.stderr) == (1, f"entry {found} is not what was written\n")


def test_script_for_the_heads_believes_our_signatures_only(settings):
    head = publish_head(AT)
    lines = settings.AUDIT_HEADS.read_text()
    done = run(HEADS, lines, public_key())
    assert (done.stdout, done.stderr) == (f"2028-10-10T12:30:15+00:00 3 3 {head.digest}\n", "")
    assert run(HEADS, lines.replace('"count":3', '"count":4'), public_key()).returncode == 1
