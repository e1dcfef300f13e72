"""Making a filled form: the compiled template against drawing anew, filling the official PDF, and the limit."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import scratch
from bench.answers import COVER, EVERY_BOX, ORDINARY
from bench.measure import Figure, Way, measure, table
from registration.pdf import compile_template
from registration.pdf.content import NvraAnswers

OFFICIAL = Path(__file__).parents[2] / "shared" / "forms" / "Federal_Voter_Registration_en.pdf"
PER_SECOND, TIMES, KILOBYTES = 10_000, 200, 120
TEMPLATE = "compiled template, an ordinary person"
EVERY = "compiled template, every box filled"
SCRATCH = "reportlab from scratch, an ordinary person"


def _fields(answers: NvraAnswers) -> dict[str, str]:
    """The values by the official PDF's field names."""
    return {
        "last_name": answers.name.last,
        "first_name": answers.name.first,
        "middle_names": answers.name.middle,
        "home_address": answers.home.street,
        "apt_lot_number": answers.home.unit,
        "city": answers.home.city,
        "state": answers.home.state,
        "zip_code": answers.home.zip_code,
        "mail_address": answers.mailing.street,
        "mail_city": answers.mailing.city,
        "mail_state": answers.mailing.state,
        "mail_zip_code": answers.mailing.zip_code,
        "dob_month": answers.birth_date[0],
        "dob_day": answers.birth_date[1],
        "dob_year": answers.birth_date[2],
        "telephone_number": answers.telephone,
        "id_number": answers.id_number,
        "choice_of_party": answers.party,
        "race_ethnic_group": answers.race,
    }


def _pikepdf(two_pages: bytes) -> Callable[[], bytes]:
    import pikepdf

    values = _fields(ORDINARY)

    def fill() -> bytes:
        with pikepdf.open(io.BytesIO(two_pages)) as pdf:
            for field in pdf.acroform.fields:
                if field.fully_qualified_name in values:
                    field.set_value(values[field.fully_qualified_name], need_appearance=False)
            pdf.generate_appearance_streams()
            out = io.BytesIO()
            pdf.save(out)
            return out.getvalue()

    return fill


def _pypdf(two_pages: bytes) -> Callable[[], bytes]:
    import pypdf

    values: dict[str, Any] = dict(_fields(ORDINARY))
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it says at each turn that it cannot write "Nguyễn"

    def fill() -> bytes:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(two_pages))
        for page in writer.pages:
            writer.update_page_form_field_values(page, values)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return fill


def _two_pages() -> bytes:
    """The official PDF cut to the form and its reverse, without outline and structure, as a service would keep it."""
    import pikepdf

    with pikepdf.open(OFFICIAL) as pdf:
        for index in reversed(range(len(pdf.pages))):
            if index not in (3, 4):
                del pdf.pages[index]
        for key in set(pdf.Root.keys()) - {"/Type", "/Pages", "/AcroForm"}:
            del pdf.Root[key]
        for page in pdf.pages:
            for key in ("/B", "/StructParents", "/PieceInfo", "/Thumb"):
                if key in page:
                    del page[key]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _ways() -> list[Way]:
    template = compile_template(COVER, "en")
    finished = template.fill(ORDINARY)
    scratch.register()
    ways = [
        Way("copying the finished bytes (the limit)", lambda: bytes(bytearray(finished))),
        Way(TEMPLATE, lambda: template.fill(ORDINARY)),
        Way(EVERY, lambda: template.fill(EVERY_BOX)),
        Way(SCRATCH, lambda: scratch.draw(ORDINARY, COVER)),
    ]
    if OFFICIAL.exists():
        two_pages = _two_pages()
        ways.append(Way("pikepdf fills the official PDF, 2 of 27 pages", _pikepdf(two_pages)))
        ways.append(Way("pypdf fills the official PDF, 2 of 27 pages", _pypdf(two_pages)))
    return ways


def problems(figures: list[Figure]) -> list[str]:
    """The project's promises that these figures break."""
    by_name = {figure.name: figure for figure in figures}
    template, drawn = by_name[TEMPLATE], by_name[SCRATCH]
    checks = {
        f"{PER_SECOND} forms a second a core": template.per_second >= PER_SECOND,
        f"{TIMES} times reportlab from scratch": drawn.seconds / template.seconds >= TIMES,
        f"at most {KILOBYTES} kB": max(template.size, by_name[EVERY].size) <= KILOBYTES * 1000,
    }
    return [promise for promise, kept in checks.items() if not kept]


def run() -> tuple[str, list[str]]:
    """The table and the broken promises."""
    figures = measure(_ways())
    return table("A filled form, three pages", figures, against=TEMPLATE), problems(figures)
