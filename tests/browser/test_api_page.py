"""The page of the API: it breaks no policy, asks nobody else, and is accessible on a phone and a desktop."""

import pytest

from tests.browser.auditing import faults


@pytest.mark.parametrize("width", [320, 1280])
def test_page_of_the_api_is_accessible_and_keeps_the_policy(watched, site_url, width):
    watched.set_viewport_size({"width": width, "height": 800})
    watched.goto(f"{site_url}/api/v1/docs/")
    watched.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert faults(watched) == []
    assert watched.evaluate("document.documentElement.scrollWidth") <= width
