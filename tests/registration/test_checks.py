"""What the service refuses to start with."""

import pytest

from registration.checks import settings_are_safe


@pytest.mark.parametrize(
    ("target", "ids"),
    [
        ("", []),
        ("rules@vote.example", []),
        ("https://vote.example/report?from=site", []),
        ("http://vote.example/report", ["enfranchise.E005"]),
        ("https://", ["enfranchise.E005"]),
        ("javascript:alert(1)", ["enfranchise.E005"]),
        ("mailto:rules@vote.example", ["enfranchise.E005"]),
        ("the office", ["enfranchise.E005"]),
    ],
)
def test_reports_of_mistakes_go_to_an_address_of_mail_or_https(settings, target, ids):
    settings.REPORT_MISTAKES_TO = target
    assert [each.id for each in settings_are_safe()] == ids
