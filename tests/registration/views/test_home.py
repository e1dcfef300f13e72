"""Where do you live? By name, by ZIP, and when neither says."""

import pytest

from state_rules import JURISDICTIONS

pytestmark = pytest.mark.django_db


def test_home_offers_every_jurisdiction(client, look):
    found = look(client.get("/"))
    assert found.response.status_code == 200
    assert found.headings == ["Register to vote"]
    assert found.html.count("<option") == len(JURISDICTIONS) + 1


@pytest.mark.parametrize(("typed", "address"), [("GA", "/state/ga/"), ("ga", "/state/ga/")])
def test_find_a_chosen_state(client, typed, address):
    response = client.get("/find/", {"state": typed})
    assert (response.status_code, response["Location"]) == (302, address)


def test_find_a_state_in_spanish_stays_in_spanish(client):
    assert client.get("/es/find/", {"state": "GA"})["Location"] == "/es/state/ga/"


@pytest.mark.parametrize("zip_code", ["30303", "30303-1234", " 30303 "])
def test_find_by_zip(client, zip_code):
    response = client.post("/find/", {"zip": zip_code})
    assert (response.status_code, response["Location"]) == (302, "/state/ga/")


def test_find_by_a_zip_in_two_states_asks_which(client, look):
    found = look(client.post("/find/", {"zip": "42223"}))
    assert found.response.status_code == 200
    assert found.headings == ["Which state do you live in?"]
    assert ["/state/ky/" in found.html, "/state/tn/" in found.html] == [True, True]


@pytest.mark.parametrize(
    ("zip_code", "message"),
    [
        ("", "Choose your state, or type your ZIP code."),
        ("123", "We do not know this ZIP code. Check its 5 digits, or choose your state by name."),
        ("09001", "This is a military ZIP code. Choose the state where your home in the United States is."),
    ],
)
def test_find_by_a_zip_that_says_nothing(client, look, zip_code, message):
    found = look(client.post("/find/", {"zip": zip_code}))
    assert found.response.status_code == 422
    assert found.title.startswith("Error: ")
    assert f'<a href="#id_zip">{message}</a>' in found.html
    assert found.value("zip") == zip_code


def test_find_reads_no_zip_from_an_address(client):
    assert client.get("/find/", {"zip": "30303"}).status_code == 422


def test_find_refuses_other_methods(client):
    assert client.delete("/find/").status_code == 405
