"""A switch holds for its state, language and time, is refused where it could not expire, and is written down."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from registration.domain.audit import Order, Refused
from registration.domain.switches import Wanted, active_switches, coming_and_active, end_switch, switch_off
from registration.models import AuditEntry, Switch

pytestmark = pytest.mark.django_db
NOW = datetime(2028, 10, 10, 22, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ORDER = Order("Ana Ruiz", "The state's site does not answer.", NOW)
UNSEEN = "holds a character that cannot be seen, such as a line break"
GEORGIA = Wanted("online", NOW, NOW + 2 * HOUR, "GA")


def active(code: str = "GA", language: str = "en", at: datetime = NOW) -> list[str]:
    return [switch.channel for switch in active_switches(code, language, at)]


@pytest.mark.parametrize(
    ("at", "channels"),
    [
        (NOW - timedelta(seconds=1), []),
        (NOW, ["online"]),
        (NOW + 2 * HOUR - timedelta(seconds=1), ["online"]),
        (NOW + 2 * HOUR, []),
    ],
)
def test_switch_holds_from_its_start_to_its_end(at, channels):
    switch_off(GEORGIA, ORDER)
    assert active(at=at) == channels


def test_switch_holds_in_its_state_and_language_alone():
    switch_off(replace(GEORGIA, language="es"), ORDER)
    assert [active("GA", "es"), active("GA", "en"), active("AL", "es")] == [["online"], [], []]


def test_switch_of_everywhere_holds_in_each_state():
    switch_off(replace(GEORGIA, jurisdiction="", channel="mail"), ORDER)
    assert [active("GA"), active("AL", "es")] == [["mail"], ["mail"]]


def test_of_two_switches_of_a_way_the_one_that_ends_last_is_told():
    switch_off(replace(GEORGIA, ends_at=NOW + 5 * HOUR), replace(ORDER, reason="Longer."))
    switch_off(GEORGIA, ORDER)
    assert [switch.reason for switch in active_switches("GA", "en", NOW)] == ["Longer."]


def test_ended_switch_holds_no_more_and_cannot_be_ended_twice():
    switch = switch_off(GEORGIA, ORDER)
    later = replace(ORDER, at=NOW + HOUR, reason="It answers again.")
    end_switch(switch.pk, later)
    assert (active(at=NOW + HOUR), coming_and_active(NOW + HOUR)) == ([], [])
    with pytest.raises(Refused, match=rf"^Switch {switch.pk} is over already\.$"):
        end_switch(switch.pk, later)


def test_switch_whose_time_is_over_cannot_be_ended():
    switch = switch_off(GEORGIA, ORDER)
    with pytest.raises(Refused, match=r"is over already\.$"):
        end_switch(switch.pk, replace(ORDER, at=NOW + 2 * HOUR))


def test_coming_and_active_lists_what_is_not_over():
    switch_off(replace(GEORGIA, starts_at=NOW + HOUR), ORDER)
    switch_off(replace(GEORGIA, channel="mail"), ORDER)
    assert [each.channel for each in coming_and_active(NOW)] == ["mail", "online"]
    assert coming_and_active(NOW + 2 * HOUR) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"jurisdiction": "ZZ"}, "There is no jurisdiction 'ZZ'."),
        ({"channel": "fax"}, "There is no way 'fax'; there are online, mail, in_person"),
        ({"language": "fr"}, "There is no language 'fr'; there are en, es."),
        ({"starts_at": NOW - HOUR}, "The start is past. Leave it out to begin now."),
        ({"ends_at": NOW}, "The end does not come after the start."),
        ({"ends_at": NOW + timedelta(days=90, seconds=1)}, "The end is more than 90 days ahead."),
        ({"reason_es": "Sin punto"}, "The reason must end like a sentence, with a full stop."),
        (
            {"reason_es": "Uno.\nDos."},
            "The reason holds a character that cannot be seen, such as a line break: U+000A.",
        ),
    ],
)
def test_switch_that_cannot_be_is_refused_and_nothing_is_written(changed, said):
    with pytest.raises(Refused) as refused:
        switch_off(replace(GEORGIA, **changed), ORDER)
    assert str(refused.value).startswith(said)
    assert (Switch.objects.count(), AuditEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"by": " "}, "Say who does this, in at most 100 letters."),
        ({"reason": ""}, "Give the reason as one plain sentence of at most 300 letters."),
        ({"reason": "x" * 300 + "."}, "Give the reason as one plain sentence of at most 300 letters."),
        ({"reason": "No full stop"}, "The reason must end like a sentence, with a full stop."),
        ({"by": "Ana\tRuiz"}, f"The name {UNSEEN}: U+0009."),
        ({"by": "Ana\u202eRuiz"}, f"The name {UNSEEN}: U+202E."),
        ({"reason": "One.\rTwo."}, f"The reason {UNSEEN}: U+000D."),
        ({"reason": "One.\u2028Two."}, f"The reason {UNSEEN}: U+2028."),
        ({"reason": "One.\u2029Two."}, f"The reason {UNSEEN}: U+2029."),
        ({"reason": "\u200b."}, f"The reason {UNSEEN}: U+200B."),
        ({"reason": "\x00."}, f"The reason {UNSEEN}: U+0000."),
        ({"reason": "It is down.\n"}, f"The reason {UNSEEN}: U+000A."),
    ],
)
def test_order_that_does_not_say_who_or_why_is_refused(changed, said):
    for act in (lambda order: switch_off(GEORGIA, order), lambda order: end_switch(1, order)):
        with pytest.raises(Refused) as refused:
            act(replace(ORDER, **changed))
        assert str(refused.value) == said


def test_order_in_any_script_is_taken():
    order = Order("José Núñez-O’Neill 阮", "¿El sitio no responde? 网站无法访问。 It’s down – “wait”.", NOW)
    assert switch_off(replace(GEORGIA, reason_es="No responde aún."), order).made_by == order.by


def test_longest_switch_is_taken():
    assert switch_off(replace(GEORGIA, ends_at=NOW + timedelta(days=90)), ORDER).pk


def test_switch_and_its_end_are_written_down():
    switch = switch_off(GEORGIA, ORDER)
    end_switch(switch.pk, Order("Ben", "It answers again.", NOW + HOUR))
    fields = ("who", "action", "subject_kind", "subject_id", "reason", "at")
    assert list(AuditEntry.objects.order_by("pk").values_list(*fields)) == [
        ("Ana Ruiz", "switched_off", "switch", switch.pk, "The state's site does not answer.", NOW),
        ("Ben", "switch_ended", "switch", switch.pk, "It answers again.", NOW + HOUR),
    ]
    assert AuditEntry.objects.first().details == {
        "jurisdiction": "GA",
        "channel": "online",
        "language": "",
        "starts_at": NOW.isoformat(),
        "ends_at": (NOW + 2 * HOUR).isoformat(),
    }


def test_switches_of_a_page_take_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        active_switches("GA", "en", NOW)
