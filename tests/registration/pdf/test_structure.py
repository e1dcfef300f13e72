"""The file itself: valid, tagged, and inert."""

from __future__ import annotations

import subprocess
from pathlib import Path

import page
import pikepdf
import pytest

from registration.pdf.content import NvraAnswers
from tests.registration.pdf.samples import ANSWERS, make, save, with_last_name

PEOPLE = {
    "ordinary": ANSWERS,
    "nothing answered": NvraAnswers(),
    "another script": with_last_name("王小明 محمد"),
    "addendum": with_last_name("Wolfe" * 60),
    "both": with_last_name("王小明" * 60),
}
people = pytest.mark.parametrize("answers", PEOPLE.values(), ids=PEOPLE.keys())
languages = pytest.mark.parametrize("language", ["en", "es"])


@people
@languages
def test_syntax_of_the_file_is_sound(answers: NvraAnswers, language: str, tmp_path: Path) -> None:
    with pikepdf.open(save(make(answers, language=language), tmp_path)) as pdf:
        assert (pdf.check_pdf_syntax(), pdf.get_warnings()) == ([], [])


@pytest.mark.system_tools
@people
@languages
def test_qpdf_finds_nothing_wrong(answers: NvraAnswers, language: str, tmp_path: Path) -> None:
    checked = subprocess.run(
        ["qpdf", "--check", save(make(answers, language=language), tmp_path)], capture_output=True, text=True
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@people
@languages
def test_every_checked_rule_of_pdf_ua_holds(answers: NvraAnswers, language: str) -> None:
    report = page.validate_pdf_bytes(make(answers, language=language))
    assert [str(failure) for failure in report.failures] == []


@people
def test_nothing_runs_and_nothing_can_be_typed(answers: NvraAnswers, tmp_path: Path) -> None:
    active = {"/Annots", "/AcroForm", "/JS", "/JavaScript", "/OpenAction", "/AA", "/URI", "/Launch", "/EmbeddedFiles"}
    with pikepdf.open(save(make(answers), tmp_path)) as pdf:
        keys = {key for item in pdf.objects if isinstance(item, pikepdf.Dictionary) for key in set(item.keys())}
    assert keys & active == set()


@people
@languages
def test_language_title_and_size_of_the_file(answers: NvraAnswers, language: str, tmp_path: Path) -> None:
    titles = {"en": "Voter Registration Application", "es": "Solicitud de Inscripción de Votante"}
    with pikepdf.open(save(make(answers, language=language), tmp_path)) as pdf:
        found = (str(pdf.Root.Lang), str(pdf.docinfo.Title), bool(pdf.Root.ViewerPreferences.DisplayDocTitle))
        sizes = {tuple(map(int, sheet.MediaBox)) for sheet in pdf.pages}
        keys = set(pdf.docinfo.keys())
    assert (found, sizes, keys) == ((language, titles[language], True), {(0, 0, 612, 792)}, {"/Title"})


@people
def test_every_mark_of_a_page_belongs_to_one_structure_element(answers: NvraAnswers, tmp_path: Path) -> None:
    with pikepdf.open(save(make(answers), tmp_path)) as pdf:
        rows = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip(rows[::2], rows[1::2], strict=True))
        problems = []
        for sheet in pdf.pages:
            marks = sorted(_marks(sheet))
            row = owners[int(sheet.StructParents)]
            if marks != list(range(len(row))):
                problems.append("marks are not one each")
            problems += [mark for mark in marks if mark not in [kid for kid in row[mark].K if isinstance(kid, int)]]
    assert problems == []


def _marks(sheet) -> list[int]:
    return [
        int(operands[1].MCID)
        for operands, operator in pikepdf.parse_content_stream(sheet)
        if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
    ]


def test_fonts_are_all_embedded(tmp_path: Path) -> None:
    with pikepdf.open(save(make(PEOPLE["both"]), tmp_path)) as pdf:
        dictionaries = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        embedded = ["/FontFile2" in item for item in dictionaries if item.get("/Type") == "/FontDescriptor"]
    assert (len(embedded) > 2, all(embedded)) == (True, True)


breaking_out = pytest.mark.parametrize(
    "value", [") Tj ET Q (", "\\) Tj", "> Tj ET <", "%comment", "endstream endobj", "]TJ[", "\x00"]
)


@breaking_out
def test_value_cannot_break_out_of_its_string(value: str, tmp_path: Path) -> None:
    with pikepdf.open(save(make(with_last_name(value)), tmp_path)) as pdf:
        assert (pdf.check_pdf_syntax(), pdf.get_warnings(), len(pdf.pages)) == ([], [], 3)


@pytest.mark.system_tools
@breaking_out
def test_qpdf_finds_no_value_outside_its_string(value: str, tmp_path: Path) -> None:
    path = save(make(with_last_name(value)), tmp_path)
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert checked.returncode == 0
