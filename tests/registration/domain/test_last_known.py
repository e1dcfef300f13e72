"""What was last read holds while the database is away, the log says so, and no other fault is hidden."""

import json
import logging

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError

from config.logs import JsonFormatter
from registration.domain.last_known import LastKnown


def failing(kind):
    def query():
        raise kind("password=Zz-canary")

    return query


@pytest.fixture
def known():
    found = LastKnown("switches")
    found.read("GA", lambda: ("row",))
    return found


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_rows_last_read_are_given_for_their_key_alone_when_the_database_is_away(known, kind):
    assert (known.read("GA", failing(kind)), known.read("AL", failing(kind))) == (("row",), ())


def test_rows_that_are_gone_are_forgotten(known):
    known.read("GA", lambda: ())
    assert known.read("GA", failing(OperationalError)) == ()


def test_nothing_is_known_until_the_database_has_answered_once():
    found = LastKnown("switches")
    unread = [found.is_unread]
    for query in (failing(OperationalError), lambda: (), failing(OperationalError)):
        found.read("", query)
        unread.append(found.is_unread)
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
