"""The examples of docs/api-rules.md do what they say."""

import re
import shlex
from pathlib import Path

import pytest
from django.test import Client

from api.sentences import FAULTS, KINDS

TEXT = (Path(__file__).resolve().parents[3] / "docs/api-rules.md").read_text()
CURLS = re.findall(r"^curl .*$", TEXT, re.MULTILINE)


@pytest.mark.django_db
@pytest.mark.parametrize("line", CURLS)
def test_example_is_answered(line):
    words = shlex.split(line)
    (url,) = [word for word in words if word.startswith("$API/")]
    names = [word.partition(": ") for word in words if re.match(r"[A-Z][A-Za-z-]+: ", word)]
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, _colon, value in names}
    assert Client().get(url.replace("$API", "/api/v1"), **headers).status_code in (200, 304)


@pytest.mark.django_db
def test_addresses_of_the_table_are_there():
    addresses = re.findall(r"^\| `(/api/v1/[^`]*)`", TEXT, re.MULTILINE)
    assert len(addresses) == 5
    assert {Client().get(address).status_code for address in addresses} == {200}


def test_codes_of_errors_are_the_apis_own():
    rows = re.findall(r"^\| 4\d\d \| ([^|]*) \|", TEXT, re.MULTILINE)
    codes = {code for row in rows for code in re.findall(r"`([a-z_]+)`", row)}
    assert codes - set(FAULTS) - set(KINDS) == set()
    assert "unknown_jurisdiction" in codes


def test_there_are_examples():
    assert len(CURLS) == 4
