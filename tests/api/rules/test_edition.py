"""Bytes and names: the same in every process, and other ones as soon as anything that is told changes."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from api.rules import catalogue
from api.rules.edition import SHAPE, edition
from api.rules.publishing import Made, Name, Press, encoded, max_age
from api.rules.snapshot import Snapshot, snapshot
from registration.domain.audit import Order
from registration.domain.switches import Wanted, end_switch, switch_off
from state_rules import Election, elections
from tests.registration.fragments import OFFICE, stored

ROOT = Path(__file__).resolve().parents[3]
#: Noon in the east of the country.
NOON = datetime(2028, 6, 1, 16, 0, tzinfo=UTC)
GEORGIA, OHIO = Name("jurisdiction", "GA", "en"), Name("jurisdiction", "OH", "en")

SCRIPT = """
import json, sys
from datetime import datetime
import django
django.setup()
from django.db import DatabaseError
from api.rules import catalogue
from api.rules.edition import edition
from api.rules.publishing import Name
from api.rules.snapshot import snapshot
found = snapshot(datetime.fromisoformat(sys.argv[1]))
names = [Name(*each) for each in json.loads(sys.argv[2])]
print(json.dumps([edition(found), *(catalogue.made(found, name).digest for name in names)]))
"""
NAMES = [["jurisdiction", "GA", "en"], ["fields", "OH", "es"], ["jurisdictions", "", "es"], ["elections", "", "en"]]


def other_process(tmp_path: Path, seed: str) -> list[str]:
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "PYTHONHASHSEED": seed,
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    prepare = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=240)
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, NOON.isoformat(), json.dumps(NAMES)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=240,
    )
    return json.loads(run.stdout)


@pytest.mark.django_db
def test_edition_and_bytes_are_the_same_in_every_process(tmp_path):
    found = snapshot(NOON)
    here = [edition(found), *(catalogue.made(found, Name(*each)).digest for each in NAMES)]
    assert other_process(tmp_path, "1") == here
    assert other_process(tmp_path, "2") == here


def both(found: Snapshot) -> tuple[str, str, str]:
    return edition(found), catalogue.made(found, GEORGIA).digest, catalogue.made(found, OHIO).digest


def changed(before: tuple[str, str, str], after: tuple[str, str, str]) -> list[bool]:
    """Whether the edition, Georgia and Ohio are other ones."""
    return [old != new for old, new in zip(before, after, strict=True)]


@pytest.mark.django_db
def test_nothing_changes_within_a_day():
    assert both(snapshot(NOON)) == both(snapshot(NOON + timedelta(hours=6)))


@pytest.mark.django_db
def test_correction_changes_the_edition_and_its_own_state_alone():
    before = both(snapshot(NOON))
    stored("office", OFFICE)
    assert changed(before, both(snapshot(NOON))) == [True, True, False]


@pytest.mark.django_db
def test_switch_changes_what_it_concerns_and_its_end_brings_the_same_bytes_back():
    before, order = both(snapshot(NOON)), Order("Ana", "The state's site is down.", NOON)
    made = switch_off(Wanted("online", NOON, NOON + timedelta(hours=2), "GA"), order)
    assert changed(before, both(snapshot(NOON))) == [True, True, False]
    end_switch(made.pk, Order("Ana", "It answers again.", NOON + timedelta(minutes=1)))
    assert changed(before, both(snapshot(NOON + timedelta(minutes=1)))) == [False, False, False]


@pytest.mark.django_db
def test_switch_of_one_language_leaves_the_other_as_it_is():
    spanish = Name("jurisdiction", "GA", "es")
    before = [catalogue.made(snapshot(NOON), name).digest for name in (GEORGIA, spanish)]
    wanted = Wanted("mail", NOON, NOON + timedelta(hours=2), "GA", "es")
    switch_off(wanted, Order("Ana", "Our form has a mistake.", NOON))
    after = [catalogue.made(snapshot(NOON), name).digest for name in (GEORGIA, spanish)]
    assert [old != new for old, new in zip(before, after, strict=True)] == [False, True]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2028, 6, 2, 3, 59, 59, tzinfo=UTC), [False, False]),
        (datetime(2028, 6, 2, 4, 0, 0, tzinfo=UTC), [True, True]),
    ],
)
def test_midnight_changes_the_day_of_a_place(moment, expected):
    before, after = both(snapshot(NOON)), both(snapshot(moment))
    assert changed(before, after)[1:] == expected


@pytest.mark.django_db
def test_midnight_of_a_place_and_the_first_of_all():
    found = snapshot(NOON)
    assert found.midnight("GA") == datetime(2028, 6, 2, 4, 0, tzinfo=UTC)
    assert found.midnight("HI") == datetime(2028, 6, 2, 10, 0, tzinfo=UTC)
    # where the sun was first that day it is the next one already
    assert found.midnight() == min(found.midnight(code) for code in found.places)
    assert found.midnight() > NOON


@pytest.mark.django_db
def test_local_election_changes_its_place():
    before = both(snapshot(NOON))
    own = Election(date(2028, 7, 11), "local", "City election", "GA", rule="The council's own")
    try:
        elections.use_local({"GA": (own,)})
        assert changed(before, both(snapshot(NOON))) == [True, True, False]
    finally:
        elections.use_local({})
    assert changed(before, both(snapshot(NOON))) == [False, False, False]


@pytest.mark.django_db
def test_edition_has_its_shape_and_changes_with_what_is_not_known():
    import re

    found = snapshot(NOON)
    assert re.fullmatch(SHAPE, edition(found))
    assert edition(replace(found, unread=True)) != edition(found)


def test_press_makes_the_same_once_and_keeps_one_of_each_name():
    press, calls = Press(), []

    def make() -> dict:
        calls.append(1)
        return {"a": "ñ"}

    first = press.made(GEORGIA, "key", make)
    assert press.made(GEORGIA, "key", make) is first
    press.made(GEORGIA, "another key", make)
    press.made(OHIO, "key", make)
    assert (len(calls), len(press)) == (3, 2)


def test_bytes_are_utf_8_and_packed_ones_have_a_tag_of_their_own():
    import gzip

    made: Made = encoded({"b": 1, "a": "ñ"})
    assert made.plain == '{"b":1,"a":"ñ"}'.encode()
    assert gzip.decompress(made.packed) == made.plain
    assert made == encoded({"b": 1, "a": "ñ"})
    assert made.tag(gzipped=True) == made.tag(gzipped=False)[:-1] + '-gz"'


def test_answer_is_kept_for_a_minute_and_not_into_another_day():
    seconds = (3600, 45, 0.4, -5)
    assert [max_age(NOON, NOON + timedelta(seconds=each)) for each in seconds] == [60, 45, 0, 0]
