"""What another site posts is refused, by whatever the browser says of it."""

import pytest

pytestmark = pytest.mark.django_db
PLACES = ["/find/", "/apply/ga/", "/apply/ga/check/", "/form/"]


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_post_from_another_site_is_refused(client, look, address, site):
    found = look(client.post(address, {}, headers={"sec-fetch-site": site}))
    assert found.response.status_code == 403
    assert found.headings == ["This request came from another site"]


@pytest.mark.parametrize("address", PLACES)
def test_post_from_another_origin_is_refused_where_the_browser_is_old(client, address):
    assert client.post(address, {}, headers={"origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
        {"origin": "null"},
        {"origin": "http://testserver"},
    ],
)
def test_post_from_our_own_pages_is_taken(client, georgia, headers):
    assert client.post("/apply/ga/", georgia, headers=headers).status_code == 200


def test_link_from_another_site_is_followed(client):
    assert client.get("/apply/ga/", headers={"sec-fetch-site": "cross-site"}).status_code == 200
