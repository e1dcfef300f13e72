"""The first page is light, and its styles name only files that are there."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "registration" / "static"
FIRST_PAGE_BYTES = 100_000

pytestmark = pytest.mark.django_db


def loaded_by_styles() -> set[Path]:
    css = (STATIC / "css" / "site.css").read_text()
    return {(STATIC / "css" / name).resolve() for name in re.findall(r'url\("?(\.\./[^")]*)"?\)', css)}


def test_first_page_is_light_even_uncompressed(client):
    html = client.get("/").content
    files = {STATIC / name for name in re.findall(r'"/static/([^"]*)"', html.decode())} | loaded_by_styles()
    assert len(html) + sum(file.stat().st_size for file in files) <= FIRST_PAGE_BYTES


def test_styles_name_only_files_that_are_there():
    assert {file for file in loaded_by_styles() if not file.is_file()} == set()


def test_styles_have_no_government_banner_and_no_address_of_another_host():
    css = (STATIC / "css" / "site.css").read_text()
    assert re.findall(r"usa-banner|https?://(?!www\.w3\.org/)", css) == []
