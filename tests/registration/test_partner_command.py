"""manage.py partner: what an operator does with partners, and what it tells."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from registration.domain import keys
from registration.domain.mail import send_due
from registration.models import AuditEntry, Membership, Partner, Role
from tests.members import join, make_partner

pytestmark = pytest.mark.django_db
WHO = ("--by", "Ana Ruiz", "--reason", "We spoke on the telephone.")


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("partner", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def waiting() -> Membership:
    return join(make_partner("acme", approved=False), Role.OWNER, "ann@acme.example")


def test_partner_approve_opens_it_and_writes_to_its_owners(waiting, mailoutbox):
    assert run("approve", "acme", *WHO) == "acme is approved. Its widget and keys work within a minute.\n"
    assert Partner.objects.get(slug="acme").is_active
    entry = AuditEntry.objects.get()
    assert (entry.who, entry.action, entry.reason) == ("Ana Ruiz", "partner_approved", "We spoke on the telephone.")
    send_due(timezone.now())
    assert [(each.to, each.subject) for each in mailoutbox] == [(["ann@acme.example"], "Acme Voters is approved")]
    assert "http://localhost:8000/partners/acme/" in mailoutbox[0].body


def test_partner_approve_twice_is_refused(waiting):
    run("approve", "acme", *WHO)
    with pytest.raises(CommandError, match="approved already"):
        run("approve", "acme", *WHO)


def test_partner_suspend_and_resume_close_and_open_it(waiting):
    run("approve", "acme", *WHO)
    run("suspend", "acme", *WHO)
    assert not Partner.objects.get(slug="acme").is_active
    run("resume", "acme", *WHO)
    assert Partner.objects.get(slug="acme").is_active
    assert list(AuditEntry.objects.values_list("action", flat=True)) == [
        "partner_approved", "partner_suspended", "partner_resumed",
    ]  # fmt: skip


def test_partner_list_shows_those_that_wait_first(waiting):
    make_partner("aaa")
    lines = [line for line in run("list").splitlines() if "demo" not in line]
    assert lines == ["acme  waiting for approval  Acme Voters", "aaa  approved  Aaa Voters"]


def test_partner_show_names_its_people(waiting):
    assert "Member  ann@acme.example  owner" in run("show", "acme")


def test_partner_create_and_invite_print_a_link_that_works(client, mailoutbox):
    run("create", "library", "--name", "The Library", *WHO)
    out = run("invite", "library", "ann@example.org")
    link = out.splitlines()[-1]
    assert link.startswith("http://localhost:8000/partners/invitation/")
    assert client.get(link.removeprefix("http://localhost:8000")).status_code == 200
    send_due(timezone.now())
    assert link in mailoutbox[0].body


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "nobody"), "There is no partner 'nobody'"),
        (("show", "site"), "There is no partner 'site'"),
        (("approve", "site", *WHO), "There is no partner 'site'"),
        (("invite", "acme", "ann"), "not an e-mail address"),
        (("invite", "acme", "ann@acme.example"), "member already"),
        (("create", "Acme!", "--name", "Acme", *WHO), "short name"),
        (("create", "acme", "--name", "Acme", *WHO), "taken"),
    ],
)
def test_partner_command_says_what_is_wrong(waiting, arguments, says):
    with pytest.raises(CommandError, match=says):
        run(*arguments)


def test_partner_revoke_ends_a_key_also_of_a_partner_that_is_suspended(waiting):
    run("approve", "acme", *WHO)
    text = run("key", "acme", *WHO).splitlines()[1]
    identifier = text.split("_")[2]
    assert f"Key     {identifier}  test  works  From the command line" in run("show", "acme")
    run("suspend", "acme", *WHO)
    assert run("revoke", "acme", identifier, *WHO) == f"The key {identifier} does not work any more.\n"
    run("resume", "acme", *WHO)
    assert keys.find(text, timezone.now()) is None
    assert f"Key     {identifier}  test  ended  From the command line" in run("show", "acme")
    with pytest.raises(CommandError, match="was revoked already"):
        run("revoke", "acme", identifier, *WHO)
    with pytest.raises(CommandError, match="has no key 'nothing'"):
        run("revoke", "acme", "nothing", *WHO)


def test_partner_key_prints_a_key_that_works(waiting):
    from registration.domain.keys import find

    run("approve", "acme", *WHO)
    text = run("key", "acme", *WHO).splitlines()[-1]
    assert find(text, timezone.now()).partner == waiting.partner
