"""Settings under which messages would go nowhere."""

import pytest

from registration.checks import channels_work


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        ({"SMS_URL": "smtp://x"}, ["enfranchise.E055"]),
        ({"SMS_URL": "twilio://A:b@/?from=+14045550100"}, []),
        ({"OFFER_SMS": True, "ALLOWED_HOSTS": ["vote.example"]}, ["enfranchise.E056"]),
        ({"OFFER_SMS": True, "ALLOWED_HOSTS": ["vote.example"], "SMS_URL": "console:"}, ["enfranchise.E056"]),
        ({"OFFER_SMS": True, "ALLOWED_HOSTS": ["localhost"]}, []),
        ({"DEFAULT_FROM_EMAIL": "call us"}, ["enfranchise.E057"]),
        ({"DEFAULT_FROM_EMAIL": "Vote <help@vote.example>"}, []),
        ({"RECIPIENT_RATE": "0/86400"}, ["enfranchise.E058"]),
        ({"DEFAULT_FROM_EMAIL": "call us", "EMAIL_BACKEND": "config.mail_files.EmailBackend"}, []),
    ],
)
def test_settings_of_the_channels_are_checked(settings, values, ids):
    settings.OFFER_SMS = False
    for name, value in values.items():
        setattr(settings, name, value)
    assert [each.id for each in channels_work()] == ids
