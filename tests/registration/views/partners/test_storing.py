"""An owner decides whether anything of the organization's applicants is stored; it is written down."""

from io import StringIO

import pytest
from django.core.management import call_command

from registration.models import AuditEntry

pytestmark = pytest.mark.django_db
PAGE = "/partners/acme/storing/"


def deeds() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(action__startswith="keeping").values_list("action", "reason"))


def test_owner_switches_it_on_and_off_and_it_is_audited_once(people):
    for _ in range(2):
        answer = people.owner.post(f"{PAGE}change/", {"keeps_nothing": "yes"})
        assert (answer.status_code, answer["Location"]) == (302, PAGE)
    people.partner.refresh_from_db()
    assert people.partner.keeps_nothing is True
    assert "Nothing of your applicants is kept." in people.owner.get(PAGE).content.decode()
    people.owner.post(f"{PAGE}change/", {})
    people.partner.refresh_from_db()
    assert people.partner.keeps_nothing is False
    assert [action for action, _reason in deeds()] == ["keeping_ended", "keeping_begun"]
    assert (
        "From then on nothing of applicants was kept." in people.owner.get("/partners/acme/activity/").content.decode()
    )


def test_s22_others_read_it_and_change_nothing(people):
    for client in (people.manager, people.viewer):
        page = client.get(PAGE)
        assert (page.status_code, "keeps_nothing" in page.content.decode()) == (200, False)
        assert client.post(f"{PAGE}change/", {"keeps_nothing": "yes"}).status_code == 403
    people.partner.refresh_from_db()
    assert people.partner.keeps_nothing is False


def test_operator_does_it_by_command(people):
    out = StringIO()
    why = {"by": "Ana Ruiz", "reason": "They want it so."}
    call_command("partner", "storing", "acme", "nothing", **why, stdout=out)
    call_command("partner", "storing", "acme", "nothing", **why, stdout=out)
    assert out.getvalue() == "Nothing of its applicants is stored from now on.\nIt is so already.\n"
    assert deeds() == [("keeping_ended", "They want it so.")]
