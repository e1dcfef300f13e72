"""Every sentence a person may see is in each catalogue, translated, with the same placeholders."""

import ast
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from django.test import Client
from django.utils.translation import trans_real
from django.utils.translation.template import templatize

from registration.phrases import texts_of_rules
from state_rules import JURISDICTIONS

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es",)
#: Positions of the context, the message and its plural among a call's arguments.
ARGUMENTS: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}


class Message(NamedTuple):
    context: str
    text: str
    plural: str


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def messages_of_python(source: str) -> Iterator[Message]:
    """A call whose message is a variable yields nothing: such messages stand elsewhere, or in the rule files."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or called(node) not in ARGUMENTS:
            continue
        positions = ARGUMENTS[called(node)]
        context, message, plural = ("" if at is None else text(node.args[at]) for at in positions)
        if message:
            yield Message(context, message, plural)


def messages_of_template(source: str) -> Iterator[Message]:
    # templatize turns a template into lines of gettext calls with everything else blanked out
    for call in re.findall(
        r"\b(?:_|n?p?gettext)\((?:[^()\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*\)", templatize(source)
    ):
        yield from messages_of_python(call.replace("\n", " "))


def messages() -> set[Message]:
    found = {Message("", each, "") for each in texts_of_rules()}
    for path in (path for folder in ("registration", "api") for path in (ROOT / folder).rglob("*.py")):
        found |= set(messages_of_python(path.read_text(encoding="utf-8")))
    for path in (path for ending in ("html", "txt") for path in (ROOT / "templates").rglob(f"*.{ending}")):
        found |= set(messages_of_template(path.read_text(encoding="utf-8")))
    # a message with a plural also answers for its singular alone
    counted = {(each.context, each.text) for each in found if each.plural}
    return {each for each in found if each.plural or (each.context, each.text) not in counted}


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / f"registration/locale/{language}/LC_MESSAGES/django.po"))


def translated(language: str) -> set[Message]:
    entries = (entry for entry in catalogue(language) if not entry.obsolete)
    return {Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in entries}


def placeholders(sentence: str) -> list[str]:
    return sorted(re.findall(r"%\([a-z_0-9]+\)[sd]|\{[a-z_0-9]*\}", sentence))


def test_the_extractor_finds_every_shape():
    python = (
        '_("a"); gettext("b"); ngettext("one %(n)s", "many", n); pgettext("month", "May"); other("no"); _(variable)'
    )
    assert set(messages_of_python(python)) == {
        ("", "a", ""), ("", "b", ""), ("", "one %(n)s", "many"), ("month", "May", ""),
    }  # fmt: skip
    template = (
        '{% load i18n %}{% translate "It\'s x" %}{% blocktranslate trimmed with n=y %}\n Hello\n {{ n }}'
        "{% endblocktranslate %}{% translate 'May' context 'month' %}"
        "{% blocktranslate count n=y %}{{ n }} day (one){% plural %}{{ n }} days{% endblocktranslate %}"
    )
    assert set(messages_of_template(template)) == {
        ("", "It's x", ""), ("", "Hello %(n)s", ""), ("month", "May", ""), ("", "%(n)s day (one)", "%(n)s days"),
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_every_message(language):
    assert sorted(messages() - translated(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_no_message_that_nothing_says(language):
    assert sorted(translated(language) - messages()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_translated_throughout(language):
    po = catalogue(language)
    assert [entry.msgid for entry in po if entry.fuzzy or not entry.translated()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_keeps_nothing_that_is_over(language):
    assert [entry.msgid for entry in catalogue(language).obsolete_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language):
    wrong = []
    for entry in catalogue(language):
        for said in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            source = {tuple(placeholders(entry.msgid)), tuple(placeholders(entry.msgid_plural or entry.msgid))}
            if tuple(placeholders(said)) not in source:
                wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_end_as_their_sentences_do(language):
    """A full stop that one of the two lacks shows where sentences are put side by side."""
    wrong = []
    for entry in catalogue(language):
        for said in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            if re.sub(r"[”)]", "", entry.msgid)[-1:] in ".:" and re.sub(r"[”)]", "", said)[-1:] not in ".:?":
                wrong.append(entry.msgid)
    assert wrong == []


class Unknown(NullTranslations):
    """The end of a chain of catalogues: whatever comes here, none of them knows."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def unknown(request: pytest.FixtureRequest, client: Client) -> Iterator[Unknown]:
    """What the pages of the test's language ask for and no catalogue answers."""
    client.get("/privacy/")  # what modules say while they are loaded is not asked for by a page
    last = trans_real.translation(request.getfixturevalue("language"))
    while last._fallback is not None:
        last = last._fallback
    last._fallback = Unknown()
    yield last._fallback
    last._fallback = None


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_ask_for_nothing_that_the_catalogue_lacks(language, unknown, client):
    """Also finds a text of the rule files that is looked up and that ``texts_of_rules`` forgets."""
    for code in JURISDICTIONS:
        for page in ("state/{}/", "apply/{}/", "state/{}/rules/"):
            client.get(f"/{language}/{page.format(code.lower())}")
    client.get(f"/{language}/compare/")
    compiled_later = {entry.msgid for entry in catalogue(language)}
    assert sorted(unknown.asked - compiled_later) == []
