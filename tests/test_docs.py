"""The documents keep up with the code."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "state_rules/README.md"]


def test_every_setting_is_in_the_table_and_every_row_is_a_setting():
    sources = (ROOT / "config/settings.py", ROOT / "registration/management/commands/serve.py")
    code = "".join(path.read_text() for path in sources)
    read = set(re.findall(r'env\.\w+\("([A-Z_]+)"', code)) | set(re.findall(r'environ\.get\("([A-Z_]+)"', code))
    table = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert table == read


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    targets = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", document.read_text())
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_documents_exist(document):
    named = set(re.findall(r"manage\.py ([a-z_]+)", document.read_text()))
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_in_documents_exist(document):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    code = re.findall(r"`(?:[A-Z]+=\d+ )?make ([a-z -]+)`", document.read_text())
    named = {word for line in code for word in line.split()}
    assert named - targets == set()
