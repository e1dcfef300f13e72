"""Every sentence a person may see is in each catalogue, translated, with the same placeholders."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es",)
SIMPLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
Message = tuple[str | None, str]


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def messages_of_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name, first = called(node), text(node.args[0])
        if name in SIMPLE | PLURAL and first is not None:
            yield None, first
        elif name in CONTEXT and first is not None:
            second = text(node.args[1])
            assert second is not None
            yield first, second


def messages_of_template(source: str) -> Iterator[Message]:
    # templatize turns a template into lines of gettext calls with everything else blanked out
    for call in re.findall(
        r"\b(?:_|n?p?gettext)\((?:[^()\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*\)", templatize(source)
    ):
        yield from messages_of_python(call.replace("\n", " "))


def messages() -> set[Message]:
    found: set[Message] = set()
    for path in (ROOT / "registration").rglob("*.py"):
        found |= set(messages_of_python(path.read_text(encoding="utf-8")))
    for path in (ROOT / "templates").rglob("*.html"):
        found |= set(messages_of_template(path.read_text(encoding="utf-8")))
    return found


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / f"registration/locale/{language}/LC_MESSAGES/django.po"))


def placeholders(sentence: str) -> list[str]:
    return sorted(re.findall(r"%\([a-z_0-9]+\)[sd]|\{[a-z_0-9]*\}", sentence))


def test_the_extractor_finds_every_shape():
    python = '_("a"); gettext("b"); ngettext("one %(n)s", "many", n); pgettext("month", "May"); other("no")'
    assert set(messages_of_python(python)) == {(None, "a"), (None, "b"), (None, "one %(n)s"), ("month", "May")}
    template = (
        '{% load i18n %}{% translate "It\'s x" %}{% blocktranslate trimmed with n=y %}\n Hello\n {{ n }}'
        "{% endblocktranslate %}{% translate 'May' context 'month' %}"
    )
    assert set(messages_of_template(template)) == {(None, "It's x"), (None, "Hello %(n)s"), ("month", "May")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_every_message(language):
    have = {(entry.msgctxt, entry.msgid) for entry in catalogue(language) if not entry.obsolete}
    assert sorted(messages() - have, key=str) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_no_message_that_nothing_says(language):
    have = {(entry.msgctxt, entry.msgid) for entry in catalogue(language) if not entry.obsolete}
    assert sorted(have - messages(), key=str) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_translated_throughout(language):
    po = catalogue(language)
    assert [entry.msgid for entry in po if entry.fuzzy or not entry.translated()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language):
    wrong = []
    for entry in catalogue(language):
        for translated in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            source = {tuple(placeholders(entry.msgid)), tuple(placeholders(entry.msgid_plural or entry.msgid))}
            if tuple(placeholders(translated)) not in source:
                wrong.append(entry.msgid)
    assert wrong == []
