import json
import logging
import sys

from config.logs import JsonFormatter


def record(**extra) -> logging.LogRecord:
    made = logging.LogRecord("registration", logging.ERROR, __file__, 1, "form refused for %s", ("Zz-canary",), None)
    made.__dict__.update(extra)
    return made


def test_log_line_holds_the_template_and_not_its_arguments():
    line = json.loads(JsonFormatter().format(record()))
    assert {key: line[key] for key in ("level", "logger", "event")} == {
        "level": "ERROR",
        "logger": "registration",
        "event": "form refused for %s",
    }


def test_log_line_keeps_only_keys_of_the_allow_list():
    line = json.loads(JsonFormatter().format(record(jurisdiction="JF", ssn4="1234", request="secret")))
    assert set(line) == {"at", "level", "logger", "event", "jurisdiction"}


def test_log_line_of_an_exception_names_type_and_place_only():
    try:
        int("Zz-canary")
    except ValueError:
        text = JsonFormatter().format(record(exc_info=sys.exc_info()))
    line = json.loads(text)
    assert "Zz-canary" not in text
    assert line["exception"] == "ValueError"
    assert line["where"][0].endswith("test_log_line_of_an_exception_names_type_and_place_only")
