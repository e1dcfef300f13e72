"""The frame on another site's page without the loader: what the two say to each other is kept for the test."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.hosting import Site

SANDBOX = "allow-forms allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads"
#: What a loader does, in its barest form: hello at each load, the height as told, every message kept for the test.
HOST_PAGE = """<!doctype html><html lang="en"><title>Host</title><h1>Host</h1>
<iframe id="frame" title="Register to vote" sandbox="{sandbox}" allow="clipboard-write"
  referrerpolicy="strict-origin" width="100%" height="300" style="border:0"></iframe>
<script>
const frame = document.getElementById("frame"), ours = {origin};
window.heard = [];
window.say = (type, data, id = "w1") => frame.contentWindow.postMessage({{ns: "vr1", id, type, data}}, ours);
window.addEventListener("message", (event) => {{
  if (event.origin !== ours || event.source !== frame.contentWindow) return;
  window.heard.push(event.data);
  if (event.data.type === "height") frame.height = event.data.data.px;
}});
frame.addEventListener("load", () => window.say("hello", {{v: 1}}));
frame.src = {address};
</script></html>"""


def show(page: Page, host: Site, address: str) -> FrameLocator:
    """Open the host page with the frame at an address of ours, and wait until the two have met."""
    parts = urlsplit(address)
    own = json.dumps(f"{parts.scheme}://{parts.netloc}")
    page.goto(host.add("/", HOST_PAGE.format(sandbox=SANDBOX, origin=own, address=json.dumps(address))))
    met(page)
    return page.frame_locator("#frame")


def met(page: Page) -> None:
    page.wait_for_function("window.heard.some(each => each.type === 'ready')")


def heard(page: Page, kind: str) -> list[dict[str, Any]]:
    """The data of each message of a kind, in order."""
    return page.evaluate("kind => window.heard.filter(each => each.type === kind).map(each => each.data)", kind)


def wait_for(page: Page, kind: str, data: dict[str, Any]) -> None:
    page.wait_for_function(
        "([kind, data]) => window.heard.some(each => each.type === kind && JSON.stringify(each.data) === data)",
        arg=[kind, json.dumps(data, separators=(",", ":"))],
    )


def ready_form(frame: FrameLocator) -> None:
    expect(frame.locator("html.js")).to_have_count(1)
