"""docs/api.md: an integrator copies its examples, so every one is run against a server, with a key."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from registration.models import Application, Partner
from tests.api.conftest import key_of

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDE = (ROOT / "docs/api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh|python|js) run\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
COMMANDS = {"sh": ["bash", "-euc"], "python": [sys.executable, "-c"], "js": ["node", "--input-type=module", "-e"]}
#: What each block prints, in their order: a part of it.
PRINTED = (
    '"next_question":{"field":"resident"',
    '"suggestion":{"street":"123 Main St","unit":"Apt 4B"}',
    '"status":"form_ready"',
    "",
    "python|its own assertions",
    "#/answers/last_name last_name_required Escriba sus apellidos.",
    "urn:problem-type:enfranchise:invalid",
    "3 made, 1 refused\n3 ['#/answers/home_zip']",
)


def run(language: str, code: str, folder: Path, environment: dict[str, str]) -> str:
    command = [*COMMANDS[language], code]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("mode", ["live", "test"])
def test_examples_of_the_guide_run_in_their_order(live_server, tmp_path, mode):
    partner = Partner.objects.create(slug="acme", name="Acme", approved_at=timezone.now())
    environment = {
        "PATH": os.environ["PATH"], "API": f"{live_server.url}/api/v1", "KEY": key_of(partner, mode), "LANG": "C.UTF-8",
    }  # fmt: skip
    blocks = BLOCKS if mode == "test" else [each for each in BLOCKS if '"sandbox"' not in each[1]]
    expected = [each for each in PRINTED if mode == "test" or "urn:problem" not in each]
    printed = [run(language, code, tmp_path, environment) for language, code in blocks]
    assert len(printed) == len(expected)
    assert [part in text for text, part in zip(printed, expected, strict=True) if "|" not in part] == [True] * (
        len(expected) - 1
    )
    python = next(text for text, part in zip(printed, expected, strict=True) if "|" in part)
    assert python.startswith("#/answers/home_zip")
    assert "\n201 " in python
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF-")
    # One by curl, one as a PDF, one by Python and three in bulk; JavaScript's lacks a name.
    assert Application.objects.count() == (6 if mode == "live" else 0)


def test_no_reference_is_written_down():
    assert re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-", GUIDE) == []


def test_every_guide_has_one_name_for_the_base():
    guides = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
    commands = [(name, line) for name, text in guides.items() for line in re.findall(r"^curl .*$", text, re.MULTILINE)]
    assert len(commands) > 10
    assert [each for each in commands if '"$API/' not in each[1] and not each[1].endswith('"$API/')] == []


def test_every_block_that_can_run_is_run():
    fences = re.findall(r"^```(\w+)( run)?$", GUIDE, re.MULTILINE)
    assert [language for language, runs in fences if not runs] == ["sh"]  # the variables alone
    assert len(BLOCKS) == len(PRINTED)
