"""What callers write into the audit's ``details``: names from an allow-list, and nothing of a person."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from registration.domain.audit import DETAILS, Order, record
from registration.models import AuditEntry, Partner

ROOT = Path(__file__).resolve().parents[3]
AUDIT = "registration.domain.audit"
#: What a person tells about themselves, or what leads to one.
OF_PERSONS = {
    "name",
    "first",
    "last",
    "email",
    "phone",
    "address",
    "street",
    "zip_code",
    "birth_date",
    "id_number",
    "token",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Unclear(Exception):
    """The names cannot be seen in the code."""


class Module:
    """Which names of ``details`` a module's calls of ``record`` write."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, Function)}
        self.names = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module == AUDIT:
                self.names |= {alias.asname or alias.name for alias in node.names if alias.name == "record"}
            if isinstance(node, ast.ImportFrom) and node.module == AUDIT.rpartition(".")[0]:
                self.names |= {f"{alias.asname or alias.name}.record" for alias in node.names if alias.name == "audit"}

    def calls(self, name: str) -> Iterator[tuple[ast.Call, Function]]:
        """The calls of a function by name, with the function that calls."""
        for function in self.functions.values():
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                    yield node, function

    def written(self) -> Iterator[set[str]]:
        for name in self.names:
            for call, function in self.calls(name):
                given = call.args[3] if len(call.args) > 3 else _keyword(call, "details")
                yield self._keys(given, function)

    def _keys(self, given: ast.expr, function: Function) -> set[str]:
        if isinstance(given, ast.Dict):
            found: set[str] = set()
            for key, value in zip(given.keys, given.values, strict=True):
                if key is None:
                    found |= self._keys(value, function)
                elif isinstance(key, ast.Constant):
                    found.add(key.value)
                else:
                    raise Unclear(ast.unparse(given))
            return found
        if isinstance(given, ast.Call) and ast.unparse(given.func) == "dict" and len(given.args) == 1:
            return self._keys(given.args[0], function)
        if isinstance(given, ast.Call) and ast.unparse(given.func) in self.functions:
            maker = self.functions[ast.unparse(given.func)]
            returned = [node.value for node in ast.walk(maker) if isinstance(node, ast.Return) and node.value]
            return self._all(returned, [maker] * len(returned))
        if isinstance(given, ast.Name):
            return self._of_name(given.id, function)
        raise Unclear(ast.unparse(given))

    def _of_name(self, name: str, function: Function) -> set[str]:
        parameters = [each.arg for each in function.args.args]
        if name in parameters:
            calls = list(self.calls(function.name))
            place = parameters.index(name)
            given = [call.args[place] if len(call.args) > place else _keyword(call, name) for call, _caller in calls]
            return self._all(given, [caller for _call, caller in calls])
        assigned = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [name]
        ]
        return self._all(assigned, [function] * len(assigned))

    def _all(self, given: list[ast.expr], functions: list[Function]) -> set[str]:
        if not given:
            raise Unclear("nothing is given")
        return set().union(*(self._keys(each, function) for each, function in zip(given, functions, strict=True)))


def _keyword(call: ast.Call, name: str) -> ast.expr:
    return next(each.value for each in call.keywords if each.arg == name)


def callers() -> list[Path]:
    places = [ROOT / "registration", ROOT / "api", ROOT / "config"]
    files = [path for place in places for path in sorted(place.rglob("*.py"))]
    return [path for path in files if Module(path.read_text(encoding="utf-8")).names]


@pytest.mark.parametrize("path", callers(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_callers_write_names_from_the_allow_list_only(path):
    written = list(Module(path.read_text(encoding="utf-8")).written())
    assert written != []
    assert set().union(*written) - DETAILS == set()


def test_no_name_on_the_list_is_unused_or_of_a_person():
    written = [names for path in callers() for names in Module(path.read_text(encoding="utf-8")).written()]
    assert set().union(*written) == DETAILS
    assert DETAILS.isdisjoint(OF_PERSONS)


def test_entries_are_written_by_record_alone():
    makes = ("AuditEntry(", "AuditEntry.objects.create", "AuditEntry.objects.get_or_create")
    places = [path for name in ("registration", "api", "config") for path in sorted((ROOT / name).rglob("*.py"))]
    users = [path for path in places if any(make in path.read_text(encoding="utf-8") for make in makes)]
    assert [path.relative_to(ROOT).as_posix() for path in users] == [
        "registration/domain/audit.py",
        "registration/models/audit_entry.py",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "def go(order, it, name):\n    record(order, 1, it, {name: 1})",
        "def go(order, it):\n    record(order, 1, it, it.details())",
        "def go(order, it):\n    record(order, 1, it, details)",
    ],
)
def test_names_that_cannot_be_seen_in_the_code_are_refused(source):
    with pytest.raises(Unclear):
        list(Module(f"from {AUDIT} import record\n{source}").written())


@pytest.mark.django_db
def test_name_that_is_not_on_the_list_is_not_written():
    partner = Partner.objects.create(slug="acme", name="Acme")
    order = Order("Ana", "Why.", datetime(2028, 10, 10, tzinfo=UTC))
    with pytest.raises(ValueError, match="not for the audit: \\['email'\\]"):
        record(order, AuditEntry.Action.EXPORTED, partner, {"rows": 1, "email": "x@vote.example"}, partner)
    assert not AuditEntry.objects.exists()
