"""A page of another site with our frame in it: served from another port of another host name."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import FrameLocator, Page, expect

from registration.models import Partner, PartnerSite

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


class HostServer:
    """Answers every path with the page that was set last."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.origin = f"http://127.0.0.1:{server.server_address[1]}"
        self.page = ""


@contextmanager
def host_server() -> Iterator[HostServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/"
            body = host.page.encode() if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host = HostServer(server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


def partner_at(*origins: str, slug: str = "acme", **fields: Any) -> Partner:
    now = timezone.now()
    partner = Partner.objects.create(slug=slug, name="Acme <Votes>", approved_at=now, **fields)
    for origin in origins:
        PartnerSite.objects.create(partner=partner, origin=origin, created_at=now)
    return partner


def show(page: Page, host: HostServer, address: str) -> FrameLocator:
    """Open the host page with the frame at an address of ours, and wait until the two have met."""
    parts = urlsplit(address)
    own = json.dumps(f"{parts.scheme}://{parts.netloc}")
    host.page = HOST_PAGE.format(sandbox=SANDBOX, origin=own, address=json.dumps(address))
    page.goto(host.origin + "/")
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
