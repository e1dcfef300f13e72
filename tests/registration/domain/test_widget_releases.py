"""W-10: a published version of the widget's script stays as it was published, and the newest is the source."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from registration.domain.widget_releases import (
    FOLDER,
    LARGEST,
    BadRelease,
    integrity_of,
    newest,
    publish,
    read,
    releases,
)

SOURCE = Path(__file__).parents[3] / "frontend/widget/register.js"
DAY = date(2027, 1, 5)


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "releases.toml").write_text("# none yet\n")
    for version, script in (("1.0.0", b"one"), ("1.0.1", b"two"), ("1.10.0", b"three"), ("2.0.0", b"four")):
        publish(tmp_path, version, script, DAY)
    return tmp_path


def test_w10_newest_version_is_the_source_byte_for_byte():
    assert newest(releases()).script == SOURCE.read_bytes()


def test_w10_every_published_file_is_listed_with_its_hash():
    files = {path.stem: integrity_of(path.read_bytes()) for path in FOLDER.glob("*.js")}
    assert {release.version: release.integrity for release in releases()} == files


def test_script_is_at_most_12_kilobytes_compressed():
    assert len(gzip.compress(SOURCE.read_bytes(), 9)) <= LARGEST


def test_integrity_is_what_browsers_compare():
    empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
    assert integrity_of(b"") == empty


def test_w10_earlier_versions_stay_when_newer_ones_come(folder):
    publish(folder, "2.0.1", b"five", DAY)
    found = {release.version: release.script for release in read(folder)}
    assert found == {"1.0.0": b"one", "1.0.1": b"two", "1.10.0": b"three", "2.0.0": b"four", "2.0.1": b"five"}


@pytest.mark.parametrize(("major", "version"), [("1", "1.10.0"), ("2", "2.0.0"), ("", "2.0.0")])
def test_newest_version_of_a_line_is_by_number(folder, major, version):
    assert newest(read(folder), major).version == version


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "01.0.0", "1.0.0-beta", "1.9.0", "2.0.0", "../x"])
def test_version_that_is_none_or_comes_before_the_newest_is_refused(folder, version):
    with pytest.raises(BadRelease):
        publish(folder, version, b"five", DAY)
    assert [release.version for release in read(folder)] == ["1.0.0", "1.0.1", "1.10.0", "2.0.0"]


def test_script_that_has_not_changed_is_not_published_again(folder):
    with pytest.raises(BadRelease, match="has not changed"):
        publish(folder, "2.0.1", b"four", DAY)


@pytest.mark.parametrize("damage", ["changed", "missing", "listed twice", "no list"])
def test_w10_published_version_that_was_touched_is_noticed(folder, damage):
    listing = folder / "releases.toml"
    if damage == "changed":
        (folder / "1.0.0.js").write_bytes(b"other")
    elif damage == "missing":
        (folder / "1.0.0.js").unlink()
    elif damage == "listed twice":
        listing.write_text(listing.read_text() * 2)
    else:
        listing.unlink()
    with pytest.raises(BadRelease):
        read(folder)
