"""S-36: every line that our code logs is a constant sentence with keys of the allow-list, and nothing is printed."""

import ast
from collections.abc import Iterator

import pytest

from config.logs import ALLOWED_KEYS
from tests.test_architecture import PRODUCT, python_files, relative

LEVELS = {"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log"}

EXPLAINED = (
    # Programs for a terminal, whose output is their whole purpose.
    "state_rules/__main__.py:",
    "state_rules/commands/",
    # Its message names one of the kinds of rows that the code itself reads, and is put together once, at the start.
    "registration/domain/last_known.py:",
    # One of the fixed sentences of a table, by its code.
    "registration/domain/alerts.py:",
    "registration/views/challenge.py:",
    # Its keys are of the allow-list, and left out where there is nothing to say.
    "config/request_log.py:",
)


def faults(source: str) -> Iterator[str]:
    """What is wrong with the calls of a module, with the line's number."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and "getLogger" in ast.unparse(node.value):
            yield from (
                f"{node.lineno}: a logger of another name" for each in node.targets if ast.unparse(each) != "logger"
            )
        if isinstance(node, ast.Call):
            yield from (f"{node.lineno}: {each}" for each in _of_call(node))


def _of_call(call: ast.Call) -> Iterator[str]:
    if isinstance(call.func, ast.Name) and call.func.id in ("print", "pprint"):
        yield "printed"
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in LEVELS:
        return
    owner = ast.unparse(call.func.value)
    if owner == "logging" or "getLogger" in owner:
        yield "not through the module's logger"
    if owner != "logger":
        return
    if call.func.attr == "log":
        yield "a level that is worked out"
    message = call.args[0] if call.args else None
    if not isinstance(message, ast.Constant) or not isinstance(message.value, str) or "%" in message.value:
        yield "the message is no constant"
    if call.args[1:]:
        yield "the message has arguments"
    for keyword in call.keywords:
        if keyword.arg == "extra":
            yield from _of_extra(keyword.value)
        elif keyword.arg != "exc_info":
            yield f"passes {keyword.arg}"


def _of_extra(value: ast.expr) -> Iterator[str]:
    if not isinstance(value, ast.Dict):
        yield "extra is no plain dictionary"
        return
    for key in value.keys:
        if not isinstance(key, ast.Constant) or key.value not in ALLOWED_KEYS:
            yield f"the key {ast.unparse(key) if key else '**'} is not in the allow-list"


def test_s36_every_log_call_is_constant_with_allowed_keys():
    found = [f"{relative(path)}:{each}" for path in python_files(*PRODUCT) for each in faults(path.read_text("utf-8"))]
    assert [each for each in found if not each.startswith(EXPLAINED)] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('logger.info("done", extra={"count": 3})', []),
        ('logger.exception("failed", exc_info=error)', []),
        ('logger.info(f"done {name}")', ["1: the message is no constant"]),
        ('logger.info("done " + name)', ["1: the message is no constant"]),
        ('logger.info("done %s", name)', ["1: the message is no constant", "1: the message has arguments"]),
        ('logger.error("failed", extra={"email": to})', ["1: the key 'email' is not in the allow-list"]),
        ('logger.error("failed", extra={**facts})', ["1: the key ** is not in the allow-list"]),
        ('logger.error("failed", extra=facts)', ["1: extra is no plain dictionary"]),
        ("logger.log(level)", ["1: a level that is worked out", "1: the message is no constant"]),
        ('logging.warning("failed")', ["1: not through the module's logger"]),
        ('log = logging.getLogger("x")', ["1: a logger of another name"]),
        ("print(applicant)", ["1: printed"]),
    ],
)
def test_s36_walk_sees_what_must_not_be(line, said):
    assert list(faults(line)) == said
