"""How the published rules stand in the OpenAPI document, and that programs can use what they give."""

import json
import uuid

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from api import openapi
from api.rules.openapi import SAID
from api.rules.shapes import SHAPES
from tests.api.conftest import Caller, key_of
from tests.registration.flat_answers import flat_answers
from tests.registration.test_every_jurisdiction import ACCEPTING, a_zip_of, setting

ADDRESSES = {
    "/rules/": "rules",
    "/rules/{version}/": "rules_edition",
    "/jurisdictions/": "jurisdictions",
    "/rules/{version}/jurisdictions/": "jurisdictions_edition",
    "/jurisdictions/{code}/": "jurisdiction",
    "/rules/{version}/jurisdictions/{code}/": "jurisdiction_edition",
    "/jurisdictions/{code}/fields/": "fields",
    "/rules/{version}/jurisdictions/{code}/fields/": "fields_edition",
    "/elections/": "elections",
    "/rules/{version}/elections/": "elections_edition",
}


def test_every_address_is_described():
    paths = openapi.document()["paths"]
    assert {address: paths[address]["get"]["operationId"] for address in ADDRESSES} == ADDRESSES
    assert [address for address in ADDRESSES if {} not in paths[address]["get"]["security"]] == []


def test_shapes_stand_in_the_document_as_they_are_held():
    paths = openapi.document()["paths"]
    for address, name in ADDRESSES.items():
        told = paths[address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert told == SHAPES[name.removesuffix("_edition")]


def test_document_is_valid():
    validate(json.loads(json.dumps(openapi.document())))


@pytest.mark.parametrize("kind", [kind for kind, said in SAID.items() if said.example])
def test_examples_have_their_shape(kind):
    assert [error.message for error in Draft202012Validator(SHAPES[kind]).iter_errors(SAID[kind].example)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("code", ACCEPTING)
def test_answers_that_fit_the_fields_are_taken(partner, code):
    fields = Client().get(f"/api/v1/jurisdictions/{code}/fields/").json()
    ticks = {name for name, shape in fields["schema"]["properties"].items() if shape["type"] == "boolean"}
    plain = flat_answers(setting(code).needs, code, a_zip_of(code))
    answers = {
        name: value == "yes" if name in ticks else value
        for name, value in plain.items()
        if name in fields["schema"]["properties"]
    }
    assert [error.message for error in Draft202012Validator(fields["schema"]).iter_errors(answers)] == []
    sent = {
        "reference": str(uuid.uuid4()),
        "jurisdiction": code,
        "lang": "en",
        "dry_run": True,
        "answers": answers,
    }
    answer = Caller(key_of(partner)).post("applications/", sent)
    assert [each for each in answer.json().get("errors", []) if not each["advisory"]] == []
