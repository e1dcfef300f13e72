"""Pages answer soon when PostgreSQL does not, be its port closed or its server silent."""

import json
import os
import socket
import subprocess
import sys

import pytest

SCRIPT = """
import json, time
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
client, found = Client(), []
code = "a" * 26
for address in ("/state/ga/?partner=demo", "/compare/", "/state/ga/rules/"):
    began = time.monotonic()
    found.append((client.get(address).status_code, time.monotonic() - began < 15))
born = {"birth_month": "1", "birth_day": "15", "birth_year": str(time.gmtime().tm_year - 14)}
sent = {
    "/form/": {"reference": code},
    "/delete/": {"reference": code},
    "/contact/withdraw/": {"reference": code},
    "/m/": {"token": code, "do": "mailed"},
    "/remind/ga/": {"reference": code, "messages_email": "ana@example.org", **born},
}
came_back = {}
for address, answers in sent.items():
    began = time.monotonic()
    answer = client.post(address, answers)
    html = answer.content.decode()
    kept = all(f'value="{value}"' in html for value in answers.values())
    came_back[address] = [answer.status_code, answer.get("Retry-After"), kept, time.monotonic() - began < 15]
print(json.dumps([found, came_back]), flush=True)
"""
POSTED = ("/form/", "/delete/", "/contact/withdraw/", "/m/", "/remind/ga/")


@pytest.mark.parametrize("silent", [False, True])
def test_pages_answer_in_a_few_seconds(tmp_path, silent):
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        if silent:
            place.listen(64)
        environment = {
            **os.environ,
            "DATABASE_URL": f"postgres://u:p@127.0.0.1:{place.getsockname()[1]}/x",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ALLOWED_HOSTS": "testserver",
            "FORM_FASTEST_SECONDS": "0",
            "VAR_DIR": str(tmp_path),
        }
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=240, check=True
        )
    pages, came_back = json.loads(run.stdout.splitlines()[-1])
    assert pages == [[200, True]] * 3
    assert came_back == {address: [503, "30", True, True] for address in POSTED}
