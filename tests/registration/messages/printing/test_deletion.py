"""S-29: who has everything deleted is taken out of a batch for the print shop, too, wherever its files lie."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import TestCase

from registration.delivery import print_post
from registration.domain.deleting import Deleted, delete_everything
from registration.domain.messages import printing
from registration.models import PrintBatch
from tests.registration.messages.conftest import REFERENCE
from tests.registration.messages.printing.batches import exported, run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _journal(settings, tmp_path) -> None:
    settings.TOMBSTONES = tmp_path / "tombstones.jsonl"


def delete(now) -> Deleted | None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return delete_everything(REFERENCE, now)


def entries_in(folder: Path) -> list:
    about = json.loads((folder / "manifest.json").read_text())
    assert about["count"] == len(about["files"])
    return about["files"]


def test_s29_deletion_takes_the_form_out_of_the_batch(waiting, tmp_path, now):
    folder = exported(tmp_path, now)
    deleted = delete(now)
    assert (deleted.printed, deleted.messages) == (True, 0)
    assert ([each.name for each in folder.iterdir()], entries_in(folder)) == (["manifest.json"], [])
    assert "Posted: 0. Its files are deleted." in run("print_posted", folder)
    assert not folder.exists()


def test_s29_deletion_leaves_the_forms_of_others(waiting, tmp_path, now):
    folder = exported(tmp_path, now)
    (mine,) = entries_in(folder)
    other = {"name": f"{'0' * 32}.pdf", "sha256": "", "to": ["Ann Smith"]}
    (folder / other["name"]).write_bytes(b"hers")
    manifest = {"batch": folder.name, "count": 2, "files": [mine, other]}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    delete(now)
    assert entries_in(folder) == [other]
    assert sorted(each.name for each in folder.iterdir()) == [other["name"], "manifest.json"]


def test_s29_deletion_before_a_batch_says_nothing_of_the_print_shop(waiting, tmp_path, now):
    deleted = delete(now)
    assert (deleted.printed, deleted.messages) == (False, 1)


@pytest.mark.parametrize("how", ["tidy", "print_export", "forget_expired"])
def test_s29_form_that_was_withdrawn_elsewhere_is_left_out_by_its_own_machine(waiting, tmp_path, now, how):
    folder = exported(tmp_path, now)
    away = folder.rename(tmp_path / "away")
    delete(now)
    away.rename(folder)
    assert len(entries_in(folder)) == 1
    if how == "tidy":
        printing.tidy(now)
    elif how == "print_export":
        run("print_export", tmp_path / "shop")
    else:
        call_command("forget_expired")
    assert [each.name for each in folder.iterdir()] == ["manifest.json"]


def test_s29_form_of_a_batch_that_was_posted_is_left_out_too(waiting, tmp_path, now):
    folder = exported(tmp_path, now)
    away = folder.rename(tmp_path / "away")
    run("print_posted", folder.name)
    away.rename(folder)
    delete(now)
    assert [each.name for each in folder.iterdir()] == ["manifest.json"]


def test_s29_form_of_an_export_that_was_cut_short_is_deleted_too(waiting, tmp_path, now):
    folder = exported(tmp_path, now)
    unfinished = folder.rename(folder.parent / f".{folder.name}")
    (unfinished / "manifest.json").unlink()
    delete(now)
    assert list(unfinished.iterdir()) == []


def test_s29_former_secret_key_finds_the_file(waiting, tmp_path, now, settings):
    folder = exported(tmp_path, now)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of forty letters, quite long"
    delete(now)
    assert entries_in(folder) == []


def test_s29_broken_folder_does_not_undo_the_deletion(waiting, tmp_path, now, caplog):
    folder = exported(tmp_path, now)
    (folder / "manifest.json").write_text("{}")
    assert delete(now).printed is True
    assert caplog.messages == ["a withdrawn form could not be deleted from a print batch"]


def test_s29_deletion_between_taking_and_writing_leaves_no_file(waiting, tmp_path, now, monkeypatch):
    """The folder is synced as the last step before it appears: then its owner deletes everything."""
    synced = print_post.sync_folder

    def deleting(folder):
        synced(folder)
        monkeypatch.setattr(print_post, "sync_folder", synced)
        delete_everything(REFERENCE, now)

    monkeypatch.setattr(print_post, "sync_folder", deleting)
    said = run("print_export", tmp_path / "shop")
    assert ("Nothing waits." in said, "1 could not be printed" in said) == (True, True)
    assert list((tmp_path / "shop").iterdir()) == []
    assert PrintBatch.objects.count() == 0
