"""Settings under which messages would go nowhere."""

import pytest

from registration.checks import channels_work

SENT = "django.core.mail.backends.{}.EmailBackend"


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
        ({"RECIPIENT_RATE": "0/86400"}, ["enfranchise.E059"]),
        ({"DEFAULT_FROM_EMAIL": "call us", "EMAIL_BACKEND": "config.mail_files.EmailBackend"}, []),
        ({"EMAIL_BACKEND": SENT.format("console"), "ALLOWED_HOSTS": ["vote.example"]}, ["enfranchise.E058"]),
        ({"EMAIL_BACKEND": SENT.format("dummy"), "ALLOWED_HOSTS": ["vote.example"]}, ["enfranchise.E058"]),
        ({"EMAIL_BACKEND": SENT.format("smtp"), "ALLOWED_HOSTS": ["vote.example"]}, []),
        ({"EMAIL_BACKEND": SENT.format("console"), "ALLOWED_HOSTS": ["localhost"]}, []),
    ],
)
def test_settings_of_the_channels_are_checked(settings, values, ids):
    settings.OFFER_SMS, settings.DEFAULT_FROM_EMAIL = False, "help@vote.example"
    settings.SITE_URL, settings.SMS_URL = "http://localhost:8000", ""
    for name, value in values.items():
        setattr(settings, name, value)
    assert [each.id for each in channels_work()] == ids
