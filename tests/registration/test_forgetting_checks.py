"""Settings under which something would be kept too long, or come back, stop the start."""

import pytest
from django.core.checks import run_checks


def ids() -> list[str]:
    return [each.id for each in run_checks() if each.id and each.id.startswith("enfranchise.E06")]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("KEEP_DAYS", ["webhooks=7"], []),
        ("KEEP_DAYS", ["webhooks=31"], ["enfranchise.E060"]),
        ("KEEP_DAYS", ["sealed_answers=3"], ["enfranchise.E060"]),
        ("DELETE_RATE", "often", ["enfranchise.E062"]),
    ],
)
def test_settings_of_the_forgetting_are_checked(settings, tmp_path, name, value, expected):
    settings.TOMBSTONES = tmp_path / "tombstones.jsonl"
    setattr(settings, name, value)
    assert ids() == expected


def test_journal_that_cannot_be_made_is_refused(settings, tmp_path):
    settings.TOMBSTONES = tmp_path / "missing" / "tombstones.jsonl"
    assert ids() == ["enfranchise.E061"]
    settings.TOMBSTONES = tmp_path
    assert ids() == ["enfranchise.E061"]
