"""The document is valid, complete and true, and so is its page."""

import json
import re
import subprocess
import uuid
from pathlib import Path

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from api.base import ApiView
from api.openapi import document
from api.reference import reference
from api.urls import described
from tests.api.conftest import Caller
from tests.api.test_applications import body

pytestmark = pytest.mark.django_db
ROOT = "urn:document"
PLACE = Path(__file__).resolve().parent.parent.parent


def served(public: Caller) -> dict:
    return json.loads(public.get("openapi.json").content)


def check_answer(said: dict, operation: dict, response) -> None:
    """Raises where the answer is not one that the document promises."""
    promised = operation["responses"][str(response.status_code)]
    kind = response.headers["Content-Type"]
    schema = promised["content"][kind]["schema"]
    registry = Registry().with_resource(ROOT, Resource.from_contents(said, default_specification=DRAFT202012))
    absolute = json.loads(json.dumps(schema).replace('"#/', f'"{ROOT}#/'))
    Draft202012Validator(absolute, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        json.loads(response.content)
    )
    missing = [name for name in promised["headers"] if name not in response.headers]
    assert missing == []


def test_document_is_openapi_3_1_and_names_its_server(public):
    said = served(public)
    validate(said)
    assert said["openapi"] == "3.1.0"
    assert said["servers"] == [{"url": "http://testserver/api/v1"}]
    assert said["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


def test_every_address_is_described_with_summary_errors_and_security():
    said = document()
    assert len(said["paths"]) == len(described)
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation.get("summary"), where
            assert operation["security"], where
            assert {"400", "401", "403", "429", "500", "503"} <= set(operation["responses"]), where
            if "requestBody" in operation:
                assert operation["requestBody"]["content"]["application/json"].get("examples"), where


def test_every_described_view_is_one_of_ours():
    assert [each for each in described if not issubclass(each.callback.view_class, ApiView)] == []


def test_every_address_is_in_the_guides():
    guides = "".join(path.read_text(encoding="utf-8") for path in (PLACE / "docs").glob("*.md"))
    assert [path for path in document()["paths"] if path[1:] not in guides] == []


def examples_of(operation: dict) -> list[dict]:
    content = operation.get("requestBody", {}).get("content", {})
    return list(content.get("application/json", {}).get("examples", {}).values())


def on_this_machine(value: dict) -> dict:
    """The host of an example is nobody's; a webhook must go to one that is found."""
    return json.loads(json.dumps(value).replace("https://www.example.org", "http://127.0.0.1:9"))


def test_examples_of_the_document_work_and_answer_as_it_promises(public, live, settings):
    settings.WEBHOOK_ALLOW_LOOPBACK = True
    said = served(public)
    tried = 0
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            for example in examples_of(operation) if "{" not in path else ():
                caller = live if operation.get("x-scope") else public
                response = caller(method.upper(), path[1:], on_this_machine(example["value"]))
                assert response.status_code in (200, 201), (path, response.content)
                check_answer(said, operation, response)
                tried += 1
    assert tried >= 4


def test_problems_are_as_the_document_promises(public, live):
    said = served(public)
    operation = said["paths"]["/applications/"]["post"]
    answers = [
        live.post("applications/", {}),
        live.post("applications/", body(answers={"last_name": ""})),
        public.post("applications/", body()),
        live.post("applications/", body(), origin="https://elsewhere.example"),
        live.post("applications/", {"a": "x" * 70_000}),
        live("POST", "applications/", b"x", content_type="text/plain"),
        live.post("applications/", body(), accept="image/png"),
    ]
    assert [each.status_code for each in answers] == [400, 400, 401, 403, 413, 415, 406]
    for response in answers:
        check_answer(said, operation, response)
    status = said["paths"]["/applications/{id}/"]["get"]
    check_answer(said, status, live.get(f"applications/{uuid.uuid4()}/"))
    made = json.loads(live.post("applications/", body()).content)
    check_answer(said, status, live.get(f"applications/{made['id']}/"))
    check_answer(said, operation, live.post("applications/", body(dry_run=True)))


def test_command_of_an_example_sends_it_indented_with_a_reference_of_its_own():
    found = [
        (command, json.loads(shown))
        for _group, operations in reference(document(), "http://testserver").groups
        for operation in operations
        for _name, shown, command in operation.examples
    ]
    assert found
    for command, shown in found:
        ran = subprocess.run(
            ["bash", "-c", f'curl() {{ printf %s "${{@: -1}}"; }}\n{command}'],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        sent = json.loads(ran.stdout)
        items = list(zip(shown.get("items", [shown]), sent.get("items", [sent]), strict=True))
        for one, other in items:
            if "reference" in one:
                assert uuid.UUID(other["reference"]).version == 4
                assert one.pop("reference") != other.pop("reference")
        assert sent == shown
        assert '\n  "' in command


def test_page_shows_sentences_without_blanks_for_values():
    html = Client().get("/api/v1/docs/").content.decode()
    assert re.findall(r"%\(\w+\)s", html) == []
    assert 'href="/partners/"' in html


def test_document_is_cached_by_its_tag(public):
    first = public.get("openapi.json")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = public.get("openapi.json", if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_page_shows_every_operation_and_loads_nothing_from_elsewhere():
    html = Client().get("/api/v1/docs/").content.decode()
    for methods in document()["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in html
    links = re.findall(r'(?:src|href)="([^"#]+)', html)
    assert [each for each in links if not each.startswith("/")] == []
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets - set(re.findall(r'id="([^"]+)"', html)) == set()
    assert "<script" not in html
    assert "style=" not in html
