"""What axe finds on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def violations(page: Page | Frame, *more: str) -> list[str]:
    """What breaks WCAG, and what breaks a rule of the sets in ``more``."""
    found = Axe().run(page, options={"runOnly": [*WCAG, *more]}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def faults(page: Page) -> list[str]:
    """As strict as for a whole page of ours."""
    return violations(page, "best-practice")
