"""The design's rules about the code itself: who imports whom, one door a package, sizes, names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("state_rules", "registration", "api", "config")
# Inside registration each layer may import itself and the layers above it; a set holds siblings that may not meet.
LAYERS = (
    {"applicant"},
    {"models", "phrases", "pdf"},
    {"delivery"},
    {"domain"},
    {"tasks", "forms"},
    {"views", "admin", "management", "checks", "urls", "apps", "migrations"},
)
TOP_LEVEL = {
    "state_rules": {"state_rules"},
    "registration": {"state_rules", "registration"},
    "api": {"state_rules", "registration", "api"},
    "config": {"state_rules", "registration", "api", "config"},
}
DOORS = {
    "reportlab": ("registration/pdf/",),
    "uharfbuzz": ("registration/pdf/",),
    "bidi": ("registration/pdf/",),
    "usaddress": ("registration/domain/addresses.py",),
    "phonenumbers": ("registration/domain/phones.py",),
    "celery": ("registration/tasks.py", "config/celery.py", "config/celery_database.py", "config/telling.py"),
    "kombu": ("config/telling.py",),
    "rest_framework": ("api/",),
    "redis": ("registration/domain/rates.py", "config/telling.py"),
    "cryptography": (
        "registration/domain/sealing.py",
        "registration/domain/field_encryption.py",
        "registration/domain/audit_heads.py",
        "registration/domain/sealed_files.py",
    ),
    "drf_spectacular": ("api/",),
    "prometheus_client": ("config/metrics.py",),
    "allauth": ("registration/views/partners/",),
    "PIL": ("registration/domain/logos.py",),
    "xlsxwriter": ("registration/domain/exports.py",),
    "environ": ("config/settings.py",),
    "polib": ("registration/management/commands/prepare.py", "registration/management/commands/makemessages.py"),
}
STANDARD_LIBRARY_ONLY = ("state_rules",)
LONGEST_FILE, LONGEST_FUNCTION, MOST_ARGUMENTS = 400, 60, 5
FORBIDDEN_MODULES = {"utils", "helpers", "common", "misc"}


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Absolute names of what a file imports, relative imports resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def layer(part: str) -> int:
    return next(index for index, names in enumerate(LAYERS) if part in names)


@pytest.mark.parametrize("package", PRODUCT)
def test_packages_import_only_what_stands_before_them(package):
    wrong = [
        f"{relative(path)}: {name}"
        for path in python_files(package)
        for name in imports(path)
        if name.split(".")[0] in PRODUCT and name.split(".")[0] not in TOP_LEVEL[package]
    ]
    assert wrong == []


def test_state_rules_use_the_standard_library_only():
    import sys

    allowed = sys.stdlib_module_names | {"state_rules"}
    wrong = [
        f"{relative(path)}: {name}"
        for path in python_files(*STANDARD_LIBRARY_ONLY)
        for name in imports(path)
        if name.split(".")[0] not in allowed
    ]
    assert wrong == []


def test_layers_of_registration_import_upward_only():
    wrong = []
    for path in python_files("registration"):
        parts = path.relative_to(ROOT / "registration").with_suffix("").parts
        if parts[0] == "__init__":
            continue
        own = layer(parts[0])
        for name in imports(path):
            pieces = name.split(".")
            if pieces[0] != "registration" or len(pieces) < 2 or pieces[1] == parts[0]:
                continue
            other = layer(pieces[1])
            sibling = other == own and len(LAYERS[own] & {parts[0], pieces[1]}) == 2 and own == 1
            if other > own or sibling:
                wrong.append(f"{relative(path)}: {name}")
    assert wrong == []


@pytest.mark.parametrize("package", sorted(DOORS))
def test_each_package_has_one_door(package):
    files = python_files(*PRODUCT)
    users = {relative(path) for path in files for name in imports(path) if name.split(".")[0] == package}
    assert [path for path in sorted(users) if not path.startswith(DOORS[package])] == []


def test_no_module_is_named_for_nothing():
    files = python_files(*PRODUCT, "tests", "bench", "drills")
    wrong = [relative(path) for path in files if path.stem in FORBIDDEN_MODULES]
    assert wrong == []


def test_files_and_functions_keep_their_size():
    wrong = []
    for path in python_files(*PRODUCT, "tests", "bench", "drills"):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if len(text.splitlines()) > LONGEST_FILE:
            wrong.append(f"{relative(path)} has {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    wrong.append(f"{relative(path)}:{node.name} has {length} lines")
    assert wrong == []


def test_templates_scripts_and_styles_keep_their_size():
    places = (("templates", "*.html"), ("registration/static", "*.js"), ("frontend", "*.js"), ("frontend", "*.scss"))
    sources = [path for place, name in places for path in (ROOT / place).rglob(name)]
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources}
    found = [name for name, length in lengths.items() if length > LONGEST_FILE]
    assert [name for name in found if "node_modules" not in name] == []


def test_functions_take_few_arguments():
    wrong = []
    for path in python_files(*PRODUCT):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                arguments = node.args
                names = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
                count = sum(argument.arg not in ("self", "cls") for argument in names)
                if count > MOST_ARGUMENTS:
                    wrong.append(f"{relative(path)}:{node.name} takes {count}")
    assert wrong == []


def test_the_clock_is_an_argument_of_the_law_and_the_domain():
    calls = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|timezone\.now|localdate)\(")
    allowed = {"state_rules/__main__.py"}
    wrong = [
        relative(path)
        for path in python_files("state_rules", "registration/domain", "registration/phrases", "registration/pdf")
        if relative(path) not in allowed and calls.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_no_jurisdiction_is_named_in_control_flow():
    """A comparison or membership test against a jurisdiction's code is law hidden in code."""
    codes = {path.stem.upper() for path in (ROOT / "state_rules/data").glob("??.toml")} - {"US"}
    wrong = []
    for path in python_files(*PRODUCT):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare | ast.MatchValue):
                constants = [leaf.value for leaf in ast.walk(node) if isinstance(leaf, ast.Constant)]
                named = codes & {value.upper() for value in constants if isinstance(value, str)}
                wrong += [f"{relative(path)}:{node.lineno} {name}" for name in sorted(named)]
    assert wrong == []


def test_templates_do_not_stand_under_djangos_own_name():
    assert not (ROOT / "templates/registration").exists()


def test_nothing_unfinished_is_left():
    words = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    wrong = [relative(path) for path in python_files(*PRODUCT) if words.search(path.read_text(encoding="utf-8"))]
    assert wrong == []


def test_committed_text_names_no_package_registry():
    hosts = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|npmjs\.org|deb\.debian", re.IGNORECASE)
    endings = {".py", ".md", ".toml", ".lock", ".json", ".mjs", ".js", ".sh", ".html", ".scss", ".po", ""}
    skipped = {".venv", ".git", "node_modules", "staticfiles", "var"}
    places = [path for path in ROOT.rglob("*") if path.is_file() and path.suffix in endings]
    ours = [path for path in places if not skipped & set(path.relative_to(ROOT).parts) and path != Path(__file__)]
    wrong = [relative(path) for path in ours if hosts.search(path.read_text(encoding="utf-8", errors="ignore"))]
    assert wrong == []
