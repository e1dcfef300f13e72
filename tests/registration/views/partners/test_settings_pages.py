"""Every page of the settings: who may look, who may change, and that it stands."""

import pytest

from tests.registration.views.partners.setting_up import furnish, pages

pytestmark = pytest.mark.django_db


def test_member_sees_every_page_that_changes_nothing(people):
    furnish(people.partner)
    looked = {path: people.viewer.get(people.url(path)).status_code for path in pages(people.partner).looks}
    assert looked == dict.fromkeys(looked, 200)
