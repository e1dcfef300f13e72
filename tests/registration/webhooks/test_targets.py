"""S-11: a partner's address leads to the public internet or nowhere."""

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from registration.delivery.base import DeliveryError
from registration.delivery.targets import BadTarget, Target, addresses_of, is_public, look_up, parse
from registration.delivery.timed import Timed
from registration.delivery.webhook import Post, WebhookChannel, _exchange
from tests.registration.webhooks.receiving import Receiver, status

NOW = datetime(2028, 6, 1, tzinfo=UTC)
PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]


def refusal(url: str, *addresses: str, allow_loopback: bool = False) -> str:
    """Why an address is refused whose host has these addresses; "" where it is not."""
    try:
        target = parse(url, allow_loopback=allow_loopback)
        addresses_of(target, lambda _host: list(addresses), allow_loopback=allow_loopback)
    except BadTarget as bad:
        return bad.code
    return ""


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.org/in",
        "https://hooks.example.org:443/in?key=a%20b&x=1",
        "https://xn--bcher-kva.example",
        "https://93.184.215.14/in",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/in",
    ],
)
def test_s11_public_https_addresses_are_taken(url):
    assert refusal(url, *PUBLIC) == ""


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hooks.example.org/", "webhook_url_not_https"),
        ("ftp://hooks.example.org/", "webhook_url_not_https"),
        ("file:///etc/passwd", "webhook_url_not_https"),
        ("gopher://hooks.example.org:443/_x", "webhook_url_not_https"),
        ("//hooks.example.org/", "webhook_url_not_https"),
        ("hooks.example.org", "webhook_url_not_https"),
        ("https://hooks.example.org:8443/", "webhook_url_port"),
        ("https://hooks.example.org:22/", "webhook_url_port"),
        ("https://hooks.example.org:0/", "webhook_url_shape"),
        ("https://hooks.example.org:99999/", "webhook_url_shape"),
        ("https://hooks.example.org:x/", "webhook_url_shape"),
        ("https://user@hooks.example.org/", "webhook_url_credentials"),
        ("https://hooks.example.org:x@10.0.0.1/", "webhook_url_credentials"),
        ("https://hooks.example.org@10.0.0.1/", "webhook_url_credentials"),
        ("https://hooks.example.org\\@10.0.0.1/", "webhook_url_shape"),
        ("https://hooks.example.org/a b", "webhook_url_shape"),
        ("https://hooks.example.org/a\r\nHost: x", "webhook_url_shape"),
        ("https://hooks.example.org/\x00", "webhook_url_shape"),
        ("https://hooks.example.org/#part", "webhook_url_shape"),
        ("https://bücher.example/", "webhook_url_shape"),
        ("https://127。0。0。1/", "webhook_url_shape"),
        ("https://①②⑦.0.0.1/", "webhook_url_shape"),
        ("https:///path", "webhook_url_host"),
        ("https://intranet/", "webhook_url_host"),
        ("https://hooks.example.org./", "webhook_url_host"),
        ("https://-x.example.org/", "webhook_url_host"),
        ("https://a..example.org/", "webhook_url_host"),
        ("https://%31%32%37.0.0.1/", "webhook_url_host"),
        ("https://2130706433/", "webhook_url_host"),
        ("https://0x7f000001/", "webhook_url_host"),
        ("https://017700000001/", "webhook_url_host"),
        ("https://127.1/", "webhook_url_host"),
        ("https://127.0.1/", "webhook_url_host"),
        ("https://0x7f.0.0.1/", "webhook_url_host"),
        ("https://0177.0.0.1/", "webhook_url_host"),
        ("https://127.0.0.0x1/", "webhook_url_host"),
        ("https://[::1/", "webhook_url_shape"),
        ("https://localhost/", "webhook_url_private"),
        ("https://x.localhost/", "webhook_url_private"),
        ("https://127.0.0.1/", "webhook_url_private"),
        ("https://0.0.0.0/", "webhook_url_private"),
        ("https://169.254.169.254/latest/meta-data/", "webhook_url_private"),
        ("https://[::1]/", "webhook_url_private"),
        ("https://[::]/", "webhook_url_private"),
        ("https://[::ffff:127.0.0.1]/", "webhook_url_private"),
        ("https://[fe80::1%25eth0]/", "webhook_url_private"),
        ("https://hooks.example.org/" + "x" * 500, "webhook_url_too_long"),
    ],
)
def test_s11_hostile_addresses_are_refused_by_their_letters(url, code):
    assert refusal(url, *PUBLIC) == code


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3",  # noqa: S104  an address to refuse
        "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.0.9", "192.0.2.1", "192.88.99.1",
        "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::ffff:0:10.0.0.1",
        "64:ff9b::10.0.0.1", "64:ff9b::5db8:d70e", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:5db8:d70e::1",
        "2001:2::1", "2001:20::1", "2001:db8::1", "2002:a00:1::1", "2002:5db8:d70e::1", "3fff::1", "4000::1",
        "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1",
    ],
)  # fmt: skip
def test_s11_name_that_leads_inside_is_refused_whatever_else_it_has(address):
    assert is_public(ip_address(address)) is False
    for found in ([address], [*PUBLIC, address], [address, *PUBLIC]):
        assert refusal("https://hooks.example.org/", *found) == "webhook_url_private"


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "100.63.255.255", "172.32.0.1", "2600::1", "2a00:1450::1"])
def test_public_addresses_are_public(address):
    assert is_public(ip_address(address)) is True


def test_name_without_addresses_or_with_too_many_is_unknown():
    assert refusal("https://hooks.example.org/") == "webhook_url_unknown_host"
    assert refusal("https://hooks.example.org/", *["1.1.1.1"] * 33) == "webhook_url_unknown_host"


def test_name_that_is_not_found_is_unknown():
    def not_found(_host: str) -> list[str]:
        raise socket.gaierror

    with pytest.raises(BadTarget) as refused:
        addresses_of(parse("https://nobody.invalid/"), not_found)
    assert refused.value.code == "webhook_url_unknown_host"


def test_s11_numbers_that_the_resolver_would_read_as_loopback_do_not_pass_as_addresses_either():
    for text in ("2130706433", "0x7f.1", "017700000001", "127.1"):
        assert look_up(text) == ["127.0.0.1"]
        target = Target(True, text, 443, "/")
        with pytest.raises(BadTarget):
            addresses_of(target, look_up)


@pytest.mark.parametrize(
    ("url", "addresses", "code"),
    [
        ("http://127.0.0.1:9000/hook", [], ""),
        ("http://localhost:9000/hook", ["::1", "127.0.0.1"], ""),
        ("https://localhost:9000/hook", ["127.0.0.1"], ""),
        ("http://[::1]:9000/hook", [], ""),
        ("http://localhost:9000/hook", ["10.0.0.1"], "webhook_url_private"),
        ("http://localhost:9000/hook", PUBLIC, "webhook_url_private"),
        ("http://hooks.example.org/", ["127.0.0.1"], "webhook_url_not_https"),
        ("https://hooks.example.org/", ["127.0.0.1"], "webhook_url_private"),
        ("http://10.0.0.1/", [], "webhook_url_not_https"),
    ],
)
def test_development_setting_opens_this_machine_by_its_name_and_no_other(url, addresses, code):
    assert refusal(url, *addresses, allow_loopback=True) == code


POST = Post("https://hooks.example.org/in", {"webhook-id": "1"}, b"{}")


def test_s11_name_that_is_rebound_before_the_delivery_is_not_connected_to():
    receiver = Receiver()
    answers = iter([PUBLIC, ["127.0.0.1"]])

    def rebinding(_host: str) -> list[str]:
        return next(answers)

    assert addresses_of(parse(POST.url), rebinding) == tuple(PUBLIC)
    with pytest.raises(DeliveryError) as failure:
        WebhookChannel(resolver=rebinding).send(POST, NOW)
    assert failure.value.code == "private_address"
    assert receiver.connections == 0
    receiver.stop()


def test_s11_name_is_looked_up_once_for_each_delivery():
    asked: list[str] = []

    def counting(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    receiver = Receiver()
    channel = WebhookChannel(allow_loopback=True, resolver=counting)
    assert channel.send(Post(f"http://hook.localhost:{receiver.port}/in", {}, b"{}"), NOW) == 204
    assert asked == ["hook.localhost"]
    assert receiver.received[0].headers["host"] == f"hook.localhost:{receiver.port}"
    receiver.stop()


def test_s11_proxies_of_the_environment_are_not_used(monkeypatch):
    proxy, receiver = Receiver([status(502)]), Receiver()
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    assert WebhookChannel(allow_loopback=True).send(Post(receiver.url, {}, b"{}"), NOW) == 204
    assert proxy.connections == 0
    proxy.stop()
    receiver.stop()


def certificate(folder, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a self-signed certificate for ``name``, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(private + pem)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "server.pem")
    return server, ssl.create_default_context(cadata=pem.decode())


def test_certificate_must_be_right_for_the_name_at_the_pinned_address(tmp_path):
    server, trusting = certificate(tmp_path, "hooks.example.org")
    receiver = Receiver(context=server)
    right, wrong = (Target(True, name, receiver.port, "/in") for name in ("hooks.example.org", "other.example.org"))
    channel = WebhookChannel(context=trusting)
    assert channel.send_to(right, ("127.0.0.1",), POST, NOW) == 204
    assert receiver.received[0].headers["host"] == f"hooks.example.org:{receiver.port}"
    for each, target in ((channel, wrong), (WebhookChannel(), right)):
        with pytest.raises(DeliveryError) as failure:
            each.send_to(target, ("127.0.0.1",), POST, NOW)
        assert failure.value.code == "certificate_refused"
    assert len(receiver.received) == 1
    receiver.stop()


def test_usual_port_is_not_named_in_the_host_header():
    """Not everybody may serve on port 443, so the request is read from a pair of sockets."""
    ours, theirs = socket.socketpair()
    seen: list[bytes] = []

    def answer() -> None:
        seen.append(theirs.recv(65536))
        theirs.sendall(b"HTTP/1.1 204 Fine\r\n\r\n")

    thread = threading.Thread(target=answer)
    thread.start()
    _exchange(Target(True, "hooks.example.org", 443, "/in"), Timed(ours, time.monotonic() + 5), POST)
    thread.join()
    theirs.close()
    assert b"\r\nHost: hooks.example.org\r\n" in seen[0]


def test_server_that_speaks_no_tls_is_a_failure():
    receiver = Receiver([status(200)])
    with pytest.raises(DeliveryError) as failure:
        WebhookChannel(connect_seconds=2, total_seconds=2).send_to(
            Target(True, "hooks.example.org", receiver.port, "/"), ("127.0.0.1",), POST, NOW
        )
    assert failure.value.code in ("tls_failed", "connect_timeout", "connect_failed")
    receiver.stop()


def test_second_address_is_tried_where_the_first_takes_no_connection():
    receiver = Receiver()
    target = Target(False, "localhost", receiver.port, "/in")
    assert WebhookChannel().send_to(target, ("::1", "127.0.0.1"), POST, NOW) == 204
    receiver.stop()
