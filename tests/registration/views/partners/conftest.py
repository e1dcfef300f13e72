"""A partner "acme" with a signed-in client for each role, each with a second factor shown just now."""

import pytest

from tests.members import People, make_people


@pytest.fixture
def people(db) -> People:
    return make_people()
