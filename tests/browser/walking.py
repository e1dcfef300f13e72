"""A person at the form: fills what is shown, presses Continue, reads the review, sends, downloads."""

import re
from pathlib import Path
from typing import cast

import pypdfium2
from playwright.sync_api import FrameLocator, Locator, Page, expect

Scope = Page | FrameLocator

COMMON = {
    "citizen": "yes",
    "birth_month": "2",
    "birth_day": "28",
    "birth_year": "1990",
    "eighteen": "yes",
    "other_rule": "no",
    "last_name": "Nguyễn-O’Neil",
    "first_name": "Łukasz",
    "middle_name": "Kahakūʻai",
    "home_street": "123 1/2 Main St",
    "previous_registration": "no",
}
LICENCE = {"id_choice": "licence", "licence": "057123456"}
GEORGIA = {**COMMON, **LICENCE, "home_city": "Atlanta", "home_zip": "30303", "race": "Asian or Pacific Islander"}
VIRGINIA = {**COMMON, "home_city": "Richmond", "home_zip": "23219", "id_choice": "ssn", "ssn": "219-09-9041"}
MISSOURI = {
    **COMMON, "home_city": "St. Louis", "home_zip": "63101", "party_choice": "none",
    "id_choice": "both", "licence": "T123456789", "ssn4": "9041",
}  # fmt: skip
NEW_HAMPSHIRE = {**COMMON, "home_city": "Concord", "home_zip": "03301"}


def open_form(page: Page, url: str) -> None:
    """Go to a form and wait until the script shows it step by step."""
    page.goto(url)
    expect(page.locator("html.js")).to_have_count(1)


def current(page: Scope) -> Locator:
    return page.locator("section[data-step]:visible")


def answer(scope: Locator, name: str, value: str) -> None:
    """Give one answer as its input takes it; an input that is not shown is left alone."""
    inputs = scope.locator(f"[name={name}]")
    for index in range(inputs.count()):
        each = inputs.nth(index)
        kind = each.evaluate("element => element.type || element.tagName")
        if kind in ("radio", "checkbox"):
            if each.get_attribute("value") == value:
                scope.locator(f"label[for={each.get_attribute('id')}]").click()
        elif each.is_visible():
            each.select_option(value) if kind == "select-one" else each.fill(value)


def fill(scope: Locator, answers: dict[str, str]) -> None:
    for name, value in answers.items():
        answer(scope, name, value)


def go_on(page: Scope) -> None:
    """Press Continue and wait until another step is shown."""
    before = current(page).get_attribute("data-step")
    page.locator("[data-next]").click()
    expect(page.locator(f"section[data-step={before}]")).to_be_hidden()


def walk_to_review(page: Scope, answers: dict[str, str]) -> Locator:
    for _ in range(12):
        step = current(page)
        if step.get_attribute("data-step") == "review":
            return step
        fill(step, answers)
        go_on(page)
    raise AssertionError("the review did not come")


def send(page: Scope) -> None:
    page.locator("[data-send]").click()
    expect(page.locator("h1")).to_contain_text(re.compile("ready to print|lista para imprimir|listo para imprimir"))


def download(scope: Scope, folder: Path, page: Page | None = None) -> str:
    """The text of the downloaded form's page. ``page``: the one around it, where ``scope`` is a frame."""
    with (page or cast(Page, scope)).expect_download() as waiting:
        scope.locator("form[action$='/form/'] button").click()
    target = folder / "form.pdf"
    waiting.value.save_as(target)
    document = pypdfium2.PdfDocument(target)
    try:
        return re.sub(r"\s+", " ", document[1].get_textpage().get_text_range())
    finally:
        document.close()


def walk_to_contact(page: Page) -> None:
    """From a form of Georgia's to the step in which its partner asks whether it may write."""
    for _ in range(12):
        if current(page).get_attribute("data-step") == "contact":
            return
        fill(current(page), GEORGIA)
        go_on(page)
    raise AssertionError("the step did not come")
