"""Text messages: into files, and through a provider's HTTP interface on this machine."""

import base64
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

import pytest

from registration.delivery.base import DeliveryError
from registration.delivery.sms import BadSmsUrl, ConsoleSms, TwilioSms, channel_for
from registration.domain import channels
from registration.phrases.text_messages import GSM, gsm
from tests.registration.webhooks.receiving import Receiver, after, drop, status
from tests.registration.webhooks.test_targets import certificate

TO, KEY = "+14045550123", "link_sms.0190"
CREATED = status(201, body=b'{"sid": "SM1"}')


@pytest.fixture
def provider(tmp_path) -> Iterator[Callable[..., tuple[Receiver, TwilioSms]]]:
    """A provider that gives these answers, and the channel to it."""
    started: list[Receiver] = []

    def start(*answers, seconds: float = 5.0) -> tuple[Receiver, TwilioSms]:
        server, client = certificate(tmp_path, "localhost")
        receiver = Receiver(list(answers), server)
        started.append(receiver)
        sms = TwilioSms("AC1", "s3cret", "+14045550100", "localhost", receiver.port, client, total_seconds=seconds)
        return receiver, sms

    yield start
    for each in started:
        each.stop()


def error_of(sms, to: str = TO) -> DeliveryError:
    with pytest.raises(DeliveryError) as raised:
        sms.send(to, "Text", KEY)
    return raised.value


def test_send_posts_the_message_with_the_operator_s_login(provider):
    receiver, sms = provider(CREATED)
    sms.send(TO, "Form: https://vote.example.org/d/#abc", KEY)
    (received,) = receiver.received
    assert received.path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert received.headers["authorization"] == "Basic " + base64.b64encode(b"AC1:s3cret").decode()
    assert received.headers["idempotency-key"] == KEY
    assert parse_qs(received.body.decode()) == {
        "To": [TO],
        "From": ["+14045550100"],
        "Body": ["Form: https://vote.example.org/d/#abc"],
    }


@pytest.mark.parametrize(
    ("code", "said", "permanent"),
    [
        (400, "refused", True),
        (422, "refused", True),
        (401, "login_refused", False),
        (403, "login_refused", False),
        (404, "login_refused", False),
        (301, "login_refused", False),
        (429, "away", False),
        (500, "away", False),
        (503, "away", False),
    ],
)
def test_answer_says_whether_to_try_again(provider, code, said, permanent):
    _receiver, sms = provider(status(code))
    error = error_of(sms)
    assert (error.code, error.permanent, error.status) == (said, permanent, code)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"code": 21211, "status": 400}', "refused"),
        (b'{"code": 21610}', "refused"),
        (b'{"code": 21606}', "sender_refused"),
        (b'{"code": 21408}', "sender_refused"),
        (b'{"code": "21606"}', "refused"),
        (b"[]", "refused"),
        (b"busy", "refused"),
    ],
)
def test_number_is_given_up_only_for_a_fault_of_its_own(provider, body, said):
    _receiver, sms = provider(status(400, body=body))
    error = error_of(sms)
    assert (error.code, error.permanent, error.status) == (said, said == "refused", 400)


def test_busy_provider_says_when_to_come_again(provider):
    _receiver, sms = provider(status(429, "Retry-After: 90"))
    assert error_of(sms).retry_after.total_seconds() == 90


@pytest.mark.parametrize("answer", [drop, after(1.5, CREATED)])
def test_provider_that_says_nothing_leaves_us_unsure(provider, answer):
    _receiver, sms = provider(answer, seconds=0.8)
    began = time.monotonic()
    assert error_of(sms).code == "unsure"
    assert time.monotonic() - began < 1.4


def test_provider_with_another_certificate_gets_nothing(provider):
    receiver, sms = provider(CREATED)
    stranger = TwilioSms(sms.account, sms.token, sms.sender, "localhost", receiver.port)
    assert error_of(stranger).code == "certificate_refused"
    assert receiver.received == []


def test_provider_that_is_not_there_is_away(provider):
    receiver, sms = provider(CREATED)
    receiver.stop()
    assert error_of(sms).code == "away"


@pytest.mark.parametrize("to", ["4045550123", "+1404", "+14045550123\nTo: x", "", "+04045550123"])
def test_what_is_no_number_is_refused_for_good(tmp_path, to):
    error = error_of(ConsoleSms(tmp_path), to)
    assert (error.code, error.permanent) == ("bad_number", True)
    assert list(tmp_path.iterdir()) == []


def test_console_writes_files_that_only_their_owner_reads(tmp_path, caplog):
    folder = tmp_path / "sms"
    with caplog.at_level("DEBUG"):
        channel_for("console:", folder).send(TO, "Text", KEY)
    (file,) = folder.iterdir()
    assert file.read_text() == f"To: {TO}\nKey: {KEY}\n\nText\n"
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    assert caplog.records == []


def test_channel_for_reads_account_token_sender_and_place(tmp_path):
    sms = channel_for("twilio://AC1:s%2Fcret@/?from=+14045550100", tmp_path)
    assert (sms.account, sms.token, sms.sender, sms.host, sms.port) == (
        "AC1",
        "s/cret",
        "+14045550100",
        "api.twilio.com",
        443,
    )
    other = channel_for("twilio://AC1:t@sms.example:8443/?from=%2B14045550100", tmp_path)
    assert (other.host, other.port, other.sender) == ("sms.example", 8443, "+14045550100")
    assert "s/cret" not in repr(sms)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smtp://x",
        "twilio://",
        "twilio://AC1@/?from=+14045550100",
        "twilio://AC1:s3cret@/",
        "twilio://A:s3cret@/?from=me",
    ],
)
def test_channel_for_refuses_what_is_not_whole_and_says_no_secret(tmp_path, url):
    with pytest.raises(BadSmsUrl) as raised:
        channel_for(url, tmp_path)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "hosts", "offered"),
    [
        ("", ["localhost"], True),
        ("", ["vote.example"], False),
        ("twilio://AC1:s@/?from=+14045550100", ["vote.example"], True),
    ],
)
def test_sms_is_offered_where_somebody_sends_it(settings, url, hosts, offered):
    settings.SITE_URL = "http://localhost:8000"
    settings.SMS_URL, settings.ALLOWED_HOSTS = url, hosts
    assert channels.sms_offered() is offered


def test_sms_that_is_not_offered_waits(settings):
    settings.SMS_URL, settings.ALLOWED_HOSTS = "", ["vote.example"]
    with pytest.raises(DeliveryError) as raised:
        channels.sms()
    assert (raised.value.code, raised.value.permanent) == ("not_offered", False)


@pytest.mark.parametrize(("hosts", "offered"), [(["localhost"], True), (["vote.example"], False)])
def test_email_into_files_is_offered_on_one_s_own_machine_only(settings, hosts, offered):
    settings.SITE_URL = "http://localhost:8000"
    settings.EMAIL_BACKEND, settings.ALLOWED_HOSTS = channels.FILES_ONLY, hosts
    assert channels.email_offered() is offered
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert channels.email_offered() is True


def test_gsm_leaves_letters_that_every_telephone_has():
    assert gsm("Inscripción de votación: ¿ya está? “Sí” — niño, Hawaiʻi 中") == (
        'Inscripcion de votacion: ¿ya esta? "Si" - niño, Hawai\'i ?'
    )
    assert set(gsm("áéíóúüñ¡¿€")) <= GSM
