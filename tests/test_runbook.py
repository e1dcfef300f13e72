"""What operators read at night names only what there is."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import load_command_class

from config.metrics import COUNTED
from registration.domain.alerts import CODES
from registration.domain.figures import FIGURES

ROOT = Path(__file__).resolve().parent.parent
RULES = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())["groups"][0]["rules"]
RUNBOOK = (ROOT / "docs/runbook.md").read_text()
NAMES = {"requests_total", "request_seconds", "submissions_total", *FIGURES}
GUIDES = ("runbook.md", "keys.md", "backup.md", "monitoring.md")


def test_every_number_is_in_the_table_and_every_row_is_a_number():
    assert {name.removesuffix("_total") for name in NAMES} == {*COUNTED, *FIGURES}
    section = (ROOT / "docs/monitoring.md").read_text().partition("## Numbers")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z_]+)`", section, re.MULTILINE)) == NAMES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_rule_of_prometheus_names_only_numbers_that_exist_and_a_place_in_the_runbook(rule):
    named = {name.removesuffix("_bucket") for name in re.findall(r"enfranchise_([a-z_]+)", rule["expr"])}
    assert named - NAMES == set()
    assert rule["expr"].count("(") == rule["expr"].count(")")
    path, _, place = rule["annotations"]["runbook"].partition("#")
    titles = re.findall(r"^#+ (.+)$", (ROOT / path).read_text(), re.MULTILINE)
    assert place in {re.sub(r"[^\w-]", "", title.lower().replace(" ", "-")) for title in titles}


def test_every_alert_has_its_place_in_the_runbook():
    titles = set(re.findall(r"^### ([a-z_]+)$", RUNBOOK, re.MULTILINE))
    assert titles == set(CODES)


@pytest.mark.parametrize("guide", GUIDES)
def test_subcommands_in_guides_exist(guide):
    text = (ROOT / "docs" / guide).read_text()
    for command in ("keys", "outbox", "audit", "partner", "switch", "correction"):
        parser = load_command_class("registration", command).create_parser("manage.py", command)
        choices = next((set(each.choices) for each in parser._actions if each.dest == "what"), set())
        named = set(re.findall(rf"manage\.py {command} ([a-z]+)", text))
        assert named - choices == set()
