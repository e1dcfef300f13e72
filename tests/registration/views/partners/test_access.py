"""Who gets to a page of a partner, and who is sent where."""

import re
import time

import pytest

from tests.members import TOTP_SECRET, make_partner, show_factor
from tests.registration.views.partners.test_sign_in import code_of

pytestmark = pytest.mark.django_db


def test_member_page_shows_the_partner_to_its_members(people, look):
    for client in (people.owner, people.manager, people.viewer):
        page = client.get(people.url())
        assert (page.status_code, look(page).headings) == (200, ["Overview"])
        assert "Acme Voters" in look(page).html


def test_member_page_does_not_exist_for_a_stranger(people):
    assert people.stranger.get(people.url()).status_code == 404


def test_member_page_of_nobody_looks_as_one_of_another(people):
    assert people.stranger.get("/partners/nobody/").status_code == 404


@pytest.mark.parametrize("language", ["", "/es"])
def test_page_that_is_not_there_leads_to_the_dashboard_and_tells_nothing_of_partners(people, language):
    paths = ["acme/", "nobody/", "acme/keys/", "acme/no/such/page/"]
    answers = [people.stranger.get(f"{language}/partners/{path}") for path in paths]
    assert [each.status_code for each in answers] == [404] * 4
    bare = {re.sub(r'<input type="hidden"[^>]*>', "", each.content.decode()) for each in answers}
    assert len(bare) == 1
    assert f'<a class="usa-button" href="{language}/partners/">' in bare.pop()


def test_page_that_is_not_there_is_one_of_the_dashboard_without_a_sign_in(people):
    answer = people.anonymous.get("/partners/acme/no/such/page/")
    assert (answer.status_code, "for partners" in answer.content.decode()) == (404, True)


def test_member_page_sends_the_anonymous_to_sign_in_whether_it_exists_or_not(people):
    for path in ("/partners/acme/", "/partners/nobody/"):
        answer = people.anonymous.get(path)
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"/partners/account/sign-in/?next={path.replace('/', '%2F')}",
        )


def test_member_page_asks_for_a_second_factor_before_anything_else(people):
    answer = people.without_factor.get(people.url())
    assert (answer.status_code, answer["Location"]) == (302, "/partners/account/factor/")


def test_member_page_asks_for_the_factor_where_this_session_did_not_show_it(people):
    client = people.owner
    session = client.session
    del session["account_authentication_methods"]
    session.save()
    answer = client.get(people.url())
    assert answer["Location"] == "/partners/account/factor/again/?next=%2Fpartners%2Facme%2F"
    show_factor(client, people.members["owner"].user, seconds_ago=600)
    assert client.get(people.url()).status_code == 200


def test_member_page_of_a_partner_that_waits_says_so(people, look):
    waiting = make_partner("waiting", approved=False)
    people.members["owner"].partner = waiting
    people.members["owner"].save()
    page = people.owner.get("/partners/waiting/")
    assert (page.status_code, look(page).headings) == (403, ["Waiting for approval"])


def test_home_leads_to_the_only_partner(people):
    assert people.owner.get("/partners/")["Location"] == "/partners/acme/"


@pytest.mark.parametrize("path", ["/", "/es/", "/privacy/", "/state/oh/", "/apply/oh/", "/partnersx/"])
def test_public_pages_set_and_read_no_cookie(client, path):
    page = client.get(path)
    assert page.cookies == {}
    assert "Cookie" not in page.get("Vary", "")


@pytest.fixture
def guarded(people, settings) -> str:
    settings.ROOT_URLCONF = "tests.registration.views.partners.guarded"
    return people.url("guarded/")


def test_s37_step_up_is_not_asked_within_five_minutes(people, guarded):
    show_factor(people.owner, people.members["owner"].user, seconds_ago=299)
    assert people.owner.get(guarded).status_code == 200


def test_s37_step_up_asks_for_the_factor_after_five_minutes(people, guarded):
    show_factor(people.owner, people.members["owner"].user, seconds_ago=300)
    answer = people.owner.get(guarded)
    assert answer["Location"] == f"/partners/account/factor/again/?next={guarded.replace('/', '%2F')}"


def test_s37_step_up_goes_on_with_what_was_posted(people, guarded):
    client = people.owner
    show_factor(client, people.members["owner"].user, seconds_ago=300)
    asked = client.post(guarded, {"word": "kept"})
    code = code_of(TOTP_SECRET)
    answer = client.post(asked["Location"], {"code": code, "next": guarded})
    assert answer.content.decode() == f"POST kept member {people.members['owner'].pk}"


def test_s37_step_up_comes_after_the_role(people, guarded):
    show_factor(people.viewer, people.members["viewer"].user, seconds_ago=300)
    assert people.viewer.get(guarded).status_code == 403
    assert people.stranger.get(guarded).status_code == 404


def test_password_alone_is_no_step_up(people, guarded):
    session = people.owner.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()
    assert people.owner.get(guarded)["Location"].startswith("/partners/account/factor/again/")


def test_dashboard_is_not_shown_in_a_frame(people):
    for path in ("", "acme/", "account/sign-in/", "me/"):
        answer = people.owner.get(f"/embed/acme/partners/{path}")
        assert (answer.status_code, answer.cookies, "Cookie" in answer.get("Vary", "")) == (404, {}, False)
