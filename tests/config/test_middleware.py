import pytest

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; manifest-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'"
)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/es/", "/no-such-page/"])
def test_every_page_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {each.partition("=")[2] for each in headers["Permissions-Policy"].split(", ")} == {"()"}
    assert "Set-Cookie" not in headers


@pytest.mark.django_db
def test_what_answers_a_post_is_not_stored(client):
    assert set(client.post("/form/", {}).headers["Cache-Control"].split(", ")) >= {"no-store", "private"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "encoding"),
    [("get", "/apply/ga/", "gzip"), ("post", "/form/", None), ("get", "/partners/join/", None)],
)
def test_pages_without_a_secret_travel_compressed(client, method, path, encoding):
    response = getattr(client, method)(path, headers={"accept-encoding": "gzip"})
    assert response.headers.get("Content-Encoding") == encoding
