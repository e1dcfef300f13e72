"""Forms on paper: a batch from the rows to the print shop, and its end."""

import hashlib
import io
import json
import shutil
from datetime import timedelta

import pypdf
import pytest
from django.core.management import CommandError
from django.utils import timezone

from registration.domain import alerts, retention
from registration.domain.alerts import Alert
from registration.domain.messages import printing
from registration.domain.outbox import kind_of
from registration.models import Application, AuditEntry, Delivery, Forgotten, Outbox, PrintBatch
from tests.registration.messages.conftest import REFERENCE, row_of
from tests.registration.messages.printing.batches import batch_in, exported, run

pytestmark = pytest.mark.django_db


def audited() -> list[tuple[str, dict]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "details"))


def test_export_writes_a_form_for_each_person_and_says_where_to_post_it(waiting, tmp_path):
    assert "1 form." in run("print_export", tmp_path / "shop")
    folder = batch_in(tmp_path / "shop")
    assert folder.stat().st_mode & 0o777 == 0o700
    about = json.loads((folder / "manifest.json").read_text())
    (entry,) = about["files"]
    assert (about["batch"], about["count"]) == (folder.name, 1)
    assert sorted(each.name for each in folder.iterdir()) == sorted(["manifest.json", entry["name"]])
    assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}
    content = (folder / entry["name"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["to"] == ["Łukasz Kahakūʻai Nguyễn Jr", "123 1/2 Main St 4B", "Atlanta, GA 30303"]
    assert "057123456" in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert REFERENCE not in (folder / "manifest.json").read_text()
    assert "ukasz" not in entry["name"]
    assert audited() == [("print_exported", {"rows": 1})]


def test_form_waits_wrapped_until_it_is_posted_and_is_in_one_batch_only(waiting, tmp_path):
    run("print_export", tmp_path / "shop")
    row = row_of("print_post")
    assert (row.done_at, row.payload is None) == (None, False)
    second = run("print_export", tmp_path / "shop")
    assert "Nothing waits." in second
    assert "waits for print_posted or print_back" in second
    assert len(list((tmp_path / "shop").iterdir())) == 1


def test_posted_ends_the_rows_and_erases_payload_and_files(waiting, tmp_path):
    run("print_export", tmp_path / "shop")
    folder = batch_in(tmp_path / "shop")
    assert "Posted: 1. Its files are deleted." in run("print_posted", folder)
    row = row_of("print_post")
    assert (row.outcome, row.payload, row.done_at is not None) == ("posted", None, True)
    assert not folder.exists()
    effect = Delivery.objects.get()
    assert (effect.channel, effect.ref_id) == ("print", waiting.pk)
    waiting.refresh_from_db()
    assert waiting.status == Application.Status.DELIVERED
    assert audited() == [("print_exported", {"rows": 1}), ("print_posted", {"rows": 1})]
    with pytest.raises(CommandError, match="no batch"):
        run("print_posted", folder.name)


def test_s28_names_of_files_say_nothing_and_are_never_the_same_again(waiting, tmp_path):
    names = []
    for _ in range(2):
        run("print_export", tmp_path / "shop")
        folder = batch_in(tmp_path / "shop")
        (form,) = folder.glob("*.pdf")
        names += [folder.name, form.stem]
        run("print_back", folder)
    assert [len(bytes.fromhex(name)) for name in names] == [8, 16, 8, 16]
    assert len(set(names)) == 4


def test_posted_by_name_erases_the_files_where_they_are_here(waiting, tmp_path):
    run("print_export", tmp_path / "shop")
    folder = batch_in(tmp_path / "shop")
    assert "Its files are deleted." in run("print_posted", folder.name)
    assert (folder.exists(), PrintBatch.objects.count()) == (False, 0)


def test_posted_by_name_says_that_files_elsewhere_are_the_operator_s_to_delete(waiting, tmp_path):
    run("print_export", tmp_path / "shop")
    folder = batch_in(tmp_path / "shop")
    folder.rename(tmp_path / "elsewhere")
    assert "Delete its files yourself" in run("print_posted", folder.name)
    assert PrintBatch.objects.count() == 1


def after(days: int, now, seconds: int = 0) -> int:
    return retention.forget_kind("print_batches", now + timedelta(days=days, seconds=seconds))


def test_t09_files_that_nobody_reported_go_after_seven_days(waiting, tmp_path, now):
    folder = exported(tmp_path, now)
    assert (after(7, now, seconds=-1), folder.exists()) == (0, True)
    assert (after(7, now), folder.exists(), PrintBatch.objects.count()) == (1, False, 0)
    assert Forgotten.objects.get(kind="print_batches").count == 1
    assert "Posted: 1. Delete its files yourself" in run("print_posted", folder.name)


def test_t09_files_of_an_export_that_was_cut_short_go_too(waiting, tmp_path, now):
    folder = exported(tmp_path, now)
    unfinished = folder.rename(folder.parent / f".{folder.name}")
    assert (after(7, now), unfinished.exists()) == (1, False)


def test_t09_files_that_cannot_be_deleted_stay_in_the_list(waiting, tmp_path, now, caplog):
    folder = exported(tmp_path, now)
    (folder / "manifest.json").write_text("{}")
    assert (after(7, now), PrintBatch.objects.count()) == (0, 1)
    assert retention.late(now + timedelta(days=7, hours=1)) == ("print_batches",)
    assert not Forgotten.objects.filter(kind="print_batches").exists()
    assert folder.name in [getattr(each, "code", "") for each in caplog.records]


def test_t09_files_on_another_machine_stay_in_the_list_and_are_an_alert(waiting, tmp_path, now):
    folder = exported(tmp_path, now)
    PrintBatch.objects.update(machine="another")
    folder.rename(tmp_path / "elsewhere")
    assert (after(7, now), PrintBatch.objects.count()) == (0, 1)
    assert not Forgotten.objects.filter(kind="print_batches").exists()
    assert list(printing.late(now + timedelta(days=7, minutes=59))) == []
    late = now + timedelta(days=7, hours=1)
    assert retention.late(late) == ("print_batches",)
    assert list(printing.late(late)) == [Alert("print_late", f"another:{folder.name}")]
    assert Alert("print_late", f"another:{folder.name}") in list(alerts.standing(late))


def test_t09_batch_of_before_machines_were_named_ends_only_where_its_files_are_found(waiting, tmp_path, now):
    folder = exported(tmp_path, now)
    PrintBatch.objects.update(machine="")
    moved = folder.rename(tmp_path / "elsewhere")
    assert after(7, now) == 0
    moved.rename(folder)
    assert (after(7, now), folder.exists()) == (1, False)


def test_t09_files_that_are_gone_from_their_own_machine_end_the_batch(waiting, tmp_path, now):
    exported(tmp_path, now).rename(tmp_path / "elsewhere")
    assert (after(7, now), PrintBatch.objects.count()) == (1, 0)


def test_t09_disk_that_is_away_ends_no_batch(waiting, tmp_path, now):
    exported(tmp_path, now)
    (tmp_path / "shop").rename(tmp_path / "away")
    assert (after(7, now), PrintBatch.objects.count()) == (0, 1)
    (tmp_path / "away").rename(tmp_path / "shop")
    assert (after(7, now), PrintBatch.objects.count()) == (1, 0)


def test_every_machine_ends_its_own_batches(waiting, tmp_path, now):
    folder = exported(tmp_path, now)
    printing.tidy(now + timedelta(days=7))
    assert (folder.exists(), PrintBatch.objects.count()) == (False, 0)
    assert Forgotten.objects.get(kind="print_batches").count == 1


@pytest.mark.parametrize(("command", "said"), [("print_posted", "Posted: 1."), ("print_back", "Waiting again: 1.")])
def test_operator_says_that_files_elsewhere_are_gone(waiting, tmp_path, now, command, said):
    folder = exported(tmp_path, now)
    PrintBatch.objects.update(machine="another")
    folder.rename(tmp_path / "elsewhere")
    told = run(command, folder.name)
    assert f"{said} Delete its files yourself: {folder} on another." in told
    assert PrintBatch.objects.count() == 1
    assert "Its files are gone, as you say." in run(command, folder.name, "--gone")
    assert PrintBatch.objects.count() == 0
    assert AuditEntry.objects.order_by("pk").last().reason.endswith(" Its files are gone.")
    assert not Forgotten.objects.filter(kind="print_batches").exists()


@pytest.mark.parametrize("command", ["print_posted", "print_back"])
def test_files_of_a_batch_without_waiting_rows_are_erased(waiting, tmp_path, now, command):
    folder = exported(tmp_path, now)
    Outbox.objects.update(done_at=now, outcome="posted", payload=None)
    assert ": 0. Its files are deleted." in run(command, folder)
    assert (folder.exists(), PrintBatch.objects.count()) == (False, 0)


def test_copy_on_another_machine_ends_nothing(waiting, tmp_path, now):
    folder = exported(tmp_path, now)
    copy = shutil.copytree(folder, tmp_path / "copy")
    folder.rename(tmp_path / "elsewhere")
    PrintBatch.objects.update(machine="another")
    assert "Delete its files yourself" in run("print_posted", copy)
    assert (copy.exists(), PrintBatch.objects.count()) == (False, 1)


def test_batch_that_is_posted_or_back_is_no_longer_in_the_list(waiting, tmp_path):
    for command in ("print_back", "print_posted"):
        run("print_export", tmp_path / "shop")
        assert PrintBatch.objects.count() == 1
        run(command, batch_in(tmp_path / "shop"))
        assert PrintBatch.objects.count() == 0


def test_back_lets_the_forms_wait_for_the_next_batch(waiting, tmp_path):
    run("print_export", tmp_path / "shop")
    folder = batch_in(tmp_path / "shop")
    assert "Waiting again: 1." in run("print_back", folder)
    assert not folder.exists()
    assert row_of("print_post").payload is not None
    run("print_export", tmp_path / "shop")
    assert batch_in(tmp_path / "shop").name != folder.name
    assert [action for action, _details in audited()] == ["print_exported", "print_back", "print_exported"]


def test_erase_leaves_what_is_not_the_batch_s(waiting, tmp_path):
    run("print_export", tmp_path / "shop")
    folder = batch_in(tmp_path / "shop")
    (folder / "notes.txt").write_text("from the shop")
    run("print_posted", folder)
    assert [each.name for each in folder.iterdir()] == ["notes.txt"]


def test_folder_that_cannot_be_written_leaves_everything_waiting(waiting, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        run("print_export", tmp_path / "file")
    assert row_of("print_post").outcome == ""
    assert PrintBatch.objects.count() == 0
    assert audited() == [("print_exported", {"rows": 1}), ("print_back", {"rows": 1})]
    assert "1 form." in run("print_export", tmp_path / "shop")


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda: Application.objects.update(status="withdrawn"), "expired"),
        (lambda: Application.objects.get().document.delete(), "expired"),
        (lambda: Outbox.objects.update(payload=b"\1"), "cannotread"),
        (lambda: Outbox.objects.update(useful_until=timezone.now() - timedelta(days=1)), "too_late"),
    ],
)
def test_form_that_is_not_wanted_or_not_there_any_more_is_dropped(waiting, tmp_path, change, outcome):
    change()
    said = run("print_export", tmp_path / "shop")
    assert "1 could not be printed" in said
    assert "Nothing waits." in said
    row = row_of("print_post")
    assert (row.outcome, row.payload, row.done_at is not None) == (outcome, None, True)
    assert not (tmp_path / "shop").exists()


def test_form_that_cannot_be_made_is_set_aside_and_holds_up_nobody(waiting, tmp_path, caplog):
    Application.objects.update(jurisdiction="ZZ")
    run("print_export", tmp_path / "shop")
    row = row_of("print_post")
    assert (row.dead_at is not None, row.payload is not None, row.done_at) == (True, True, None)
    assert "an outbox row failed" in caplog.messages
    assert printing.open_batches() == {}


def test_end_stale_erases_what_nobody_printed_and_leaves_what_is_at_the_shop(waiting, tmp_path, now):
    late = now + kind_of("print_post").lasts + timedelta(days=1)
    run("print_export", tmp_path / "shop")
    assert printing.end_stale(late) == 0
    run("print_back", batch_in(tmp_path / "shop"))
    assert printing.end_stale(late) == 1
    assert row_of("print_post").payload is None


def test_nothing_is_exported_without_a_print_shop(waiting, tmp_path, settings):
    settings.PRINT_SHOP = False
    with pytest.raises(CommandError, match="PRINT_SHOP"):
        run("print_export", tmp_path / "shop")


@pytest.mark.parametrize("given", ["nowhere", "0123456789abcdeX"])
def test_what_is_no_batch_is_refused(db, tmp_path, given):
    with pytest.raises(CommandError, match="manifest"):
        run("print_posted", tmp_path / given)
