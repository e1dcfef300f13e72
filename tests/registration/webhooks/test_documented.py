"""The examples of docs/webhooks.md, run as they stand."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from registration.domain import webhooks
from registration.models import WebhookDelivery
from registration.phrases.webhooks import FAILURES
from tests.config.test_relay import Server, wait_for
from tests.registration.webhooks.receiving import Receiver

TEXT = (Path(__file__).resolve().parents[3] / "docs/webhooks.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


class Example:
    """A receiver of the document in a process of its own."""

    def __init__(self, folder: Path, language: str, secret: str) -> None:
        [code] = blocks(language)
        name, program = {"python": ("receiver.py", sys.executable), "js": ("receiver.mjs", "node")}[language]
        (folder / name).write_text(code)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [program, name], cwd=folder, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "WEBHOOK_SECRET": secret, "PORT": str(self.port)},
        )  # fmt: skip
        wait_for(self._listens)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def printed(self) -> list[str]:
        self.process.terminate()
        return self.process.communicate(timeout=20)[0].splitlines()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["python", "js"])
def test_documented_receiver_takes_ours_once_and_nobody_elses(
    endpoint_at, submit, receive, moment, order, tmp_path, language
):
    made = endpoint_at(receive().url)
    example = Example(tmp_path, language, made.secret)
    url = f"http://127.0.0.1:{example.port}/hook"
    webhooks.change(made.endpoint, webhooks.Wish(url), order)
    stranger = endpoint_at(url, events=("application.delivered",))
    application = submit(moment)
    webhooks.deliver_due(moment)
    webhooks.replay(WebhookDelivery.objects.get(), order)
    webhooks.rotate(made.endpoint, webhooks.OVERLAP, order)
    webhooks.send_test(made.endpoint, order)
    webhooks.send_test(stranger.endpoint, order)
    webhooks.deliver_due(moment)
    rows = WebhookDelivery.objects.order_by("pk").values_list("endpoint_id", "message__type", "last_status")
    ours, theirs = made.endpoint.pk, stranger.endpoint.pk
    assert list(rows) == [
        (ours, "application.form_ready", 204),
        (ours, "application.form_ready", 204),
        (ours, "webhook.test", 204),
        (theirs, "webhook.test", 400),
    ]
    told = example.printed()
    assert sorted(line.split()[0] for line in told) == ["application.form_ready", "webhook.test"]
    assert [str(application.id) in line for line in told if line.startswith("application")] == [True]


KEY = """
from django.utils import timezone
from registration.domain import keys
from registration.domain.audit import Order
from registration.models import Partner
wish = keys.KeyWish("Server", "live", ("webhooks:write",))
print(keys.make(Partner.objects.get(slug="demo"), wish, Order("me", "A test.", timezone.now()))[1])
"""


def test_documented_commands_work_on_a_real_server(tmp_path):
    assert shutil.which("curl"), "curl is needed"
    receiver = Receiver()
    server = Server(tmp_path)
    known = {
        "API": f"http://127.0.0.1:{server.port}/api/v1",
        "KEY": server.manage("shell", "--no-imports", "-c", KEY).strip(),
    }

    def run(block: str) -> list[dict]:
        code = block.replace("127.0.0.1:9000/hook", f"127.0.0.1:{receiver.port}/hook")
        done = subprocess.run(["bash", "-ec", code], env={**os.environ, **known}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        decoder, said, rest = json.JSONDecoder(), [], done.stdout.strip()
        while rest:
            value, end = decoder.raw_decode(rest)
            said.append(value)
            rest = rest[end:].strip()
        return said

    try:
        make, send, log, again, rotate = blocks("sh")
        [made] = run(make)
        known["ENDPOINT"] = made["id"]
        [tested] = run(send)
        known["DELIVERY"] = tested["id"]
        wait_for(lambda: len(receiver.received) == 1)
        wait_for(lambda: run(log)[0]["items"][0]["state"] == "delivered")
        enabled, recovered, replayed = run(again)
        assert (enabled["enabled"], recovered, replayed["message"]) == (True, {"count": 0}, tested["message"])
        wait_for(lambda: len(receiver.received) == 2)
        [rotated] = run(rotate)
        assert rotated["secret"] != made["secret"]
    finally:
        server.stop()
        receiver.stop()


def test_every_failure_is_in_the_document():
    table = TEXT.split("| `last_failure` |")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z_]+)`", table)) - {"last_status"} == set(FAILURES)
