"""A sealed file opens whole or not at all."""

import io
from datetime import UTC, datetime, timedelta

import pytest

from registration.domain import backups
from registration.domain.sealed_files import PIECE, BadBackupKey, CannotOpenFile, new_pair, seal, unseal


def sealed(content: bytes, public: str) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, public)
    return target.getvalue()


def opened(content: bytes, private: str) -> bytes:
    target = io.BytesIO()
    unseal(io.BytesIO(content), target, private)
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_file_of_any_size_opens_again(size):
    private, public = new_pair()
    content = bytes(size)
    assert opened(sealed(content, public), private) == content


def test_file_that_was_changed_cut_or_put_in_another_order_does_not_open():
    private, public = new_pair()
    whole = sealed(b"a" * PIECE + b"b" * PIECE + b"c", public)
    step = PIECE + 16
    start = len(whole) - 2 * step - 17
    cut, swapped = (
        whole[: start + step],
        whole[:start] + whole[start + step : start + 2 * step] + whole[start : start + step],
    )
    wrong = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in (0, 30, start - 1, start, len(whole) - 1)]
    for each in (cut, whole[:-17], swapped + whole[start + 2 * step :], *wrong, b"", whole[:20]):
        with pytest.raises(CannotOpenFile):
            opened(each, private)


def test_file_does_not_open_with_another_key():
    with pytest.raises(CannotOpenFile):
        opened(sealed(b"x", new_pair()[1]), new_pair()[0])


@pytest.mark.parametrize("key", ["", "abc", "ä", "QUJD"])
def test_key_that_is_none_is_refused(key):
    with pytest.raises(BadBackupKey):
        sealed(b"x", key)


def test_old_backups_are_removed_but_never_the_newest(tmp_path):
    now = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
    names = [f"enfranchise-{now - timedelta(days=days):{backups.STAMP}}" for days in (80, 36, 34)]
    for name in names:
        (tmp_path / f"{name}.backup").touch()
        (tmp_path / f"{name}.json").touch()
    (tmp_path / "enfranchise-notes.txt").touch()
    removed = backups.remove_old(tmp_path, timedelta(days=35), now)
    assert [each.stem for each in removed] == names[:2]
    assert {each.name for each in tmp_path.iterdir()} == {
        "enfranchise-notes.txt",
        f"{names[2]}.backup",
        f"{names[2]}.json",
    }
    assert backups.remove_old(tmp_path, timedelta(days=1), now) == []
