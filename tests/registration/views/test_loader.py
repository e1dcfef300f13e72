"""The addresses of the script that partners load."""

import gzip
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from registration import checks
from registration.domain.widget_releases import newest, publish, read, releases
from registration.views import loader

VERSIONS = [release.version for release in releases()]


@pytest.fixture
def two_lines(tmp_path, monkeypatch):
    """Five versions of two lines, the first of them more than 18 months old."""
    (tmp_path / "releases.toml").write_text("# none yet\n")
    days = {"1.0.0": date(2026, 1, 1), "1.0.1": date(2026, 2, 1), "1.1.0": date(2027, 9, 1), "2.0.0": date(2027, 9, 2)}
    for version, day in days.items():
        publish(tmp_path, version, version.encode(), day)
    found = read(tmp_path)
    monkeypatch.setattr(loader, "releases", lambda: found)
    loader._bodies.cache_clear()
    yield list(days)
    loader._bodies.cache_clear()


@pytest.mark.parametrize("version", VERSIONS)
def test_w10_pinned_address_gives_what_was_published_for_ever(client, version):
    response = client.get(f"/w/{version}/register.js")
    published = {release.version: release.script for release in releases()}
    assert (response.status_code, response.content) == (200, published[version])
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_floating_address_gives_the_newest_of_its_line_for_five_minutes(client):
    response = client.get("/w/1/register.js")
    assert response.content == newest(releases(), "1").script
    assert response.headers["Cache-Control"] == "public, max-age=300"


def test_w10_old_versions_are_served_beside_the_newer_ones(client, two_lines):
    served = {path: client.get(f"/w/{path}/register.js").content for path in [*two_lines, "1", "2"]}
    expected = {version: version.encode() for version in two_lines}
    assert served == {**expected, "1": b"1.1.0", "2": b"2.0.0"}


@pytest.mark.parametrize("version", ["1.0", "9", "9.9.9", "latest", "1.0.0.js", "..", "%2e%2e"])
def test_version_that_was_never_published_is_not_found(client, version):
    assert client.get(f"/w/{version}/register.js").status_code == 404


def test_w15_any_page_may_load_it_and_it_is_one_for_all_readers(client):
    response = client.get("/w/1.0.0/register.js", headers={"Accept-Language": "es"})
    names = ["Content-Type", "Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy", "X-Content-Type-Options"]
    assert [response.headers[name] for name in [*names, "Vary"]] == [
        "text/javascript; charset=utf-8",
        "*",
        "cross-origin",
        "nosniff",
        "Accept-Encoding",
    ]
    assert [name for name in ("Content-Language", "Set-Cookie") if name in response.headers] == []


def test_compressed_for_those_who_take_it_under_a_tag_of_its_own(client):
    plain = client.get("/w/1/register.js")
    packed = client.get("/w/1/register.js", headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_reader_who_has_it_already_gets_no_body(client):
    tag = client.get("/w/1/register.js").headers["ETag"]
    again = client.get("/w/1/register.js", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_only_reading_is_allowed(client):
    assert client.post("/w/1/register.js").status_code == 405


def test_e020_a_published_version_that_was_changed_stops_the_start(monkeypatch, tmp_path):
    (tmp_path / "releases.toml").write_text("# none yet\n")
    publish(tmp_path, "1.0.0", b"one", date(2027, 1, 5))
    (tmp_path / "1.0.0.js").write_bytes(b"other")
    monkeypatch.setattr(checks.general, "releases", lambda: read(tmp_path))
    assert [found.id for found in checks.widget_releases_stand()] == ["enfranchise.E020"]


def test_e020_nothing_is_wrong_with_what_is_published():
    assert checks.widget_releases_stand() == []


def test_widget_release_publishes_the_source(tmp_path, capsys):
    (tmp_path / "releases.toml").write_text("# none yet\n")
    call_command("widget_release", "1.2.0", folder=tmp_path)
    assert [(each.version, each.script) for each in read(tmp_path)] == [("1.2.0", newest(releases()).script)]
    assert read(tmp_path)[0].integrity in capsys.readouterr().out
    with pytest.raises(CommandError, match="does not come after"):
        call_command("widget_release", "1.2.0", folder=tmp_path)
