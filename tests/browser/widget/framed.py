"""What a test asks of a page with the widget in it."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator, Page, expect

LINK = '<a href="{ours}/state/ga/?partner=demo">Register to vote</a>'


def widget(ours: str, attributes: str = 'state="GA"', name: str = "one") -> str:
    return f'<vote-register id="{name}" partner="demo" {attributes}>{LINK.format(ours=ours)}</vote-register>'


def frames_of(page: Page, part: str = "/embed/") -> list[Frame]:
    return [frame for frame in page.frames if part in frame.url]


def frame_of(page: Page, part: str = "/embed/") -> Frame:
    for _ in range(150):
        found = frames_of(page, part)
        if found:
            assert len(found) == 1
            return found[0]
        page.wait_for_timeout(30)
    raise AssertionError("no frame came")


def seen(page: Page) -> list[dict]:
    return page.evaluate("window.seen")


def ready(page: Page, count: int = 1) -> None:
    page.wait_for_function(
        "count => window.seen?.filter(each => each.type.endsWith(':ready')).length === count", arg=count
    )


def link(page: Page) -> Locator:
    return page.get_by_role("link", name="Register to vote")


def begin(frame: Frame, code: str = "ga") -> None:
    """From a state's page in the frame to the form's first step."""
    frame.locator(f"a[href*='/apply/{code}/']").first.click()
    expect(frame.locator("html.js")).to_have_count(1)


def until_gone(page: Page) -> None:
    """Wait until the browser has taken down every frame of ours."""
    for _ in range(150):
        if not frames_of(page):
            return
        page.wait_for_timeout(30)
    raise AssertionError("a frame stayed")


def wait_until_it_fits(frame: Frame) -> None:
    """Until the whole page of the frame is shown, so that nothing scrolls within it."""
    frame.wait_for_function("document.documentElement.scrollHeight <= innerHeight + 1")
