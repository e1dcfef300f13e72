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
began = time.monotonic()
answer = client.post("/form/", {"reference": code})
kept = f'value="{code}"' in answer.content.decode()
print(json.dumps([found, [answer.status_code, answer["Retry-After"], kept, time.monotonic() - began < 15]]), flush=True)
"""


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
            "VAR_DIR": str(tmp_path),
        }
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=240, check=True
        )
    pages, form = json.loads(run.stdout.splitlines()[-1])
    assert pages == [[200, True]] * 3
    assert form == [503, "30", True, True]
