"""E-mail through a real mail server: what it says, and what its answers mean."""

import socket
import threading
import time
from datetime import timedelta

import pytest

from registration.delivery.base import DeliveryError
from registration.delivery.email import EmailChannel, Letter, one_click
from tests.registration.messages.conftest import SMTP
from tests.registration.messages.mail_server import MailServer
from tests.registration.webhooks.test_targets import certificate

ID = "<link_email.0190@vote.example.org>"
QUICK = EmailChannel(connect=1, answer=0.3, taken=0.3, whole=2)


def letter(**values) -> Letter:
    usual = {"to": "ann@example.org", "subject": "Your form", "text": "Text é", "html": "<p>Text é</p>"}
    return Letter(**{**usual, "message_id": ID, **values})


def error_of(channel: EmailChannel = QUICK, **values) -> DeliveryError:
    with pytest.raises(DeliveryError) as raised:
        channel.send(letter(**values))
    return raised.value


def test_send_hands_over_text_and_html_under_the_given_message_id(mail_server, settings):
    settings.DEFAULT_FROM_EMAIL = "help@vote.example.org"
    server = mail_server()
    EmailChannel().send(letter(headers=one_click("https://vote.example.org/m/unsubscribe/x/")))
    (message,) = server.behaviour.messages
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().strip() for part in message.iter_parts()] == ["Text é", "<p>Text é</p>"]
    found = {name: message[name] for name in ("Message-ID", "To", "From", "Subject", "Auto-Submitted")}
    assert found == {
        "Message-ID": ID,
        "To": "ann@example.org",
        "From": "help@vote.example.org",
        "Subject": "Your form",
        "Auto-Submitted": "auto-generated",
    }
    assert message["List-Unsubscribe"] == "<https://vote.example.org/m/unsubscribe/x/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_r10_refused_recipient_is_over(mail_server):
    mail_server(rcpt="550 5.1.1 no such person")
    error = error_of()
    assert (error.code, error.permanent, error.status) == ("refused", True, 550)


@pytest.mark.parametrize("answer", ["421 4.3.2 going down", "451 4.7.1 greylisted", "452 4.2.2 mailbox full"])
def test_r10_answer_of_the_400s_is_tried_again(mail_server, answer):
    mail_server(rcpt=answer)
    error = error_of()
    assert (error.code, error.permanent) == ("away", False)


@pytest.mark.parametrize("where", ["rcpt", "data"])
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("550 5.1.1 no such person", "refused"),
        ("550 5.1.10 no mail here", "refused"),
        ("552 5.2.2 mailbox full", "refused"),
        ("550 5.7.26 unauthenticated", "sender_refused"),
        ("550 5.4.5 daily quota", "sender_refused"),
        ("554 5.7.1 relay access denied", "sender_refused"),
        ("553 5.1.8 your domain does not exist", "sender_refused"),
    ],
)
def test_r10_only_a_mailbox_that_takes_nothing_is_over(mail_server, where, answer, code):
    mail_server(**{where: answer})
    error = error_of()
    assert (error.code, error.permanent) == (code, code == "refused")
    assert error.retry_after == (None if code == "refused" else timedelta(hours=1))


@pytest.mark.parametrize(("where", "code"), [("rcpt", "refused"), ("data", "sender_refused")])
def test_r10_answer_without_a_second_code_is_about_the_recipient_where_it_was_asked_for(mail_server, where, code):
    mail_server(**{where: "550 no"})
    assert error_of().code == code


def test_r10_busy_server_is_not_over(mail_server):
    mail_server(data="451 4.3.0 later")
    assert (error_of().code, error_of().permanent) == ("away", False)


def test_r10_server_that_hangs_up_after_the_message_leaves_us_unsure(mail_server):
    server = mail_server(data="drop")
    error = error_of()
    assert (error.code, error.permanent) == ("unsure", False)
    assert len(server.behaviour.messages) == 1


def test_r10_server_that_is_silent_after_the_message_leaves_us_unsure(mail_server):
    mail_server(data="slow")
    began = time.monotonic()
    assert error_of().code == "unsure"
    assert time.monotonic() - began < 1.5


def test_r10_nobody_listens(settings):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    assert (error_of().code, error_of().permanent) == ("away", False)


def test_r10_server_that_never_greets_is_left_in_time(settings):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT = listener.getsockname()[1]
        began = time.monotonic()
        assert error_of().code == "away"
        assert time.monotonic() - began < 1


def test_r10_server_that_sends_a_little_again_and_again_is_left_in_time(settings):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT = listener.getsockname()[1]

        def drip() -> None:
            peer, _address = listener.accept()
            with peer:
                try:
                    for _ in range(100):
                        peer.sendall(b"220-wait\r\n")
                        time.sleep(0.05)
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        began = time.monotonic()
        assert error_of(EmailChannel(connect=1, answer=1, whole=0.5)).code == "away"
        assert time.monotonic() - began < 1.5
        thread.join()


@pytest.mark.parametrize("way", ["starttls", "tls"])
@pytest.mark.parametrize("trusted", [True, False])
def test_server_with_tls_must_have_the_right_certificate(settings, tmp_path, monkeypatch, way, trusted):
    server_context, _client = certificate(tmp_path, "localhost")
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    server = MailServer().start(way, server_context)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "localhost", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = way == "starttls", way == "tls"
    try:
        if trusted:
            EmailChannel().send(letter())
        else:
            assert error_of(EmailChannel()).code == "certificate_refused"
    finally:
        server.stop()
    assert len(server.behaviour.messages) == trusted


def test_server_without_starttls_gets_nothing_where_that_is_asked_for(mail_server, settings):
    server = mail_server()
    settings.EMAIL_USE_TLS = True
    assert (error_of().code, error_of().permanent) == ("not_supported", False)
    assert server.behaviour.messages == []


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("josé@example.org", "address_unsupported"),
        ("ann@example.org\r\nBcc: all@example.org", "bad_address"),
        ("ann@example.org, bob@example.org", "bad_address"),
        ("Ann <ann@example.org>", "bad_address"),
        ("ann", "bad_address"),
        ("", "bad_address"),
        ("ann@" + "a" * 80 + ".org", "bad_address"),
    ],
)
def test_address_that_no_letter_can_go_to_is_refused_for_good(mail_server, to, code):
    server = mail_server()
    error = error_of(to=to)
    assert (error.code, error.permanent) == (code, True)
    assert server.behaviour.messages == []


def test_domain_in_other_letters_goes_out_in_those_of_the_net(mail_server):
    server = mail_server()
    EmailChannel().send(letter(to="ann@münchen.example"))
    assert server.behaviour.envelopes == [["ann@xn--mnchen-3ya.example"]]


@pytest.mark.parametrize(
    "values",
    [
        {"subject": "Hello\nBcc: all@example.org"},
        {"headers": {"List-Unsubscribe": "<x>\r\nBcc: all@example.org"}},
        {"message_id": "<a@b>\r\nBcc: all@example.org"},
        {"message_id": "a@b"},
    ],
)
def test_header_of_two_lines_is_never_sent(mail_server, values):
    server = mail_server()
    with pytest.raises(ValueError, match=r"header|Message-ID"):
        EmailChannel().send(letter(**values))
    assert server.behaviour.messages == []


def test_error_holds_neither_address_nor_answer(mail_server):
    mail_server(rcpt="550 ann@example.org is unknown")
    error = error_of()
    assert "ann" not in repr(error) + str(error)
    assert error.__cause__ is None
    assert "ann" not in repr(letter())
