"""R-18, S-39: whatever is sent within and outside the document's schemas, no answer is a 500 or breaks a promise.

FUZZ_EXAMPLES and FUZZ_SEED ask for more, and for others.
"""

import json
import os
import uuid
from datetime import date

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, seed
from hypothesis import settings as how
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from registration.forms.shapes import fields_of
from registration.forms.steps import steps_for
from state_rules import form_needs, load, target_election
from tests.api.conftest import Caller, key_of
from tests.api.test_applications import body

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
SEED = int(os.environ.get("FUZZ_SEED", "20261127"))
BOUNDED = how(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=False, suppress_health_check=list(HealthCheck)
)
LETTERS_OF_JSON = '{}[]":,\\ueE+-.0123456789ntfa\0é'
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance, unsupported_method,
]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_rates(settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "1000000/60")


@pytest.fixture
def one_connection():
    """As Django's own test client does it: the connection of the test's transaction outlives the requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def served(no_rates, one_connection, db):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["good", "bad"])
@pytest.mark.parametrize("scopes", ["key", "no key"])
def test_s39_no_input_gets_a_500(served, partner, mode, scopes):
    headers = {"Authorization": f"Bearer {key_of(partner)}"} if scopes == "key" else {}
    operations = [each.ok() for each in served.get_all_operations()]
    for operation in operations:
        try_out(operation, mode, headers)
    assert len(operations) >= 5


def try_out(operation, mode, headers):
    checks = [*CHECKS, negative_data_rejection] if mode is GenerationMode.NEGATIVE else CHECKS

    @seed(SEED)
    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case):
        # what calls in process does not unpack an answer
        response = case.call(headers={**(case.headers or {}), "Accept-Encoding": "identity", **headers})
        case.validate_response(response, checks=checks)

    run()


def fields_of_the_form(code: str) -> list[str]:
    jurisdiction, on = load(code), date(2026, 11, 27)
    needs = form_needs(jurisdiction, on)
    steps = steps_for(needs, jurisdiction, target_election(jurisdiction, on))
    return [each.name for step in steps for each in fields_of(step.items)]


@pytest.mark.parametrize("code", ["OH", "GA", "NH"])
def test_s39_no_answer_gets_a_500(no_rates, partner, code):
    live = Caller(key_of(partner))
    values = st.one_of(st.text(max_size=400), st.sampled_from(["yes", "no", "", "none", "other"]), st.booleans())
    answers = st.dictionaries(st.sampled_from(fields_of_the_form(code)), values, max_size=30)

    @seed(SEED)
    @how(BOUNDED, max_examples=4 * EXAMPLES)
    @given(answers=answers)
    def run(answers):
        response = live.post("applications/", body(jurisdiction=code, answers=answers, reference=str(uuid.uuid4())))
        assert response.status_code in (201, 400), response.content
        assert json.loads(response.content)

    run()


def test_s39_no_bytes_get_a_500(no_rates, db):
    @seed(SEED)
    @how(BOUNDED, max_examples=4 * EXAMPLES)
    @given(
        sent=st.one_of(
            st.binary(max_size=300), st.text(alphabet='{}[]":,\\ueE+-.0123456789ntfa\0é', max_size=60).map(str.encode)
        )
    )
    def run(sent):
        response = Client(raise_request_exception=False).generic(
            "POST", "/api/v1/assessments/", sent, content_type="application/json"
        )
        assert response.status_code == 400

    run()
