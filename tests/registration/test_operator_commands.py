"""The operator's commands: what they do, what they print, and what they say of a mistake."""

from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from registration.checks import corrections_fit
from registration.models import AuditEntry, Correction, Outbox, Switch
from tests.registration.fragments import OFFICE, stored

pytestmark = pytest.mark.django_db
WHO = ("--by", "Ana", "--reason", "The state's site does not answer.")
UNTIL = ("--until", "2028-06-01 23:59")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2028-06-01 15:30:00+00:00", tick=False):
        yield


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def fragment(tmp_path: Path) -> str:
    path = tmp_path / "office.toml"
    path.write_text(OFFICE, encoding="utf-8")
    return str(path)


def test_switch_off_reads_the_time_in_the_states_main_zone():
    out = run("switch", "off", "ga", "online", *UNTIL, *WHO)
    switch = Switch.objects.get()
    assert out == (
        f"Switch {switch.pk}: online in GA, all languages, "
        "off from Thu 2028-06-01 11:30 EDT to Thu 2028-06-01 23:59 EDT. Pages show it within a minute.\n"
    )
    assert (switch.jurisdiction, switch.ends_at.isoformat()) == ("GA", "2028-06-02T03:59:00+00:00")


def test_switch_of_all_reads_the_zone_of_the_time():
    run("switch", "off", "all", "mail", "--until", "2028-06-01 12:00-05:00", "--language", "es", *WHO)
    switch = Switch.objects.get()
    assert (switch.jurisdiction, switch.language) == ("", "es")
    assert switch.ends_at.isoformat() == "2028-06-01T17:00:00+00:00"


def test_switch_list_and_end():
    assert run("switch", "list") == "Nothing is switched off.\n"
    run("switch", "off", "GA", "online", "--from", "2028-06-01 20:00", *UNTIL, *WHO)
    number = str(Switch.objects.get().pk)
    assert run("switch", "list") == (
        f"Switch {number}: online in GA, all languages, off from Thu 2028-06-01 20:00 EDT to Thu 2028-06-01 23:59 EDT, "
        "by Ana: The state's site does not answer.\n"
    )
    assert run("switch", "end", number, *WHO) == f"Switch {number} is over. Pages show it within a minute.\n"
    assert run("switch", "list") == "Nothing is switched off.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("off", "zz", "online", *UNTIL, *WHO), "There is no jurisdiction 'ZZ'. Write two letters such as GA, or all."),
        (("off", "GA", "fax", *UNTIL, *WHO), "argument channel: invalid choice: 'fax'"),
        (("off", "GA", "online", *WHO), "the following arguments are required: --until"),
        (("off", "GA", "online", *UNTIL, "--by", "Ana"), "the following arguments are required: --reason"),
        (("off", "GA", "online", "--until", "tonight", *WHO), "'tonight' is not a day and time, such as"),
        (("off", "GA", "online", "--until", "2028-06-01", *WHO), "'2028-06-01' has no time of day. Write it, too: \""),
        (("off", "all", "online", *UNTIL, *WHO), "For all jurisdictions say the zone, too: "),
        (("off", "GA", "online", *UNTIL, "--language", "fr", *WHO), "There is no language 'fr'; there are en, es."),
        (("end", "7", *WHO), "There is no switch 7."),
    ],
)
def test_switch_says_what_is_wrong(arguments, said):
    with pytest.raises(CommandError) as refused:
        run("switch", *arguments)
    assert said in str(refused.value)
    assert (Switch.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_correction_check_prints_what_would_change_and_changes_nothing(fragment):
    out = run("correction", "add", "ga", "office", fragment, "--until", "2028-06-30", "--check")
    assert "office.name\n  before: 'Georgia Secretary of State'\n  after:  'New office'\n" in out
    assert out.endswith("Only checked: nothing was changed.\n")
    assert (Correction.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_correction_add_list_and_end(fragment):
    assert run("correction", "list") == "There are no corrections.\n"
    out = run("correction", "add", "GA", "office", fragment, "--until", "2028-06-30", *WHO)
    correction = Correction.objects.get()
    line = f"Correction {correction.pk}: GA office, 2028-06-01 to 2028-06-30"
    assert out.endswith(f"{line}. Pages show it within a minute.\n")
    assert run("correction", "list") == f"{line}, by Ana: The state's site does not answer.\n"
    ended = run("correction", "end", str(correction.pk), *WHO)
    assert ended == f"Correction {correction.pk} is over. Pages show it within a minute.\n"
    assert run("correction", "list") == "There are no corrections.\n"


def test_correction_that_changes_nothing_says_so(fragment):
    run("correction", "add", "GA", "office", fragment, "--until", "2028-06-30", *WHO)
    out = run("correction", "add", "GA", "office", fragment, "--until", "2028-06-30", "--check")
    assert out == "No answer changes on 2028-06-01.\nOnly checked: nothing was changed.\n"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({1: "ZZ"}, "There is no jurisdiction 'ZZ'. Write two letters such as GA."),
        ({2: "offices"}, "correction of GA offices: there is no such rule; there are registration_required,"),
        ({3: "no/such.toml"}, "no/such.toml: cannot be read (No such file or directory)."),
        ({5: "soon"}, "'soon' is not a day, such as 2026-12-31."),
        ({5: "2028-05-31"}, "The last day comes before the first."),
        ({7: " "}, "Say who does this, in at most 100 letters."),
        ({9: ""}, "Give the reason as one plain sentence of at most 300 letters."),
    ],
)
def test_correction_says_what_is_wrong(fragment, changed, said):
    arguments = ["add", "GA", "office", fragment, "--until", "2028-06-30", *WHO]
    for place, text in changed.items():
        arguments[place] = text
    with pytest.raises(CommandError) as refused:
        run("correction", *arguments)
    assert said in str(refused.value)
    assert (Correction.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_correction_that_no_longer_fits_is_listed_so_and_warned_of():
    number = stored(fragment=OFFICE.replace("telephone", "fax")).pk
    problem = "correction of GA office: office.fax: unknown key"
    assert run("correction", "list").endswith(f"\n  NOT IN FORCE, it no longer fits the file: {problem}\n")
    found = corrections_fit(databases=["default"])
    assert [(each.id, each.msg) for each in found] == [
        ("enfranchise.W001", f"Correction {number} is not in force: {problem}")
    ]
    assert corrections_fit() == []


def test_correction_that_fits_is_not_warned_of():
    stored()
    assert corrections_fit(databases=["default"]) == []


def test_audit_prints_who_did_what_and_why():
    run("switch", "off", "GA", "online", *UNTIL, *WHO)
    number = Switch.objects.get().pk
    assert run("audit") == (
        f"2028-06-01 15:30 UTC  Ana: switched_off switch {number} (channel online, ends_at 2028-06-01T23:59:00-04:00, "
        "jurisdiction GA, starts_at 2028-06-01T15:30:00+00:00)\n"
        "  The state's site does not answer.\n"
    )


def test_outbox_list_says_what_is_true_where_there_is_nothing():
    assert run("outbox", "list") == "No row is set aside.\n"
    assert run("outbox", "list", "--waiting") == "No row is set aside, due or put off.\n"
    Outbox.objects.create(kind="webhook", ref_id=uuid4(), created_at=timezone.now(), available_at=timezone.now())
    assert run("outbox", "list") == "No row is set aside.\n"
    assert " waiting " in run("outbox", "list", "--waiting")
