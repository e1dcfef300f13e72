"""Whether the site is one person's own, on one machine: then there is a demo, which a public site does not have."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

#: Host names of this machine; "testserver" is that of Django's own tests.
HERE = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
#: Where a first page of one's own is usually served from: `python3 -m http.server 8001`.
FIRST_PAGE_PORT = 8001


def is_public() -> bool:
    """Also where only the proxy before it has a public name: it may call the server by that of this machine."""
    hosts = {*settings.ALLOWED_HOSTS, _host(settings.SITE_URL)}
    return bool(settings.BEHIND_TLS or hosts - HERE)


def is_own() -> bool:
    return not is_public()


def _host(url: str) -> str:
    """As ALLOWED_HOSTS writes it; "localhost" for what is no address of a site, which another check finds."""
    host = urlsplit(url).hostname or "localhost"
    return f"[{host}]" if ":" in host else host


def demo_sites(port: int) -> list[str]:
    """The origins of the demo page, and of a page of one's own, while the site serves at ``port``."""
    return [
        f"http://localhost:{port}",
        f"http://localhost:{FIRST_PAGE_PORT}",
        f"http://127.0.0.1:{FIRST_PAGE_PORT}",
    ]
