"""Long values: smaller, narrower, on two lines, and only then to the addendum."""

from __future__ import annotations

import re
from dataclasses import replace

import pikepdf
import pytest

from registration.pdf.fit import NARROWEST, SMALLEST, Fit, baselines, break_anywhere, break_lines, fit, measured_words
from registration.pdf.layout import Box
from tests.registration.pdf.samples import (
    ADDENDUM_PAGE,
    ANSWERS,
    make,
    one_line,
    page_count,
    pdfium_text,
    save,
    with_street,
)

BOX = Box(left=0, top=0, right=100, bottom=18, size=10, lines=2)


def one_em_each(text: str) -> float:
    return float(len(text))


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (10, Fit(10, 100, ("x" * 10,))),
        (11, Fit(9, 100, ("x" * 11,))),
        (15, Fit(6.5, 100, ("x" * 15,))),
        (16, Fit(6.5, 96, ("x" * 16,))),
        (19, Fit(6.5, 80, ("x" * 19,))),
        (20, None),
    ],
)
def test_fit_of_one_word_shrinks_then_narrows_then_gives_up(length: int, expected: Fit | None) -> None:
    assert fit("x" * length, BOX, one_em_each) == expected


def test_fit_of_two_words_takes_a_second_line_after_narrowing() -> None:
    assert fit("x" * 11 + " " + "y" * 11, BOX, one_em_each) == Fit(7.75, 100, ("x" * 11 + " ", "y" * 11))


def test_fit_of_too_many_words_gives_up() -> None:
    assert fit(" ".join(["word"] * 20), BOX, one_em_each) is None


def test_fit_in_an_area_breaks_before_it_shrinks() -> None:
    area = replace(BOX, bottom=60, lines=5)
    assert fit("aaaa bbbb cccc dddd", area, one_em_each) == Fit(10, 100, ("aaaa bbbb ", "cccc dddd"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("abcd ef", ["abcd ", "ef"]),
        ("abcdefghijk", ["abcde", "fghij", "k"]),
        ("ab cdefghi j", ["ab cd", "efghi", " j"]),
    ],
)
def test_word_longer_than_a_line_is_broken_where_the_line_is_full(text: str, lines: list[str]) -> None:
    assert break_anywhere(text, 5, one_em_each) == lines


def test_character_wider_than_a_line_has_a_line_of_its_own() -> None:
    assert break_anywhere("ab", 0.5, one_em_each) == ["a", "b"]


def test_lines_joined_are_the_text() -> None:
    text = "one  two three   four"
    lines = break_lines(measured_words(text, one_em_each), 9, 1)
    assert lines is not None
    assert "".join(lines) == text


def test_baselines_stay_inside_the_box() -> None:
    found = fit("x" * 11 + " " + "y" * 11, BOX, one_em_each)
    assert found is not None
    first, second = baselines(BOX, found)
    assert (first - found.size * 0.75 > 0, second + found.size * 0.25 < 18) == (True, True)


STREETS = {
    "ordinary": "123 Main Street",
    "shrunk": "1234 Northwest Martin Luther King Junior Memorial Boulevard",
    "narrowed": "1234 Northwest Martin Luther King Junior Memorial Boulevard Bldg 17",
    "two lines": "1234 Northwest Martin Luther King Junior Memorial Boulevard, Building 17, behind the Old Courthouse",
}


@pytest.mark.parametrize("street", STREETS.values(), ids=STREETS.keys())
def test_long_street_stays_in_its_box_and_extracts_whole(street: str) -> None:
    pdf = make(with_street(street))
    assert (street in one_line(pdfium_text(pdf)), page_count(pdf)) == (True, 3)


def test_street_beyond_two_lines_goes_to_the_addendum_and_the_form_says_so() -> None:
    street = "1234 Northwest Martin Luther King Junior Memorial Boulevard " * 5
    pdf = make(with_street(street.strip()))
    assert (
        page_count(pdf),
        "See addendum" in pdfium_text(pdf),
        street.strip() in one_line(pdfium_text(pdf, ADDENDUM_PAGE)),
    ) == (4, True, True)


@pytest.mark.parametrize("length", [1, 10, 20, 30, 40, 60, 80, 120, 300])
def test_text_is_never_smaller_or_narrower_than_promised(length: int, tmp_path) -> None:
    answers = replace(ANSWERS, party="W" * length, race="i " * length, helper="Wi " * length)
    with pikepdf.open(save(make(answers), tmp_path)) as pdf:
        overlay = pdf.pages[1].Contents[1].read_bytes().decode()
    sizes = [float(size) for size in re.findall(r"/\w+ ([\d.]+) Tf", overlay)]
    stretches = [float(stretch) for stretch in re.findall(r"([\d.]+) Tz", overlay)]
    assert (min(sizes) >= SMALLEST, min(stretches) >= NARROWEST) == (True, True)
