"""Web sites of others, and a stand-in for ours: small servers on this machine with the pages that a test gives them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from registration.models import Partner, PartnerSite

SOURCE = Path(__file__).parents[2] / "frontend/widget/register.js"
#: What the documentation asks of a strict page, with our address in it.
STRICT = "default-src 'none'; script-src 'self' {ours}; frame-src {ours}; style-src 'self'; img-src 'self'"
TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types 'none'"


@dataclass
class Page:
    body: str
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"


class Site:
    """A server and its pages by path. ``name`` is the host under which browsers ask for it."""

    def __init__(self, name: str) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.origin = f"http://{name}:{self.server.server_port}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                page = site.pages.get(urlsplit(self.path).path)
                body = page.body.encode() if page else b""
                self.send_response(200 if page or self.path == "/favicon.ico" else 404)
                for name, value in (page.headers if page else {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Type", page.kind if page else "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Tests need no log."""

        return Handler

    def add(self, path: str, body: str, kind: str = "html", **headers: str) -> str:
        """Give the site a page; its address."""
        kinds = {"html": "text/html; charset=utf-8", "js": "text/javascript", "css": "text/css"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Page(body, named, kinds[kind])
        return self.origin + path


@contextmanager
def serving(name: str) -> Iterator[Site]:
    site = Site(name)
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join()


def partner_at(*origins: str, slug: str = "acme", name: str = "Acme <Votes>", **fields: Any) -> Partner:
    """A partner of ours which may show its frame at those origins."""
    now = timezone.now()
    partner = Partner.objects.create(slug=slug, name=name, approved_at=now, **fields)
    for origin in origins:
        PartnerSite.objects.create(partner=partner, origin=origin, created_at=now)
    return partner


LISTEN = """
window.seen = [];
window.violations = [];
for (const name of ["ready", "step", "state", "completed", "error"])
  for (const tag of ["vote-register", "vote-deadline"])
    document.addEventListener(`${tag}:${name}`, (event) => window.seen.push(
      {type: event.type, detail: {...event.detail}, frozen: Object.isFrozen(event.detail), on: event.target.id}));
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
  `${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Host:
    """A partner's page around the widget. ``before`` runs before our script; ``style`` is the page's own sheet."""

    ours: str
    inner: str
    before: str = ""
    style: str = ""
    html: str = 'lang="en"'
    policy: str = ""
    script: str = "/w/1/register.js"

    def put(self, site: Site, path: str = "/") -> str:
        """Put the page onto a site; its address."""
        site.add("/host.js", LISTEN + self.before, "js")
        site.add("/host.css", self.style, "css")
        body = f"""<!doctype html><html {self.html}><head><meta charset="utf-8"><title>A partner</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/host.css"><script src="/host.js"></script>
<script async src="{self.ours}{self.script}"></script></head>
<body><main><h1>A partner's page</h1>{self.inner}<p id="below">What follows.</p></main></body></html>"""
        headers = {"Content_Security_Policy": self.policy.format(ours=self.ours)} if self.policy else {}
        return site.add(path, body, **headers)


#: The frame's side of the protocol, to be spoken by a stand-in page.
FRAME = """
let host = null, id = "";
const say = (type, data) => host.source.postMessage({ns: "vr1", id, type, data}, host.origin);
window.heard = [];
addEventListener("message", (event) => {
  window.heard.push(event.data);
  if (event.data.type !== "hello") return;
  host = event; id = event.data.id;
  if (window.onhello) window.onhello(); else say("ready", {v: 1});
});
"""


def stand_in(site: Site, script: str = "", path: str = "/embed/demo/start/") -> None:
    """A page of "ours" that speaks the protocol, or misspeaks it."""
    page = '<!doctype html><title>stand-in</title><h1 tabindex="-1">A form</h1><input id="name">'
    body = f"{page}<script>{FRAME}{script}</script>"
    site.add(path, body)


def as_ours(site: Site) -> None:
    site.add("/w/1/register.js", SOURCE.read_text(encoding="utf-8"), "js", Cross_Origin_Resource_Policy="cross-origin")
