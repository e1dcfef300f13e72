"""The made-up state's form on a quiet day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from registration.forms.application_form import Setting
from state_rules import Jurisdiction, form_needs, load_file, next_general
from tests.registration.flat_answers import PERSON

RULES = Path(__file__).parents[2] / "fixtures" / "rules" / "jf.toml"
ON = date(2028, 6, 1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Whatever language the page of an earlier test left behind."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def jefferson() -> Jurisdiction:
    return load_file(RULES)


@pytest.fixture
def setting(jefferson) -> Setting:
    return Setting(jefferson, form_needs(jefferson, ON), next_general("US", ON), ON)


@pytest.fixture
def with_boxes(setting):
    """The setting with other boxes on the form."""

    def change(*boxes: str, acceptance: str = "registers") -> Setting:
        needs = replace(setting.needs, boxes=frozenset(boxes), acceptance=acceptance)
        return replace(setting, needs=needs)

    return change


@pytest.fixture
def answers() -> dict[str, str]:
    """A whole form that has nothing wrong with it."""
    return {
        **PERSON,
        "home_city": "Monticello",
        "home_zip": "99901",
        "licence": "J1234567",
        "party_choice": "Whig",
        "race": "Hispanic",
    }
