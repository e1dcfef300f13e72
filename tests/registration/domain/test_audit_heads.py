"""The audit's head, signed and published: the file's lines, the e-mails, and what `manage.py audit verify` says."""

import io
import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import CommandError, call_command

from registration.checks import audit_is_published
from registration.domain.audit_heads import public_key, publish_head, verify
from registration.models import AuditEntry, AuditHead
from tests.registration.domain.tampering import chain_anew, tamper

AT = datetime(2028, 10, 10, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    """The file of published heads."""
    settings.AUDIT_KEY = "a key of the tests, 32 characters or more"
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"
    settings.AUDIT_HEADS_TO = []
    return settings.AUDIT_HEADS


def write(count: int = 1) -> None:
    for subject in range(count):
        AuditEntry.objects.create(
            who="Ana", action="corrected", subject_kind="correction", subject_id=subject, reason="Why.", at=AT
        )


def texts() -> list[str]:
    return [fault.text for fault in verify().faults]


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("audit", *arguments, stdout=out)
    return out.getvalue()


def test_each_line_is_signed_and_follows_the_one_before(kept):
    write(2)
    publish_head(AT)
    write()
    publish_head(AT + HOUR)
    first, second = [json.loads(line) for line in kept.read_text().splitlines()]
    assert [(each["number"], each["count"], each["at"]) for each in (first, second)] == [
        (2, 2, "2028-10-10T12:30:00+00:00"),
        (3, 3, "2028-10-10T13:30:00+00:00"),
    ]
    assert (first["digest"], first["after"]) == (AuditEntry.objects.get(pk=2).digest, "")
    signature = bytes.fromhex(second.pop("signature"))
    text = json.dumps(second, sort_keys=True, separators=(",", ":")).encode()
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key()))
    key.verify(signature, b"enfranchise audit head v1\n" + text)
    assert kept.stat().st_mode & 0o777 == 0o600
    verdict = verify()
    assert (verdict.faults, verdict.entries, verdict.heads) == ([], 3, 2)


@pytest.mark.parametrize("name", ["digest", "count", "at", "signature"])
def test_changed_line_is_found(kept, name):
    write()
    publish_head(AT)
    line = json.loads(kept.read_text())
    line[name] = {"count": 2, "at": "2028-10-10T12:31:00+00:00"}.get(name, "0" * len(str(line[name])))
    kept.write_text(json.dumps(line, sort_keys=True, separators=(",", ":")) + "\n")
    assert texts() == ["line 1 of the published heads has a wrong signature"]


def test_line_that_was_taken_out_is_found(kept):
    for hour in range(3):
        write()
        publish_head(AT + hour * HOUR)
    first, _second, third = kept.read_text().splitlines(keepends=True)
    kept.write_text(first + third)
    assert texts() == ["what line 2 of the published heads follows is gone or was changed"]
    kept.write_text(third)
    assert texts() == ["what line 1 of the published heads follows is gone or was changed"]


def test_line_that_a_crash_cut_off_is_found_and_swallows_nothing(kept):
    write()
    publish_head(AT)
    whole = kept.read_text()
    kept.write_text(whole + whole[:40])
    publish_head(AT + HOUR)
    assert texts() == ["line 2 of the published heads cannot be read"]
    lines = kept.read_text().splitlines(keepends=True)
    kept.write_text(lines[0] + lines[2])
    assert texts() == []


def test_head_of_another_key_is_not_believed_unless_it_is_named(kept, settings):
    write()
    publish_head(AT)
    former = public_key()
    settings.AUDIT_KEY = "another key of the tests, long enough"
    publish_head(AT + HOUR)
    assert texts() == ["line 1 of the published heads is signed with a key that is not ours"]
    assert verify(keys=[former]).faults == []


def test_heads_of_a_copy_show_what_our_own_file_cannot(kept, tmp_path):
    write(3)
    copy = tmp_path / "from_an_email"
    copy.write_text(publish_head(AT).line)
    publish_head(AT + HOUR)
    tamper("DELETE FROM AUDIT WHERE id = 3")
    chain_anew()
    kept.unlink()
    assert verify().faults == []
    assert [(each.number, each.kind) for each in verify([copy]).faults] == [(3, "truncated")]
    assert [each.text for each in verify([tmp_path / "none"]).faults] == [f"{tmp_path / 'none'} cannot be read"]


def test_head_is_sent_when_it_is_new_and_once_a_day(settings, mailoutbox, django_capture_on_commit_callbacks):
    settings.AUDIT_HEADS_TO = ["keeper@vote.example", "other@vote.example"]
    sent = []
    for hour, entries in ((0, 1), (1, 0), (2, 1), (12, 0), (13, 0)):
        write(entries)
        with django_capture_on_commit_callbacks(execute=True):
            line = publish_head(AT + hour * HOUR).line
        sent.append(sorted((mail.to, line in mail.body) for mail in mailoutbox))
        mailoutbox.clear()
    both = [(["keeper@vote.example"], True), (["other@vote.example"], True)]
    assert sent == [both, [], both, both, []]


def test_publishing_of_a_changed_audit_is_logged(caplog):
    write(3)
    publish_head(AT)
    tamper("UPDATE AUDIT SET who = 'Ben' WHERE id = 2")
    with caplog.at_level(logging.ERROR):
        publish_head(AT + HOUR)
    (record,) = caplog.records
    assert (record.levelname, record.msg, record.count) == (
        "ERROR",
        "the audit is not what was written: manage.py audit verify",
        1,
    )


def test_head_that_is_missing_is_not_published(kept):
    write()
    AuditHead.objects.all().delete()
    with pytest.raises(AuditHead.DoesNotExist):
        publish_head(AT)
    assert kept.read_text() == ""


def test_commands_publish_and_verify(kept):
    write(2)
    assert said("verify") == (
        "2 entries make one chain; 0 published heads agree.\n"
        "Without a published head nobody can tell whether entries at the end were taken away.\n"
    )
    assert said("publish") == kept.read_text()
    assert said("verify") == "2 entries make one chain; 1 published heads agree.\n"
    assert said("list") == said() != ""


def test_command_says_what_is_wrong_and_exits_with_1(kept, capsys):
    write(3)
    publish_head(AT)
    tamper("DELETE FROM AUDIT WHERE id = 3")
    chain_anew()
    with pytest.raises(CommandError, match="The audit is not what was written") as refused:
        call_command("audit", "verify")
    assert refused.value.returncode == 1
    assert capsys.readouterr().out == (
        "entry 3: truncated: entry 3 at the end should be there, says a published head\n"
    )


@pytest.mark.parametrize(
    ("name", "value", "ids"),
    [
        ("AUDIT_KEY", "k" * 31, ["enfranchise.E030"]),
        ("AUDIT_KEY", "k" * 32, []),
        ("AUDIT_HEADS_TO", ["keeper@vote.example", "nobody"], ["enfranchise.E032"]),
        ("AUDIT_HEADS_TO", ["keeper@vote.example"], []),
    ],
)
def test_settings_of_the_audit_are_checked(settings, name, value, ids):
    setattr(settings, name, value)
    assert [each.id for each in audit_is_published()] == ids


def test_folder_of_the_heads_must_be_there(settings, tmp_path):
    settings.AUDIT_HEADS = tmp_path / "none" / "heads.jsonl"
    assert [each.id for each in audit_is_published()] == ["enfranchise.E031"]
