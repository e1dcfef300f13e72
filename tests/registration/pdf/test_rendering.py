"""poppler and PDFium draw the same pages, and a missing value would be seen on them."""

from __future__ import annotations

import io
import subprocess

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from registration.pdf.content import NvraAnswers
from tests.registration.pdf.samples import ANSWERS, make, page_count, with_last_name

DPI = 72
PEOPLE = {
    "ordinary": ANSWERS,
    "Chinese": with_last_name("王小明"),
    "Arabic": with_last_name("محمد بن عبد الله"),
    "marks": with_last_name("Nguyễn ą́"),
    "addendum": with_last_name("Wolfe" * 60),
}


def _poppler(pdf: bytes, page: int) -> Image.Image:
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-f", str(page + 1), "-l", str(page + 1), "-"]
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True)
    assert drawn.stderr == b""
    return Image.open(io.BytesIO(drawn.stdout)).convert("L")


def _pdfium(pdf: bytes, page: int) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=DPI / 72).to_pil().convert("L")


def _share_that_differs(pdf: bytes, page: int) -> float:
    """The share of blurred pixels that differ by more than an eighth of the way from white to black."""
    images = [image.filter(ImageFilter.GaussianBlur(2)) for image in (_poppler(pdf, page), _pdfium(pdf, page))]
    histogram = ImageChops.difference(*images).histogram()
    return sum(histogram[32:]) / sum(histogram)


@pytest.mark.system_tools
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("answers", PEOPLE.values(), ids=PEOPLE.keys())
def test_two_renderers_agree(answers: NvraAnswers, language: str) -> None:
    pdf = make(answers, language=language)
    assert [_share_that_differs(pdf, page) < 0.001 for page in range(page_count(pdf))] == [True] * page_count(pdf)


def test_drawn_page_would_show_a_missing_value() -> None:
    with_name, without = (_pdfium(make(answers), 1) for answers in (with_last_name("王小明王小明"), with_last_name("")))
    assert ImageChops.difference(with_name, without).getbbox() is not None
