import json
from io import StringIO
from pathlib import Path

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parent.parent.parent / "docs/sample_answers.json"
DAY = "2026-11-22"


def fill(answers: dict[str, object] | str, folder: Path, language: str = "en") -> bytes:
    source, target = folder / "answers.json", folder / "form.pdf"
    source.write_text(answers if isinstance(answers, str) else json.dumps(answers), encoding="utf-8")
    arguments = [str(source), str(target), "--on", DAY, "--language", language]
    call_command("fill_form", *arguments, stdout=StringIO(), stderr=StringIO())
    return target.read_bytes()


@pytest.fixture
def sample() -> dict[str, object]:
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_fill_form_prints_the_sample(sample, tmp_path, language):
    document = pypdfium2.PdfDocument(fill(sample, tmp_path, language=language))
    text = document[1].get_textpage().get_text_range()
    document.close()
    expected = ("last_name", "first_name", "middle_name", "home_street", "home_unit", "home_city", "licence", "race")
    assert [name for name in expected if str(sample[name]) not in text] == []


def test_fill_form_says_every_problem_with_its_field(sample, tmp_path):
    with pytest.raises(CommandError) as refused:
        fill({**sample, "last_name": "", "home_zip": "3030"}, tmp_path)
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == ["last_name", "home_zip"]


def test_fill_form_refuses_a_misspelt_field(sample, tmp_path):
    with pytest.raises(CommandError, match=r"^Unknown: lastname\. This state's form knows: birth_day, "):
        fill({**sample, "lastname": "Poe"}, tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "line 1 is not JSON"),
        ("[]", "must be one object whose values are texts"),
        ('{"state": "ZZ"}', "must be a state's two letters"),
        ('{"citizen": "yes"}', "must be a state's two letters"),
    ],
)
def test_fill_form_says_what_is_wrong_with_the_file(tmp_path, text, message):
    with pytest.raises(CommandError, match=message):
        fill(text, tmp_path)


def test_fill_form_without_a_file_says_so(tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.json: cannot be read"):
        call_command("fill_form", str(tmp_path / "nothing.json"), str(tmp_path / "form.pdf"))


def test_fill_form_where_the_form_is_not_taken_makes_none(sample, tmp_path):
    with pytest.raises(CommandError):
        fill({"state": "WY"}, tmp_path)
    assert not (tmp_path / "form.pdf").exists()
