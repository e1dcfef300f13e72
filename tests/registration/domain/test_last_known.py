"""What was last read holds while the database is away, the log says so, and no other fault is hidden."""

import json
import logging

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError

from config.logs import JsonFormatter
from registration.domain.last_known import MOST_FRESH, PAUSE, LastKnown, Outage, reading_once


def failing(kind):
    def query():
        raise kind("password=Zz-canary")

    return query


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Seconds()


@pytest.fixture
def known(clock):
    found = LastKnown("switches", Outage(clock))
    found.read("GA", lambda: ("row",))
    return found


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_rows_last_read_are_given_for_their_key_alone_when_the_database_is_away(known, kind):
    assert (known.read("GA", failing(kind)), known.read("AL", failing(kind))) == (("row",), ())


def test_rows_that_are_gone_are_forgotten(known):
    known.read("GA", lambda: ())
    assert known.read("GA", failing(OperationalError)) == ()


def test_nothing_is_known_until_the_database_has_answered_once(clock):
    found = LastKnown("switches", Outage(clock))
    unread = [found.is_unread]
    for query in (failing(OperationalError), lambda: (), failing(OperationalError)):
        found.read("", query)
        unread.append(found.is_unread)
        clock.now += PAUSE
    assert unread == [True, True, False, False]


def test_query_that_is_wrong_is_raised(known):
    with pytest.raises(ProgrammingError):
        known.read("GA", failing(ProgrammingError))


def test_log_line_names_what_is_as_last_known_and_the_fault_and_nothing_of_its_text(known, caplog):
    with caplog.at_level(logging.ERROR, logger="registration.domain.last_known"):
        known.read("GA", failing(InterfaceError))
    text = JsonFormatter().format(caplog.records[0])
    line = json.loads(text)
    assert (line["event"], line["exception"], line["level"], "canary" in text) == (
        "the database does not answer: switches as last known",
        "InterfaceError",
        "ERROR",
        False,
    )


def test_database_that_did_not_answer_is_left_alone_for_a_while_by_all_that_read_from_it(clock):
    outage = Outage(clock)
    switches, corrections = LastKnown("switches", outage), LastKnown("corrections", outage)
    switches.read("", lambda: ("before",))
    switches.read("", failing(OperationalError))
    clock.now = PAUSE - 0.001
    assert (switches.read("", lambda: ("new",)), corrections.read("", lambda: ("new",))) == (("before",), ())
    clock.now = PAUSE
    assert (switches.read("", lambda: ("new",)), corrections.read("", lambda: ("new",))) == (("new",), ("new",))


def test_after_the_pause_one_asks_and_the_others_do_not_wait_with_it(known, clock):
    known.read("GA", failing(OperationalError))
    clock.now = PAUSE
    asked = []

    def slow():
        asked.append(known.read("GA", failing(AssertionError)))
        return ("new",)

    assert (known.read("GA", slow), asked) == (("new",), [("row",)])


def test_each_failure_begins_a_pause(known, clock):
    known.read("GA", failing(OperationalError))
    clock.now = PAUSE
    known.read("GA", failing(OperationalError))
    clock.now = 2 * PAUSE - 0.001
    assert known.read("GA", failing(AssertionError)) == ("row",)


def test_reading_once_asks_the_database_once_for_each_thing():
    known: LastKnown[str, int] = LastKnown("things")
    asked: list[str] = []

    def ask(key: str) -> tuple[int, ...]:
        return known.read(key, lambda: (asked.append(key) or len(asked),))

    with reading_once():
        assert [ask("a"), ask("a"), ask("b")] == [(1,), (1,), (2,)]
    assert ask("a") == (3,)


def test_what_was_just_read_is_taken_as_it_is_also_that_there_is_nothing(clock, settings):
    settings.READ_AGAIN_AFTER = 3600
    found = LastKnown("switches", Outage(clock))
    asked: list[str] = []

    def query(*rows):
        asked.append("")
        return rows

    assert [found.read("GA", lambda: query("row")), found.read("GA", lambda: query("other"))] == [("row",), ("row",)]
    assert [found.read("AL", query), found.read("AL", lambda: query("row"))] == [(), ()]
    assert len(asked) == 2
    settings.READ_AGAIN_AFTER = 0
    assert found.read("GA", lambda: query("other")) == ("other",)


def test_keys_that_were_just_read_do_not_fill_the_memory(clock, settings):
    settings.READ_AGAIN_AFTER = 3600
    found = LastKnown("partners", Outage(clock))
    for number in range(3 * MOST_FRESH):
        found.read(str(number), lambda: ())
    assert len(found._fresh) <= MOST_FRESH
